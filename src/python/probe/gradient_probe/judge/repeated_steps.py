"""A step that is taken several times with one and the same gradient: `for key in params: W = W - rate * dW` moves W once for every key."""

import numpy as np

from ..common import numeric as core
from ..common.sandbox import TimeUp

#: Of the whole way.
SAME = 1e-6


def one_of(checks, times):
    """The same comparison of one such step."""
    return [core.LeafCheck(each.leaf, each.entries, None if each.missing else each.analytic / times, each.numeric, each.shape) for each in checks]


def taken(program, checks):
    """How many equal steps one statement makes of the way from what each weight was to what it is in the end; 1 where that differs from weight to weight."""
    try:
        outcome = program.run(record=True)
    except (Exception, TimeUp):
        return 1
    found = set()
    for each in checks:
        way = outcome.grads.get(each.leaf.name)
        if each.leaf.kind == "W" and way is not None and np.shape(way) == each.leaf.shape and np.any(way):
            found.add(steps(outcome.events, program.theta0[each.leaf.name], way))
    return found.pop() if len(found) == 1 else 1


def steps(events, old, way):
    """The length of the longest row of equal steps along a way that one site makes."""
    stood = {}
    for event in events:
        for value in event.value if isinstance(event.value, (list, tuple)) else (event.value,):
            if isinstance(value, np.ndarray) and value.shape == old.shape and value.dtype.kind == "f":
                moved = old - value
                k = float(np.sum(moved * way) / np.sum(way * way))
                if k > 0 and np.linalg.norm(moved - k * way) < SAME * np.linalg.norm(moved):
                    stood.setdefault(event.site, []).append(k)
    return max([len(each) for each in stood.values() if all(abs(k - (index + 1) * each[0]) < SAME * each[-1] for index, k in enumerate(each))] or [1])
