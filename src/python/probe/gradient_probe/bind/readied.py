"""What is done with an object of theirs before its backward pass, or its training."""

import ast
import re

from ..common import names
from ..common.syntax import walk
from . import parameters as where
from . import shrinking
from .objects import of_self
from .roles import draws

#: Methods that are steps of the network themselves.
STEPS = "|".join((names.FORWARD, names.BACKWARD, names.COST, names.UPDATE, names.TRAIN))


def ready(owner, made, code):
    """Calls every method of the class that is given nothing, computes nothing of the network, and sets only what has no value yet: `net.zero_grad()` makes the `self.dW` that the constructor left as None."""
    for method in owner.methods.values():
        if method.bound and not method.needed and not method.returns and method.name in code.sites and not method.name.startswith("__") and not names.like_name(method.name, STEPS) and fills(method, made, code):
            try:
                getattr(made, method.name)()
            except Exception:
                # it needs what a step makes
                continue


def fills(method, made, code):
    """Whether a method does nothing but give values to attributes that have none."""
    if draws(method) or {each.name for each in code.functions} & method.callees or any(isinstance(each, ast.Call) and getattr(each.func, "id", "") in ("print", "input", "open") for each in walk(method.node)):
        return False
    stored = [each for each in walk(method.node) if isinstance(each, (ast.Attribute, ast.Subscript)) and not isinstance(each.ctx, ast.Load)]
    return bool(stored) and all(of_self(each) and getattr(made, each.attr, None) is None for each in stored)


#: Numbers of units, in the order of the layers: n_nodes1, hidden_size.
UNITS = names.N1_NAMES + "|" + names.N2_NAMES + r"|^n?(nodes|units|neurons)\d$"


def to_train(made, program):
    """Whether it has a learning rate, which is that of the check then; it trains one round, and with few units where they are many in numbers, and its weights are yet to be made."""
    rated, narrow = False, list(shrinking.SMALL[1:]) if not program.settings.get("full") and not where.leaves(made) else []
    for key, value in where.attributes(made):
        if names.is_rate(key) and isinstance(value, float):
            object.__setattr__(made, key, program.settings["rate"])
            rated = True
        elif names.is_name(key, names.ITER_NAMES) and isinstance(value, int):
            object.__setattr__(made, key, 1)
        elif narrow and type(value) is int and value > shrinking.WIDE and re.match(UNITS, names.plain(key)):
            object.__setattr__(made, key, narrow.pop(0))
    return rated
