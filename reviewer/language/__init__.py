"""What several checks must understand of a draft: acts, dates, names, specific wording, the kind."""
