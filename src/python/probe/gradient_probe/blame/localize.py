"""Finds the first broken link: which assignment of theirs, set to its true value, makes everything after it right."""

import re

import numpy as np

from ..common import clock
from ..common import numeric as core
from ..common.arrays import nearer, same, same_direction
from ..common.sandbox import TimeUp
from ..source.overrides import InPlace
from . import counted
from .answers import Answers
from .callers import Callers
from .handed import Handed
from .trials import MAX_TRIALS, Trials
from .truths import Truths


class Node:
    """A value of the forward pass and the derivative of the cost by it."""

    def __init__(self, event, derivative):
        self.event = event
        self.value = event.value
        self.derivative = derivative


class Broken:
    """`event` should be `truth` (times `scale`); `fixed`: the parameters that become right with it; `what` the kind of truth."""

    def __init__(self, events, truths, what, scale, fixed):
        self.events = events
        self.event = events[0]
        self.truths = truths
        self.truth = truths[0]
        self.what = what
        self.scale = scale
        self.fixed = fixed
        self.node = None
        #: what was recorded when it was found: the links before it were set right
        self.recorded = None

    @property
    def of_scale(self):
        """Whether a factor is all that is wrong: what the chain has from there on."""
        return all(same_direction(event.value, truth) for event, truth in zip(self.events, self.truths))


