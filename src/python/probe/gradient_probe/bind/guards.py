"""A number that keeps a logarithm, a root or a division from 0, `np.log(A + eps)`, `np.clip(A, eps, 1 - eps)`: it is tiny, whatever it is called."""

import ast
import functools

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from .usage import parents

#: As small as people's own, and large enough that 1 - TINY is not 1.
TINY = 1e-12
#: Of what they guard.
GUARDED = ("log", "log2", "log10", "log1p", "sqrt")


@functools.lru_cache(maxsize=None)
def guards(code, function, name):
    """Whether an argument does nothing else: every place that reads it adds it to what is guarded, or takes it as a limit."""
    if len(function.arguments) < 2 or any(rule(name) for rule in (names.holds_targets, names.holds_samples, names.is_weight, names.is_bias, names.is_upstream)) or names.is_name(name, names.AL_NAMES + "|" + names.CACHE_NAMES + "|" + names.PARAM_NAMES):
        return False
    above = parents(code, function.node)
    read = [each for each in walk(function.node) if isinstance(each, ast.Name) and each.id == name]
    return bool(read) and all(guarding(each, above) for each in read)


def guarding(node, above):
    """Whether one place of a number is such a guard: added behind what it guards, which is no number that is written there, or a limit."""
    start, outer = node, above.get(id(node))
    while isinstance(outer, ast.BinOp) and isinstance(outer.op, (ast.Add, ast.Sub)):
        if node is start and (outer.right is not node or isinstance(outer.left, ast.Constant) and not limit(outer, above)):
            # A + 1e-8 and 1 - A guard themselves
            return False
        node, outer = outer, above.get(id(outer))
    if isinstance(outer, ast.BinOp) and isinstance(outer.op, ast.Div):
        return node is not start and outer.right is node
    called = called_name(outer) if isinstance(outer, ast.Call) else None
    if called in GUARDED:
        return node is not start
    if called == "clip":
        return limit(node, above) and (node is start) == (node is outer.args[1])
    # np.maximum(0, x) is an activation
    return called in ("maximum", "max") and len(outer.args) == 2 and node is outer.args[1] and node is start and not isinstance(outer.args[0], ast.Constant)


def limit(node, above):
    """Whether it is the lower or the upper limit of a clip."""
    outer = above.get(id(node))
    return isinstance(outer, ast.Call) and called_name(outer) == "clip" and any(node is each for each in outer.args[1:])
