"""Losses as classes or as pairs of functions: their value and their derivative, for a network that is put together of layers."""

import ast

import numpy as np

from ..common import names


class Loss:
    """Their loss and its derivative, as functions or as methods of one class; the orders of arguments by their names."""

    #: its value is in the file, not its derivative alone
    known = True

    def __init__(self, cost, gradient, maker=None, both=False, made_of_targets=False):
        self._cost, self._gradient, self._maker, self._both = cost, gradient, maker, both
        #: Loss(y_true): its methods are given the prediction alone
        self._made_of_targets = made_of_targets

    def instance(self, Y):
        return None if self._maker is None else self._maker(Y) if self._made_of_targets else self._maker()

    def call(self, function, instance, AL, Y):
        arguments = []
        for name in function.arguments:
            if names.is_name(name, names.Y_NAMES):
                arguments.append(Y)
            elif name not in function.defaults:
                arguments.append(AL)
        return function.target(*([instance] if function.bound else []), *arguments)

    def cost(self, AL, Y):
        instance = self.instance(Y)
        out = self.call(self._cost, instance, AL, Y)
        if out is None and instance is not None:
            out = next((getattr(instance, each) for each in ("loss", "cost", "value") if getattr(instance, each, None) is not None), None)
        return out[0] if self._both else out

    def first(self):
        """What the derivative calls the prediction."""
        return next((each for each in self._gradient.arguments if not names.is_name(each, names.Y_NAMES)), None)

    def handed(self, made, instance, AL):
        """What the loss computed itself and its derivative wants: the probabilities that it returns, or keeps as its output."""
        if isinstance(made, tuple) and self.first() in self._cost.returned and len(self._cost.returned) == len(made):
            return np.array(made[self._cost.returned.index(self.first())])
        kept = getattr(instance, "output", None)
        if isinstance(kept, np.ndarray) and kept.shape == np.shape(AL) and not np.array_equal(kept, AL):
            return kept.copy()
        return AL

    def gradient(self, AL, Y):
        instance = self.instance(Y)
        made = None
        if self._cost is not self._gradient and (self._maker is not None or self.first() in self._cost.returned):
            made = self.call(self._cost, instance, AL, Y)
        out = self.call(self._gradient, instance, self.handed(made, instance, AL), Y)
        if self._both:
            return out[1]
        return result_of(out, instance, ("dinputs", "dinput", "grad", "gradient", "dx", "dA"), getattr(instance, self._gradient.name, None), np.shape(AL))


class Outside:
    """In place of a loss, where the file has layers only: half the squared error, whose derivative is the prediction less the targets."""

    known = False

    def __init__(self, sign):
        self._sign = sign

    def gradient(self, AL, Y):
        return self._sign * (AL - np.reshape(Y, np.shape(AL)))


def none_of_theirs(code):
    """Where nothing in the file is named as a cost, the layers alone are looked at; some files hand down the targets less the prediction."""
    every = [each.name for each in code.functions] + [name for owner in code.classes for name in [owner.name] + list(owner.methods)]
    return [] if any(names.like_name(each, names.COST) for each in every) else [(Outside(1.0), []), (Outside(-1.0), [])]


