"""Bindings: which of the person's functions are forward, cost and backward, and what each argument gets."""
