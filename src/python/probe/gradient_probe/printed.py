"""Where no cost of the file was bound, but the training shows one on its way: whether the gradient is right for that one too."""

import re

import numpy as np

from . import names
from . import numeric as core
from . import verdict as judge

#: Parameters at which a value is compared with the costs that it may be.
PLACES = 4
SHOWN = names.COST + r"|err|mse|rmse|^j$"


def compare(best):
    """Turns a "correct" into a convention, where every cost that is computed on the way is another than the gradient's, or has another scale."""
    if best.verdict != "correct" or best.program.cost_known or best.factor is None:
        return
    program = best.program
    found, costs = {}, []
    for theta in places(program):
        outcome = program.run(theta, record=True)
        costs.append(core.cost_vector(program, theta))
        for each in outcome.events:
            if isinstance(each.value, np.ndarray) and each.value.size == 1 and shown(program, each):
                found.setdefault(each.key, []).append((each, float(each.value.reshape(-1)[0])))
    right, other = [], []
    for values in found.values():
        scale = ratio([value for _, value in values], [each.get(best.cost, np.nan) for each in costs])
        if scale is not None:
            right.append((values[0][0], scale))
        elif any(ratio([value for _, value in values], [each.get(name, np.nan) for each in costs]) is not None for name in costs[0]):
            other.append(values[0][0])
    if right and not program.scale_free:
        told(best, right)
    elif other and not right:
        best.verdict, best.reason = "convention", "other cost"


def told(best, right):
    """`right`: [(event, its value by the inferred cost)]. Sums on the way to a mean are costs too: one that agrees is enough."""
    if any(abs(best.factor / scale - 1) < 2 * core.AGREES for _, scale in right):
        return
    event, scale = max(right, key=lambda pair: pair[0].order)
    factor, k = best.factor, best.factor / scale
    if core.name_factor(k, best.program.data.m, best.program.sizes.nL) is None or k < 0:
        return
    best.verdict, best.factor = "convention", k
    judge.convention(best.program, best)
    if best.verdict != "convention":
        best.verdict, best.reason, best.factor = "correct", None, factor
        return
    best.scaled = True
    best.checks = [core.LeafCheck(each.leaf, each.entries, each.analytic, each.numeric * scale, each.shape) for each in best.checks]
    best.cost = "the cost that line %s computes" % best.program.code.source.place(best.program.recorder.sites[event.site].line)["line"]


def places(program):
    """The parameters of the check, and others near them."""
    random = np.random.RandomState(23)
    yield program.theta0
    for _ in range(PLACES - 1):
        yield {name: value + 0.3 * random.standard_normal(np.shape(value)) for name, value in program.theta0.items()}


def shown(program, event):
    """A number with the name of a cost, or that a step of the training returns."""
    site = program.recorder.sites[event.site]
    function = site.function.split(".")[-1]
    if site.kind == "return":
        return names.like_name(function, SHOWN) or any(step.function.name == function for step in program.steps)
    return site.kind in ("assign", "unpack", "update") and names.like_name(re.sub(r"^self\.", "", site.target).split("[")[0], SHOWN)


def ratio(values, costs):
    """k where the values are k times the costs, everywhere; None otherwise."""
    values, costs = np.array(values), np.array(costs)
    if len(values) != PLACES or len(costs) != PLACES or not np.all(np.isfinite(values)) or not np.all(np.isfinite(costs)) or np.any(np.abs(costs) < 1e-12):
        return None
    k = values / costs
    return float(k[0]) if np.ptp(k) < 1e-7 * abs(k[0]) and abs(k[0]) > 1e-12 and np.ptp(values) > 1e-9 else None
