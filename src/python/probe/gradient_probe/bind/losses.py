"""Losses as classes or as pairs of functions: their value and their derivative, for a network whose backward pass is given that derivative."""

import ast
import dis

import numpy as np

from ..common import names
from ..common.syntax import walk
from . import parameters as where


class Loss:
    """Their loss and its derivative, as functions or as methods of one class; the orders of arguments by their names."""

    #: its value is in the file, not its derivative alone
    known = True

    def __init__(self, cost, gradient, owner=None, both=False, made_of_targets=False):
        self._cost, self._gradient, self._maker, self._both = cost, gradient, owner and owner.value, both
        self._starts, self._hands_to = (starts(owner), hands_to(owner, gradient)) if owner is not None else ([], [])
        #: Loss(y_true): its methods are given the prediction alone
        self._made_of_targets = made_of_targets

    def instance(self, Y):
        """One of theirs, ready: what it counts over an epoch begins at 0, and what it would hand its derivative to is there."""
        if self._maker is None:
            return None
        made = self._maker(Y) if self._made_of_targets else self._maker()
        for start in self._starts:
            start.target(made)
        for key in self._hands_to:
            setattr(made, key, Taker())
        return made

    def call(self, function, instance, AL, Y):
        targets = target_argument(function)
        arguments = [Y if name == targets else AL for name in function.arguments if name == targets or name not in function.defaults]
        return function.target(*([instance] if function.bound else []), *arguments)

    def cost(self, AL, Y):
        instance = self.instance(Y)
        out = self.call(self._cost, instance, AL, Y)
        if out is None and instance is not None:
            out = next((getattr(instance, each) for each in ("loss", "cost", "value") if getattr(instance, each, None) is not None), None)
        if isinstance(out, tuple) and not self._both:
            # return accuracy, loss
            return next((value for name, value in zip(self._cost.returned, out) if name and names.like_name(name, names.COST)), out)
        return out[0] if self._both else out

    def first(self):
        """What the derivative calls the prediction."""
        return next((each for each in self._gradient.arguments if each != target_argument(self._gradient)), None)

    def handed(self, made, instance, AL):
        """What the loss computed itself and its derivative wants: the probabilities that it returns, or keeps as its output or as that of its softmax."""
        if isinstance(made, tuple) and self.first() in self._cost.returned and len(self._cost.returned) == len(made):
            return np.array(made[self._cost.returned.index(self.first())])
        parts = [value for _, value in where.attributes(instance) if where.is_object(value)] if instance is not None else []
        kept = [getattr(each, "output", None) for each in [instance] + parts]
        return next((each.copy() for each in kept if isinstance(each, np.ndarray) and each.shape == np.shape(AL) and not np.array_equal(each, AL)), AL)

    def gradient(self, AL, Y):
        instance = self.instance(Y)
        made = None
        if self._cost is not self._gradient and (self._maker is not None or self.first() in self._cost.returned):
            made = self.call(self._cost, instance, AL, Y)
        out = self.call(self._gradient, instance, self.handed(made, instance, AL), Y)
        if self._both:
            return out[1]
        taken = next((getattr(instance, key).taken for key in self._hands_to), None)
        if taken is not None:
            return taken
        return result_of(out, instance, ("dinputs", "dinput", "grad", "gradient", "dx", "dA"), getattr(instance, self._gradient.name, None), np.shape(AL))


class Staged(Loss):
    """A last layer with its loss in three steps: forward(Z) makes the prediction, get_loss(Y) the cost of it, and backward() has what both kept."""

    def __init__(self, forward, cost, gradient, owner):
        Loss.__init__(self, cost, gradient, owner)
        self._forward = forward

    def told(self, AL, Y):
        """(an instance that went forward, its cost)"""
        made = self.instance(Y)
        self._forward.target(made, AL)
        return made, self._cost.target(made, Y)

    def cost(self, AL, Y):
        return self.told(AL, Y)[1]

    def gradient(self, AL, Y):
        made, _ = self.told(AL, Y)
        return self._gradient.target(made)


class Taker:
    """In place of the network that a loss sends its derivative to: keeps it."""

    taken = None

    def backward(self, above, *rest):
        self.taken = above


def hands_to(owner, gradient):
    """Attributes that a loss calls `backward` of with its derivative, where its constructor leaves them empty: self.model.backward(grads)."""
    init = owner.methods.get("__init__")
    empty = {name for name, value in (init.defaults if init is not None else {}).items() if getattr(value, "value", True) is None}
    called = [each.func.value for each in gradient.calls if getattr(each.func, "attr", "") == "backward" and each.args]
    return [each.attr for each in called if isinstance(each, ast.Attribute) and getattr(each.value, "id", "") == "self" and each.attr in empty]


def starts(owner):
    """Methods that set counters which the others add to, and the constructor does not set: new_pass() of a loss that is summed over the batches of an epoch."""
    kept = lambda method, kind: {one.attr for each in walk(method.node) if isinstance(each, kind) for one in (each.targets if isinstance(each, ast.Assign) else [each.target]) if isinstance(one, ast.Attribute)}
    made = kept(owner.methods["__init__"], ast.Assign) if "__init__" in owner.methods else set()
    added = {name for method in owner.methods.values() for name in kept(method, ast.AugAssign)}
    return [each for each in owner.methods.values() if needs_nothing(each) and each.name != "__init__" and kept(each, ast.Assign) and kept(each, ast.Assign) <= added - made]


