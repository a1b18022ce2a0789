"""Building the language model and the word counts from text."""
