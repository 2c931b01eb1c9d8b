"""Layers as classes (Dense, ReLU, …), and as pairs of functions beside them: put together into a small network."""

import ast
import inspect
import types

import numpy as np

from ..bind import parameters as where
from ..bind.activations import called_as, is_derivative
from ..bind.binding import Attempt, random_state
from ..bind.losses import losses, result_of
from ..bind.pool import Pool, Sizes
from ..bind.usage import use_of
from ..bind.worded_layers import kinds
from ..common import names
from ..common.data import RATE
from ..common.syntax import walk
from ..source.data_classes import fields
from ..source.functions import Function
from . import layer_calls
from . import pair_layers
from . import unbuilt
from .layer_losses import none_of_theirs, takes_classes


class Part:
    """One link: an instance of theirs with forward and backward, or a pair of their functions. `calls`: how these are called; None where they take the one argument."""

    def __init__(self, layer, calls=None):
        self.layer = layer
        self.calls = calls

    def forward(self, x):
        out = self.layer.forward(x) if self.calls is None else layer_calls.run_forward(self.layer, self.calls, x)
        self.layer._shape_of_input = np.shape(x)
        return result_of(out, self.layer, ("output", "outputs", "out", "A", "a", "y", "Z", "z", "activation"), self.layer.forward)

    def backward(self, grad, rate, x):
        out = self.layer.backward(grad) if self.calls is None else layer_calls.run_backward(self.layer, self.calls[1], grad, x, rate)
        if isinstance(out, tuple):
            out = self.apart(out)
        return result_of(out, self.layer, ("dinputs", "dinput", "dX", "dx", "dA_prev", "dinputs_", "grad_input", "input_gradient", "dA"), self.layer.backward, self.layer._shape_of_input)

    def apart(self, out):
        """The upstream derivative among what backward returned: the first, or the first of the input's shape; the gradients beside it are kept as the layer's."""
        # gradients of its parameters may come as a list of their own: return [dW, db], dx
        out = [one for each in out for one in (each if isinstance(each, (list, tuple)) else [each])]
        above = next((each for each in out if np.shape(each) == self.layer._shape_of_input), out[0])
        for each in out:
            if isinstance(each, dict) and each:
                # under the keys of the parameters: {"w": dw, "b": db}
                self.layer.grads = each
        rest = [each for each in out if each is not above and isinstance(each, np.ndarray)]
        for key, value in where.attributes(self.layer):
            same = next((each for each in rest if isinstance(value, np.ndarray) and np.shape(each) == value.shape), None)
            if same is not None and (names.is_weight(key) or names.is_bias(key)):
                setattr(self.layer, "d" + key, same)
                rest = [each for each in rest if each is not same]
        return above


class Chain:
    """The network made of parts; its methods are bound like those of a class of theirs."""

    def __init__(self, layers, loss):
        self.layers = layers
        self._calls = [getattr(each, "_calls", None) for each in layers]
        self._given = []
        self._loss = loss

    def forward(self, X):
        self._given = []
        for layer, calls in zip(self.layers, self._calls):
            self._given.append(X)
            X = Part(layer, calls).forward(X)
        return X

    def cost(self, AL, Y):
        return self._loss.cost(AL, Y)

    def backward(self, AL, Y, learning_rate):
        grad = self._loss.gradient(AL, Y)
        for layer, calls, x in reversed(list(zip(self.layers, self._calls, self._given))):
            grad = Part(layer, calls).backward(grad, learning_rate, x)


def chains(code, setting):
    """(Chain, the functions of each of its parts) for what the file has: dense + activation + dense (+ activation) + loss."""
    sizes = setting.sizes
    pool = Pool(code, sizes, setting.data().values(), {"rate": RATE, "m": setting.m})
    dense, activations = dense_parts(code, sizes), activation_parts(code)
    # a softmax or sigmoid on top, and none, where the loss has it already
    tops = activation_parts(code, True) + [(None, [])]
    for make, source in dense:
        for loss, loss_source in losses(code) or none_of_theirs(code):
            for (hidden, hidden_source), (top, top_source) in [(one, two) for one in activations or [(None, [])] for two in tops]:
                try:
                    first = make(sizes.dims[0], sizes.dims[1])
                    last = make(sizes.dims[1], sizes.dims[-1])
                    layers = [first] + ([hidden()] if hidden is not None else []) + [last] + ([top()] if top is not None else [])
                except Exception:
                    continue
                yield Chain(layers, loss), [each for part in (source, hidden_source, top_source, loss_source) for each in part]


