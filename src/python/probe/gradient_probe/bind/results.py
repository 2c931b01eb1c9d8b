"""Puts what a step of a network returned where the steps after it find it."""

import ast

import numpy as np

from ..common.names import AL_NAMES, COST, DERIVATIVE, X_NAMES, is_name, like_name, plain
from ..source.functions import called_name
from . import in_globals, parameters as where
from .outputs import choose_output, kept_cost, read_of, scalar, split_both
from .picked import picked
from .roles import shown_in_forward


def costs_named(function, given):
    """The names in `return`; a call that is named as a cost has its function's name: `return x, self.loss(x, targets)`."""
    values = next((each.elts for each in function.returns if isinstance(each, ast.Tuple) and len(each.elts) == len(given)), [])
    return [name or (called_name(value) if isinstance(value, ast.Call) and like_name(called_name(value), COST) else None) for name, value in zip(given, values)] or given


def predicts(name):
    """Whether a name can only be that of the prediction: h, a and z are those of hidden layers too."""
    return name is not None and is_name(name, AL_NAMES) and plain(name) not in ("h", "a", "z")


def the_one_taken(parts, function, code):
    """The number that the file takes of several that its cost gives, `_, J = cost(…)`; None where it takes more, or that is not said."""
    for given in code.unpacked.get(function.name, []):
        taken = [index for index, each in enumerate(given) if each and each.strip("_")]
        if len(given) == len(parts) > 1 == len(taken) and np.size(parts[taken[0]]) == 1:
            return parts[taken[0]]
    return None


def absorb(step, result, pool, outcome, program):
    role = step.role
    if role == "forward" and result is None and step.function.bound:
        result = read_of(step.function, pool.objects, program.code)
    if role == "cost" and isinstance(result, list) and any(isinstance(each, ast.List) for each in step.function.returns):
        # return [cost, accuracy]
        result = tuple(result)
    record = hasattr(result, "_fields") or where.is_object(result)
    parts = list(result) if isinstance(result, tuple) and not record else [result]
    given = step.function.returned
    if role == "forward" and result is None and not step.function.bound:
        given, parts = in_globals.left(step.function.node, program.code.namespace)
    if role == "cost":
        taken = the_one_taken(parts, step.function, program.code)
        outcome.cost = scalar(kept_cost(pool) if result is None else result if taken is None else taken, program)
        for name, each in zip(given, parts) if len(parts) == len(given) > 1 else ():
            # loss, probs = …: the backward pass may go on from there
            pool.keep(name, each)
        return
    if role == "forward":
        pool.whole[step.function.name] = result
        for index, each in enumerate(parts):
            pool.keep_all(each)
        for names_ in program.code.unpacked.get(step.function.name, []):
            if len(names_) == len(parts):
                for name, each in zip(names_, parts):
                    if name:
                        pool.results[plain(name)] = each
                    if name in program.code.left:
                        program.code.namespace[name] = each
        for index, each in enumerate(parts):
            name = given[index] if index < len(given) else None
            # `x = layer.forward(x)`, and x is returned: elsewhere x is the samples
            pool.keep(None if name in step.function.arguments and is_name(name, X_NAMES) else name, each)
        for name, each in zip(costs_named(step.function, given), parts) if len(parts) > 1 and len(given) == len(parts) else ():
            if name and like_name(name, COST) and not like_name(name, DERIVATIVE) and np.size(each) == 1 and not isinstance(each, (str, dict, list)):
                # forward gives the cost as well
                outcome.cost = scalar(each, program)
        shown = shown_in_forward(step.function)
        if shown is not None and np.size(pool.attribute(shown)[1]) == 1:
            outcome.cost = scalar(pool.attribute(shown)[1], program)
        # `return g(z2), z2`: what has no name there may have one where it is called
        called = next((one for one in program.code.unpacked.get(step.function.name, []) if len(one) == len(parts) == len(given)), given)
        # … and is there called the prediction, where it is returned under a letter: `return Y, Z`, and `output, hidden = forward(X, W, V)`
        outcome.AL = choose_output([where.fields(result)] if record else parts, [other if predicts(other) and not predicts(name) else name or other for name, other in zip(given, called)], pool, program, step.function)
        if outcome.AL is None and len(parts) == 1:
            outcome.AL = picked(program.code, step.function, result)
        if outcome.AL is not None:
            pool.roles["AL"] = outcome.AL
        rest = [each for each in parts if each is not outcome.AL and isinstance(each, (dict, list, tuple))]
        if rest:
            pool.roles["cache"] = rest[0]
        elif record or isinstance(result, (dict, list)):
            pool.roles["cache"] = result
    elif role == "both":
        outcome.cost, outcome.raw, outcome.given = split_both(parts, program, given)
        pool.roles["grads"] = outcome.raw
    elif role in ("backward", "train"):
        for index, each in enumerate(parts):
            pool.keep(given[index] if index < len(given) else None, each)
            pool.keep_all(each)
        for called in program.code.unpacked.get(step.function.name, []):
            # an update is given them by the names that they have where it is called
            for name, each in zip(called, parts) if len(called) == len(parts) > 1 else ():
                pool.keep(name if name and plain(name) not in pool.named else None, each)
        outcome.raw, outcome.after, outcome.given = (result, None, given) if role == "backward" else (None, result, given)
        pool.roles["grads"] = result
    elif role == "update":
        outcome.after = result
