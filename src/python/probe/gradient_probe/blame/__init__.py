"""Finds the first broken link, who is at fault, and the formula it should be."""