def losses(code):
    out = []
    found = {names.plain(each.name): each for each in code.functions}
    for name, each in found.items():
        if names.like_name(name, names.COST) and len([one for one in each.arguments if one not in each.defaults]) == 2:
            primes = [found[other] for other in found if other != name and names.like_name(other, names.DERIVATIVE + "|gradient|^d")]
            # cross_entropy_backward of cross_entropy_with_softmax, where it is the only one of a loss
            alone = [one for one in primes if names.like_name(one.name, names.COST) and two_sided(one)]
            prime = next((one for one in primes if names.plain(one.name).startswith(name) or names.plain(one.name).endswith(name)), alone[0] if len(alone) == 1 else None)
            if prime is not None:
                out.append((Loss(each, prime), [each, prime]))
            elif len(each.returned) == 2 and any(one and names.is_gradient(one) or one in ("dx", "dscores", "dout", "dlogits") for one in each.returned):
                out.append((Loss(each, each, both=True), [each]))
    for owner in code.classes:
        for name, each in owner.methods.items():
            prime = next((owner.methods[other] for other in owner.methods if other != name and other.startswith(name.rstrip("_")) and names.like_name(other, names.DERIVATIVE)), None)
            if names.like_name(name, names.COST) and prime is not None and two_sided(each) and two_sided(prime) and not used_of_self(each) and not used_of_self(prime):
                out.append((Loss(each, prime, None), [each, prime]))
        cost = next((owner.methods[each] for each in ("calculate", "loss", "forward", "compute", "__call__", "cost", "calc", "call") if each in owner.methods and two_sided(owner.methods[each])), None)
        # backward(self) has what forward(AL, Y) kept
        back = next((owner.methods[each] for each in ("backward", "gradient", "grad", "derivative", "prime", "backprop", "loss_prime") if each in owner.methods and (two_sided(owner.methods[each]) or needs_nothing(owner.methods[each]))), None)
        init = owner.methods.get("__init__")
        if cost is not None and back is not None and (init is None or needs_nothing(init)):
            out.append((Loss(cost, back, owner.value), [cost, back]))
        needed = [each for each in init.arguments if each not in init.defaults] if init is not None else []
        forward, backward = owner.methods.get("forward"), owner.methods.get("backward")
        if len(needed) == 1 and names.holds_targets(needed[0]) and forward is not None and backward is not None and needs_nothing(backward) and names.like_name(owner.name, names.COST):
            out.append((Loss(forward, backward, owner.value, made_of_targets=True), [forward, backward]))
    return out


def used_of_self(function):
    return any(isinstance(each, ast.Name) and each.id == "self" for each in ast.walk(function.node))


def needs_nothing(function):
    return all(each in function.defaults for each in function.arguments)


def two_sided(function):
    needed = [each for each in function.arguments if each not in function.defaults]
    return len(needed) == 2 and any(names.is_name(each, names.Y_NAMES) for each in needed)


def result_of(value, holder, attributes, method=None, shape=None):
    """What a method returns; where that is nothing, what it keeps: under one of these names, else the last array it assigns (of this shape)."""
    if value is not None:
        return value
    for name in attributes:
        if isinstance(getattr(holder, name, None), np.ndarray):
            return getattr(holder, name)
    for name in reversed(getattr(getattr(method, "__code__", None), "co_names", ())):
        # co_names has the attributes in the order in which the method first names them
        kept = getattr(holder, name, None)
        if isinstance(kept, np.ndarray) and shape in (None, np.shape(kept)):
            return kept
    raise ValueError("%s returns nothing" % type(holder).__name__)


def takes_classes(chain, setting):
    """Whether the loss means the targets as they lie here: no number that only NumPy's broadcasting gives, because a loss of one output is given several.
    Labels 0, 1, 2 in another order, with the prediction in the same, make no difference; targets alone in another order make one."""
    data, outputs = setting.data(), setting.sizes.nL
    if not chain._loss.known:
        return setting.form == "same"
    if outputs == 1 or not setting.rows:
        return True
    order = np.roll(np.arange(outputs), 1)
    AL = np.random.RandomState(7).uniform(0.1, 0.9, (data.m, outputs))
    try:
        before = np.sum(chain.cost(AL.copy(), data.Y.copy()))
        if data.Y.size == data.m:
            moved = np.empty_like(AL)
            moved[:, order] = AL
            return bool(np.allclose(before, np.sum(chain.cost(moved, order[data.Y.astype(int)].astype(data.Y.dtype)))))
        return data.Y.shape == AL.shape and not np.allclose(before, np.sum(chain.cost(AL.copy(), data.Y[:, order].copy())))
    except Exception:
        return True
