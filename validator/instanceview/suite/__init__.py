"""What test suites hand in and get back: values and responses as inputs, a validator, items for pytest."""
