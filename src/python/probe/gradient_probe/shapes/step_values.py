"""Which of the values that one training step computes are the prediction, the targets and the cost, and where its backward pass begins."""

import re

import numpy as np

from ..bind import held
from ..bind import parameters as where
from ..common import names
from ..common import numeric as core
from . import dependence
from . import events as among


#: Values before the first derivative that may be the prediction: an accuracy computed on the way runs forward once more.
CANDIDATES = 40


class OneByOne(LookupError):
    """A step that goes over the samples and changes its parameters after each: it has the gradient of one sample."""


def find_values(program, events, changed=None):
    """Keys of the cost, the prediction and the first derivative among what the step computed before it changed a parameter."""
    recorder = program.recorder
    arrays = [each for each in events if isinstance(each.value, np.ndarray)]
    changed = first_change(program, arrays) if changed is None else changed
    m, outputs = program.data.m, program.sizes.nL
    derivatives = [each for each in arrays if among.derivative_name(recorder.sites[each.site]) and each.order < changed and each.value.size > 0]

    def fits(value):
        if m > 1 and value.size == outputs and value.ndim <= 2:
            # one sample of several: the loop over them is found out by it
            return True
        return value.size == outputs if m == 1 else value.ndim in (1, 2) and (m in value.shape or value.shape in targets) and value.size in (m * outputs, m) or value.shape in targets and value.ndim > 0

    targets = {each.value.shape for each in arrays if each.order < changed and names.holds_targets(recorder.sites[each.site].target.split(".")[-1]) and each.value.size > 1}

    depends = dependence.kinds(program)
    if by_dependence(program, arrays, changed, fits, depends):
        find_cost(program, arrays, changed, depends)
        after = next(each.order for each in arrays if each.key == program.output_key)
        later = [each for each in arrays if each.order > after and depends.get(each.key) == "both" and each.value.size > 1] or [each for each in derivatives if each.order > after]
        program.start_key = later[0].key if later else None
        return
    found = [each for each in arrays if each.order < changed and fits(each.value) and among.is_output(recorder.sites[each.site])]
    if not found:
        ahead = min([each.order for each in derivatives] or [changed])
        found = [each for each in arrays if each.order < ahead and fits(each.value) and recorder.sites[each.site].kind in ("assign", "unpack") and not any(rule(recorder.sites[each.site].target.split(".")[-1]) for rule in (names.holds_samples, names.holds_targets, names.is_gradient, names.is_difference))]
    # the prediction is made before the first derivative that has its shape
    first = next((each.order for each in derivatives if found and each.order > found[0].order and each.value.shape in [one.value.shape for one in found]), changed)
    outputs_ = [each for each in found if each.order < first]
    if outputs_:
        of_one(program, outputs_[-1], arrays)
    named = [each for each in outputs_ if names.is_name(recorder.sites[each.site].target.split(".")[-1].split("[")[0], names.AL_NAMES)]
    if outputs_:
        program.output_key = outputs_[-1].key if not named or outputs_[-1].order - named[-1].order < 3 else named[-1].key
    last = next((each for each in found if each.key == program.output_key), None)
    if last is not None:
        same = [each for each in arrays if each.order < changed and names.holds_targets(recorder.sites[each.site].target.split(".")[-1]) and each.value.size == last.value.size and recorder.sites[each.site].kind != "factor" and depends.get(each.key) in ("Y", None)]
        if same:
            program.target_key = same[-1].key
    find_cost(program, arrays, changed, depends)
    after = next((each.order for each in arrays if each.key == program.output_key), -1)
    later = [each for each in derivatives if each.order > after] or [each for each in arrays if each.order > after and depends.get(each.key) == "both" and each.value.size > 1]
    program.start_key = later[0].key if later else None


