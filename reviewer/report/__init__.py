"""One renderer a format: from Review to text."""
