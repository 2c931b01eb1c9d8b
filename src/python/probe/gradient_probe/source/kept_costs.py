"""Costs that a network keeps under another name, `self._loss_function = cross_entropy`, and calls by that: `self._loss_function(y, A)`."""

import ast

from ..common import names
from ..common.syntax import walk


def by_attribute(trees):
    """{attribute: name of the one function that it is}."""
    found = {}
    for tree in trees:
        for each in walk(tree):
            target = each.targets[0] if isinstance(each, ast.Assign) and len(each.targets) == 1 else None
            if isinstance(target, ast.Attribute) and getattr(target.value, "id", "") == "self" and names.like_name(target.attr, names.COST):
                found.setdefault(target.attr, set()).add(getattr(each.value, "id", None))
    return {name: next(iter(values)) for name, values in found.items() if len(values) == 1 and names.like_name(next(iter(values)) or "", names.COST) and next(iter(values)) != name}
