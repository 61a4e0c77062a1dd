"""Checks of the criterion enthusiasm."""
