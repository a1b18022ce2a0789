"""What data engines call: record batches in, record batches out."""
