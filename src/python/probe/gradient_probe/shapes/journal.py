"""Binds code of any shape by what one run of it writes down: arrays that are made, do not depend on the samples, and are changed by the first step are the parameters."""

import re

import numpy as np

from ..bind import constructors
from ..bind import growing
from ..bind import parameters as where
from ..bind import readied
from ..bind.pool import Pool
from ..bind.program import Outcome, Step
from ..common import names
from ..common.data import of_vectors
from ..common.sandbox import Timer
from ..source.functions import method_on
from ..source.recorder import Enough
from . import dependence
from . import events as among
from . import first_values
from . import step_gradients
from .changed import grown
from .script_widths import other_way
from .step_values import find_values, of_object
from .traced import SQUARED, TracedProgram, call_cost

#: No network of a lesson has more.
MOST = 24
#: So many events are enough to see the first step of a small network.
LOOK = 2500


class JournalProgram(TracedProgram):
    """One run is one rehearsal; parameters are set where they are made (`made`), and read where they are first changed (`changed`)."""

    #: (program, pool) → None: makes the network and takes one step with the program's samples
    rehearse = None
    made = None
    changed = None

    def call(self, theta, record, overrides=None, adds=None, needed=None):
        outcome = Outcome()
        pool = Pool(self.code, self.sizes, self.data.values(), self.settings)
        for name, getter in self.code.supplied.items():
            self.code.namespace[name] = getter(pool)
        every = dict(overrides or {})
        for name, key in (self.made or {}).items():
            if name in theta:
                every.setdefault(key, theta[name])
        self.reseed()
        error = None
        self.recorder.start(record, every, adds, needed or self.needed(), None if self.gradient is not None else LOOK)
        try:
            with Timer(2.0):
                self.rehearse(self, pool)
        except Enough:
            pass
        except Exception as raised:
            error = raised
        finally:
            outcome.events = self.recorder.stop()
        # later runs are cut off when the gradient is there
        self.ended = error if self.gradient is None else self.ended
        return outcome, {}, pool, error

    def needed(self):
        """Keys of all that is read of a run: it ends when they are there. None while they are not known."""
        if self.gradient is None:
            return None
        return set(self.changed.values()) | {key for key in (self.output_key, self.cost_key, self.target_key, self.start_key) if key is not None}


def bind(program, function, rate_given, costs=()):
    """Completes a JournalProgram whose rehearsal is set; raises what stops it."""
    program.steps = [Step("train", function, [], None)]
    outcome, _, _, error = program.call({}, True)
    slots = found_slots(program, outcome.events)
    if not slots or cut_short(error, program, outcome.events, slots):
        raise error or LookupError("%s changes no parameters" % function.title)
    slots = independent(program, slots)
    if not slots or len(slots) > MOST:
        raise LookupError("%s changes no parameters that were found" % function.title)
    take(program, slots)
    first = next((leaf.shape for leaf in program.leaves if leaf.kind == "W"), ())
    if program.data.m > 1 and other_way(first, program.sizes, program.data.m):
        raise LookupError("the samples lie the other way")
    outcome, _, pool, error = program.call(program.theta0, True)
    again = {made.key: change for made, change in found_slots(program, outcome.events)}
    keys = {name: again[key].key for name, key in program.made.items() if key in again}
    if not keys:
        raise error or LookupError("the training step took another way")
    first = min(each.order for each in again.values() if each.key in keys.values())
    rate_given = rate_given or any(each.site in program.recorder.forced and names.is_rate(program.recorder.sites[each.site].target.split(".")[-1]) for each in outcome.events)
    find_values(program, outcome.events, first)
    if program.output_key is None and program.cost_key is None:
        raise error or LookupError("%s computes no cost and no prediction" % function.title)
    program.changed = keys
    only_used(program, outcome.events)
    step_gradients.choose(program, outcome, rate_given)
    if program.cost_key is None:
        call_cost(program, [each for each in costs if not each.bound])
    if program.cost_key is None and program.output_key is None:
        raise LookupError("%s computes no cost and no prediction" % function.title)
    return program


