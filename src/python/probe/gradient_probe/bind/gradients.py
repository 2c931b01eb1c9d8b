"""Finds the person's gradient of each parameter: returned, kept in attributes, or as the step an update makes."""

import ast
import re

import numpy as np

from ..certain import unset
from ..common import names
from ..common.numeric import stays
from ..common.syntax import walk
from ..source.lifting import loaded
from . import adding
from . import in_globals, parameters as where
from . import per_sample, subtracted, unrated, within_step
from .pairing import enough, pair
from .roles import DRAWS, draws


def find(program, outcome, roots, theta, rate_given):
    """A function (program, outcome, roots, pool, theta) that fills outcome.grads, or None. Tried in order: returned, attributes, difference."""
    for finder in (from_returned, from_attributes, from_difference):
        made = finder(program, outcome, roots, theta, rate_given)
        if made is not None:
            return made
    return None


# -- returned or kept

def from_returned(program, outcome, roots, theta, _):
    if outcome.raw is None:
        return None
    form = as_matrices if any(len(leaf.shape) == 2 for leaf in program.leaves) else lambda raw: raw
    step = program.steps[-1] if program.steps[-1].role in ("backward", "both") else next((each for each in program.steps if each.role in ("backward", "both")), None)
    # an update that gives back the very arrays that it was given to change gives back no gradients
    own = {id(each) for leaf in program.leaves for each in [where.standing({"global": program.code.namespace, **roots}, leaf.path)] if isinstance(each, np.ndarray)}
    every = flat_gradients(form(outcome.raw), outcome.given)
    found = [each for each in every if id(each[2]) not in own]
    # {"W1": W1, "dW1": dW1, …}: the gradients are put beside the parameters
    beside = {names.stem(name)[0] for _, name, _ in found if names.is_gradient(name)} >= {names.plain(leaf.name) for leaf in program.leaves}
    if not beside and not any(names.is_name(each, names.GRAD_NAMES) for each in step.function.returned if each) and updated(program.leaves, every, theta, names.like_name(step.function.name, names.TRAIN) and step.function.loops or names_gradients(step.function, program.leaves)):
        return None
    match = pair(program.leaves, found if hasattr(outcome.raw, "_fields") else [each for each in found if not stepped(program.leaves, each, theta)])
    if not enough(program.leaves, match):
        return None

    def fill(program, outcome, roots, pool, theta):
        values = {tuple(path): value for path, _, value in flat_gradients(form(outcome.raw), outcome.given)}
        # of a list with one number a layer, that number
        values.update({path: values[path[:-1]][path[-1][1]] for path in match.values() if path not in values and np.ndim(values.get(path[:-1])) == 1})
        # a np.matrix would multiply as matrices where entries are meant
        outcome.grads = per_sample.reduced({name: np.asarray(values[path]) for name, path in match.items() if path in values}, program, step)
        outcome.gradient_from = "returned"

    return fill


