"""One sample with one output is a single number, and one number is proportional to any other: further samples show whether a cost is meant.

Only where the cost is inferred; a cost of theirs has its scale.
"""

import numpy as np

from ..common import numeric as core
from ..common.data import Data
from ..common.sandbox import TimeUp

#: (seed, label) of the further samples.
FURTHER = ((8, 0), (9, 1))


def wanted(program, judged):
    return not program.cost_known and program.data.m == 1 and program.sizes.nL == 1 and any(each.factor is not None for each in judged)


def holding(program, judged, factor_of):
    """Those of the evaluations whose factor is the same at every sample; where there is none, all, as wrong. `factor_of(checks, base, name)`."""
    found = []
    own = program.data
    try:
        for seed, label in FURTHER:
            use(program, Data(own.n0, own.outputs, 1, own.rows, own.form, seed, np.array([label])))
            by_cost, base = core.check(program)
            found.append({name: factor_of(checks, base, name) for name, checks in by_cost.items()})
            if all(np.array_equal(base.grads[name], judged[0].base.grads.get(name)) for name in base.grads):
                # their samples are their own: nothing is learnt from ours
                return judged
    except (Exception, TimeUp):
        return judged
    finally:
        use(program, own)
    kept = [each for each in judged if each.factor is not None and all(agree(each.factor, factors.get(each.cost)) for factors in found)]
    if kept:
        return kept
    for each in judged:
        if each.factor is not None:
            each.verdict, each.reason, each.factor, each.exact = "wrong", None, None, True
    return judged


def agree(one, other):
    return other is not None and abs(one - other) < 1e-3 * abs(one)


def use(program, data):
    """Other samples from here on."""
    program.use(data) if hasattr(program, "use") else setattr(program, "data", data)
