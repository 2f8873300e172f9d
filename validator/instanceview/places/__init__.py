"""Offsets, lines and columns in a text."""
