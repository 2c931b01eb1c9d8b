"""Whether a cost falls as the predictions get better; of one that rises, a right gradient unlearns."""

import numpy as np

from ..bind.deeds import unasked
from ..bind.outputs import scalar
from ..common import numeric as core
from ..common.sandbox import TimeUp
from ..source.functions import method_on


def cost_falls_with_error(program):
    """True where worse predictions have the lower cost: gradient descent on it unlearns. Asked of their cost alone."""
    step = next((each for each in program.steps if each.role == "cost"), None)
    key = getattr(program, "output_key", None)
    if step is None and key is None or step is not None and unasked(step.function):
        return False
    try:
        _, roots, pool = program.performed("cost") if step is not None else (None, None, None)
        base = None if step is not None else program.run()
        AL = pool.roles.get("AL") if step is not None else base.AL
        # a training may make other targets of those that it is given
        Y = core.fitting_target(AL, program.data) if base is None or base.Y is None else base.Y
        if Y is None:
            return False
        costs = []
        for blend in (0.9, 0.1):
            moved = blend * Y + (1 - blend) * (1 - Y)
            if moved.ndim == 2 and program.sizes.nL > 1:
                axis = 1 if np.allclose(Y.sum(axis=1), 1) else 0
                moved = moved / moved.sum(axis=axis, keepdims=True)
            if step is None:
                # a training that computes prediction and cost on its way
                costs.append(program.run(overrides={key: moved}).cost)
                continue
            program.swap_output(pool, AL, moved)
            result = step.function.target if step.on is None else method_on(roots[step.on], step.function)
            costs.append(scalar(result(**{name: getter(pool) for name, getter in step.plan}), program))
            AL = moved
        return bool(np.isfinite(costs[0]) and np.isfinite(costs[1]) and costs[0] > costs[1] + 1e-9)
    except (Exception, TimeUp):
        return False
