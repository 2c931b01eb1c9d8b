"""What a report asks a Localizer about a broken link: its layer, its activation, who stored or gave the wrong value."""

import re

import numpy as np

from ..bind.activations import USUAL
from ..common import clock
from ..common import names
from ..common import numeric as core
from ..common.arrays import is_array, same, same_direction, sums_to_1
from ..common.syntax import walk
from .trials import MAX_TRIALS

#: Activations that have the name of another in theirs.
VARIANTS = re.compile("leaky|lrelu|prelu|hard|log|arc|arg|swish")


class Answers:
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
        """The last assignment that has the wrong value: what is missing is missing there. Where a function knows nothing of L2, that in the one which does."""
        own = self.recorder.sites[broken.event.site].function
        sites = [self.recorder.sites[each.site] for each in self.events[self.start:] if isinstance(each.value, np.ndarray) and each.value.shape == broken.event.value.shape and np.array_equal(each.value, broken.event.value)]
        kept = [each for each in sites if each.kind == "update" or each.kind == "assign" and each.function != own and self.speaks_of_l2(each.function) and not self.speaks_of_l2(own)]
        return kept[-1] if kept else None

    def speaks_of_l2(self, title):
        function = self.function_called(title.split(".")[-1])
        said = {getattr(each, "id", getattr(each, "attr", getattr(each, "arg", None))) for each in walk(function.node)} if function is not None else ()
        return any(isinstance(each, str) and names.is_name(each, names.L2_NAMES) for each in said)

    def stored_wrong(self, broken):
        """The site of the forward pass that put the wrong value into a cache."""
        if broken.what != "value":
            return None
        site = self.recorder.sites[broken.event.site]
        wrong, right = broken.event.value, np.asarray(broken.truth)
        if not any(isinstance(each.value, np.ndarray) and same(each.value, wrong) for each in self.events[:self.start]):
            return None
        kept = [(each, self.recorder.sites[each.site]) for each in self.events[:self.start]]
        holding = [[one for one in each.value if isinstance(one, np.ndarray)] for each, other in kept if isinstance(each.value, (tuple, list)) and other.kind not in ("tuple", "append")]
        if site.kind == "unpack" and any(any(same(one, wrong) for one in parts) and any(same(one, right) for one in parts) for parts in holding):
            # `A, _ = cache` of (A, Z): both are kept, and the wrong one is taken
            return None
        for nested in (False, True):
            for each, other in kept:
                if isinstance(each.value, (tuple, list)) and other.kind not in ("tuple", "append"):
                    parts = [one for part in each.value for one in (part if nested and isinstance(part, (tuple, list)) else (part,)) if isinstance(one, np.ndarray)]
                    if any(same(one, wrong) for one in parts) and not any(same(one, right) for one in parts):
                        return other
        for each, other in kept:
            if isinstance(each.value, np.ndarray) and other.target == site.target and other.kind == "assign" and same(each.value, wrong) and other.value is not None and other.value.strip() != other.target and other.value.isidentifier():
                return other
        return None

    def late(self):
        return clock.late(self.deadline, clock.LAST) or self.trials > 2 * MAX_TRIALS

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

    def before_and_after(self, broken):
        """(Z, A) of the broken link's layer; of all layers as wide where it is not told which that is."""
        if broken.what == "local":
            nodes = [each for each in self.forward if each.value.shape == np.shape(broken.truth)]
            return [(one.value, two.value) for one in nodes for two in nodes if one.event.order < two.event.order]
        first, after = self.near(broken)
        return [(first.value, after.value)] if after is not None else []

    def activation(self, broken):
        """relu, sigmoid or tanh, by what the forward pass did there."""
        return next((name for Z, A in self.before_and_after(broken) for name in USUAL if activates(name, Z, A)), None)

    def misfit(self, broken, name):
        """('relu', 'tanh'): what the name of a slope says, and what its layer has; None where they are one, or one of them is not known."""
        said, pairs = named(name), self.before_and_after(broken)
        if said is None or any(activates(said, Z, A) for Z, A in pairs):
            return None
        has = self.activation(broken) or self.softmax(broken)
        return (said, has) if has is not None else None

    def softmax(self, broken):
        """'softmax' where what the forward pass goes on with, in the shape of the broken link, sums to 1 for each sample; else None."""
        first, _ = self.near(broken)
        given = [each.value for each in self.forward if first is None or each.event.order > first.event.order] + [self.outcome.AL]
        return "softmax" if any(np.shape(A) == np.shape(broken.truth) and sums_to_1(A) for A in given if A is not None) else None

    def output_nodes(self):
        """Those of the shape of the prediction; where a list was returned, those that hold its numbers."""
        AL = self.outcome.AL
        if AL is None:
            return []
        nodes = [each for each in self.forward if each.value.shape == np.shape(AL)]
        return nodes or [each for each in self.forward if each.value.size == np.size(AL) and np.allclose(each.value.reshape(-1), np.reshape(AL, -1))]

    def is_output(self, broken):
        """The broken link is at the output: dAL, or dZL where it is written at once."""
        if broken.what != "derivative":
            return False
        nodes = self.output_nodes()
        return any(same_direction(each.derivative, np.asarray(broken.truth)) for each in nodes) and (self.activation(broken) is None or not any(self.match(event) for event in self.events[self.start:] if event.order < broken.event.order and self.recorder.sites[event.site].kind != "factor"))

    def loss_formula(self, truth):
        """A derivative at the output as an expression of AL and Y; None where it is none of the usual ones."""
        AL = self.outcome.AL
        Y = core.fitting_target(AL, self.program.data)
        if Y is None or np.size(Y) != np.size(truth) or np.ndim(Y) == np.ndim(truth) and np.shape(Y) != np.shape(truth):
            return None
        truth = np.reshape(truth, np.shape(Y))
        with np.errstate(all="ignore"):
            for text, value in (("AL - Y", AL - Y), ("-(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))", -(Y / AL - (1 - Y) / (1 - AL))), ("-np.divide(Y, AL)", -Y / AL), ("(AL - Y) * AL * (1 - AL)", (AL - Y) * AL * (1 - AL)), ("(AL - Y) * (AL > 0)", (AL - Y) * (AL > 0)), ("(AL - Y) * (1 - AL**2)", (AL - Y) * (1 - AL ** 2))):
                if not np.all(np.isfinite(value)) or not np.any(value):
                    continue
                k = float(np.sum(value * truth) / np.sum(value * value))
                if np.linalg.norm(truth - k * value) < 1e-4 * np.linalg.norm(truth):
                    if k < 0:
                        # an update that adds wants the other sign
                        text, k = "Y - AL" if text == "AL - Y" else "-(%s)" % text, -k
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
        site = self.naming(value)
        return None if site is None else site.target

    def made_in(self, value):
        """Name of the function that gave this very value a name."""
        return self.naming(value).function.split(".")[-1]

    def naming(self, value):
        for each in self.events[:self.start]:
            site = self.recorder.sites[each.site]
            if isinstance(each.value, np.ndarray) and same(each.value, value) and site.target not in ("return", "cache") and site.kind not in ("factor", "tuple"):
                return site
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


def named(name):
    """The usual activation that the name of a function says, of relu_derivative 'relu'; None where it says none of them."""
    said = re.search("|".join(USUAL), names.plain(name))
    return None if said is None or VARIANTS.search(names.plain(name)) else said.group()


def activates(name, Z, A):
    return np.allclose(A, USUAL[name][0](Z), rtol=1e-9, atol=1e-12)
