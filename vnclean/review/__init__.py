"""Going through the edits of a report one by one: ``vnclean review``."""
