"""What stands around a value where it is used: the key that it is asked for, the shape that it is part of, the step that it scales."""

import ast
import re

from ..common import subscripts
from ..source.functions import called_name

#: Calls whose first argument, or `size`, is a shape; those of SPREAD take it as separate numbers.
SHAPED = {"zeros", "ones", "empty", "full", "random", "random_sample", "standard_normal", "normal", "uniform", "truncated_normal", "randint"}
SPREAD = {"randn", "rand"}


def text_key(parent, each):
    return subscripts.key(parent) if isinstance(parent, ast.Subscript) and parent.value is each else None


def text_stem(inner):
    """The text that a key begins with: W of `"W" + str(l)`, `"W%d" % l`, `f"W{l}"` and `"W{}".format(l)`; None of any other."""
    if isinstance(inner, ast.BinOp):
        inner = inner.left
    elif isinstance(inner, ast.JoinedStr) and inner.values:
        inner = inner.values[0]
    elif isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute) and inner.func.attr == "format":
        inner = inner.func.value
    else:
        return None
    return re.split(r"[%{]", inner.value)[0] if isinstance(inner, ast.Constant) and isinstance(inner.value, str) else None


def shape_call(node, above):
    """The call that takes this tuple as the shape of an array, or this number as a part of it; else None."""
    parent = above.get(id(node))
    if isinstance(parent, (ast.Tuple, ast.List)):
        return shape_call(parent, above)
    keyword = None
    if isinstance(parent, ast.keyword):
        keyword, parent = parent.arg, above.get(id(parent))
    if isinstance(parent, ast.Call):
        called = called_name(parent)
        if called in SPREAD or called in SHAPED and (keyword in ("size", "shape") or keyword is None and isinstance(node, (ast.Tuple, ast.List, ast.Subscript)) and node in parent.args):
            return parent
    return None


def flat_sum(node):
    return flat_sum(node.left) + flat_sum(node.right) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) else [node]


def steps(node, above):
    """Whether a product is what a statement subtracts from (or adds to) a value: w -= rate * dw, w = w - rate * dw."""
    while isinstance(above.get(id(node)), (ast.BinOp, ast.Call)):
        parent = above[id(node)]
        if isinstance(parent, ast.BinOp) and isinstance(parent.op, (ast.Sub, ast.Add)) and parent.right is node:
            around = above.get(id(parent))
            if isinstance(around, ast.Assign) and any(ast.dump(parent.left).replace("Load()", "Store()") == ast.dump(one).replace("Load()", "Store()") for one in around.targets):
                return True
        node = parent
    return isinstance(above.get(id(node)), ast.AugAssign)
