"""Checks of the criterion craft."""
