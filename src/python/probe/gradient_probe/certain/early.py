"""A backward pass that gives back its gradients inside its loop over the layers, told by reading: the loop has one round."""

import ast

from ..common import names
from ..common.syntax import walk


def returns(function):
    """The return that ends a loop over layers in its first round, whatever the network is; None where there is none."""
    if not names.like_name(function.name, names.BACKWARD):
        return None
    for loop in [each for each in walk(function) if isinstance(each, (ast.For, ast.While))]:
        last = loop.body[-1]
        if isinstance(last, ast.Return) and isinstance(last.value, ast.Name) and fills(loop, last.value.id) and not skips(loop):
            return last
    return None


def fills(loop, name):
    """Whether what is given back is filled round by round: grads["dW" + str(l)] = …"""
    return any(isinstance(each, ast.Subscript) and isinstance(each.ctx, ast.Store) and getattr(each.value, "id", "") == name and not isinstance(each.slice, ast.Constant) for each in walk(loop))


def skips(loop):
    """Whether a round may end before its last statement."""
    return any(isinstance(each, (ast.Continue, ast.Break)) for each in walk(loop))
