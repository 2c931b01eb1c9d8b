"""Tells predictions, targets and derivatives apart by what they depend on: the samples, the targets, or both. No names are asked."""

import copy

import numpy as np

from ..common.data import Data


def other(data, samples):
    """The data with other samples and the same targets, or the other way round."""
    made = copy.copy(data)
    if samples:
        made.X = Data(data.n0, data.outputs, data.m, data.rows, data.form, seed=17).X
        return made
    made.labels = (data.labels + 1) % max(data.outputs, 2)
    drawn = Data(data.n0, data.outputs, data.m, data.rows, data.form, labels=made.labels)
    made.Y = drawn.Y
    return made


def kinds(program):
    """{key of an event: 'X', 'Y', 'both' or None}: what its value changes with."""
    before = program.data
    runs = []
    for data in (before, other(before, True), other(before, False)):
        program.use(data)
        try:
            outcome, _, _, _ = program.call(program.theta0, True)
            runs.append({each.key: each.value for each in outcome.events if isinstance(each.value, np.ndarray)})
        finally:
            program.use(before)
    base, by_x, by_y = runs
    out = {}
    for key, value in base.items():
        x, y = changed(value, by_x.get(key)), changed(value, by_y.get(key))
        out[key] = "both" if x and y else "X" if x else "Y" if y else None
    if not set(out.values()) & {"X", "both"}:
        # the samples are kept from before the step: all that changes with the targets is behind the prediction
        return {key: "both" if kind == "Y" else None for key, kind in out.items()}
    return out


def changed(value, now):
    return now is None or np.shape(now) != np.shape(value) or not np.array_equal(now, value, equal_nan=True)
