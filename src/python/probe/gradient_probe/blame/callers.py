"""Who is at fault where a function gives a wrong value: the function itself, or its caller, who gave it another value than is meant."""

import ast
import re

import numpy as np

from ..bind import parameters as where
from ..bind.activations import USUAL
from ..common import names
from ..common.arrays import is_array, is_number, same
from ..common.sandbox import TimeUp
from ..common.syntax import walk
from .answers import named
from .dropout import DROPOUT


class Callers:
    """Part of a Localizer."""

    #: the function that is right by itself, once a caller is to blame
    given_to = None

    def caller_to_blame(self, broken):
        """(function, line, file) of the call where a derivative that is right for another value of the layer was given this one."""
        site = self.recorder.sites[broken.event.site]
        event, name = broken.event, site.function.split(".")[-1]
        found, at, self.given_to = None, event, None
        for level in range(3):
            function = self.function_called(name)
            if function is None or len(function.needed) != 1:
                break
            if level or broken.what != "local" or site.kind != "return":
                # a value on the way to what a derivative returns: what is returned decides
                event = self.returned(event, name)
                truths = self.local_truths(event)
                if event is broken.event:
                    truths = truths + [np.asarray(broken.truth)]
            else:
                truths = [np.asarray(broken.truth)]
            if event is None or not (is_array(event.value) or is_number(event.value)) or event.caller is None or event.caller[2] not in self.program.code.trees:
                break
            if self.is_derivative(function, event) or (found is None and self.right_elsewhere(function, event, truths)):
                found, self.given_to, at = event.caller, name, event
            # sigmoid inside sigmoid_derivative: one call further out
            name = event.caller[0]
        if found is None and broken.what == "local" and site.kind == "return" and broken.event.caller is not None and broken.event.caller[2] in self.program.code.trees and not self.takes_array(self.function_called(site.function.split(".")[-1]), broken.event) and self.of_another(broken.event.value, np.asarray(broken.truth)):
            found, self.given_to = broken.event.caller, site.function.split(".")[-1]
        if found is None and self.of_forward(broken):
            return broken.event.caller
        if found is not None and says_output(self.function_called(self.given_to)):
            return None
        chosen = self.beyond_words(at, found)
        if found is not None and (chosen is not found or self.call_of(at, self.given_to) is None or self.one_of_branches(found)) and self.others_take_output(self.function_called(self.given_to)):
            # whoever calls one of several as `slopes[l](A)`, or each in a branch of its own, gives all of them the activation, as the others want it
            return None
        return chosen

    def of_forward(self, broken):
        """Whether an activation itself stands where its derivative is meant: what gave the value gave one of the forward pass too."""
        site, event = self.recorder.sites[broken.event.site], broken.event
        return broken.what == "local" and site.kind == "return" and any(each.site == event.site and same(each.value, event.value) for each in self.events[:self.start] if is_array(each.value)) and event.caller is not None and event.caller[2] in self.program.code.trees

    def one_of_branches(self, caller):
        """Whether a call stands in a branch for one of several activations: `elif activation == "tanh":`."""
        base = named(self.given_to)
        return base is not None and self.asked_for(base, caller)

    def others_take_output(self, function):
        """Whether a derivative is one of z, and all others of the file whose names say of which activation they are want what that gives: `a * (1 - a)`."""
        points, wants = np.array([[-1.3, -0.4], [0.6, 1.7]]), []
        methods = [method for owner in self.program.code.classes for method in owner.methods.values()]
        for each in self.program.code.functions + methods:
            said = named(each.name) if len(each.needed) == 1 and names.like_name(each.name, names.DERIVATIVE) else None
            if said in (None, "relu"):
                # that of a ReLU is the same of both
                continue
            g, slope = USUAL[said]
            try:
                of_z, of_output = (np.allclose(self.callable(each)(value.copy()), slope(points)) for value in (points, g(points)))
            except (Exception, TimeUp):
                continue
            if each.name == function.name:
                if not of_z or of_output:
                    return False
            else:
                wants.append(of_output and not of_z)
        return bool(wants) and all(wants)

    def beyond_words(self, event, found):
        """The call of a function that only chooses by a word whom it asks, `if name == "tanh": return tanh_derivative(x)`, in place of the one in it."""
        function = self.function_called(found[0]) if found is not None else None
        # of a step, or of no activation at all, it gives a plain number
        asked = [each for each in function.returns if not isinstance(each, ast.Constant)] if function is not None else []
        if not asked or not all(isinstance(each, ast.Call) and [one.id in function.arguments for one in each.args if isinstance(one, ast.Name)] == [True] for each in asked):
            return found
        worded = any(isinstance(one, ast.Constant) and isinstance(one.value, str) for each in walk(function.node) if isinstance(each, ast.Compare) for one in each.comparators)
        further = self.returned(event, found[0]) if worded and event is not None else None
        return further.caller if further is not None and further.caller is not None and further.caller[2] in self.program.code.trees else found

    def takes_array(self, function, event):
        """Whether a function can be asked itself what it gives for a value: one of a table of lambdas cannot."""
        try:
            return function is not None and np.shape(self.callable(function)(event.value.copy())) == event.value.shape
        except (Exception, TimeUp):
            return False

    def of_another(self, value, truth):
        """Whether a value is the derivative of a known activation at one value of the forward pass, and the truth that at another."""
        inputs = [each.value for each in self.forward if each.value.shape == value.shape]
        for derivative in (lambda z: 1 / (2 + np.exp(-z) + np.exp(z)), lambda z: 1 - np.tanh(z) ** 2, lambda z: (z > 0).astype(float)):
            with np.errstate(all="ignore"):
                if any(same(derivative(each), value) for each in inputs) and any(same(derivative(each), truth) for each in inputs):
                    return True
        return False

    def passing_on(self, broken):
        """The site in an activation's own backward function, `relu_backward(dA, Z)`, that passes on what it was given: there its derivative is missing, not where the result is used."""
        own = self.recorder.sites[broken.event.site].function.split(".")[-1]
        if self.activates(own):
            return None
        keys = {each.key for each in broken.events}
        around = [each for each in self.events[self.start:] if each.key not in keys and is_array(each.value) and any(same(each.value, one.value) for one in broken.events)]
        sites = [self.recorder.sites[each.site] for each in around if self.recorder.sites[each.site].kind in ("assign", "return", "update")]
        return next((each for each in reversed(sites) if self.activates(each.function.split(".")[-1])), None)

    def activates(self, name):
        """Whether a function is the backward pass of an activation alone: it takes the upstream derivative and what the activation was computed from, and calls no other backward pass."""
        function = self.function_called(name)
        return function is not None and not any(names.like_name(each, names.BACKWARD) for each in function.callees) and names.like_name(name, names.ACTIVATION) and not names.like_name(name, "linear") and names.like_name(name, names.DERIVATIVE) and len(function.arguments) > 1 and names.is_upstream(function.arguments[0])

    def without_mask(self, broken):
        """(function, line, file) of the call that hands down what lacks a dropout mask, to an activation and whatever else knows nothing of dropout; None of any other place."""
        event, name, found = broken.event, self.recorder.sites[broken.event.site].function.split(".")[-1], None
        if not self.activates(name):
            return None
        while event is not None and event.caller is not None and event.caller[2] in self.program.code.trees:
            function = self.function_called(name)
            if function is None or re.search(DROPOUT, ast.unparse(function.node), re.I):
                break
            found, name = tuple(event.caller), event.caller[0]
            event = self.returned(event, name)
        return found

    def without_upstream(self, broken):
        """(function, line, file) of the call that uses g'(Z) alone, where the function that gives it is right to know nothing of the upstream derivative."""
        site, event = self.recorder.sites[broken.event.site], broken.event
        function = self.function_called(site.function.split(".")[-1])
        if site.kind != "return" or function is None or any(names.is_upstream(each) for each in function.arguments) or event.caller is None or event.caller[2] not in self.program.code.trees:
            return None
        return event.caller

    def given_wrong(self, broken):
        """A sentence on a right function that is given the wrong value; None where it is the function's own fault."""
        if self.caller_to_blame(broken) is None:
            return None
        if self.given_to is None:
            return "%s is the activation itself: its derivative is meant here." % self.recorder.sites[broken.event.site].function.split(".")[-1]
        misfit = self.misfit(broken, self.given_to)
        if misfit is not None:
            return "%s is right for %s, but the activation of this layer is %s." % (self.given_to, *misfit)
        return "%s is right by itself, but is given the wrong value here: A where Z of the same layer is meant, or the reverse." % self.given_to

    def l2_left_out(self, broken):
        """(function, line, file, sentence) of the call that does not hand on the L2 rate to what adds the term: it gives 0, or leaves it to a default of 0."""
        event, name = broken.event, self.recorder.sites[broken.event.site].function.split(".")[-1]
        for _ in range(4):
            function = self.function_called(name)
            rate = next((each for each in function.arguments if names.is_name(each, names.L2_NAMES)), None) if function is not None else None
            call = self.call_of(event, name)
            if rate is None or call is None or any(isinstance(each, ast.Starred) for each in call.args) or any(each.arg is None for each in call.keywords):
                return None
            given = next((each.value for each in call.keywords if each.arg == rate), None)
            at = function.arguments.index(rate)
            given = call.args[at] if given is None and at < len(call.args) else given
            value = function.defaults.get(rate) if given is None else given
            if isinstance(value, ast.Constant) and value.value == 0:
                return tuple(event.caller) + ("%s is called here with %s = 0%s: the L2 term of the cost is missing in the gradient." % (name, rate, "" if given is not None else ", its default"),)
            if not isinstance(given, ast.Name):
                return None
            name = event.caller[0]
            event = self.returned(event, name)
        return None

    def call_of(self, event, name):
        """The call of a function of theirs in which a value came about."""
        if event is None or event.caller is None or event.caller[2] not in self.program.code.trees:
            return None
        return next((each for each, _, path in self.program.code.sites.get(name, []) if path == event.caller[2] and each.lineno <= event.caller[1] <= each.end_lineno), None)

    def right_there(self, event):
        """Whether an event is a derivative of the cost that differs from entry to entry."""
        return event.value.size > 2 and np.ptp(event.value) > 1e-9 and any(each.derivative.shape == event.value.shape and self.is_right(each.derivative, event.value) for each in self.forward)

    def function_called(self, name):
        code = self.program.code
        return next((one for one in code.every if one.name == name), None)

    def local_truths(self, event):
        """g'(Z) of every layer with the shape of an event."""
        if event is None or not is_array(event.value):
            return []
        return [first.derivative / second.derivative for first in self.forward for second in self.forward if first.event.order < second.event.order and first.value.shape == second.value.shape == event.value.shape and np.all(np.abs(second.derivative) > 1e-12)]

    def right_elsewhere(self, function, event, truths):
        """Whether the function gives a truth for another value of the forward pass than it was given."""
        for value in self.values_like(event):
            try:
                target = function.target
                if function.bound:
                    target = target.__get__(self.program.roots.get("self"))
                extra = {name: True for name in function.defaults if names.like_name(name, "deriv|prime|grad")}
                made = np.asarray(target(value.copy(), **extra), dtype=float)
            except (Exception, TimeUp):
                continue
            if any(same(made, truth) for truth in truths) and not same(made, event.value):
                return True
        return False

    def is_derivative(self, function, event):
        """Whether the function is the derivative of an activation of the file, or of the one that its name says, at its own argument or, where the event is that of no layer, in terms of what the activation gives: then what it is given is wrong."""
        given_right = any(same(event.value, truth) for truth in self.local_truths(event))
        flags = {name: True for name in function.defaults if names.like_name(name, "deriv|prime|grad")}
        methods = [method for owner in self.program.code.classes for method in owner.methods.values() if owner.value is function.owner]
        others = [each for each in self.program.code.functions + methods if len(each.needed) == 1 and (each is not function or flags)]
        points = np.array([[-1.3, -0.4], [0.6, 1.7]])
        try:
            made = np.asarray(self.callable(function)(points.copy(), **flags), dtype=float)
        except (Exception, TimeUp):
            return False
        said = named(function.name)
        for each in others + ([said] if said is not None else []):
            try:
                call = USUAL[each][0] if each is said else self.callable(each)
                slope = (np.asarray(call(points + 1e-5), dtype=float) - np.asarray(call(points - 1e-5), dtype=float)) / 2e-5
                of_output = np.asarray(self.callable(function)(call(points.copy()), **flags), dtype=float)
            except (Exception, TimeUp):
                continue
            if slope.shape == made.shape == points.shape and np.ptp(slope) > 1e-6 and (np.allclose(slope, made, rtol=1e-5, atol=1e-7) or not given_right and of_output.shape == slope.shape and np.allclose(slope, of_output, rtol=1e-5, atol=1e-7)):
                return True
        return False

    def callable(self, function):
        """The function, or the method on a copy of the network: asking it must change nothing."""
        if not function.bound:
            return function.target
        return function.target.__get__(where.duplicate(self.program.roots["self"]))

    def values_like(self, event):
        """Values of the forward pass with the shape of an event; for single numbers all that came before it."""
        if np.size(event.value) > 1:
            return [each.value for each in self.forward if each.value.shape == event.value.shape]
        return [each.value for each in self.events[:event.order] if isinstance(each.value, np.ndarray) and each.value.shape == np.shape(event.value)][-200:]

    def returned(self, event, name):
        """What the call in which a value was computed returned: the next return of the function of that name."""
        for each in self.events[event.order:event.order + 80]:
            site = self.recorder.sites[each.site]
            if site.kind == "return" and site.function.split(".")[-1] == name and (each is not event or site.number == event.site):
                if each is event and self.recorder.sites[event.site].function.split(".")[-1] != name:
                    continue
                return each
        return None


def says_output(function):
    """Whether a derivative calls what it is given an output, `sigmoid_derivative(neuron_out)`: then it is to take A."""
    return function is not None and re.match(r"^[a-z]*out(put)?s?$|^activ(ation|ated)s?$", names.plain(function.needed[0])) is not None