def used(owner, argument):
    """How the methods of a class use what its constructor was given: 'called', 'subscripted' or 'given'."""
    return next((use for use in [called_as(each.node, argument) for each in owner.methods.values()] if use != "given"), "given")


def layer_classes(code):
    for owner in code.classes:
        forward, backward = layer_calls.passes(owner)
        if forward is not None and backward is not None and not inspect.isabstract(owner.value) and all(layer_calls.calls_of(forward, backward)):
            yield owner, forward, backward


def renamed(made, forward, backward):
    """An instance whose methods are called forward and backward, that says how, and whose learning rate, where it keeps one, is ours."""
    for key, value in where.attributes(made):
        if names.is_rate(key) and isinstance(value, float):
            object.__setattr__(made, key, RATE)
    if forward.name != "forward":
        made.forward = getattr(made, forward.name)
    if backward.name != "backward":
        made.backward = getattr(made, backward.name)
    if len(forward.needed) > 1 or len(backward.needed) > 1:
        made._calls = layer_calls.calls_of(forward, backward)
    return made


def ends(wanted, n_in, n_out):
    """{argument: value} of what a constructor wants of a layer's ends: two numbers of units, one shape, or the parameters themselves; None of anything else."""
    if len(wanted) == 1 and names.is_name(wanted[0], r"^(shape|sizes?|dims|(weights?|w)shape)$"):
        return {wanted[0]: (n_in, n_out)}
    if len(wanted) == 2 and names.is_weight(wanted[0]) and names.is_bias(wanted[1]):
        return {wanted[0]: random_state().standard_normal((n_in, n_out)), wanted[1]: np.zeros(n_out)}
    return dict(zip(wanted, (n_out, n_in) if names.is_name(wanted[0], names.NL_NAMES) else (n_in, n_out))) if len(wanted) == 2 else None


def dense_parts(code, sizes):
    out = []
    for owner, forward, backward in layer_classes(code):
        init = owner.methods.get("__init__")
        needed = init.needed if init is not None else fields(owner.value)
        rates = [each for each in needed if names.is_rate(each)]
        numbers = [each for each in needed if each not in rates and not names.like_name(each, "activ|func|name") and used(owner, each) != "called"]
        # `size` is a number of units, unless size[0] and size[1] are asked for
        late = unbuilt.wants_units(numbers) and not (init is not None and use_of(code, init, numbers[0]).listed)
        if not (late or ends(numbers, 1, 1)) or names.like_name(owner.name, "conv|pool|rnn|lstm|norm|network|model"):
            continue

        def make(n_in, n_out, owner=owner, numbers=numbers, rates=rates, needed=needed, forward=forward, backward=backward, init=init, late=late):
            arguments = dict({numbers[0]: n_out} if late else ends(numbers, n_in, n_out), **dict.fromkeys(rates, RATE))
            for each in needed + [each for each, value in (init.defaults if init is not None else {}).items() if getattr(value, "value", True) is None and used(owner, each) == "called"]:
                # relu and its derivative, which another file gives: also where the default is None
                if each not in arguments:
                    value = Pool(code, sizes, {}, {"m": 7, "rate": 0.03}).activation(init, each)
                    if value is None:
                        raise ValueError(each)
                    arguments[each] = value if not isinstance(value, list) else value[0]
            layer = owner.value(**arguments)
            return renamed(unbuilt.built(layer, owner, n_in, n_out) if late or unbuilt.waits(layer, owner) else layer, forward, backward)

        out.append((make, [forward, backward]))
    out += [(make, [forward, backward]) for make, forward, backward in pair_layers.dense(code)]
    return out


