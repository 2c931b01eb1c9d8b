"""Parameters that are made and that nothing uses, as the W0 of a loop that begins at 0: of them no gradient is asked."""

import numpy as np

#: More are not looked at.
MOST = 12


def without_idle(program):
    """The parameters of a program that change its prediction or its cost; None where that are all, or none."""
    if not 2 < len(program.leaves) <= MOST:
        return None

    def given(theta):
        outcome = program.run(theta, until="cost" if program.cost_known else "forward")
        return outcome.AL, outcome.cost

    before = given(program.theta0)
    used = [leaf for leaf in program.leaves if not same(before, given(dict(program.theta0, **{leaf.name: program.theta0[leaf.name] + 0.5})))]
    return used if 0 < len(used) < len(program.leaves) else None


def same(one, other):
    return all(np.array_equal(a, b) for a, b in zip(one, other))
