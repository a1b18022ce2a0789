"""What a configuration file says: found, read, checked, and put together for each document."""