def found_slots(program, events):
    """[(event that makes a parameter, event that first changes it)]."""
    sites = program.recorder.sites
    made, out, used, begun, idle = [], [], set(), False, []
    for each in events:
        site = sites[each.site]
        value = each.value
        # `self.b = 0` is a bias, other whole numbers are counters
        if not isinstance(value, np.ndarray) or value.ndim > 2 or not isinstance(each.thing, (np.ndarray, float, np.floating)) and not (type(each.thing) is int and names.is_bias(among.plain_target(program.recorder, each))):
            continue
        # a weight that has as many columns as there are samples is none of them
        before, begun = begun, begun or first_values.computed(program.data, value) and not drawn(site)
        if changes(site) and (value.ndim > 0 or is_parameter(among.plain_target(program.recorder, each))):
            same = [one for one in made if one.thing is each.thing and isinstance(each.thing, np.ndarray)]
            if not same:
                target = called(program.recorder, each)
                same = [one for one in made if (one.value.shape == value.shape or grown(one.value, value)) and (called(program.recorder, one) == target or sites[one.site].kind == "return" or changes_any(target) and where_made(sites[one.site]))]
                if unlikely(site):
                    # `v[i] = beta * v[i] + …` moves no parameter that something else has made
                    same = [one for one in same if called(program.recorder, one) == target]
                # a training that sets the bias to 0 once more, as the constructor did, makes it
                same.sort(key=lambda one: (float(np.linalg.norm(one.value - value)), sites[one.site].function != site.function))
            if same and not before and (first_values.multiple(same[0].value, value) or each.key in set((program.made or {}).values())):
                # W *= 0.01 after it was drawn: it is made here, and here it is set
                idle += [(same[0], each)] if np.array_equal(same[0].value, value) else []
                made[made.index(same[0])], begun = each, before
                continue
            if same and same[0].key not in used:
                # a parameter whose step is 0 is one all the same
                if not nudges(same[0], each, events, program.recorder) and (not np.array_equal(same[0].value, value) or is_parameter(called(program.recorder, each))):
                    used.add(same[0].key)
                    out.append((same[0], each))
                continue
        if site.kind in ("assign", "append", "return", "unpack") and (value.ndim > 0 or is_parameter(among.plain_target(program.recorder, each))) and value.size and not changes(site) and not any(one.thing is each.thing for one in made if isinstance(each.thing, np.ndarray)):
            if not unlikely(site):
                made.append(each)
    out += filled(program, events, made, used)
    # W[1] += 0, by the statement that moves the other layers
    moving = {change.site for _, change in out}
    out += [(first, each) for first, each in idle if each.key not in used and each.site in moving]
    return out if any(not np.array_equal(first.value, each.value) for first, each in out) else []


def nudges(made, change, events, recorder):
    """Whether a change is one half of `b += h` and `b -= h`, a check by differences: no step. The other half leaves what rounding leaves."""
    same = [each for each in events if each.order > made.order and isinstance(each.value, np.ndarray) and each.value.shape == made.value.shape and called(recorder, each) == called(recorder, change) and changes(recorder.sites[each.site]) and (each.thing is change.thing or not isinstance(change.thing, np.ndarray))]
    at = next((index for index, each in enumerate(same) if each is change), None)
    back = lambda index: 0 <= index < len(same) and np.allclose(same[index].value, made.value, rtol=0, atol=1e-13)
    return at is not None and (back(at + 1) and not back(at) or back(at) and at > 0 and not back(at - 1))


def filled(program, events, made, used):
    """The same of weights that are drawn at once and moved part by part, `alpha[:, k] = …` in a loop over k: with the last part it is done."""
    sites, out = program.recorder.sites, []
    for first in made:
        parts = [each for each in events if sites[each.site].kind == "mutate" and each.thing is first.thing and each.order > first.order] if drawn(sites[first.site]) and first.key not in used else []
        if parts and len({each.site for each in parts}) == 1:
            out.append((first, parts[-1]))
    return out


def drawn(site):
    return re.search(r"rand|normal|uniform", site.value or "") is not None


def cut_short(error, program, events, slots):
    """Whether vectors in the place of matrices of one row ended the step before all weights that were drawn were changed: what was changed says nothing then."""
    sites = program.recorder.sites
    weights = [each for each in events if sites[each.site].kind in ("assign", "append") and where_made(sites[each.site]) and is_matrix(each) and names.is_weight(called(program.recorder, each)) and not unlikely(sites[each.site])]
    return of_vectors(error) and len(weights) > sum(is_matrix(change) and names.is_weight(called(program.recorder, change)) for _, change in slots)


def is_matrix(event):
    return isinstance(event.value, np.ndarray) and event.value.ndim == 2


def called(recorder, event):
    """The plain name of what is assigned; of an attribute that a training changes from outside, `model.W1 = model.W1 - …`, that of the parameter."""
    inner = of_object(recorder.sites[event.site].target)
    return inner if inner is not None and is_parameter(inner) else among.plain_target(recorder, event)


def where_made(site):
    return re.search(r"rand|normal|uniform|zeros|ones|full|empty", site.value or "") is not None


def is_parameter(name):
    return names.is_weight(name) or names.is_bias(name)


def changes_any(name):
    """Whether what is changed is a parameter by its name, or any of them: `parameters[key]`."""
    return is_parameter(name) or names.is_name(name, names.PARAM_NAMES)


