"""A participant's own books: read from a file, kept for them alone, made into statements."""
