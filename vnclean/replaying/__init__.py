"""Reports made undone and made again, by the same reading and writing that made them."""
