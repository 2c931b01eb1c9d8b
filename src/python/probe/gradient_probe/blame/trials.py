"""One run of their code with some values set to what they should be: which gradients are right then."""

import numpy as np

from ..common import numeric as core
from ..common.numeric import AGREES
from ..common.sandbox import TimeUp

#: How many runs of their code one localization may cost.
MAX_TRIALS = 2500


class Trials:
    """Part of a Localizer."""

    def right(self, overrides):
        """Names of parameters whose gradient is right (times one factor allowed for all) with these values set."""
        self.trials += 1
        try:
            outcome = self.program.run(overrides=overrides)
        except (Exception, TimeUp):
            return None
        out = {}
        for name, each in self.numeric.items():
            given = outcome.grads.get(name)
            if given is None:
                continue
            given = np.asarray(given, dtype=float)
            if given.size != int(np.prod(each.leaf.shape)) or (given.shape != each.leaf.shape and not core.as_before(each.leaf.shape, given.shape, self.m)) or (given.shape != each.leaf.shape and 1 not in each.leaf.shape and given.ndim == len(each.leaf.shape)):
                continue
            values = given.reshape(-1)[each.entries]
            norm = np.linalg.norm(each.numeric)
            if norm < 1e-9:
                if np.linalg.norm(values) < 1e-7:
                    out[name] = None
                continue
            factor = float(np.dot(values, each.numeric) / norm ** 2)
            if np.linalg.norm(values - factor * each.numeric) < 4 * AGREES * max(np.linalg.norm(values), 1e-12) and abs(factor) > 1e-9 and self.admits(factor, outcome):
                out[name] = factor
        return out

    def allowed(self, exact):
        """Of one sample with one output every number is a multiple of every other: the factor 1, and the output layer's, which sets the scale."""
        top = self.numeric.get(self.top)
        scale = [top.factor] if not exact and top is not None and top.proportional and top.factor else []
        return [1.0] + scale if self.single else None

    def admits(self, factor, outcome):
        sign = 1.0 if outcome.gradient_from == "update" else np.sign(factor)
        return self.factors is None or any(abs(sign * factor - abs(each)) < 1e-3 * abs(each) for each in self.factors)

    def agreeing(self, right):
        """The largest set of parameters that share one factor."""
        if right is None:
            return set(), None
        best, scale = set(), None
        # one number has the direction of any other: it sets no factor
        alone = all(len(each.entries) == 1 for each in self.numeric.values())
        for factor in [each for name, each in right.items() if each is not None and (alone or len(self.numeric[name].entries) > 1 or abs(each - 1) < 1e-3)]:
            group = {name for name, each in right.items() if each is None or abs(each - factor) < 2e-3 * abs(factor)}
            # an inferred cost may be a mean as well as a sum: the output layer's weights set its scale
            one = lambda k: self.program.cost_known and k is not None and abs(k - 1) < 1e-3
            better = (one(factor), self.top in group) > (one(scale), self.top in best)
            if len(group) > len(best) or (len(group) == len(best) and better):
                best, scale = group, factor
        return best, scale
