"""From bytes to lines and back: the only part that knows of files and encodings."""
