"""Texts of any kind -> the JSON values in them, each with its place in the file and the request above it."""