def of_one(program, output, arrays):
    """Raises OneByOne where a prediction is that of one sample of several: a loop goes over them, or one is drawn, `i = np.random.randint(len(X))`."""
    m = program.data.m
    # as many outputs as samples look like one output of each
    few = output.value.size < m or output.value.size == m and output.value.ndim == 1
    if m > 1 and few and (sum(each.site == output.site for each in arrays) >= m or output.value.size == program.sizes.nL and re.search(r"\b(randint|randrange|choice)\(", program.code.text)):
        raise OneByOne("the samples are taken one by one")


def find_cost(program, arrays, changed, depends):
    found = [each for each in among.costs_among(program, arrays) if depends.get(each.key) in ("both", None)]
    costs = [each for each in found if each.order < changed]
    if found and not costs:
        program.held = held.moves(program, arrays, changed)
        costs = found if program.held is not None else []
    costs = [each for each in costs if depends.get(each.key) == "both"] or costs
    if costs:
        program.cost_key = among.whole_cost(program.recorder, arrays, costs[0], changed if program.held is None else len(arrays) + costs[0].order).key
        program.cost_known = True


def by_dependence(program, arrays, changed, fits, depends):
    """The prediction is the last that depends on the samples alone before the first that depends on the targets too."""
    sites = program.recorder.sites
    # Y_hat == Y is an accuracy on the way, and no derivative
    both = [each for each in arrays if depends.get(each.key) == "both" and each.order < changed and each.value.size > 1 and getattr(each.thing, "dtype", None) != bool]
    if not both:
        return False
    sizes = {each.value.size for each in arrays if depends.get(each.key) == "Y" and each.value.size > 1 and each.order < both[0].order}
    ahead = [each for each in arrays if each.order < both[0].order and depends.get(each.key) == "X" and (fits(each.value) or each.value.size in sizes) and each.value.shape != () and sites[each.site].kind != "factor" and not among.derivative_name(sites[each.site]) and not np.array_equal(each.value, program.data.X)]
    if not ahead:
        return False
    last = vanishing(program, ahead, both[0], arrays, depends) or ahead[-1]
    named = [each for each in ahead if among.is_output(sites[each.site]) and np.array_equal(each.value, last.value)]
    last = (named or [last])[-1]
    of_one(program, last, arrays)
    program.output_key = last.key
    targets = [each for each in arrays if depends.get(each.key) == "Y" and each.order < both[0].order and each.value.size == last.value.size and sites[each.site].kind != "factor"]
    if targets:
        program.target_key = targets[-1].key
    return True


def vanishing(program, ahead, first, arrays, depends):
    """The value that makes the first derivative vanish when it is what it should be: the prediction, set to the targets. None where none does."""
    targets = [each for each in arrays if depends.get(each.key) == "Y" and each.order < first.order and each.value.size > 1]
    for each in ahead[:-CANDIDATES - 1:-1]:
        wanted = next((one.value for one in reversed(targets) if one.value.size == each.value.size), None)
        wanted = core.fitting_target(each.value, program.data) if wanted is None else wanted
        if wanted is None:
            continue
        outcome, _, _, _ = program.call(program.theta0, True, {each.key: np.reshape(wanted, each.value.shape)})
        value = next((one.value for one in outcome.events if one.key == first.key), None)
        if value is not None and np.all(np.abs(value) < 1e-12):
            return each
    return None


def first_change(program, arrays):
    """Order of the first event that gives a parameter a new value."""
    shapes = {}
    for leaf in program.leaves:
        shapes.setdefault(names.plain(where.base(leaf.name)), set()).add(leaf.shape)
    for each in arrays:
        known = shapes.get(among.plain_target(program.recorder, each)) or shapes.get(of_object(program.recorder.sites[each.site].target), ())
        if each.value.shape in known and not any(np.array_equal(each.value, program.theta0[one.name]) for one in program.leaves if one.shape == each.value.shape):
            return each.order
    return len(arrays) + 10 ** 6


def of_object(target):
    """'weights' of layer.weights and self.layers[l].weights[j]: the parameters of an object that the network holds."""
    found = re.search(r"\.(\w+)(\[[^\]]*\])*$", target)
    return names.plain(found.group(1)) if found else None
