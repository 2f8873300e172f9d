"""Recorded HTTP exchanges and the answers in them."""
