"""The parameters of a step that is run as a whole: what it changes and what has a parameter's name."""

import numpy as np

from ..bind import gradients
from ..bind import parameters as where
from ..common import names
from ..common import numeric as core
from ..source.lifting import moved_by
from .unmoved import is_weight_array, still


def take(program):
    """The parameters, with values that a step moves: under a ReLU output all samples may be dead for the weights that the file draws, and for ours; for positive ones they seldom are."""
    try:
        changed_by_step(program)
    except LookupError:
        make_positive(program)
        changed_by_step(program)
    if any_left(program):
        first = program.leaves, program.theta0
        make_positive(program)
        program.leaves, program.theta0 = [], {}
        try:
            changed_by_step(program)
        except LookupError:
            program.leaves, program.theta0 = first
    outcome, roots, _, error = program.call(program.theta0, False)
    if error is None and not any(moved_from(program, gradients.after_values(program, outcome, roots))):
        program.make_positive()


def make_positive(program):
    """The weights that the file drew, each without its sign."""
    for each in program.roots.values():
        for _, name, value in where.leaves(each):
            if is_weight_array(where.base(name), value) and value.dtype.kind == "f" and value.flags.writeable:
                np.abs(value, out=value)


def any_left(program):
    """Whether weights by their name are none of the parameters that were found."""
    found = {leaf.path for leaf in program.leaves}
    return any(is_weight_array(where.base(name), value) and (root,) + tuple(path) not in found for root, each in program.roots.items() for path, name, value in where.leaves(each))


def moved_from(program, after):
    """For each parameter whether a step has moved it."""
    return [not np.array_equal(after.get(name, value), value) for name, value in program.theta0.items()]


def changed_by_step(program):
    """The parameters are what one step changes and what has a parameter's name."""
    before = {name: dict((tuple(path), value) for path, _, value in where.leaves(root)) for name, root in program.roots.items()}
    outcome, roots, _, error = program.call({}, False)
    found = given_back(program, outcome, before)
    for root in roots:
        for path, name, value in where.leaves(roots[root]):
            old = before[root].get(tuple(path))
            if old is not None and np.ndim(old) == 0 and np.ndim(value) and np.size(value) == 1:
                # `w = 0.1` is a matrix of one entry from the first step on
                old = np.reshape(old, np.shape(value))
            if old is not None and old.dtype.kind in "fi" and (np.shape(old) == np.shape(value) or grown(old, value)) and not np.array_equal(old, value):
                found.append((root, tuple(path), name, old))
    chosen = [each for each in found if (names.is_weight(where.base(each[2])) or names.is_bias(where.base(each[2]))) and not passing(each)]
    moved_on = set().union(*[moved_by(each) for each in program.given.body]) if program.given is not None else set()
    chosen += [each for each in found if each[2] in moved_on and np.ndim(each[3]) == 2 and np.any(each[3]) and not passing(each) and not any(each is one for one in chosen)]
    if not any(np.ndim(each[3]) == 2 or names.is_weight(where.base(each[2])) for each in chosen):
        chosen = [each for each in found if not passing(each) and np.ndim(each[3]) in (1, 2) and not names.is_name(where.base(each[2]), names.X_NAMES + "|" + names.Y_NAMES + "|" + names.AL_NAMES)]
        chosen = moved(program, chosen)
    if not chosen or cut_short(error, program, found):
        raise error or LookupError("no parameters are changed")
    chosen += still(program, chosen, before)
    program.take_leaves(chosen, np.random.RandomState(11))


def moved(program, chosen):
    """Without arrays of zeros that the step fills whatever they held, `outputs = np.zeros(3)` and then `outputs[0] = …`: a parameter is moved from where it was."""
    empty = [each for each in chosen if not np.any(each[3])]
    if not empty or len(empty) == len(chosen):
        return chosen
    program.take_leaves(chosen, np.random.RandomState(11))

    def after(name, shift):
        outcome, roots, _, _ = program.call({**program.theta0, name: program.theta0[name] + shift}, False)
        return gradients.after_values(program, outcome, roots).get(name)

    names_of = {leaf.path: leaf.name for leaf in program.leaves}
    filled = [each for each in empty for name in [names_of.get((each[0],) + each[1])] if name is not None and np.array_equal(after(name, 0.0), after(name, 0.25))]
    program.leaves, program.theta0 = [], {}
    return [each for each in chosen if not any(each is other for other in filled)]


def given_back(program, outcome, before):
    """What a step is given and gives back as another under the same name, `W = W - rate * dW` and then `return W, b`: where it stands, and as it was."""
    made = {gradients.fresh(name): value for _, name, value in gradients.flat_gradients(outcome.after, program.steps[0].function.returned)}
    # an initializer that returns several keeps them by their numbers
    called = {index: name for name, index in program.globals.get("returned") or ()}
    out = []
    for path, old in before.get("params", {}).items():
        name = str(called.get(path[0][1]) or path[-1][1]) if len(path) == 1 else ""
        new = made.get(names.plain(name))
        if new is not None and np.shape(new) == np.shape(old) and not np.array_equal(new, old):
            out.append(("params", path, name, old))
    return out


def cut_short(error, program, found):
    """Whether arrays that do not fit ended the step before all weights were changed: what was changed says nothing then."""
    if not isinstance(error, (ValueError, IndexError)):
        return False
    changed = {(each[0], each[1]) for each in found}
    return any(is_weight_array(where.base(name), value) and (root, tuple(path)) not in changed for root in program.roots for path, name, value in where.leaves(program.roots[root]))


def grown(old, value):
    """Whether a step made a vector a matrix: b (n, 1) minus a gradient with a column for each sample."""
    return 1 in np.shape(old) and np.ndim(old) == 2 == np.ndim(value) and np.size(value) > np.size(old) and core.stays(np.shape(value), np.shape(old))


def passing(each):
    """Gradients, momentum and other values that stand beside the parameters."""
    keys = [str(key) for _, key in each[1] if isinstance(key, str)]
    return any(names.is_gradient(key) or where.is_buffer(key) or names.is_name(key, names.GRAD_NAMES) for key in keys)
