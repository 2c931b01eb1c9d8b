"""Lists and dictionaries that stand in a class and are filled by its objects, `class Network: weights = []`: a file makes one network, and here each one that is made begins with them as they were written."""

import ast
import copy
import re

from ..common.syntax import walk
from .plain_methods import CHANGING


def separated(code):
    """The Code, each object of whose classes has such fields of its own."""
    for owner in code.classes:
        shared = {name: value for name, value in vars(owner.value).items() if isinstance(value, (list, dict)) and not name.startswith("__") and filled(owner, name, code)}
        if shared and owner.value.__new__ is object.__new__:
            owner.value.__new__ = maker(shared)
    return code


def filled(owner, name, code):
    """Whether a constructor fills a field of the class through its object, which no method makes its own and nothing asks the class for."""
    if "__init__" not in owner.methods or re.search(r"\b(%s|cls)\.%s\b" % (re.escape(owner.name), re.escape(name)), code.text):
        return False
    held = lambda each: isinstance(each, ast.Attribute) and each.attr == name and getattr(each.value, "id", "") == "self"
    if any(held(each) and isinstance(each.ctx, ast.Store) for method in owner.methods.values() for each in walk(method.node)):
        return False
    return any(isinstance(each, ast.Subscript) and isinstance(each.ctx, ast.Store) and held(each.value) or isinstance(each, ast.Attribute) and each.attr in CHANGING and held(each.value) for each in walk(owner.methods["__init__"].node))


def maker(shared):
    kept = copy.deepcopy(shared)

    def new(kind, *_, **__):
        made = object.__new__(kind)
        for name, value in copy.deepcopy(kept).items():
            setattr(made, name, value)
        return made

    return staticmethod(new)
