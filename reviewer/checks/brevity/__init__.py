"""Checks of the criterion brevity."""
