"""JSON texts: parsing, faults, and windows over long ones."""
