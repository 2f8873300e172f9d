"""The element tables, the kinds and the status codes, as values."""
