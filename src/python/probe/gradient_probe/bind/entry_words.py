"""Words that the entries of a list may be, by what the code compares them with or looks up by them: one activation for each layer."""

import ast

from ..common.syntax import walk
from ..source.functions import called_name
from ..source.naming import holder, label
from .usage import use_of


def plural(name):
    return name.lower().endswith("s")


def of_entries(code, argument):
    """Words that the entries of a list are compared with, `self.activations[l] == "relu"`, or look up in a function that each is given to, `[self.get_activation(one) for one in activations]`."""
    out = []
    for each in [one for tree in code.trees.values() for one in walk(tree)] if plural(argument) else ():
        if isinstance(each, ast.Compare) and isinstance(each.left, ast.Subscript) and holder(each.left) == argument:
            out += [one.value for one in each.comparators if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value not in out]
        elif isinstance(each, (ast.ListComp, ast.For)):
            out += [one for one in handed_on(code, each, argument) if one not in out]
    return out


def handed_on(code, loop, argument):
    """Words that functions look up or compare which a loop over `argument` gives its entries to."""
    heads = loop.generators if isinstance(loop, ast.ListComp) else [loop]
    own = {head.target.id for head in heads if isinstance(head.target, ast.Name) and label(head.iter) == argument}
    calls = [each for each in walk(loop) if isinstance(each, ast.Call) and any(getattr(one, "id", None) in own for one in each.args)] if own else []
    every = code.every
    given = [(function, dict(zip(function.arguments, each.args))) for each in calls for function in every if function.name == called_name(each)]
    return [text for function, arguments in given for name, one in arguments.items() if getattr(one, "id", None) in own for text in use_of(code, function, name).texts]
