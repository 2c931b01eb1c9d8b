"""The names that a file has for its values."""

import ast

from ..common import subscripts
from ..common.syntax import walk, walk_own
from . import unnamed


def returned_names(node):
    """Names of the values of the longest `return`: ['AL', 'caches']; None for what has no name."""
    best = []
    for each in walk_own(node):
        if isinstance(each, ast.Return) and each.value is not None:
            values = each.value.elts if isinstance(each.value, ast.Tuple) else [each.value]
            if len(values) > len(best):
                best = [name_of(value) for value in values]
    return best


def name_of(node):
    if isinstance(node, ast.Dict) and unnamed.gradients(node):
        return "grads"
    found = label(node) or unnamed.parameter(node)
    return name_of(node.value) if found is None and isinstance(node, ast.Subscript) else found


def label(node):
    """'x' of `x`, `self.x` and `d["x"]`; None for any other expression."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript):
        return subscripts.key(node)
    return None


def holder(node):
    """The name of what holds a value: W of W, self.W[l], params["W"] and params["W" + str(l)]; '' of any other expression."""
    while isinstance(node, ast.Subscript):
        texts = [each.value for each in walk(node.slice) if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        if texts:
            return texts[0]
        node = node.value
    return getattr(node, "attr", getattr(node, "id", ""))
