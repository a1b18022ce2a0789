"""What was found, for people and for programs: all of it derived from the list of edits."""