def losses(code):
    out = []
    found = {names.plain(each.name): each for each in code.functions}
    for name, each in found.items():
        if names.like_name(name, names.COST) and len(asked(each)) == 2:
            primes = [found[other] for other in found if other != name and names.like_name(other, names.DERIVATIVE + "|gradient|^d")]
            # cross_entropy_backward of cross_entropy_with_softmax, where it is the only one of a loss
            alone = [one for one in primes if names.like_name(one.name, names.COST) and two_sided(one)]
            prime = next((one for one in primes if names.plain(one.name).startswith(name) or names.plain(one.name).endswith(name)), alone[0] if len(alone) == 1 else None)
            if prime is not None:
                out.append((Loss(each, prime), [each, prime]))
            elif len(each.returned) == 2 and any(one and of_prediction(one) for one in each.returned):
                out.append((Loss(each, each, both=True), [each]))
    for owner in code.classes:
        for name, each in owner.methods.items():
            prime = next((owner.methods[other] for other in owner.methods if other != name and other.startswith(name.rstrip("_")) and names.like_name(other, names.DERIVATIVE + "|delta")), None)
            if names.like_name(name, names.COST) and prime is not None and two_sided(each) and two_sided(prime) and not used_of_self(each) and not used_of_self(prime):
                out.append((Loss(each, prime, None), [each, prime]))
        cost = next((owner.methods[each] for each in ("calculate", "loss", "forward", "compute", "__call__", "cost", "calc", "call", "eval", "evaluate") if each in owner.methods and two_sided(owner.methods[each])), None)
        cost = cost or next((each for name, each in owner.methods.items() if names.like_name(name, names.COST) and not names.like_name(name, names.DERIVATIVE) and two_sided(each)), None)
        # backward(self) has what forward(AL, Y) kept
        back = next((owner.methods[each] for each in ("backward", "gradient", "grad", "derivative", "prime", "backprop", "loss_prime") if each in owner.methods and (two_sided(owner.methods[each]) or needs_nothing(owner.methods[each]))), None)
        back = back or next((each for name, each in owner.methods.items() if each is not cost and names.like_name(name, names.BACKWARD) and (two_sided(each) or needs_nothing(each))), None)
        init = owner.methods.get("__init__")
        kept = cost is not None and back is not None and (two_sided(back) or used_of_self(cost))
        if kept and (init is None or needs_nothing(init)):
            out.append((Loss(cost, back, owner), [cost, back]))
        needed = init.needed if init is not None else []
        forward, backward = owner.methods.get("forward"), owner.methods.get("backward")
        of_targets = next((each for name, each in owner.methods.items() if names.like_name(name, names.COST) and len(each.needed) == 1 and names.holds_targets(each.needed[0])), None)
        if not needed and of_targets is not None and forward is not None and len(forward.needed) == 1 and backward is not None and needs_nothing(backward):
            out.append((Staged(forward, of_targets, backward, owner), [forward, of_targets, backward]))
        if len(needed) == 1 and names.holds_targets(needed[0]) and forward is not None and backward is not None and needs_nothing(backward) and names.like_name(owner.name, names.COST):
            out.append((Loss(forward, backward, owner, made_of_targets=True), [forward, backward]))
    return out


def of_prediction(name):
    """Whether a name is that of a derivative by the prediction: dscores, dprediction, grad."""
    return names.is_gradient(name) or names.is_name(name, names.GRAD_NAMES) or name in ("dx", "dscores", "dout", "dlogits") or name.startswith("d") and names.is_name(name[1:], names.AL_NAMES)


def target_argument(function):
    """The argument of a loss that is the targets: by its name; of two such names not the one of a prediction, `loss(y, t)`; without any the second one."""
    needed = asked(function)
    named = [each for each in needed if names.is_name(each, names.Y_NAMES)]
    if len(named) > 1:
        named = [each for each in named if each != "y" and not names.is_name(each, names.AL_NAMES)] or named
    others = [each for each in needed if not names.is_name(each, names.AL_NAMES)]
    return named[0] if named else (others or [None])[-1] if len(needed) == 2 else None


def asked(function):
    """Arguments without a default that a loss reads: what it was given for an earlier version of itself is any array."""
    return [each for each in function.needed if any(isinstance(one, ast.Name) and one.id == each for one in walk(function.node))] if len(function.needed) > 2 else function.needed


def used_of_self(function):
    return any(isinstance(each, ast.Name) and each.id == "self" for each in walk(function.node))


def needs_nothing(function):
    return all(each in function.defaults for each in function.arguments)


def two_sided(function):
    needed = asked(function)
    return len(needed) == 2 and any(names.is_name(each, names.Y_NAMES) for each in needed)


def result_of(value, holder, attributes, method=None, shape=None):
    """What a method returns; where that is nothing, what it keeps: under one of these names, else the last array it assigns (of this shape)."""
    if value is not None:
        return value
    for name in attributes:
        if isinstance(getattr(holder, name, None), np.ndarray):
            return getattr(holder, name)
    # what it only reads is what it was given before
    for name in reversed([each.argval for each in dis.get_instructions(method) if each.opname == "STORE_ATTR"] if hasattr(method, "__code__") else []):
        kept = getattr(holder, name, None)
        if isinstance(kept, np.ndarray) and shape in (None, np.shape(kept)):
            return kept
    raise ValueError("%s returns nothing" % type(holder).__name__)
