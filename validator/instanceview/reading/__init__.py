"""Bytes to documents: files, formats, recorded HTTP, JSON and YAML."""
