"""What generated documents are made of: known statuses, guests, times, and what must agree across elements.

Scenarios, spoilers and strategies build on it; it knows nothing of Hypothesis and of the command line.
"""
