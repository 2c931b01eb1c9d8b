"""L2 that a training adds to the gradients of a backward pass: whether it is that of the cost, by one step of the training."""

import numpy as np

from ..common import names
from ..common import numeric as core
from . import cost_fault
from . import verdict as judge
from .l2_terms import entries_of

#: Trainings of one function that are tried before nothing is said.
MOST = 4
#: A product that is no part of a cost.
PULLED = r"^(?!.*(sum|square|norm|log)).*\*"
#: What an update is given beside a learning rate.
KNOWN = "|".join((names.PARAM_NAMES, names.GRAD_NAMES, names.L2_NAMES))


def uneven(best, plain, bare, training, search):
    """(site, rule, message, formula) where the step has another multiple of the weights than the cost; None where they agree, or where that is not known.

    `best`: compared with L2 in the cost; `plain`: without any; `bare`: without L2 and without their cost, which tells the scale of the backward pass."""
    backward = best.parts[2][-1][1]
    counted = [each for each in training.arguments if names.is_name(each, names.M_NAMES)]
    if backward.name not in training.callees or counted or not any(names.holds_samples(each) for each in training.arguments) or not plain.factor or bare is None or not bare.factor:
        return None
    own = next((each for each in search.code.classes if training in each.methods.values()), None)
    in_cost = multiples(best, plain)
    for _, (program, _, _) in zip(range(MOST), search.of_entry(own, training)):
        done = judge.evaluate(program)
        if done is None or done.verdict != "correct" or not done.l2 or not done.factor or not in_cost or program.data.m != best.program.data.m:
            continue
        # what one step is of the gradient that the backward pass gives
        return against(best, plain, in_cost, done.l2 * bare.factor / done.factor, training)
    return None


def of_update(best, plain, update, after):
    """The same of an update that is given the rate of L2, as the cost is. `after`: the parameters after a step of it with L2, and after one without."""
    cost = next((function for role, function in best.parts[2] if role == "cost"), None)
    if cost is None or not plain.factor or not all(any(names.is_name(each, names.L2_NAMES) for each in function.arguments) for function in (cost, update)) or not all(after):
        return None
    if not all(names.is_name(each, KNOWN) or names.is_rate(each) for each in update.needed):
        # a number of samples that it is told may be another than ours
        return None
    theta0, rates, in_step = best.program.theta0, [], []
    for each in plain.checks:
        name = each.leaf.name
        if each.leaf.kind != "W" or each.missing or each.shape is not None or any(np.shape(one.get(name)) != each.leaf.shape for one in after):
            continue
        pulling, bare = [one[name].reshape(-1)[each.entries] for one in after]
        start = entries_of(each, theta0)
        rates.append(cost_fault.multiple(start - bare, each.analytic))
        in_step.append(cost_fault.multiple(bare - pulling, start))
    known = rates and all(rates) and all(in_step) and max(np.ptp(rates) / abs(rates[0]), np.ptp(in_step) / abs(in_step[0])) < 1e-3
    return against(best, plain, multiples(best, plain), in_step[0] / rates[0], update) if known else None


def against(best, plain, in_cost, in_step, function):
    """What is said of an L2 term that a function adds to the gradient, where it is another multiple of the weights than the cost has."""
    if not in_cost or np.ptp(in_cost) > 1e-3 * abs(np.mean(in_cost)):
        return None
    k = in_step / (np.mean(in_cost) * plain.factor)
    site = cost_fault.site_in(best, function, cost_fault.L2, PULLED) if abs(k - 1) > 1e-2 else None
    said = core.name_factor(k, best.program.data.m, best.program.sizes.nL) or "%.4g" % k
    return None if site is None else (site, "l2", "The L2 term that is added here is %s times that of the cost." % said, None)


def multiples(best, plain):
    """What the derivative of the cost has of each weight, for its L2 term."""
    bare = {each.leaf.name: each for each in plain.checks}
    out = []
    for each in best.checks:
        other = bare.get(each.leaf.name)
        if each.leaf.kind == "W" and not each.missing and other is not None and np.array_equal(other.entries, each.entries):
            k = cost_fault.multiple(each.numeric - other.numeric, entries_of(each, best.program.theta0))
            if k is None:
                return []
            out.append(k)
    return out
