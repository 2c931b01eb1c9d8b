"""How many layers to try: as many as the functions name by numbers, else three and two."""

import ast
import functools
import re

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name

#: More layers than this are not tried.
MOST = 6
#: A network of its own that is wider is none that a file must have.
WIDE = 12


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


def own(code, init, owner):
    """[(outputs, layers, widths from the inputs to the outputs)] that the file itself gives what makes its parameters, start(2, 3, 1); none where these are others than a few small numbers."""
    maker = init or (owner.methods.get("__init__") if owner is not None else None)
    given = [own_number(code, maker, each) for each in maker.needed] if maker is not None and 2 < len(maker.needed) < 6 else []
    return [(given[-1], len(given) - 1, given)] if given and all(type(each) is int and 0 < each <= WIDE for each in given) else []


def own_number(code, maker, argument):
    """What the first call of the file gives an argument: a number, or the name of one."""
    for expression, _, _ in code.argument_at_site(maker, argument):
        value = getattr(expression, "value", None) if isinstance(expression, ast.Constant) else code.namespace.get(getattr(expression, "id", None))
        return value
    return None
