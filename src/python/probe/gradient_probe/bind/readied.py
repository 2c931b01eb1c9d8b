"""What a file has its object do before the backward pass, which fills in what the constructor left as None: `net.zero_grad()` makes `self.dW`."""

import ast

from ..common import names
from ..common.syntax import walk
from .objects import of_self
from .roles import draws

#: Methods that are steps of the network themselves.
STEPS = "|".join((names.FORWARD, names.BACKWARD, names.COST, names.UPDATE, names.TRAIN))


def ready(owner, made, code):
    """Calls every method of the class that is given nothing, computes nothing of the network, and sets only what has no value yet."""
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
