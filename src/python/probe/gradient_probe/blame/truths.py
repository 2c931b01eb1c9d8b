"""What a value of the backward pass should be: every truth of the forward pass that could stand in its place."""

import re

import numpy as np

from ..bind import parameters as where
from ..bind.activations import USUAL
from ..common import names
from ..common.arrays import dropped, is_array, same, same_direction
from ..common.data import RATE
from ..common.numeric import stays


def looked_up(text):
    """Whether an expression only takes out what is kept somewhere: `cache["A" + str(l)]`, `self.A[l]`, `cache`."""
    return re.fullmatch(r"[\w.]+(\[[^\[\]]*\])+|\w*cache\w*", text or "") is not None


class Truths:
    """Part of a Localizer."""

    def truths(self, events):
        """(what, scale, [(event, truth)]) candidates for all times one site was passed."""
        scales = []
        for each in (self.factor, 1.0, -1.0 if self.program.direction() == -1 else 1.0):
            # where an update adds, everything on the way has the other sign
            for one in (each, each * self.m) + ((-each,) if self.outcome.gradient_from == "update" else ()):
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
            chosen = [] if self.good else self.greedy(events, self.local_truths(events[0]))
            if chosen:
                yield "local", 1.0, chosen
        if self.good:
            return
        for chosen in self.stored_truths(events):
            yield "value", 1.0, chosen
        chosen = self.unmoved(events)
        if chosen:
            yield "moved", 1.0, chosen
        for scale in scales:
            chosen = [(event, truth * scale) for event in events for truth in self.leaf_truths(event)]
            if chosen:
                yield "leaf", scale, chosen

    def options(self, event, kind, scale):
        value = event.value
        if value.ndim == 0 and kind == "derivative" and not self.single and self.recorder.sites[event.site].kind == "assign":
            # one number where there must be one for each sample
            return [] if self.good else [each.derivative * scale for each in self.output_nodes()][::-1][:3]
        if not (is_array(value) or self.single):
            return []
        if kind == "derivative" and any(each.event.site == event.site and same(each.value, value) for each in self.forward):
            # softmax(Z, derivative=True) begins with the Z that the forward pass has there too
            return []
        nodes = [each for each in self.forward if each.value.shape == value.shape]
        turned = [each for each in self.forward if each.value.shape == value.shape[::-1] and each.value.ndim == 2 and value.shape[0] != value.shape[1]] if not nodes else []
        out = []
        if kind == "derivative":
            # what stands inside the cost comes last: its terms have the shape of the output; and so do the terms of a softmax that is one expression
            candidates = [each.derivative for each in sorted(nodes, key=self.likely)] + [each.derivative.T for each in sorted(turned, key=self.likely)]
            if self.single and value.size == 1 and not nodes:
                candidates = [each.derivative.reshape(value.shape) for each in self.forward if each.value.size == 1]
            if not self.good and any(self.is_right(each, value) for each in candidates):
                return []
            for truth in candidates:
                truth = truth * scale
                if same(truth, value):
                    continue
                if not any(same(truth, each) for each in out):
                    out.append(truth)
            return out[::-1][:4]
        if kind == "local" and (self.recorder.sites[event.site].kind == "unpack" or looked_up(self.recorder.sites[event.site].value)):
            # what comes out of a cache is no derivative that was computed here
            return []
        if kind == "local":
            # g'(Z) = dZ / dA for neighbours of one shape
            for number, first in enumerate(nodes):
                # single numbers have one shape in all layers: only the next one is the activation of this
                for second in nodes[number + 1:number + 2] if self.single else nodes:
                    if first.event.order < second.event.order and np.all(np.abs(second.derivative) > 1e-12):
                        truth = first.derivative / second.derivative
                        if np.all(np.abs(truth) < 50) and not same(truth, value) and not any(same(truth, each) for each in out):
                            out.append(truth)
            return out[:3]
        if self.recorder.sites[event.site].kind == "return" and any(each.site == event.site for each in self.events[:self.start]):
            # the forward pass has its values from there as well: who gives it another input is at fault
            return []
        if self.given_back(value):
            return []
        for each in nodes:
            if not same(each.value, value) and not self.hides(event, each.value) and not any(same(each.value, one) for one in out):
                out.append(each.value)
        return out[:3]

    def likely(self, node):
        return self.before_output(node), self.recorder.sites[node.event.site].kind != "factor"

    def before_output(self, node):
        """Whether a value of the forward pass is the prediction or leads to it."""
        if self.output_order is None:
            AL = self.outcome.AL
            same_as = [each.order for each in self.events[:self.start] if is_array(each.value) and is_array(AL) and same(each.value, AL)]
            self.output_order = min(same_as) if same_as else np.inf
        return node.event.order <= self.output_order

    output_order = None

    def is_right(self, derivative, value):
        """A true derivative, of the cost or of the loss of each sample."""
        k = float(np.sum(derivative * value) / max(np.sum(derivative ** 2), 1e-300))
        return any(abs(k - each) < 1e-3 * abs(each) for each in (self.factor, self.factor * self.m, 1.0, float(self.m))) and same_direction(derivative, value)

    def leaf_truths(self, event):
        """Where an event is one of the wrong gradients itself: what that gradient should be."""
        out = []
        for name, each in self.numeric.items():
            given = self.outcome.grads.get(name)
            if given is None or name in self.now:
                continue
            if np.size(event.value) == 1 < np.size(given) and np.size(given) == np.size(each.leaf.shape and np.empty(each.leaf.shape)) and np.any(given) and np.ptp(given) < 1e-9 * np.max(np.abs(given)):
                # one number for all of them
                k = float(np.reshape(event.value, -1)[0] / np.reshape(given, -1)[0])
                out.append(k * self.full_numeric(name))
                continue
            target = self.recorder.sites[event.site].target.split(".")[-1]
            if not np.any(given) and names.is_gradient(target) and names.stem(target)[0] == names.plain(where.base(name)) and np.size(event.value) in (1, np.size(given)):
                # one number that is 0, as the sum of all entries of a softmax's dZ is: only its name tells
                out.append(self.full_numeric(name))
                continue
            value = event.value
            if np.size(given) > int(np.prod(each.leaf.shape)) and np.ndim(given) == len(each.leaf.shape) and stays(np.shape(given), np.shape(value)):
                # the step made the parameter larger
                value = np.broadcast_to(value, np.shape(given))
            if np.size(given) != np.size(value):
                continue
            one, other = np.squeeze(np.asarray(value, dtype=float)), np.squeeze(np.asarray(given, dtype=float))
            if one.shape != other.shape or not np.any(other):
                continue
            # an update step has the learning rate and the sign between the two
            k = float(np.sum(one * other) / np.sum(other * other))
            if one.size == 1 and self.single and not any(abs(abs(k) - each) < 1e-6 for each in (1.0, RATE)):
                # one number is a multiple of any other: the gradient itself or its step is meant
                continue
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

    def unmoved(self, events):
        """For weights that are handed on after their update: the weights of before it."""
        out = []
        for event in events:
            for leaf, update in self.moved():
                moved, old = update.value, self.program.theta0[leaf.name]
                for value, truth in ((moved, old), (moved.T, old.T)):
                    if event.value is not moved and is_array(event.value) and np.shape(event.value) == value.shape and same(event.value, value) and not (out and out[-1][0] is event):
                        out.append((event, truth))
        return out

    def moved(self):
        """[(leaf, the event of its update)] of what the backward pass itself updates."""
        if self.updated is None:
            self.updated = [(leaf, event) for event in self.events[self.start:] if self.recorder.sites[event.site].kind in ("assign", "update") and is_array(event.value) for leaf in self.program.leaves if self.is_step(leaf, event)]
        return self.updated

    def is_step(self, leaf, event):
        """Whether an event gives the weights of a leaf another value, by its name, or out of a table by what it was: `weights["W" + str(l)] -= …`."""
        old, target = self.program.theta0[leaf.name], re.sub(r"^self\.", "", self.recorder.sites[event.site].target)
        if leaf.kind != "W" or leaf.shape != event.value.shape or same(event.value, old):
            return False
        held = names.plain(target.split("[")[0])
        return held == names.plain(leaf.name.split("[")[0].split(" ")[0]) or "[" in target and names.is_name(held, names.PARAM_NAMES) and np.linalg.norm(event.value - old) < 0.5 * np.linalg.norm(old)

    updated = None

    def stored_truths(self, events):
        """For what is taken out of a cache: the value of the forward pass that should be there, whatever its shape."""
        if self.recorder.sites[events[0].site].kind not in ("unpack", "assign") or not all(is_array(each.value) for each in events):
            return
        stored = [each for each in events if any(isinstance(each.value, np.ndarray) and isinstance(one.value, np.ndarray) and same(one.value, each.value) for one in self.events[:self.start])]
        if len(stored) < len(events) or len(events) > 6 or all(not any(d in self.recorder.sites[each.site].target for d in "AaXxZzHhlo") for each in events):
            return
        chosen = self.greedy(events, [each for each in self.inputs() if not any(self.hides(one, each) for one in events)])
        if chosen and not all(self.given_back(event.value) for event, _ in chosen):
            yield chosen

    def hides(self, event, other):
        """Whether what is 0 where a unit was dropped stands in the place of the Z that it comes from: it hides that the mask is missing below, and is not meant."""
        target = self.recorder.sites[event.site].target.split(".")[-1].split("[")[0]
        if not is_array(event.value) or names.is_name(target, r"[axh](prev(ious)?|l|\d)*$|input"):
            return False
        given = [one.value for one in self.forward if one.value.shape == other.shape == event.value.shape and dropped(one.value, other, False)]
        return any(same(g(event.value), A) for A in given for g, _ in USUAL.values())

    def given_back(self, value):
        """Whether an activation keeps the very value that it gives, `return A, A`: its derivative can be had from A, and is wrong where it takes that for Z."""
        for each in self.events[:self.start]:
            if isinstance(each.value, tuple) and len(each.value) == 2 and names.like_name(self.recorder.sites[each.site].function.split(".")[-1], names.ACTIVATION) and all(isinstance(one, np.ndarray) and same(one, value) for one in each.value):
                return True
        return False

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
