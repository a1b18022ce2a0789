"""Kinds of text in which only some passages are to be read: each makes blocks of what it is fed."""
