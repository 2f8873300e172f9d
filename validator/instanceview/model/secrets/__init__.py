"""Secrets: the gate that rules them out in nearly all texts, and the search for their spans and kinds."""
