"""The command line: one module per command, thin.  Each command returns its exit code."""
