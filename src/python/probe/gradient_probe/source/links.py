"""Which functions are one link of the chain, and no whole backward pass: they are given the derivative of what comes after."""

import ast

from ..common import names
from ..common.syntax import walk
from .functions import called_name


def is_link(function):
    """One link of the chain, such as relu_backward(dA, cache): its first argument is an upstream derivative."""
    if function.arguments and names.is_gradient(function.arguments[0]) and names.like_name(function.name, names.UPDATE):
        # step(dW, db, rate)
        return False
    return bool(function.arguments) and (names.is_upstream(function.arguments[0]) or handed_on(function, function.arguments[0])) and not any(names.is_name(each, names.Y_NAMES) for each in function.arguments)


def handed_on(function, argument):
    """`backward(loss)`, or `backward(g)` of a layer, that multiplies it or gives it to the backward pass of a layer: the derivative of what comes after, and no loss."""
    if names.like_name(function.name, names.BACKWARD) and any(goes_on(each, argument) for each in walk(function.node)):
        return True
    if not (names.like_name(argument, names.COST) or says_nothing(function, argument)) or not names.like_name(function.name, names.BACKWARD):
        return False
    held = lambda each: getattr(each, "id", "") == argument
    for each in walk(function.node):
        if isinstance(each, ast.BinOp) and isinstance(each.op, (ast.Mult, ast.MatMult)) and (held(each.left) or held(each.right)):
            return True
        if isinstance(each, ast.Call) and (called_name(each) in ("dot", "matmul", "multiply") or names.like_name(called_name(each), names.BACKWARD)) and any(held(one) for one in each.args):
            return True
    return False


def goes_on(node, argument):
    """`x = layer.backward(x)`: what is handed from layer to layer, whatever it is called."""
    value = node.value if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == argument else None
    return isinstance(value, ast.Call) and names.like_name(called_name(value), names.BACKWARD) and [getattr(each, "id", "") for each in value.args[:1]] == [argument]


def says_nothing(function, argument):
    """Whether the one thing that a method must be given has a name of nothing that is known."""
    known = names.AL_NAMES + "|" + names.CACHE_NAMES + "|" + names.PARAM_NAMES + "|" + names.M_NAMES
    return function.bound and function.needed == [argument] and not any(rule(argument) for rule in (names.holds_targets, names.holds_samples, names.is_rate, names.is_weight, names.is_bias)) and not names.is_name(argument, known)
