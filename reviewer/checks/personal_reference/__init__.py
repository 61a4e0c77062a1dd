"""Checks of the criterion personal_reference."""