def names_gradients(function, leaves):
    """Whether a function gives several parameters new values, and their gradients names of their own, dW1 beside W1: what it returns as W1 is none."""
    stored = {each.id for each in walk(function.node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    own = {names.plain(leaf.name) for leaf in leaves} & {names.plain(each) for each in stored}
    return len(own & {names.stem(each)[0] for each in stored if names.is_gradient(each)}) > 1


def as_matrices(value):
    """What was returned with lists of rows as matrices, where the weights are matrices too."""
    if isinstance(value, dict):
        return {key: as_matrices(each) for key, each in value.items()}
    if isinstance(value, list) and value and all(isinstance(row, list) and row and len(row) == len(value[0]) and all(isinstance(each, (int, float, np.number)) for each in row) for row in value):
        return np.array(value, dtype=float)
    return type(value)(as_matrices(each) for each in value) if type(value) in (list, tuple) else value


def fresh(name):
    """'new_W1' and 'updated_W1' as 'w1'."""
    return re.sub(r"^(new|updated|next|upd|up)(?=[a-z])", "", names.plain(name))


def updated(leaves, found, theta, trains):
    """Whether what was returned are the parameters after the step, not gradients: they have the names, and are near what they were or come out of a training."""
    given = {fresh(name): value for _, name, value in found if not names.is_gradient(name)}
    weights = [leaf for leaf in leaves if leaf.kind == "W"]

    def near(leaf):
        value, old = given.get(names.plain(leaf.name)), theta[leaf.name]
        # the L2 term of a gradient is a part of the weights too, a smaller one
        return value is not None and np.shape(value) == np.shape(old) and (trains or np.linalg.norm(value - old) < 0.6 * np.linalg.norm(old) and np.vdot(value, old) > 0.85 * np.vdot(old, old))

    return bool(weights) and all(near(leaf) for leaf in weights)


def stepped(leaves, found, theta):
    """Whether one of several returned values is a parameter, not its gradient: it has the very name, or no name of a gradient and is near what it was."""
    path, name, value = found
    if len(path) != 1 or not isinstance(path[0][1], int) or names.is_gradient(name) or names.is_name(name, names.GRAD_NAMES):
        return False
    if re.search(r"[^\W\d]", name) and any(name == leaf.name and np.shape(value) == leaf.shape for leaf in leaves):
        return True
    return any(np.shape(value) == leaf.shape and names.plain(leaf.name) in names.plain(name) and np.linalg.norm(value - theta[leaf.name]) < 0.6 * np.linalg.norm(theta[leaf.name]) for leaf in leaves)


def flat_gradients(raw, given):
    """(path, name, value) of every number or array that was returned; a tuple's items are named as in `return`."""
    out = []
    if isinstance(raw, tuple) and not hasattr(raw, "_fields"):
        for index, each in enumerate(raw):
            name = given[index] if index < len(given) and len(given) == len(raw) and given[index] else "[%d]" % index
            out.extend((("item", index),) + tuple(path) and ((("item", index),) + tuple(path), inner or name, value) for path, inner, value in numbers(each, name))
        return out
    return numbers(raw, (given[0] if len(given) == 1 and given[0] else ""))


def numbers(value, name):
    out = []
    if isinstance(value, (float, np.floating)):
        return [((), name, np.asarray(value))]
    where.walk(value, (), name, out, 5, set())
    if isinstance(value, dict):
        out.extend(((("item", key),), key, np.asarray(each)) for key, each in value.items() if isinstance(each, (float, np.floating)) and isinstance(key, str))
    return out


def from_attributes(program, outcome, roots, theta, _):
    """self.dW1, layer.grad_W, self.grads['W1'] after the backward step; of a script also those of its objects."""
    root = next((each for each in ("self", "globals", "params") if each in roots), None)
    if root is None or root == "params" and not where.is_object(roots[root]):
        return in_globals.gradients(program)
    taken = {path[1:] for leaf in program.leaves for path in where.places(leaf)}
    found = [(path, name, value) for path, name, value in where.leaves(roots[root]) if path not in taken and any(names.is_gradient(str(key)) or names.is_name(str(key), names.GRAD_NAMES) for _, key in path if isinstance(key, str))]
    # np.sum(dZ) without an axis is a number, of the network or of the layer that the bias is of
    for holder in dict.fromkeys([()] + [leaf.path[1:-1] for leaf in program.leaves if leaf.path[-1][0] == "attr"] if root == "self" else [()]):
        found += [(holder + (("attr", key),), key, np.asarray(value)) for key, value in where.attributes(where.get(roots[root], holder)) if isinstance(value, (float, np.floating)) and names.is_gradient(key)]
    before = {path: value for path, name, value in where.leaves(program.roots[root])}
    found = [(path, name, value) for path, name, value in found if path not in before or np.shape(before[path]) != np.shape(value) or not np.array_equal(before[path], value)]
    match = pair(program.leaves, found)
    if not enough(program.leaves, match) and root == "self" and subtracted.unmoved(program, roots[root], theta):
        match = subtracted.beside(program, {path: value for path, _, value in where.leaves(roots[root]) if path not in before or not np.array_equal(before[path], value)})
    if not enough(program.leaves, match) or all(is_step(leaf, match, roots[root], theta) for leaf in program.leaves if leaf.name in match):
        return None

    def fill(program, outcome, roots, pool, theta):
        outcome.grads = {}
        for name, path in match.items():
            try:
                outcome.grads[name] = np.array(where.get(roots[root], path), dtype=float)
            except (KeyError, IndexError, AttributeError):
                continue
        outcome.gradient_from = "attributes"

    return fill


def is_step(leaf, match, holder, theta):
    """Whether what is kept is the very step that the parameter has just made, learning rate and all: momentum, no gradient."""
    try:
        moved = np.asarray(where.get(holder, leaf.path[1:])) - theta[leaf.name]
        kept = np.asarray(where.get(holder, match[leaf.name]))
    except (KeyError, IndexError, AttributeError, ValueError):
        return False
    return moved.shape == kept.shape and np.any(moved) and (np.allclose(moved, kept, rtol=1e-6, atol=1e-12) or np.allclose(moved, -kept, rtol=1e-6, atol=1e-12))


# -- what an update does

def after_values(program, outcome, roots):
    """Parameters after the step, by name."""
    out = {}
    for leaf in program.leaves:
        root, path = leaf.path[0], leaf.path[1:]
        try:
            if root == "global":
                out[leaf.name] = np.array(where.get(program.code.namespace, path), dtype=float)
            else:
                out[leaf.name] = np.array(where.get(roots[root], path), dtype=float)
        except (KeyError, IndexError, AttributeError, TypeError, ValueError):
            continue
    for given, roles in ((outcome.after, ("update", "train")), (outcome.raw, ("backward",))):
        if given is None:
            continue
        update = next((each for each in program.steps if each.role in roles), None)
        returned = flat_gradients(given, update.function.returned if update else [])
        changed = any(np.shape(out[leaf.name]) == leaf.shape and not np.array_equal(out[leaf.name], program.theta0[leaf.name]) for leaf in program.leaves if leaf.name in out)
        for leaf in program.leaves:
            if changed and (leaf.name not in out or not np.array_equal(out[leaf.name], program.theta0[leaf.name])):
                continue
            # beside others that are changed in place, `W1 = …` makes a new one, which only its name tells
            same = [each for each in returned if fresh(each[1]) == names.plain(leaf.name) and np.shape(each[2]) == leaf.shape]
            same = same or [each for each in returned if not changed and stepped([leaf], each, program.theta0)]
            if same:
                out[leaf.name] = np.array(same[0][2], dtype=float)
    return out


def from_difference(program, outcome, roots, theta, rate_given, some=False):
    """(P0 - P1) / learning rate, where the step is plain gradient descent."""
    after = after_values(program, outcome, roots)
    steps = {name: theta[name] - value for name, value in after.items() if np.shape(value) == np.shape(theta[name])}
    if any(remade(program, name, value, theta) for name, value in after.items() if name in steps):
        return None
    weights = [leaf.name for leaf in program.leaves if leaf.kind == "W"] or [leaf.name for leaf in program.leaves]
    moved = [name in steps and bool(np.any(steps[name])) for name in weights]
    if not steps or not any(moved) or not (all(moved) or (some and all(name in steps for name in weights))):
        return None
    before = within_step.gradients(program)
    if before is not None or adaptive(steps):
        return before
    rate = step_rate(program, outcome, steps, weights, rate_given)
    if rate is None:
        rate = unrated.rate(program, weights)
        stand = unrated.written_down(program) if rate is None else []
        # of several, a rate and a momentum that has the name of one, the factor tells which
        rate = (stand[0] if len(stand) == 1 else 1.0) if stand else rate
        program.rate_read, program.scale_free = rate is not None, program.scale_free or rate is None

    # a bias that is moved by nothing, the sum of all entries of a softmax's dZ, is not one that is left alone
    written = moved_in(program)

    def fill(program, outcome, roots, pool, theta):
        after = after_values(program, outcome, roots)
        # a step that makes b (n, 1) a matrix is one of the wrong shape
        outcome.grads = {name: (theta[name] - value) / (rate or 1.0) for name, value in after.items() if np.shape(value) == np.shape(theta[name]) or (np.ndim(value) == 2 and 0 < np.ndim(theta[name]) and stays(np.shape(value), np.shape(theta[name])))}
        outcome.grads = {name: value for name, value in outcome.grads.items() if np.any(value) or name in weights or names.plain(where.base(name)) in written}
        outcome.gradient_from = "update"

    return fill


def moved_in(program):
    """Plain names of what the functions of the steps move by what they call a gradient: b2 of `b2 -= rate * db2`."""
    out = set()
    for node in unset.reached(program.code, [each.function for each in program.steps]):
        for each in [one for statement in walk(node) for one in adding.singly(statement)]:
            if isinstance(each, (ast.AugAssign, ast.Assign)):
                target = adding.held(each.target if isinstance(each, ast.AugAssign) else each.targets[0])
                if target is not None and adding.sign_of(each, {target}) is not None:
                    out.add(target)
    return out


def remade(program, name, value, theta):
    """Whether what stands there after the step has nothing to do with what was given: the function made parameters of its own."""
    makers = {each.name for each in program.code.functions if draws(each)}
    methods = {each.name for owner in program.code.classes for each in owner.methods.values() if names.like_name(each.name, names.INIT) and each.name != "__init__" and draws(each)}
    return any(step.function.callees & (DRAWS | (makers if step.function.owner is None else methods)) for step in program.steps) and np.linalg.norm(theta[name] - value) > 0.9 * np.linalg.norm(theta[name])


def step_rate(program, outcome, steps, weights, given):
    """The number between the steps and what the file calls dW: 1, or one that it writes down under whatever name. None where there is none. `given`: a learning rate was given, though a global that is one may be what the step reads."""
    ours = program.settings["rate"]
    shared = [value for name, value in program.code.namespace.items() if names.is_rate(name) and isinstance(value, float) and any(name in loaded(each.function.node) for each in program.steps)]
    if given and not shared:
        return ours
    try:
        events = outcome.events or program.run(record=True).events
    except Exception:
        return ours if given else None
    sites = program.recorder.sites
    named = [each.value for each in events if isinstance(each.value, np.ndarray) and names.is_gradient(sites[each.site].target.split(".")[-1])]
    written = ([ours] + shared if given else []) + [1.0] + [float(each.value) for each in sites if each.kind == "assign" and re.match(r"^\d*\.?\d+(e-?\d+)?$", each.value or "")]
    close = lambda step, k: any(np.shape(each) == np.shape(step) and np.allclose(np.abs(step), k * np.abs(each), rtol=1e-9, atol=1e-12 * k) for each in named)
    return next((k for k in dict.fromkeys(written) if k > 0 and all(close(steps[name], k) for name in weights)), ours if given else None)


def adaptive(steps):
    """Adam and its kin move every entry by nearly the same amount: their steps are no gradient."""
    sizes = np.concatenate([np.abs(value).reshape(-1) for value in steps.values()])
    sizes = sizes[sizes > 0]
    return sizes.size > 8 and np.std(sizes) < 1e-3 * np.mean(sizes)
