"""Where no cost of the file was bound, but the training shows one on its way: whether the gradient is right for that one too."""

import ast
import re

import numpy as np

from ..bind.binding import Attempt
from ..bind.pool import Pool
from ..bind.roles import candidates
from ..common import names
from ..common import numeric as core
from ..common.sandbox import TimeUp
from ..common.syntax import walk
from ..source.inline import inline_costs
from ..source.lifting import loaded
from . import l2_terms
from . import verdict as judge

#: What rounding leaves between a gradient and a derivative.
ROUNDED = 1e-7
#: Parameters at which a value is compared with the costs that it may be.
PLACES = 4
SHOWN = names.COST + r"|err|mse|rmse|^[je]$"


def compare(best, search):
    """Turns a "correct" into a convention, where every cost that is computed on the way is another than the gradient's, or has another scale; or where there is none and the gradient has a 2 too many."""
    if best.verdict != "correct" or best.program.cost_known or best.factor is None:
        return
    program = best.program
    found, costs = {}, []
    if not best.l2 and any(each.residual is not None and each.residual > ROUNDED for each in best.checks):
        # a rate of L2 that is too small to be told from rounding where gradients are compared
        best.l2 = (l2_terms.found(best.checks, program.theta0) or (None, 0.0))[1]
    functions, expressions, training = of_parameters(program), of_training(program), trained_by(best, search)
    for theta in places(program):
        outcome = program.run(theta, record=True)
        costs.append(core.cost_vector(program, theta))
        if best.inferred in costs[-1]:
            costs[-1][best.inferred] += penalty(best, theta)
        for each in outcome.events:
            if isinstance(each.value, np.ndarray) and each.value.size == 1 and shown(program, each):
                found.setdefault(each.key, (program.recorder.sites[each.site].line, []))[1].append(float(each.value.reshape(-1)[0]))
        for site, value in on_the_way(training, theta):
            found.setdefault(("training", site.number), (site.line, []))[1].append(value)
        for function, value in functions:
            found.setdefault(function, (function.line, []))[1].append(value(theta))
        made = {program.recorder.sites[each.site].target: each.value for each in outcome.events if isinstance(each.value, np.ndarray)} if expressions else {}
        for function in expressions:
            found.setdefault(function, (function.line, []))[1].append(given(program, function, outcome, made))
    right, other = [], []
    for line, values in found.values():
        scale = ratio(values, [each.get(best.inferred, np.nan) for each in costs])
        if scale is not None:
            right.append((line, scale))
        elif any(ratio(values, [each.get(name, np.nan) for each in costs]) is not None for name in costs[0]):
            other.append(line)
    if right and not program.scale_free:
        told(best, right)
    elif other and not right:
        best.verdict, best.reason = "convention", "other cost"
    elif not right and twice(best):
        best.verdict, best.reason = "convention", "twice"


def twice(best):
    """Whether the gradient is twice that of a cross-entropy, 2 (AL - Y) as of a square: no cross-entropy has a 2."""
    program = best.program
    label = core.name_factor(best.factor, program.data.m, program.sizes.nL)
    return "cross-entropy" in (best.inferred or "") and not program.scale_free and program.sizes.nL != 2 and label in ("2", "2/m", "2m")


def penalty(best, theta):
    """The L2 term that belongs to the gradient, at the scale of the inferred cost."""
    return best.l2 / best.factor / 2 * sum(float(np.sum(np.square(theta[leaf.name]))) for leaf in best.program.leaves if leaf.kind == "W") if best.l2 else 0.0


