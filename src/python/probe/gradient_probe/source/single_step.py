"""A training step that stands at the top level without a loop: forward, backward and update one after the other, taken as a loop of one round."""

import ast

from ..common import names
from ..common.syntax import walk


def find(body, stored, loaded):
    """(the statements before the step and those that the step does not need, the step as a loop) among top-level statements; None where there is none.
    `stored`, `loaded`: functions from a statement to the names that it gives a value, that it reads."""
    parameters = updated(body, stored, loaded)
    last = max(parameters.values(), default=None)
    added = []
    if last is None:
        parameters, last, added = derived(body, stored, loaded)
    if last is None:
        return None
    active, before, step = set(parameters), [], []
    for position, each in enumerate(body[:last + 1]):
        makes = stored(each)
        # what the parameters are first made of is no part of the step
        if isinstance(each, (ast.Assign, ast.AugAssign, ast.For, ast.If)) and loaded(each) & active and not (makes & set(parameters) and not step):
            step.append(each)
            active |= makes
        else:
            before.append(each)
    if not any(product(each) for each in step):
        return None
    step += added
    loop = ast.parse("for _ in range(1):\n    pass").body[0]
    loop.body = step
    for each in (loop, loop.target, loop.iter, loop.iter.func, loop.iter.args[0]):
        ast.copy_location(each, step[0])
    return before + (ast.parse("learning_rate = 0.1").body if added else []), loop


def updated(body, stored, loaded):
    """{parameter: position of its last update} of those that a statement changes by what they were: W -= …, W = W - ….; only up to the second time that the first is changed."""
    out = {}
    for position, each in enumerate(body):
        target = each.target if isinstance(each, ast.AugAssign) else each.targets[0] if isinstance(each, ast.Assign) and len(each.targets) == 1 else None
        if not isinstance(target, ast.Name) or not (names.is_weight(target.id) or names.is_bias(target.id)):
            continue
        changes = isinstance(each, ast.AugAssign) or target.id in loaded(each) and isinstance(each.value, ast.BinOp) and isinstance(each.value.op, (ast.Sub, ast.Add))
        if changes and target.id in out:
            break
        if changes:
            out[target.id] = position
    return out


def derived(body, stored, loaded):
    """Where nothing is updated: the gradients dW1, db1 of parameters, with the updates that would follow."""
    made, found, added, last = set(), {}, [], None
    for position, each in enumerate(body):
        for name in sorted(stored(each)) if isinstance(each, ast.Assign) else []:
            parameter = next((one for one in made if names.plain(one) == names.stem(name)[0] and names.is_gradient(name) and one != name), None)
            if parameter is not None and parameter not in found:
                found[parameter], last = position, position
                added.append(ast.copy_location(ast.parse("%s = %s - learning_rate * %s" % (parameter, parameter, name)).body[0], each))
            elif names.is_weight(name) or names.is_bias(name):
                made.add(name)
    for each in added:
        for inner in ast.walk(each):
            ast.copy_location(inner, each)
    return (found, last, added) if any(names.is_weight(each) for each in found) else ({}, None, [])


def product(statement):
    return any(isinstance(each, ast.BinOp) and isinstance(each.op, ast.MatMult) or isinstance(each, ast.Call) and getattr(each.func, "attr", "") in ("dot", "matmul", "outer") for each in walk(statement))
