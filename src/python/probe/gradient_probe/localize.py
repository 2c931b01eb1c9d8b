"""Finds the first broken link: which assignment of theirs, set to its true value, makes everything after it right."""

import numpy as np

from . import clock
from . import numeric as core
from .sandbox import TimeUp
from .answers import Answers
from .arrays import is_array, nearer, same, same_direction
from .trials import MAX_TRIALS
from .numeric import AGREES


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


class Localizer(Answers):
    def __init__(self, program, cost, checks, deadline):
        self.program = program
        self.cost = cost
        self.recorder = program.recorder
        self.checks = checks
        self.deadline = deadline
        self.m, self.C = program.data.m, program.sizes.nL
        self.trials = 0
        self.good = False
        self.overrides = {}
        self.numeric = {each.leaf.name: each for each in checks}
        #: the weights of the output layer: what is right there sets the scale
        self.top = next((each.leaf.name for each in reversed(checks) if each.leaf.kind == "W"), None)

    # -- what is true

    def record(self):
        outcome = self.program.run(record=True)
        start = outcome.marks.get("backward", outcome.marks.get("both", outcome.marks.get("train")))
        self.start = start if start is not None else 0
        self.events = outcome.events
        self.outcome = outcome

    def cost_at(self, adds):
        values = core.cost_vector(self.program, self.program.theta0, adds=adds)
        return values.get(self.cost, np.nan)

    def nodes(self):
        """Derivatives of the cost by the values of the forward pass."""
        until = self.outcome.marks.get("cost", self.start) if any(step.role == "cost" for step in self.program.steps) else self.start if any(step.role in ("backward", "train") for step in self.program.steps) else len(self.events)
        found, seen = [], []
        random = np.random.RandomState(4)
        base = self.cost_at({})
        order = [each for each in self.events[:until] if is_array(each.value) and 1 < each.value.size <= 200 and each.value.ndim in (1, 2)]
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
            try:
                derivative = core.difference(lambda value: {"c": self.cost_at({event.key: value - event.value})}, event.value, np.arange(event.value.size))["c"]
            except (Exception, TimeUp):
                continue
            node = Node(event, derivative.reshape(event.value.shape))
            if not any(same(each.derivative, node.derivative) and same(each.value, node.value) for each in found):
                found.append(node)
            seen.append(event)
            if clock.late(self.deadline):
                break
        self.forward = found
        return found

    # -- trying

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
            if given.size != int(np.prod(each.leaf.shape)) or (given.shape != each.leaf.shape and not core.stays(each.leaf.shape, given.shape)) or (given.shape != each.leaf.shape and 1 not in each.leaf.shape and given.ndim == len(each.leaf.shape)):
                continue
            values = given.reshape(-1)[each.entries]
            norm = np.linalg.norm(each.numeric)
            if norm < 1e-9:
                if np.linalg.norm(values) < 1e-7:
                    out[name] = None
                continue
            factor = float(np.dot(values, each.numeric) / norm ** 2)
            if np.linalg.norm(values - factor * each.numeric) < 4 * AGREES * max(np.linalg.norm(values), 1e-12) and abs(factor) > 1e-9:
                out[name] = factor
        return out

    def agreeing(self, right):
        """The largest set of parameters that share one factor."""
        if right is None:
            return set(), None
        best, scale = set(), None
        for factor in [each for each in right.values() if each is not None]:
            group = {name for name, each in right.items() if each is None or abs(each - factor) < 2e-3 * abs(factor)}
            better = (abs(factor - 1) < 1e-3, self.top in group) > (scale is not None and abs(scale - 1) < 1e-3, self.top in best)
            if len(group) > len(best) or (len(group) == len(best) and better):
                best, scale = group, factor
        return best, scale

    def run(self):
        """[Broken] in the order of the backward pass; empty where nothing explains it."""
        self.record()
        self.nodes()
        now, factor = self.agreeing(self.right({}))
        self.factor = factor if factor is not None else 1.0
        self.now = now
        wanted = {each.leaf.name for each in self.checks if not each.missing}
        found = []
        overrides = self.overrides = {}
        for _ in range(3):
            best = self.step(overrides, now, wanted)
            if best is None:
                break
            found.append(best)
            for event, truth in zip(best.events, best.truths):
                overrides[event.key] = truth
            now = self.now = best.fixed
            self.factor = best.scale if best.scale is not None else self.factor
            if now >= wanted or clock.late(self.deadline):
                break
        self.remaining = wanted - now
        return found

    def step(self, overrides, now, wanted):
        """The earliest site whose true values make the most gradients right.

        A value that is a true derivative already is no fault by itself; only where nothing else explains more is it
        one that a factor is missing behind, and then the last such place is meant.
        """
        best = self.pass_over(overrides, now, wanted, False)
        if best is not None and (best.fixed >= wanted and best.what != "leaf"):
            return best
        other = self.pass_over(overrides, now, wanted, True)
        return other if other is not None and (best is None or len(other.fixed) > len(best.fixed)) else best

    def pass_over(self, overrides, now, wanted, good):
        self.good = good
        best = None
        by_site = {}
        for event in self.events[self.start:]:
            by_site.setdefault(event.site, []).append(event)
        sites = sorted(by_site.values(), key=lambda each: each[0].order)
        for events in sites:
            if clock.late(self.deadline) or self.trials > MAX_TRIALS:
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
                # of equals the first counts: what comes after it is right given its input
                if best is None or len(fixed) > len(best.fixed) or (len(fixed) == len(best.fixed) and nearer(factor, best.scale)) or (good and what == "derivative" and len(fixed) == len(best.fixed)):
                    best = Broken([event for event, _ in changed], [truth for _, truth in changed], what, factor, fixed)
                    whole = not self.program.cost_known or self.program.scale_free or (factor is not None and abs(factor - 1) < 1e-3)
                    if fixed >= wanted and what != "leaf" and not good and whole:
                        return best
                if self.trials > MAX_TRIALS:
                    break
        return best

    def truths(self, events):
        """(what, scale, [(event, truth)]) candidates for all times one site was passed."""
        scales = []
        for each in (self.factor, 1.0, -1.0 if self.program.direction() == -1 else 1.0):
            for one in (each, each * self.m):
                if not any(abs(one - other) < 1e-3 * abs(one) for other in scales):
                    scales.append(one)
        # by the derivative of what has the same shape
        for kind in ("derivative",) if self.good else ("derivative", "local", "value"):
            for scale in scales if kind == "derivative" else [1.0]:
                for pick in range(4):
                    chosen = []
                    for event in events:
                        options = self.options(event, kind, scale)
                        if options:
                            chosen.append((event, options[min(pick, len(options) - 1)]))
                    if chosen:
                        yield kind, scale, chosen
        if len({each.value.shape for each in self.forward}) < 3 and len(events) > 1:
            # a square net: the shapes do not tell the layers apart
            for scale in scales:
                chosen = self.greedy(events, [each.derivative * scale for each in self.forward])
                if chosen:
                    yield "derivative", scale, chosen
        if self.good:
            return
        for chosen in self.stored_truths(events):
            yield "value", 1.0, chosen
        for scale in scales:
            chosen = [(event, truth * scale) for event in events for truth in self.leaf_truths(event)]
            if chosen:
                yield "leaf", scale, chosen

    def options(self, event, kind, scale):
        value = event.value
        if value.ndim == 0 and kind == "derivative" and self.recorder.sites[event.site].kind == "assign":
            # one number where there must be one for each sample
            return [] if self.good else [each.derivative * scale for each in self.output_nodes()][::-1][:3]
        if not is_array(value):
            return []
        nodes = [each for each in self.forward if each.value.shape == value.shape]
        turned = [each for each in self.forward if each.value.shape == value.shape[::-1] and each.value.ndim == 2 and value.shape[0] != value.shape[1]] if not nodes else []
        out = []
        if kind == "derivative":
            candidates = [each.derivative for each in nodes] + [each.derivative.T for each in turned]
            if not self.good and any(self.is_right(each, value) for each in candidates):
                return []
            for truth in candidates:
                truth = truth * scale
                if same(truth, value):
                    continue
                if not any(same(truth, each) for each in out):
                    out.append(truth)
            return out[::-1][:4]
        if kind == "local":
            # g'(Z) = dZ / dA for neighbours of one shape
            for first in nodes:
                for second in nodes:
                    if first.event.order < second.event.order and np.all(np.abs(second.derivative) > 1e-12):
                        truth = first.derivative / second.derivative
                        if np.all(np.abs(truth) < 50) and not same(truth, value) and not any(same(truth, each) for each in out):
                            out.append(truth)
            return out[:3]
        for each in nodes:
            if not same(each.value, value) and not any(same(each.value, one) for one in out):
                out.append(each.value)
        return out[:3]

    def is_right(self, derivative, value):
        """A true derivative, of the cost or of the loss of each sample."""
        k = float(np.sum(derivative * value) / max(np.sum(derivative ** 2), 1e-300))
        return any(abs(k - each) < 1e-3 * abs(each) for each in (self.factor, self.factor * self.m, 1.0, float(self.m))) and same_direction(derivative, value)

    def leaf_truths(self, event):
        """Where an event is one of the wrong gradients itself: what that gradient should be."""
        out = []
        for name, each in self.numeric.items():
            given = self.outcome.grads.get(name)
            if given is None or name in self.now or np.size(given) != np.size(event.value):
                continue
            one, other = np.squeeze(np.asarray(event.value, dtype=float)), np.squeeze(np.asarray(given, dtype=float))
            if one.shape != other.shape or not np.any(other):
                continue
            # an update step has the learning rate and the sign between the two
            k = float(np.sum(one * other) / np.sum(other * other))
            if abs(k) > 1e-12 and np.linalg.norm(one - k * other) < 1e-9 * np.linalg.norm(one) and (abs(k - 1) < 1e-9 or self.outcome.gradient_from == "update"):
                out.append(k * self.full_numeric(name))
        return out[:1]

    def full_numeric(self, name):
        each = self.numeric[name]
        size = int(np.prod(each.leaf.shape)) if each.leaf.shape else 1
        if len(each.entries) == size:
            return each.numeric.reshape(each.leaf.shape)
        whole = np.zeros(size)
        whole[each.entries] = each.numeric
        return whole.reshape(each.leaf.shape)


    def stored_truths(self, events):
        """For what is taken out of a cache: the value of the forward pass that should be there, whatever its shape."""
        if self.recorder.sites[events[0].site].kind not in ("unpack", "assign") or not all(is_array(each.value) for each in events):
            return
        stored = [each for each in events if any(isinstance(each.value, np.ndarray) and isinstance(one.value, np.ndarray) and same(one.value, each.value) for one in self.events[:self.start])]
        if len(stored) < len(events) or len(events) > 6 or all(not any(d in self.recorder.sites[each.site].target for d in "AaXxZzHhlo") for each in events):
            return
        chosen = self.greedy(events, self.inputs())
        if chosen:
            yield chosen

    def greedy(self, events, truths):
        """For each time a site was passed the truth that makes most gradients right, one after the other."""
        chosen, now = [], self.now
        for event in events:
            best = None
            for truth in truths:
                if same(truth, event.value) or self.late():
                    continue
                fixed, _ = self.agreeing(self.right({**self.overrides, **{one.key: value for one, value in chosen}, event.key: truth}))
                if len(fixed) > len(now) and (best is None or len(fixed) > len(best[1])):
                    best = (truth, fixed)
            if best is not None:
                chosen.append((event, best[0]))
                now = best[1]
        return chosen

    def inputs(self):
        """Values of the forward pass, the data among them."""
        out = []
        for value in [each.value for each in self.forward] + [self.program.data.X]:
            if value.ndim == 2 and not any(same(value, each) for each in out):
                out.append(value)
        return out
