"""The gradients of a training of which every parameter is known from where it is made to where it is first changed."""

import numpy as np

from ..bind import gradients
from ..bind import parameters as where
from ..bind import unrated
from ..bind.held import plain_target
from ..common import names
from ..common import numeric as core


def choose(program, outcome, rate_given):
    """(P0 - P1) / rate; a gradient under its own name where the step is more than gradient descent."""
    found = {each.key: each.value for each in outcome.events}
    steps = {name: program.theta0[name] - found[key] for name, key in program.changed.items()}
    if gradients.adaptive(steps):
        program.gradient = by_names(program, outcome.events)
        return
    rate = program.settings["rate"] if rate_given else unrated.rate(program, [leaf.name for leaf in program.leaves if leaf.kind == "W"] or [leaf.name for leaf in program.leaves])
    program.rate_read, program.scale_free = not rate_given and rate is not None, program.scale_free or rate is None

    def fill(program, outcome, roots, pool, theta):
        found = {each.key: each.value for each in outcome.events}
        outcome.grads = {name: (theta[name] - found[key]) / (rate or 1.0) for name, key in program.changed.items() if key in found and core.stays(np.shape(found[key]), np.shape(theta[name]))}
        outcome.gradient_from = "update"

    program.gradient = fill


def by_names(program, events):
    """The gradients that an optimizer makes its step of, `layer.dW` of W: of each parameter the one of its size; raises where there is not one of each."""
    keys, orders = {}, {each.key: each.order for each in events}
    named = [(each, plain_target(program.recorder, each)) for each in events if isinstance(each.value, np.ndarray)]
    for leaf in program.leaves:
        moved, own = orders[program.changed[leaf.name]], names.letter(where.base(leaf.name))
        given = {each.key for each, name in named if each.order < moved and np.size(each.value) == int(np.prod(leaf.shape)) and names.is_gradient(name) and names.letter(names.stem(name)[0]) == own}
        if len(given) != 1:
            raise LookupError("the step is no plain gradient descent")
        keys[leaf.name] = next(iter(given))
    program.changed = keys

    def fill(program, outcome, roots, pool, theta):
        found = {each.key: each.value for each in outcome.events}
        outcome.grads = {name: np.reshape(found[key], np.shape(theta[name])) for name, key in keys.items() if key in found and np.size(found[key]) == np.size(theta[name])}
        outcome.gradient_from = "attributes"

    return fill
