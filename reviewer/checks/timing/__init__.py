"""Checks of the criterion timing."""
