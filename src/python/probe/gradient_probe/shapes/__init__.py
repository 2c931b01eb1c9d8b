"""Bindings of code that is not split into forward, cost and backward: layers, training functions, scripts."""
