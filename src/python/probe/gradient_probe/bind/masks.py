"""Dropout masks that a function of the file makes, once for a step, and that forward and backward are both given: `D = dropout_masks(layer_dims, m, keep_prob)`."""

import ast
import copy

from ..common import names
from ..common.syntax import walk

#: Calls that draw what a mask is cut out of.
DRAWS = {"rand", "random", "uniform", "random_sample", "binomial", "choice"}


def is_maker(function):
    """Whether a function draws numbers and compares them with a rate of dropout that it is given."""
    rates = [each for each in function.arguments if names.is_name(each, names.KEEP_NAMES + "|" + names.DROP_NAMES)]
    return bool(rates) and bool(function.callees & DRAWS) and any(isinstance(each, ast.Compare) and isinstance(each.ops[0], (ast.Lt, ast.LtE, ast.Gt, ast.GtE)) for each in walk(function.node)) and not function.callees & {"dot", "matmul"}


def getter(pool, function, argument):
    """What gives the masks for an argument; None where no function of the file makes it, or not of what is known."""
    if not any(names.is_name(each, names.KEEP_NAMES + "|" + names.DROP_NAMES) for each in function.arguments):
        return None
    maker = next((each for each in pool.code.functions if each is not function and [argument] in pool.code.unpacked.get(each.name, []) and is_maker(each)), None)
    if maker is None:
        return None
    try:
        plan = pool.plan(maker, "init")
    except Exception:
        return None

    def get(pool):
        made = pool.__dict__.setdefault("masks", {})
        if maker not in made:
            made[maker] = maker.target(**{name: each(pool) for name, each in plan})
        # the same for every step of a run
        return copy.deepcopy(made[maker])

    return get
