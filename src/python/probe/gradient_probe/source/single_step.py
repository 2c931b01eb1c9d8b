"""A training step that stands at the top level without a loop: forward, backward and update one after the other, taken as a loop of one round."""

import ast

from ..common import names
from ..common.syntax import walk
from .functions import called_name


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
    before, step = parted(body[:last + 1], set(parameters), stored, loaded)
    if not any(product(each) for each in step):
        return None
    return before + (ast.parse("learning_rate = 0.1").body if added else []), as_loop(step + added)


def unrolled(body, stored, loaded):
    """The statements with those of a loop in its place, where it goes forward only and the weights are moved behind it, once: what comes after it is not indented as is meant. None of any other script."""
    at = next((index for index, each in enumerate(body) if isinstance(each, (ast.For, ast.While)) and product(each)), None)
    if at is None or any(isinstance(each, (ast.For, ast.While)) and product(each) for each in body[at + 1:]):
        return None
    inside = body[at].body
    moves = any(isinstance(one, ast.AugAssign) for one in walk(body[at])) or any(names.is_weight(name) or names.is_bias(name) for each in inside for name in stored(each))
    needed = {name for each in inside for name in stored(each)}
    behind = updated(body[at + 1:], stored, loaded)
    used = any(loaded(each) & needed for each in body[at + 1:])
    if moves or not used or not any(map(names.is_weight, behind)) or updated(body[:at], stored, loaded):
        return None
    return body[:at] + inside + body[at + 1:]


def of_layers(body, stored, loaded):
    """The same of layers that are objects, each of which moves its own weights: `d2 = layer2.backward(dA2, rate)`, and then `layer1.backward(d2, rate)`, which is given what came of the one before."""
    moved, handed, last = set(), set(), None
    for position, each in enumerate(body):
        call = each.value if isinstance(each, (ast.Assign, ast.Expr)) and isinstance(each.value, ast.Call) else None
        owner = getattr(getattr(call, "func", None), "value", None)
        makes, reads = stored(each), loaded(each)
        if isinstance(owner, ast.Name) and names.like_name(called_name(call), names.BACKWARD) and (not moved or reads & handed):
            if owner.id in moved:
                # a second round, or a check of the first
                break
            moved.add(owner.id)
            handed |= makes
            last = position if len(moved) > 1 else None
        elif isinstance(each, ast.Assign) and reads & handed:
            handed |= makes
    if last is None:
        return None
    before, step = parted(body[:last + 1], moved, stored, loaded)
    return before, as_loop(step)


def parted(body, parameters, stored, loaded):
    """(what comes before a step, the step): what the parameters are first made of is no part of it."""
    active, before, step = set(parameters), [], []
    for each in body:
        makes = stored(each)
        told = isinstance(each, ast.Expr) and isinstance(each.value, ast.Call) and getattr(getattr(each.value.func, "value", None), "id", None) in parameters
        if (told or isinstance(each, (ast.Assign, ast.AugAssign, ast.For, ast.If))) and loaded(each) & active and not (makes & parameters and not step):
            step.append(each)
            active |= makes
        else:
            before.append(each)
    return before, step


def as_loop(step):
    loop = ast.parse("for _ in range(1):\n    pass").body[0]
    loop.body = step
    for each in (loop, loop.target, loop.iter, loop.iter.func, loop.iter.args[0]):
        ast.copy_location(each, step[0])
    return loop


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
