"""The conformance report as one self-contained page, which a browser shows without a network and without scripts."""
