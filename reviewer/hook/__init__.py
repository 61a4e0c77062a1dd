"""Puts the review into a mail client or an editor, and takes it out again."""
