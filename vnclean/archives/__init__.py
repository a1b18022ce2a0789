"""What wraps documents: packed files and archives, read and written again as they stream by."""
