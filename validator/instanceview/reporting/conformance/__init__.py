"""The conformance report: what was seen of each row and code, in several forms."""
