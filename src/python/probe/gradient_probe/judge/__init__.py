"""Judges a network that is bound: their gradients against numeric ones, in several settings."""
