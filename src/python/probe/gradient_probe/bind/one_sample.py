"""Whether a backward pass is written for one sample: it makes its gradients of two vectors, `np.outer(delta, a)`, which flattens what several samples give."""

import ast
import functools

from ..common.data import SINGLE
from ..source.functions import called_name


def of_one(functions):
    """Whether one of these makes outer products, in no loop over what it is given."""
    return any(outer(each.node, frozenset(each.arguments)) for each in functions)


@functools.lru_cache(maxsize=None)
def outer(node, given):
    loops = [each for each in ast.walk(node) if isinstance(each, (ast.For, ast.comprehension))]
    through = {one.id for loop in loops for one in ast.walk(loop.iter) if isinstance(one, ast.Name)}
    return any(isinstance(each, ast.Call) and called_name(each) == "outer" for each in ast.walk(node)) and not through & given


def vectors_first(settings, wanted):
    """The same settings; where `wanted`, those first in which a sample has one dimension."""
    return sorted(settings, key=lambda each: each.form not in SINGLE) if wanted else settings
