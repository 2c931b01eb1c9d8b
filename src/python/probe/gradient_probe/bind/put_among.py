"""Activations as objects that a constructor is given, one for each layer, and puts among the layers that it makes itself: `self.layers.append(activations[i])`."""

import ast

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from .objects import names_of, of_self, read_of_kept


def getter(pool, function, argument):
    """What makes one for each layer, of the classes that have the passes which are called of the list; None where the argument is another thing."""
    owner = next((each for each in pool.code.classes if each.value is function.owner), None)
    kept = None if owner is None or not names.like_name(argument, "activ|nonlin") else put_into(function.node, argument)
    passes = {each for each in set().union(*read_of_kept(owner, kept)) if names.like_name(each, names.FORWARD + "|" + names.BACKWARD)} if kept else set()
    between, tops = pool.activation_layers(None, passes, function.owner) if passes else ([], [])
    if not between:
        return None
    return pool.chosen((function.title, argument), [lambda pool, top=top: [between[0]() for _ in range(pool.sizes.L - 1)] + [top()] for top in tops or between[:1]])


def put_into(node, argument):
    """The attribute that is the list to which entries of the argument are added; None where there is none."""
    held = lambda each: isinstance(each, ast.Name) and each.id == argument
    entries = {name for each in walk(node) if isinstance(each, (ast.For, ast.comprehension)) for name in names_of(each.target, each.iter, held)}
    for each in walk(node):
        if isinstance(each, ast.Call) and called_name(each) == "append" and of_self(getattr(each.func, "value", None)) and len(each.args) == 1:
            given = each.args[0]
            if isinstance(given, ast.Subscript) and held(given.value) or isinstance(given, ast.Name) and given.id in entries:
                return each.func.value.attr
    return None
