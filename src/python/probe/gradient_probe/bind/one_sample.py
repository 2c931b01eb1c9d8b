"""Whether a backward pass is written for one sample: it makes its gradients of two vectors, `np.outer(delta, a)`, which flattens what several samples give, or turns them by their shapes, `a.reshape(n, -1) @ delta.reshape(-1, k)`."""

import ast
import functools

from ..common.data import SINGLE
from ..common.syntax import walk
from ..source.functions import called_name
from . import neighbours


def of_one(code, steps):
    """Whether one of these [(role, function)] makes outer products, in no loop over what it is given; a backward pass that nothing calls may leave it to its layers."""
    functions = [function for role, function in steps if role in ("backward", "both", "train")]
    # `layer.backward(grad)` in it is one of another
    layers = code.used_by([function for role, function in steps if role == "backward" and all(inside is not None and inside.name == function.name for _, inside, _ in code.sites.get(function.name, []))])
    return any(outer(each.node, frozenset(each.arguments)) for each in functions) or any(reshaped(inner) for each in layers for inner in walk(each.node)) and not used_elsewhere(code.source.path)


def used_elsewhere(path):
    """Whether a module beside a file uses it, and may give it several samples."""
    return any(neighbours.uses(each, neighbours.stem(path)) for each in neighbours.beside(path))


@functools.lru_cache(maxsize=None)
def outer(node, given):
    loops = [each for each in walk(node) if isinstance(each, (ast.For, ast.comprehension))]
    through = {one.id for loop in loops for one in walk(loop.iter) if isinstance(one, ast.Name)}
    return any(isinstance(each, ast.Call) and called_name(each) == "outer" for each in walk(node)) and not through & given


def reshaped(node):
    """Whether this is the product of a column and a row that vectors are made into by their shapes: of several samples the columns would be no samples."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        sides = [node.left, node.right]
    elif isinstance(node, ast.Call) and called_name(node) in ("dot", "matmul"):
        sides = ([node.func.value] if len(node.args) == 1 and isinstance(node.func, ast.Attribute) else []) + node.args
    else:
        return False
    shapes = [[ast.unparse(one) for one in each.args] if isinstance(each, ast.Call) and called_name(each) == "reshape" else [] for each in sides]
    return len(shapes) == 2 and all(len(each) == 2 for each in shapes) and (shapes[0][1] == shapes[1][0] == "-1" or shapes[0][1] == shapes[1][0] == "1")


def vectors_first(settings, wanted):
    """The same settings; where `wanted`, those first in which a sample has one dimension."""
    return sorted(settings, key=lambda each: each.form not in SINGLE) if wanted else settings