def activation_parts(code, top=False):
    """Parts without parameters: for the hidden layer, or those that can stand on top."""
    out = []
    unwanted = "dropout|flatten|reshape|norm|loss|pool" + ("|relu|tanh" if top else "|softmax")
    for owner, forward, backward in layer_classes(code):
        init = owner.methods.get("__init__")
        needed = (init.needed if init is not None else []) or kinds(owner, code)
        for name, make in Pool(code, Sizes([2, 2, 2]), {}, {}).bends(owner) if needed else ():
            if not names.like_name(name, unwanted) and (not top or name in ("sigmoid", "softmax")):
                out.append((lambda make=make, forward=forward, backward=backward: renamed(make(), forward, backward), [forward, backward]))
        if needed or not bare(owner.value) or names.like_name(owner.name, unwanted) or (top and not names.like_name(owner.name, "softmax|sigmoid")):
            continue
        out.append((lambda owner=owner, forward=forward, backward=backward: renamed(owner.value(), forward, backward), [forward, backward]))
    for owner, forward, backward in layer_classes(code) if top else ():
        out += [(lambda make=make, forward=forward, backward=backward: renamed(make(), forward, backward), [forward, backward]) for make in without_derivative(owner, code)]
    for owner in code.classes if top else ():
        init, forward = owner.methods.get("__init__"), owner.methods.get("forward")
        if forward is not None and len(forward.arguments) == 1 and names.like_name(owner.name, "softmax|sigmoid") and not any(names.like_name(each, names.BACKWARD) for each in owner.methods) and (init is None or not init.arguments):
            # its derivative is in that of the loss: prediction less targets
            out.append((lambda owner=owner: passing(owner.value()), [forward]))
    for forward, backward in pair_layers.bends(code) if not top else ():
        out.append((lambda forward=forward, backward=backward: pair_layers.PairLayer(forward, backward), [forward, backward]))
    return out


def bare(kind):
    """Whether a class can be made without arguments; the constructor of a dataclass is written nowhere."""
    try:
        return all(each.default is not each.empty or each.kind in (each.VAR_POSITIONAL, each.VAR_KEYWORD) for each in inspect.signature(kind).parameters.values())
    except (TypeError, ValueError):
        return True


def without_derivative(owner, code):
    """What makes the activation on top by a class that is given functions, and lets the derivative through where it is given none: Activation(softmax, None)."""
    init = owner.methods.get("__init__")
    needed = init.needed if init is not None else []
    open_ = [each for each in (init.arguments if init is not None else []) if is_derivative(each) and any(isinstance(one, ast.Compare) and isinstance(one.ops[0], (ast.Is, ast.Eq)) and isinstance(one.comparators[0], ast.Constant) and one.comparators[0].value is None and each in (getattr(one.left, "id", ""), getattr(one.left, "attr", "")) for method in owner.methods.values() for one in walk(method.node))]
    others = [each for each in needed if each not in open_]
    if len(open_) != 1 or len(others) != 1:
        return []
    return [lambda function=function: owner.value(**{others[0]: function.target, open_[0]: None}) for function in code.functions if function.owner is None and names.like_name(function.name, "softmax|sigmoid") and len(function.arguments) == 1 and not is_derivative(function.name)]


def passing(made):
    made.backward = types.MethodType(lambda self, grad: grad, made)
    return made


def bind(code, recorder, setting, options):
    """(Program, functions) of every chain that runs."""
    here = {name: made(name) for name in ("forward", "cost", "backward")}
    for chain, functions in chains(code, setting):
        if not takes_classes(chain, setting):
            continue
        attempt = Attempt(code, recorder, setting, options)
        try:
            attempt.adopt(chain)
            if not attempt.program.leaves:
                # self.params = [W, b]: the list has the names, its entries have none
                found = where.drawn(where.leaves(chain), [])
                attempt.program.take_leaves([("self",) + each for each in found], random_state())
            if not attempt.program.leaves:
                continue
            attempt.program.settings["composed"] = True
            program = attempt.steps([(role, here[role]) for role in ("forward", "cost", "backward") if role != "cost" or chain._loss.known])
        except Exception as error:
            yield None, error
            continue
        program.chain = functions
        yield program, program.chain


def made(name):
    """A method of Chain as a Function, so that it is planned and called like theirs."""
    target = getattr(Chain, name)
    arguments = {"forward": ["X"], "cost": ["AL", "Y"], "backward": ["AL", "Y", "learning_rate"]}[name]
    node = ast.parse("def %s(self, %s):\n    return None" % (name, ", ".join(arguments))).body[0]
    function = Function(name, target, node, Chain, __file__, True)
    function.loops = False
    return function
