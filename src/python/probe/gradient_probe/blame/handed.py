"""Which call hands a right function what belongs elsewhere: another layer's values, or the error of a layer with another activation."""

import ast

import numpy as np

from ..bind.activations import USUAL
from ..common import names
from ..common.arrays import is_array, same, same_direction
from ..common.syntax import walk


class Handed:
    """Part of a Localizer."""

    def handed_another(self, broken, rule):
        """(function, line, file, sentence) of the call that hands another layer's values to a helper which is right for its own layer; None where nothing proves that."""
        given = self.handed_value(broken) or (self.of_another_kind(broken) if rule in ("activation-derivative", "mask", "loss-derivative") else None) or (self.of_another_layer(broken) if rule in ("activation-derivative", "mask") else None)
        if given is not None:
            return given
        event, site = broken.event, self.recorder.sites[broken.event.site]
        wrong = {each.key for each in broken.events}
        others = [each for each in self.events[self.start:] if each.site == event.site and each.key not in wrong and is_array(each.value)]
        name = site.function.split(".")[-1]
        steps = {step.function.name for step in self.program.steps}
        if name in steps or not others or event.caller is None or not is_array(event.value):
            return None
        if rule == "shape" and min(event.value.shape) > 0 and event.value.size > 1 and any(each.value.shape == event.value.shape for each in others):
            # a gradient with the shape of another layer's: only who has all layers' caches can have given it
            caller = self.outermost(event, name, steps)
            return None if caller is None else caller + ("%s is right by itself, but is given another layer's values here: what it gives is %s where %s is meant." % (name, event.value.shape, np.shape(broken.truth)),)
        if rule == "activation-derivative" and any(self.right_there(each) for each in others) and event.caller[2] in self.program.code.trees and all(each.caller is not None and each.caller[:2] != event.caller[:2] for each in others):
            # elementwise, and right for another layer: this layer has another activation, or other values belong here
            return event.caller + ("%s is right for the layer that it fits, but not with what it is given here: this layer has another activation, or other values belong to it." % name,)
        return None

    def handed_value(self, broken):
        """(function, line, file, sentence) of the call that hands a value of the forward pass to where a derivative is meant: `…_backward(AL, cache)` for dAL."""
        event, name = broken.event, self.recorder.sites[broken.event.site].function.split(".")[-1]
        for _ in range(4):
            function = self.function_called(name)
            call = self.call_of(event, name)
            at = next((index for index, each in enumerate(function.arguments) if names.is_upstream(each)), None) if function is not None else None
            if at is None or call is None or at >= len(call.args) or len(function.arguments) < 2:
                # the only argument of a slope is what it is taken at, whatever it is called
                return None
            given = getattr(call.args[at], "id", "")
            if names.is_name(given, names.AL_NAMES + "|" + names.Y_NAMES) and not names.is_upstream(given) and not names.is_gradient(given):
                last = next((each for each in reversed(self.checks) if each.leaf.kind == "b"), None)
                if any(each.leaf.name == self.top and each.agrees for each in self.checks) or last is not None and last.agrees and len(last.entries) > 1:
                    # softmax_backward(AL, Y) may subtract the targets itself; a penalty may be all that is wrong with its weights
                    return None
                return tuple(event.caller) + ("%s is given %s where %s is meant, the derivative of the loss by it." % (name, given, function.arguments[at]),)
            if not names.is_upstream(given):
                return None
            name = event.caller[0]
            event = self.returned(event, name)
        return None

    def of_another_kind(self, broken):
        """The same for a layer whose error goes through the backward function of another activation: `relu_backward(dA, cache)` under a sigmoid, right for what its name says."""
        event, name = broken.event, self.recorder.sites[broken.event.site].function.split(".")[-1]
        base = next((each for each in USUAL if each in names.plain(name)), None)
        (first, after), g = self.near(broken), self.activation(broken) or self.softmax(broken)
        if base is None or g in (None, base) or after is None or not self.activates(name) or event.caller is None or event.caller[2] not in self.program.code.trees:
            return None
        # under a softmax, which is none of each entry alone, it is no matter what is handed down, A - Y say
        given = [each.value for each in self.events[self.start:] if is_array(each.value) and each.order < event.order and each.value.shape == first.value.shape] if g == "softmax" else []
        if not any(same_direction(each * USUAL[base][1](first.value), event.value) for each in [after.derivative] + given):
            return None
        caller = event.caller
        further = self.returned(event, caller[0])
        if further is not None and (self.asked_for(base, caller) or self.says(base, self.call_of(further, caller[0]))):
            # the branch is right: who asked for it is not
            caller = further.caller if further.caller is not None and further.caller[2] in self.program.code.trees else caller
        return tuple(caller) + ("%s is right for %s, but the activation of this layer is %s." % (name, base, g),)

    def of_another_layer(self, broken):
        """The same for an activation that is handed the Z of another layer, or what comes down to another, by who has those of all: `caches[l - 1]` for `caches[l]`, `dAL` for `dA`."""
        event, name = broken.event, self.recorder.sites[broken.event.site].function.split(".")[-1]
        first, after = self.near(broken)
        alone = self.activates(name)
        base = next((each for each in USUAL if each in names.plain(name)), None) if alone else self.activation(broken) if self.of_one_layer(name) else None
        if base not in USUAL or after is None:
            return None
        # what does more than an activation may itself have taken another Z
        others = [each.value for each in self.forward if alone and each.value.shape == first.value.shape and not any(same(each.value, one.value) for one in (first, after))]
        slope = USUAL[base][1](first.value)
        above = [each.derivative for each in self.forward if each.value.shape == first.value.shape and not any(same_direction(each.derivative, one.derivative) for one in (first, after))]
        if not any(same_direction(after.derivative * USUAL[base][1](Z), event.value) for Z in others) and not any(same_direction(dA, event.value) or same_direction(dA * slope, event.value) for dA in above):
            return None
        caller = self.outermost(event, name, {step.function.name for step in self.program.steps})
        return None if caller is None else caller + ("%s is right by itself, but is given the values of another layer here." % name,)

    def of_one_layer(self, name):
        """Whether a function is handed the derivative of one layer, and knows no other."""
        function = self.function_called(name)
        return function is not None and name not in {step.function.name for step in self.program.steps} and len(function.arguments) > 1 and names.is_upstream(function.arguments[0]) and not any(isinstance(each, (ast.For, ast.While)) for each in walk(function.node))

    def asked_for(self, base, caller):
        """Whether a line stands in a branch for an activation: `if activation == "relu":`."""
        _, line, file = caller
        branches = [each for each in walk(self.program.code.trees[file]) if isinstance(each, ast.If) and each.body[0].lineno <= line <= each.body[-1].end_lineno]
        return any(self.says(base, each.test) for each in branches)

    @staticmethod
    def says(base, node):
        """Whether a condition or a call has the name of an activation in a text."""
        return node is not None and any(base in names.plain(each.value) for each in walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str))

    def outermost(self, event, name, steps):
        """The call inside a function of the check through which an event came about."""
        for _ in range(4):
            if event is None or event.caller is None or event.caller[2] not in self.program.code.trees:
                return None
            if event.caller[0] in steps:
                return tuple(event.caller)
            name = event.caller[0]
            event = self.returned(event, name)
        return None
