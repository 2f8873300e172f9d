"""Frozen values: documents, findings, reports, and how their texts are shown."""
