"""How many layers to try: as many as the functions name by numbers, else three and two."""

import ast
import functools
import re

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name

#: More layers than this are not tried.
MOST = 6


def depths(functions):
    """Numbers of layers, the likelier first."""
    named = max([written(each) for each in functions] or [0])
    return ([named] if 3 < named <= MOST else []) + [3, 2]


@functools.lru_cache(maxsize=None)
def written(function):
    """The highest layer that a function names: 4 of params["W4"], and of params["W" + str(i)] in `for i in range(1, 5)`; 0 where it names none."""
    layers = [0]
    for each in walk(function.node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and re.match(r"^[A-Za-z]{1,7}_?[1-9]$", each.value) and names.is_weight(each.value):
            layers.append(int(each.value[-1]))
        elif isinstance(each, ast.For) and isinstance(each.iter, ast.Call) and called_name(each.iter) == "range" and any(joined(one) for one in walk(each)):
            ends = [one.value for one in each.iter.args if isinstance(one, ast.Constant) and isinstance(one.value, int)]
            if len(ends) == len(each.iter.args) == 2 and ends[0] == 1:
                layers.append(ends[1] - 1)
    return max(layers)


def joined(node):
    """"W" + str(i), or f"W{i}"."""
    first = node.left if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) else node.values[0] if isinstance(node, ast.JoinedStr) and node.values else None
    return isinstance(first, ast.Constant) and isinstance(first.value, str) and names.is_weight(first.value)


def made_wide(code, owner):
    """Whether the file makes its network with several outputs, as a number: NN(784, 128, 784)."""
    init = owner.methods.get("__init__") if owner is not None else None
    given = [expression for each in (init.arguments if init is not None else ()) if names.is_name(each, names.NL_NAMES) for expression, _, _ in code.argument_at_site(init, each)]
    return any(isinstance(getattr(each, "value", None), int) and each.value > 1 for each in given)
