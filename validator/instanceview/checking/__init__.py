"""One document to its findings: the engines, the walk, the rules and the gate."""
