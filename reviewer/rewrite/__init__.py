"""The rewrite: mend (rules), and verify at the door."""
