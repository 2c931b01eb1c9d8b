"""Finds the first broken link: which assignment of theirs, set to its true value, makes everything after it right."""

import numpy as np

from . import clock
from . import numeric as core
from .numeric import AGREES

#: Trials that one localization may cost.
MAX_TRIALS = 2500


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


class Localizer:
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
            except Exception:
                continue
            if not np.isfinite(moved) or abs(moved - base) < 1e-12:
                continue
            if any(same(each.value, event.value) for each in seen) and len(found) > 24:
                continue
            try:
                derivative = core.difference(lambda value: {"c": self.cost_at({event.key: value - event.value})}, event.value, np.arange(event.value.size))["c"]
            except Exception:
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
        except Exception:
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

    # -- what the report asks

    def factor_of(self, event):
        """(k, 'link' or 'gradient') where a value of the backward pass is k times a true derivative."""
        value = event.value
        if not is_array(value) or value.size < 2:
            return None, None
        for each in self.forward:
            if each.derivative.shape == value.shape and same_direction(each.derivative, value):
                return float(np.sum(each.derivative * value) / np.sum(each.derivative ** 2)), "link"
        for name, each in self.numeric.items():
            truth = self.full_numeric(name)
            if np.size(truth) == np.size(value) and len(each.entries) == np.size(truth) and same_direction(truth.reshape(-1), value.reshape(-1)):
                return float(np.sum(truth.reshape(-1) * value.reshape(-1)) / np.sum(truth ** 2)), "gradient"
        return None, None

    def last_with(self, broken):
        """The last assignment that has the wrong value: what is missing is missing there."""
        out = None
        for each in self.events[self.start:]:
            site = self.recorder.sites[each.site]
            if site.kind == "update" and isinstance(each.value, np.ndarray) and each.value.shape == broken.event.value.shape and np.array_equal(each.value, broken.event.value):
                out = site
        return out

    def stored_wrong(self, broken):
        """The site of the forward pass that put the wrong value into a cache."""
        if broken.what != "value":
            return None
        site = self.recorder.sites[broken.event.site]
        wrong, right = broken.event.value, np.asarray(broken.truth)
        if not any(isinstance(each.value, np.ndarray) and same(each.value, wrong) for each in self.events[:self.start]):
            return None
        for each in self.events[:self.start]:
            other = self.recorder.sites[each.site]
            if isinstance(each.value, (tuple, list)) and other.kind != "tuple":
                held = [one for one in each.value if isinstance(one, np.ndarray)]
                if any(same(one, wrong) for one in held) and not any(same(one, right) for one in held):
                    return other
            elif isinstance(each.value, np.ndarray) and other.target == site.target and other.kind == "assign" and same(each.value, wrong) and other.value is not None and other.value.strip() != other.target and other.value.isidentifier():
                return other
        return None

    def late(self):
        return clock.late(self.deadline) or self.trials > 2 * MAX_TRIALS

    def near(self, broken):
        """The forward node whose derivative a broken link should be, and the one after it with the same shape (Z, then A)."""
        truth = np.asarray(broken.truth)
        for first in self.forward:
            if same_direction(first.derivative, truth):
                after = [each for each in self.forward if each.event.order > first.event.order and each.value.shape == first.value.shape and not same(each.derivative, first.derivative)]
                return first, (after[0] if after else None)
        return None, None

    def upstream(self, broken):
        """dA where the broken link is dZ of the same layer."""
        first, after = self.near(broken)
        return after.derivative if after is not None else None

    def local(self, broken):
        """g'(Z) of the broken link's layer."""
        if broken.what == "local":
            return np.asarray(broken.truth)
        first, after = self.near(broken)
        if after is None:
            return None
        with np.errstate(all="ignore"):
            out = first.derivative / after.derivative
        return np.where(np.isfinite(out), out, 0.0)

    def activation(self, broken):
        """relu, sigmoid, tanh or linear, by what the forward pass did there."""
        if broken.what == "local":
            pairs = [(one, two) for one in self.forward for two in self.forward if one.event.order < two.event.order and one.value.shape == two.value.shape == np.shape(broken.truth)]
        else:
            first, after = self.near(broken)
            pairs = [(first, after)] if after is not None else []
        for first, after in pairs:
            Z, A = first.value, after.value
            for name, g in (("relu", lambda z: np.maximum(z, 0)), ("sigmoid", lambda z: 1 / (1 + np.exp(-z))), ("tanh", np.tanh)):
                if np.allclose(A, g(Z), rtol=1e-9, atol=1e-12):
                    return name
        return None

    def output_nodes(self):
        AL = self.outcome.AL
        return [each for each in self.forward if AL is not None and each.value.shape == np.shape(AL)]

    def is_output(self, broken):
        """The broken link is at the output: dAL, or dZL where it is written at once."""
        if broken.what != "derivative":
            return False
        nodes = self.output_nodes()
        return any(same_direction(each.derivative, np.asarray(broken.truth)) for each in nodes) and (self.activation(broken) is None or not any(self.match(event) for event in self.events[self.start:] if event.order < broken.event.order and self.recorder.sites[event.site].kind != "factor"))

    def loss_formula(self, broken):
        AL = self.outcome.AL
        Y = core.fitting_target(AL, self.program.data)
        if Y is None or np.shape(Y) != np.shape(broken.truth):
            return None
        truth = np.asarray(broken.truth)
        with np.errstate(all="ignore"):
            for text, value in (("AL - Y", AL - Y), ("-(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))", -(Y / AL - (1 - Y) / (1 - AL))), ("-np.divide(Y, AL)", -Y / AL), ("(AL - Y) * AL * (1 - AL)", (AL - Y) * AL * (1 - AL)), ("(AL - Y) * (AL > 0)", (AL - Y) * (AL > 0)), ("(AL - Y) * (1 - AL**2)", (AL - Y) * (1 - AL ** 2))):
                if not np.all(np.isfinite(value)) or not np.any(value):
                    continue
                k = float(np.sum(value * truth) / np.sum(value * value))
                if np.linalg.norm(truth - k * value) < 1e-4 * np.linalg.norm(truth) and k > 0:
                    said = core.name_factor(k, self.m, self.C)
                    if said == "1":
                        return text
                    if said is not None:
                        return {"2": "2 * (%s)", "1/2": "(%s) / 2", "1/m": "(%s) / m", "2/m": "2 * (%s) / m", "m": "%s"}.get(said, "(" + said + ") * (%s)") % text
        return None

    def leaf_of(self, broken):
        if broken.what != "leaf":
            return None
        for name, each in self.numeric.items():
            truth = self.full_numeric(name)
            if np.shape(truth) == np.shape(broken.truth) and same_direction(truth, np.asarray(broken.truth)):
                return each.leaf
        return None

    def named(self, value):
        """Name under which the forward pass had this very value."""
        for each in self.events[:self.start]:
            site = self.recorder.sites[each.site]
            if isinstance(each.value, np.ndarray) and same(each.value, value) and site.target not in ("return", "cache") and site.kind not in ("factor", "tuple"):
                return site.target
        return None

    def match(self, event):
        """'dJ/dZ' and the like, where a value of the backward pass is the true derivative by something of the forward pass."""
        value = event.value
        if not is_array(value) or value.size < 2:
            return None
        for each in self.forward:
            if each.derivative.shape == value.shape and same_direction(each.derivative, value):
                return "derivative by %s" % self.recorder.sites[each.event.site].target
        for name, each in self.numeric.items():
            truth = self.full_numeric(name)
            if np.size(truth) == np.size(value) and len(each.entries) == np.size(truth) and same_direction(truth.reshape(-1), value.reshape(-1)):
                return "derivative by %s" % name
        return None

    def locals_at(self, site):
        """Names assigned or taken in the same function: {name: is an array}."""
        out = {}
        for each in self.events[self.start:]:
            other = self.recorder.sites[each.site]
            if other.function == site.function and other.file == site.file and other.target.isidentifier() and other.target != "return":
                out[other.target] = isinstance(each.value, np.ndarray)
        function = next((one for one in self.program.code.functions if one.title == site.function or one.name == site.function), None)
        for argument in function.arguments if function is not None else ():
            out.setdefault(argument, True)
        return out

    def caller_to_blame(self, broken):
        """(function, line, file) of the call where a derivative that is right for another value of the layer was given this one."""
        if broken.what != "local":
            return None
        site = self.recorder.sites[broken.event.site]
        if site.kind != "return" or broken.event.caller is None:
            return None
        code = self.program.code
        function = next((one for one in code.functions + [method for owner in code.classes for method in owner.methods.values()] if one.title == site.function or one.name == site.function.split(".")[-1]), None)
        if function is None or len([each for each in function.arguments if each not in function.defaults]) != 1:
            return None
        for node in self.forward:
            if node.value.shape != np.shape(broken.truth):
                continue
            try:
                target = function.target
                if function.bound:
                    target = target.__get__(self.program.roots.get("self"))
                made = np.asarray(target(node.value.copy()), dtype=float)
            except Exception:
                continue
            if same(made, broken.truth) and broken.event.caller[2] in code.trees:
                return broken.event.caller
        return None


def same_direction(one, other):
    """Equal up to one positive or negative factor."""
    one, other = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    if one.shape != other.shape or not np.any(one) or not np.any(other):
        return False
    k = float(np.sum(one * other) / np.sum(one * one))
    return abs(k) > 1e-12 and np.linalg.norm(other - k * one) < 1e-4 * np.linalg.norm(other)


def is_array(value):
    return isinstance(value, np.ndarray) and value.ndim > 0


def same(one, other):
    one, other = np.asarray(one), np.asarray(other)
    if one.shape != other.shape:
        return False
    scale = max(float(np.max(np.abs(one))) if one.size else 0, float(np.max(np.abs(other))) if other.size else 0)
    return scale == 0 or float(np.max(np.abs(one - other))) < 1e-5 * scale


def nearer(one, other):
    """Whether a factor is 1 where the other is not."""
    return one is not None and abs(one - 1) < 1e-3 and not (other is not None and abs(other - 1) < 1e-3)
