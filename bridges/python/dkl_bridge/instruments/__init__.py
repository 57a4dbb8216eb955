"""Adapters: the simulated instrument, and those for vendors' software."""
