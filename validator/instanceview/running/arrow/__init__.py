"""Columns of Arrow to documents, and findings and counts to batches; they need the extra `instanceview[arrow]`."""
