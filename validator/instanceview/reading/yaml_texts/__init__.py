"""YAML texts: trees, scalars, and cassettes read piece by piece."""
