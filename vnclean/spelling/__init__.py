"""Spelling: lexicon, channel, language model, lattice and decoder."""
