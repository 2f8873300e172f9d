"""Documents made to order: conforming ones, machines in a named state, and documents with exactly one fault."""

from instanceview.generating.scenarios import scenario
from instanceview.generating.spoiling import spoil

__all__ = ["scenario", "spoil"]
