"""The user's own dictionary: a text file, one entry a line, made to be read and reviewed."""