class Localizer(Trials, Truths, Answers, Callers, Handed):
    def __init__(self, program, cost, checks, deadline, exact=False):
        self.program = program
        self.cost = cost
        self.recorder = program.recorder
        self.checks = checks
        self.deadline = deadline
        self.m, self.C = program.data.m, program.sizes.nL
        #: of one sample the derivatives at a single output are single numbers
        self.single = self.m == 1 == self.C
        self.trials = 0
        #: what is known so far, should time be up before the end
        self.events, self.start, self.forward, self.found, self.remaining = [], 0, [], [], set()
        self.good = False
        self.overrides = {}
        self.numeric = {each.leaf.name: each for each in checks}
        #: the weights of the output layer: what is right there sets the scale
        self.top = next((each.leaf.name for each in reversed(checks) if each.leaf.kind == "W"), None)
        #: where any factor would do: those that are allowed, None for every one
        self.factors = self.allowed(exact)

    # -- what is true

    def record(self, overrides=None):
        outcome = self.program.run(record=True, overrides=overrides)
        start = outcome.marks.get("backward", outcome.marks.get("both", outcome.marks.get("train")))
        self.start = start if start is not None else 0
        self.events = outcome.events
        self.outcome = outcome

    def look_at(self, broken):
        """As it was recorded when this link was found."""
        self.events, self.outcome = broken.recorded

    def cost_at(self, adds):
        values = core.cost_vector(self.program, self.program.theta0, adds=adds)
        return values.get(self.cost, np.nan)

    def nodes(self):
        """Derivatives of the cost by the values of the forward pass."""
        until = self.outcome.marks.get("cost", self.start) if any(step.role == "cost" for step in self.program.steps) else self.start if any(step.role in ("backward", "train") for step in self.program.steps) else len(self.events)
        self.forward = self.nodes_before(until)
        if not self.forward and until < self.start:
            # the cost runs forward itself: what counts is computed there
            self.forward = self.nodes_before(self.start)
        return self.forward

    def nodes_before(self, until):
        found, seen = [], []
        random = np.random.RandomState(4)
        base = self.cost_at({})
        order = [each for each in self.events[:until] if isinstance(each.value, np.ndarray) and (1 if self.single else 2) <= each.value.size <= 200 and (0 if self.single else 1) <= each.value.ndim <= 2]
        for event in order[-80:]:
            direction = random.standard_normal(event.value.shape) * 1e-4
            try:
                moved = self.cost_at({event.key: direction})
            except (Exception, TimeUp):
                continue
            if not np.isfinite(moved) or abs(moved - base) < 1e-12:
                continue
            if any(same(each.value, event.value) for each in seen) and len(found) > 24:
                continue
            if any(same(each.value, event.value) and abs(moved - base - np.sum(each.derivative * direction)) < 1e-2 * abs(moved - base) for each in found):
                # the same value with the same derivative: returned, stored, unpacked
                continue
            try:
                derivative = core.difference(lambda value: {"c": self.cost_at({event.key: value - event.value})}, event.value, np.arange(event.value.size))["c"]
            except (Exception, TimeUp):
                continue
            node = Node(event, derivative.reshape(event.value.shape))
            if not any(same(each.derivative, node.derivative) and same(each.value, node.value) for each in found):
                found.append(node)
            seen.append(event)
            if clock.late(self.deadline, clock.LAST):
                break
        return found

    def run(self):
        """Fills `found`, [Broken] in the order of the backward pass; it stays empty where nothing explains it."""
        self.record()
        self.nodes()
        now, factor = self.agreeing(self.right({}))
        self.factor = factor if factor is not None else 1.0
        self.now = now
        wanted = {each.leaf.name for each in self.checks if not each.missing}
        self.remaining = wanted - now
        overrides = self.overrides = {}
        alone = self.too_early(wanted) or self.miscounted(wanted)
        if alone is not None:
            alone.recorded = self.events, self.outcome
            self.found.append(alone)
            self.remaining = set()
            return
        for _ in range(3):
            best = self.step(overrides, now, wanted)
            if best is None:
                break
            best.recorded = self.events, self.outcome
            self.found.append(best)
            for event, truth in zip(best.events, best.truths):
                overrides[event.key] = truth
            now = self.now = best.fixed
            self.remaining = wanted - now
            self.factor = best.scale if best.scale is not None else self.factor
            if now >= wanted or clock.late(self.deadline, clock.LAST):
                break
            # what comes after is judged by what it is given once this is right
            self.record(overrides)
        if self.found:
            self.look_at(self.found[0])

    def miscounted(self, wanted):
        """A number of samples that is another number, where that alone is wrong."""
        found = counted.find(self, wanted)
        if found is None:
            return None
        events, scale, fixed = found
        return Broken(events, [np.asarray(float(self.m)) for _ in events], "count", scale, fixed)

    def too_early(self, wanted):
        """Weights that are updated before the error goes down through them: with those updates put off, all the rest is right."""
        moved, put_off, fixed = self.moved(), {}, self.now
        while not fixed >= wanted:
            # layer by layer: what becomes right by it may be moved too early itself
            early = [(leaf, event) for leaf, event in moved if leaf.name in fixed and event.key not in put_off]
            if not early:
                return None
            put_off.update((event.key, self.program.theta0[leaf.name].view(InPlace)) for leaf, event in early)
            right, scale = self.agreeing(self.right(put_off))
            right = right | {leaf.name for leaf, event in moved if event.key in put_off}
            if not right > fixed or scale is None or abs(scale - self.factor) > 1e-3 * abs(self.factor):
                return None
            fixed = right
        if not put_off:
            return None
        truths = {each.key: each.value for each in self.program.run(record=True, overrides=put_off).events}
        first = min((event for _, event in moved if event.key in put_off), key=lambda event: event.order)
        where = self.recorder.sites[first.site].function
        for event in self.events:
            truth = truths.get(event.key)
            if event.order > first.order and event.key not in put_off and self.recorder.sites[event.site].function == where and np.shape(truth) == np.shape(event.value) and isinstance(event.value, np.ndarray) and not same(event.value, truth):
                return Broken([event], [truth], "moved", scale, fixed)
        return None

    def rank(self, fixed, what, factor):
        """More is better; but what makes the output layer right comes first: below a mistake there, the others are seen best once it is mended.
        Where nothing is right yet, nothing speaks for another scale than that of the cost."""
        return self.top in fixed and what != "leaf", not self.now and factor is not None and abs(factor - 1) < 1e-3, len(fixed)

    def step(self, overrides, now, wanted):
        """The earliest site whose true values make the most gradients right.

        A value that is a true derivative already is no fault by itself; only where nothing else explains more is it
        one that a factor is missing behind, and then the last such place is meant.
        """
        best = self.pass_over(overrides, now, wanted, False)
        ends = best is not None and self.gradients_themselves(best)
        if best is not None and best.fixed >= wanted and best.what != "leaf" and not ends:
            return best
        other = self.pass_over(overrides, now, wanted, True)
        return other if other is not None and (best is None or len(other.fixed) > len(best.fixed) or ends and len(other.fixed) == len(best.fixed)) else best

    def gradients_themselves(self, broken):
        """Whether one statement makes the gradients of several layers, `grads[l] = np.dot(A[l].T, delta[l + 1])`: set right, it says nothing of the deltas that it is given."""
        every = [self.full_numeric(name) for name in self.numeric]
        return len(broken.truths) > 1 and all(any(np.shape(truth) == each.shape and same_direction(truth, each) for each in every) for truth in broken.truths)

    def hands_out(self, best, event):
        """Whether an event is what a call gives back, `loss, dx = softmax_loss(x, y)`, of a value that was found in the function called: it was computed there."""
        site, found = self.recorder.sites[event.site], self.recorder.sites[best.event.site]
        return site.kind == "unpack" and site.function != found.function and re.search(r"\b%s\(" % re.escape(found.function.split(".")[-1]), site.value or "") is not None and same(event.value, best.event.value)

    def hands_on(self, best, found):
        """Whether gradients of several layers that were found wrong where they are computed are only handed on, `return dA_prev, dW, db`."""
        return len(found.events) == len(best.events) and self.gradients_themselves(best) and all(same(one.value, other.value) for one, other in zip(found.events, best.events))

    def pass_over(self, overrides, now, wanted, good):
        self.good = good
        best, ended = None, None
        # the scale with which the chain of derivatives begins
        first = next((k for k, kind in (self.factor_of(each) for each in self.events[self.start:]) if kind == "link"), None) if good else None
        by_site = {}
        for event in self.events[self.start:]:
            by_site.setdefault(event.site, []).append(event)
        sites = sorted(by_site.values(), key=lambda each: each[0].order)
        for events in sites:
            if clock.late(self.deadline, clock.LAST) or self.trials > MAX_TRIALS or (ended is not None and events[0].order >= ended):
                break
            if not any(isinstance(each.value, np.ndarray) for each in events):
                continue
            if all(each.key in overrides for each in events):
                continue
            for what, scale, chosen in self.truths(events):
                changed = [(event, truth) for event, truth in chosen if not same(event.value, truth)]
                if not changed:
                    continue
                trial = dict(overrides)
                trial.update({event.key: truth for event, truth in changed})
                fixed, factor = self.agreeing(self.right(trial))
                if len(fixed) <= len(now) or not fixed >= (now if best is None else set()):
                    continue
                if now and self.program.cost_known and not self.program.scale_free and abs(self.factor - 1) < 1e-3 and abs(factor - 1) > 1e-3:
                    # what is right at the scale of the cost stays so
                    continue
                whole = not self.program.cost_known or self.program.scale_free or (factor is not None and abs(factor - 1) < 1e-3)
                complete = fixed >= wanted and what != "leaf" and not good and whole
                # of equals the first counts: what comes after it is right given its input
                if ended is not None and not (complete and changed[0][0].order < ended):
                    continue
                found = Broken([event for event, _ in changed], [truth for _, truth in changed], what, factor, fixed)
                if first is not None and abs(scale - first) < 1e-3 * abs(first) and fixed >= wanted and whole and found.of_scale:
                    return found
                if good and best is not None and (self.hands_out(best, changed[0][0]) or self.hands_on(best, found)):
                    continue
                if ended is not None or best is None or self.rank(fixed, what, factor) > self.rank(best.fixed, best.what, best.scale) or (self.rank(fixed, what, factor) == self.rank(best.fixed, best.what, best.scale) and nearer(factor, best.scale)) or (good and what == "derivative" and len(fixed) == len(best.fixed)):
                    best = found
                    if complete:
                        # a site that is passed for every layer may be right in the first and wrong in the next
                        ended = best.event.order
                if self.trials > MAX_TRIALS:
                    break
        return best
