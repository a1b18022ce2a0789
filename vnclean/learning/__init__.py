"""Learning from a user's own texts: an adapted language model, names and terms."""
