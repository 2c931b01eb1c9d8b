"""Checks the backprop a person wrote: see probe.py beside this package for what goes in and out."""
