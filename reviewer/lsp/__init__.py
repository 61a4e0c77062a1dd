"""The language server: what an editor shows of a review while a message is written."""
