"""An activation and its derivative by their names, each pair by itself: also what the network that was checked does not use."""

import ast
import re

import numpy as np

from ..common import names
from ..common.sandbox import TimeUp, Timer

POINTS = np.array([[-1.3, -0.4], [0.6, 1.7]])
STEP = 1e-5


def wrong(code, recorder, used):
    """(site, rule, message, formula) of a derivative that is none, neither at Z nor at A; None where all are right.

    `used`: names of the functions that ran in the check: how they are called was judged there.
    """
    read = {each.id if isinstance(each, ast.Name) else each.attr for tree in code.trees.values() for each in ast.walk(tree) if isinstance(each, (ast.Name, ast.Attribute)) and isinstance(each.ctx, ast.Load)}
    for activation, derivative in pairs([each for each in code.functions if each.own]):
        if derivative.name in used or derivative.name not in read or is_slope(activation, derivative) is not False:
            continue
        site = next((each for each in recorder.sites if each.file == derivative.file and each.function.split(".")[-1] == derivative.name and each.kind == "return" and each.value), None)
        if site is not None:
            return site, "activation-derivative", "%s is not the derivative of %s, neither at Z nor at A." % (derivative.name, activation.name), None
    return None


def pairs(functions):
    """[(f, its derivative)]: relu and relu_prime, sigmoid and d_sigmoid, each of one argument."""
    alone = [each for each in functions if len([one for one in each.arguments if one not in each.defaults]) == 1]
    for derivative in alone:
        stem = re.sub(r"^(d|derivative(of)?|deriv|gradient(of)?|grad)(?=[a-z]{4})|(derivative|derivate|deriv|prime|gradient|grad|der)$", "", names.plain(derivative.name))
        found = next((each for each in alone if each is not derivative and names.plain(each.name) == stem), None)
        if found is not None and stem != names.plain(derivative.name) and names.like_name(stem, names.ACTIVATION):
            yield found, derivative


def is_slope(activation, derivative):
    """Whether the one is the slope of the other at Z or, given A, at the same Z; None where that cannot be asked: no function of each entry alone, no arrays."""
    try:
        with Timer(0.5):
            at = lambda points: np.asarray(activation.target(points.copy()), dtype=float)
            value, slope = at(POINTS), (at(POINTS + STEP) - at(POINTS - STEP)) / (2 * STEP)
            alone = np.array([[float(at(np.array([[each]])).reshape(-1)[0]) for each in row] for row in POINTS])
            if value.shape != POINTS.shape or not np.allclose(value, alone) or not np.all(np.isfinite(slope)) or np.ptp(slope) < 1e-6:
                return None
            given = [np.broadcast_to(np.asarray(derivative.target(points.copy()), dtype=float), POINTS.shape) for points in (POINTS, value)]
            return any(np.allclose(each, slope, rtol=2e-2, atol=2e-3) for each in given)
    except (Exception, TimeUp):
        return None
