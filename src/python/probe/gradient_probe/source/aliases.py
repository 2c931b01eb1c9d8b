"""Modules that are there already, given under another name."""

import importlib.abc


class Itself(importlib.abc.Loader):
    """Gives a module that is there already."""

    def __init__(self, module):
        self.module = module

    def create_module(self, spec):
        return self.module

    def exec_module(self, module):
        pass


class Alias(importlib.abc.Loader):
    def __init__(self, module):
        self.module = module

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.__dict__.update({key: value for key, value in self.module.__dict__.items() if not key.startswith("__")})