def unlikely(site):
    """Values that stand beside the parameters: gradients, momentum, samples. What is drawn is no momentum: `last_weights = randn(…)`."""
    name = re.sub(r"^self\.", "", site.target).split("[")[0].split(".")[-1]
    buffer = (names.is_gradient(name) or where.is_buffer(name) or sums_squares(site) and not is_parameter(name)) and not drawn(site)
    return site.kind != "return" and (buffer or names.is_name(name, names.X_NAMES + "|" + names.Y_NAMES + "|" + names.GRAD_NAMES) and not is_parameter(name))


def sums_squares(site):
    """`self.h += layer.dW * layer.dW`, what AdaGrad divides by."""
    return changes(site) and re.search(SQUARED, site.value or "") is not None


def changes(site):
    """`W -= …`, or `W = W - …` with whatever W is written as, or a loop over its entries."""
    if site.kind in ("update", "change"):
        return True
    target = re.sub(r"\s", "", site.target)
    text = re.sub(r"\s", "", site.value or "")
    return site.kind == "assign" and len(target) > 0 and target in text and re.search(r"[-+]|subtract|add", text) is not None and re.search(r"(?<![\w.])" + re.escape(target) + r"(?![\w\[])", text) is not None


def independent(program, slots):
    """Without what other samples change: hidden layers are made anew from each."""
    data = program.data
    program.use(dependence.other(data, True))
    try:
        events, _, _, _ = program.call({}, True)
    finally:
        program.use(data)
    other = {each.key: each.value for each in events.events}
    return [(made, change) for made, change in slots if made.key in other and np.shape(other[made.key]) == made.value.shape and np.array_equal(other[made.key], made.value)]


def take(program, slots):
    state = np.random.RandomState(11)
    program.made, used = {}, {}
    for made, change in sorted(slots, key=lambda pair: pair[0].order):
        name = among.plain_target(program.recorder, change) or "parameter"
        targets = [program.recorder.sites[each.site].target for each in (made, change)]
        key = next((found for found in (re.search(r"\[\s*f?['\"]([A-Za-z_]+)", each) for each in targets) if found), None)
        if key and is_parameter(key.group(1)):
            used[key.group(1)] = used.get(key.group(1), 0) + 1
            keep(program, made, "%s%d" % (key.group(1), used[key.group(1)]), state)
            continue
        shown = re.sub(r"^self\.", "", program.recorder.sites[change.site].target)
        shown = shown if shown.isidentifier() else re.sub(r"\W+$", "", shown.split("[")[0].split(".")[-1]) or name
        used[shown] = used.get(shown, 0) + 1
        unique = shown if used[shown] == 1 and sum(among.plain_target(program.recorder, one) == name for _, one in slots) == 1 else "%s[%d]" % (shown, used[shown] - 1)
        keep(program, made, unique, state)


def keep(program, made, unique, state):
    program.leaves.append(where.Leaf(("event", ("item", unique)), unique, made.value))
    program.theta0[unique] = where.fill(made.value.shape, where.base(unique), state, len(program.leaves))
    program.made[unique] = made.key


def only_used(program, events):
    """Forgets what the prediction (or cost) does not depend on: sums of gradients, counters."""
    key = program.output_key or program.cost_key
    base = next(each.value for each in events if each.key == key)
    for leaf in list(program.leaves):
        theta = dict(program.theta0)
        theta[leaf.name] = theta[leaf.name] * 1.37 + 0.11
        outcome, _, _, _ = program.call(theta, True)
        other = next((each.value for each in outcome.events if each.key == key), None)
        if leaf.name not in program.changed or other is None or np.shape(other) != np.shape(base) or np.array_equal(other, base):
            program.leaves.remove(leaf)
            program.theta0.pop(leaf.name)
            program.made.pop(leaf.name)
            program.changed.pop(leaf.name, None)
    if not program.leaves:
        raise LookupError("what is changed has no influence on the prediction")


def of_entry(code, recorder, setting, options, owner, entry, costs):
    """A training function or method, with its object made by its constructor."""
    program = JournalProgram(code, recorder, setting.sizes, setting.data(), options)
    pool = Pool(code, program.sizes, program.data.values(), program.settings)
    construct = constructors.plan(pool, owner) if owner is not None else []
    plan = pool.plan(entry, "train")
    kept = []

    def rehearse(program, pool):
        target = entry.target
        if owner is not None:
            made = owner.made({name: getter(pool) for name, getter in construct})
            if readied.to_train(made, program):
                kept.append(True)
            pool.objects.append(made)
            if growing.from_outside(owner, code):
                growing.grow(owner, made, pool)
            target = method_on(made, entry) if entry.bound else target
        target(**{name: getter(pool) for name, getter in plan})

    program.rehearse = rehearse
    rate = any(names.is_rate(name) for name, _ in plan + construct)
    program.call({}, False)
    return bind(program, entry, rate or bool(kept), costs)