def of_parameters(program):
    """[(function, value at parameters)] of costs that run the network themselves: `calculate_loss(model, X, y)`. The parameters have the names that the training gives them."""
    keys = getattr(program, "parameter_keys", None) or {}
    found = [each for each in candidates(program.code.functions)["cost"] if each.own and any(names.is_name(one, names.PARAM_NAMES) for one in each.arguments)]

    def made(theta):
        out = {program.recorder.sites[key[0]].target: np.array(theta[name]) for name, key in keys.items()}
        # model["w1"] = weight1
        return dict({names.letter(name): value for name, value in out.items()}, **out)

    return [(each, lambda theta, each=each: cost_at(program, each, made(theta))) for each in found[:2]] if keys else []


def of_training(program):
    """Costs that stand in the training as one expression, where it comes to them every thousandth time only."""
    trained = {step.function.name for step in program.steps}
    return [each for each in inline_costs(program.code, True) if not each.bound and (each.scope.name if each.scope is not None else "<module>") in trained][:3]


def trained_by(best, search):
    """The training method that calls the backward pass which was checked, as a program of its own; None where there is none, or it does not run."""
    found = search.trained_with(best.parts) if best.parts[0] is not None and best.parts[2] else []
    for owner, init, steps in [each for each in found if each[2][0] == best.parts[2][0] and not any(role == "cost" for role, _ in each[2])][:1]:
        program = search.attempt(Attempt(search.code, best.program.recorder, best.setting, search.options), owner, init, steps)
        return program if program is not None and {leaf.name: leaf.shape for leaf in program.leaves} == {leaf.name: leaf.shape for leaf in best.program.leaves} else None
    return None


def on_the_way(training, theta):
    """[(site, number)] of what one step of a training shows under the name of a cost: what it was first, before anything moved."""
    out = {}
    for each in training.run(theta, record=True).events if training is not None else ():
        if isinstance(each.value, np.ndarray) and each.value.size == 1 and shown(training, each) and handed_out(training, each):
            out.setdefault(each.site, float(each.value.reshape(-1)[0]))
    return [(training.recorder.sites[number], value) for number, value in out.items()]


def handed_out(training, event):
    """Whether a training prints a value, collects it or gives it back: one that only says when to stop is shown to nobody."""
    site = training.recorder.sites[event.site]
    return site.kind == "return" or not site.target.isidentifier() or any(isinstance(each, (ast.Call, ast.Return)) and site.target in loaded(each) for step in training.steps for each in walk(step.function.node))


def given(program, function, outcome, made):
    """What such an expression gives with what the step computed (`made`: its last values by their names), or nan."""
    for name in function.arguments:
        if name not in made and outcome.AL is not None and names.is_name(name, names.AL_NAMES + "|" + names.Y_NAMES):
            made[name] = outcome.AL if not names.is_name(name, names.Y_NAMES) else outcome.Y if outcome.Y is not None else core.fitting_target(outcome.AL, program.data)
    try:
        return float(np.reshape(function.target(**{name: made[name] for name in function.arguments}), -1)[0])
    except (Exception, TimeUp):
        return np.nan


def cost_at(program, function, parameters):
    """What such a function gives, or nan; samples that it takes from globals are ours meanwhile."""
    pool = Pool(program.code, program.sizes, program.data.values(), program.settings)
    pool.roles["params"] = parameters
    space, kept = program.code.namespace, {}
    for each in walk(function.node):
        if isinstance(each, ast.Name) and each.id not in function.arguments and each.id in ("X", "Y", "y"):
            kept[each.id] = space.get(each.id)
            space[each.id] = pool.data[each.id.upper()].copy()
    try:
        made = function.target(**{name: getter(pool) for name, getter in pool.plan(function, "cost")})
        return float(np.reshape(made, -1)[0])
    except (Exception, TimeUp):
        return np.nan
    finally:
        space.update(kept)


def told(best, right):
    """`right`: [(line, its value by the inferred cost)]. Sums on the way to a mean are costs too: one that agrees is enough."""
    if any(abs(best.factor / scale - 1) < 2 * core.AGREES for _, scale in right):
        return
    line, scale = right[-1]
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
    best.cost = "the cost that line %s computes" % best.program.code.source.place(line)["line"]


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
