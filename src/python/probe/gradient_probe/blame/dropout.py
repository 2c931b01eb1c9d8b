"""Whether a derivative lacks the mask of dropout that the forward pass had."""

import itertools
import re

import numpy as np

from ..common.arrays import dropped, same_direction

#: What a file with dropout speaks of.
DROPOUT = r"drop|keep(?!_?dims)|mask|bernoulli|binomial|\brand\w*\(.*\) *[<>]"


def lacking(broken, finder, value, truth):
    """What a derivative is with its mask, in words; None where it lacks none."""
    if not re.search(DROPOUT, finder.program.code.text, re.I):
        return None
    if dropped(value, truth) or unmasked(broken, finder, value):
        return "0 where a unit was dropped, and scaled as the others were"
    return "0 where a unit was dropped" if off_alone(finder, value, truth) else None


def unmasked(broken, finder, value):
    """Whether a value of the backward pass is the derivative by what dropout gave, where that by what it was given is meant."""
    _, after = finder.near(broken)
    return after is not None and any(same_direction(each.derivative, value) and dropped(after.value, each.value, False) for each in finder.forward if each.value.shape == value.shape == after.value.shape)


def off_alone(finder, value, truth):
    """Whether a value lacks a mask that only turns units off in the forward pass, and scales none: some of what is there is 0 a step later, by no sign of its own."""
    there = value != 0
    fitting = [each.value for each in finder.forward if each.value.shape == value.shape]
    for before, after in itertools.combinations(fitting, 2):
        off = (before != 0) & (after == 0)
        if np.any(off & there) and not np.array_equal(off, before < 0) and np.allclose(after[~off], before[~off]) and np.allclose(np.where(off, 0, value), truth):
            return True
    return False
