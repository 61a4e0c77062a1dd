"""Where drafts, rows and facts of the interview come in: the border at which strangers' data is validated."""
