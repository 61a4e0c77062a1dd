"""Checks of the criterion no_pestering."""
