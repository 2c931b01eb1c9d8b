"""What a training takes entry by entry, `for j in range(Q): … x[j] … d[j]`: where a name says what one of the two is, the samples or the targets, the other is the other, and Q is how many there are."""

import numpy as np

from ..common import names
from ..source.rounds import entry_by_entry


def getter(function, argument, phase):
    """What gives an argument of such a training; None of any other."""
    count, taken = entry_by_entry(function) if phase == "train" and hasattr(function, "node") else (None, [])
    if argument == count:
        return lambda pool: pool.settings["m"]
    roles = {each: "Y" if names.holds_targets(each) else "X" if names.holds_samples(each) else None for each in taken}
    if argument not in roles or not any(roles.values()):
        return None
    other = next(each for each in taken if each != argument)
    role = roles[argument] or {"X": "Y", "Y": "X"}[roles[other]]
    return lambda pool: in_rows(pool, role)


def in_rows(pool, role):
    """The samples or targets, of which each entry is one; LookupError where they lie as columns."""
    if np.shape(pool.data[role])[:1] != (pool.settings["m"],):
        raise LookupError("the samples are taken row by row")
    return pool.data[role].copy()
