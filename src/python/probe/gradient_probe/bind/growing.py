"""Networks that are built by calls: `net.dense(8)`, `net.add_layer(4, 3, "relu")`, `net.add(Layer(4, 3))`, once for every layer."""

import ast
import functools
import inspect

from ..common import names
from ..common.syntax import walk
from .objects import class_with, of_self, read_of_kept
from .usage import use_of


#: Names of one argument that has both ends of a layer.
SHAPE = r"^(layer|weights?|w)?(shape|dims?|dimensions?|sizes?)$"


def adder(owner, code):
    """(method, arguments): what adds a layer, and its numbers of units; None where the class has none."""
    return next(iter(adders(owner, code)), None)


def adders(owner, code):
    """Every such method of a class."""
    for method in owner.methods.values():
        sized = [each for each in method.arguments if use_of(code, method, each).sized] or [each for each in method.arguments if each not in method.defaults and (listed(method, each) or names.is_name(each, SHAPE) and not names.like_name(method.name, names.TRAIN) and use_of(code, method, each).listed)][:1]
        if method.name != "__init__" and sized and len(sized) <= 2 and adds(method):
            yield method, sized


def in_turn(owner, pool):
    """[(method, numbers of units by argument)] of the calls that make the network: for the input and the output by methods of their own, where it has such: add_input_layer, add_hidden_layer, add_output_layer."""
    every, dims = list(adders(owner, pool.code)), pool.sizes.dims
    of = lambda end: next((each for each in every if names.like_name(each[0].name, end)), None)
    first, last = of("input"), of("output")
    inner = next((each for each in every if each not in (first, last)), last or first) if every else None
    calls = [(first[0], {first[1][0]: dims[0]})] if first is not None and first is not inner and len(first[1]) == 1 else []
    for layer in range(1, len(dims)) if inner is not None else ():
        method, sized = last if layer == len(dims) - 1 and last is not None else inner
        # add_layer((2, 9)) has both in one
        ends = tuple(dims[layer - 1:layer + 1])
        calls.append((method, dict(zip(sized, ends if len(sized) == 2 else [ends if use_of(pool.code, method, sized[0]).listed else dims[layer]]))))
    return calls


@functools.lru_cache(maxsize=None)
def taker(owner, code):
    """(method, argument, class of theirs, attribute): what puts a layer that it is given into a list of the network; None where the class has none."""
    for method in owner.methods.values():
        required = method.needed
        for each in walk(method.node) if method.name != "__init__" and len(required) == 1 else ():
            if isinstance(each, ast.Call) and getattr(each.func, "attr", "") == "append" and of_self(each.func.value) and [getattr(one, "id", "") for one in each.args] == required:
                made = class_with(code, *read_of_kept(owner, each.func.value.attr), owner.value)
                if made is not None:
                    return method, required[0], made, each.func.value.attr
    return None


def from_outside(owner, code):
    """Whether the network gets its layers by calls that nothing in its class makes."""
    found, init = taker(owner, code) or adder(owner, code), owner.methods.get("__init__")
    return found is not None and not any(found[0].name in each.callees for each in owner.methods.values()) and not any(names.is_name(each, names.DIMS_NAMES) for each in (init.arguments if init is not None else ()))


def grow(owner, made, pool):
    """Calls the method that adds a layer once for each; False where the class has none."""
    taking = taker(owner, pool.code)
    if taking is not None:
        for each in pool.chain_of(taking[2], (owner.methods.get("__init__", taking[0]).title, taking[1]), set().union(*read_of_kept(owner, taking[3])), owner.value)(pool):
            getattr(made, taking[0].name)(**{taking[1]: each})
        return True
    calls = in_turn(owner, pool)
    for method, widths in calls:
        rest = {name: getter(pool) for name, getter in pool.plan(method, "init") if name not in widths}
        if (method, widths) == calls[-1]:
            default = {name: each.value for name, each in method.defaults.items() if isinstance(each, ast.Constant)}
            rest.update({name: last_of(pool, value) for name, value in dict(default, **rest).items() if isinstance(value, str) and last_of(pool, value) != value})
        bound = method.target.__get__(made) if inspect.isfunction(method.target) and method.bound else method.target
        bound(**dict(rest, **widths))
    return bool(calls)


def listed(method, argument):
    """`self.layer_units.append(units)`: a number of units that is kept until the weights are made."""
    return bool(set(names.words(argument)) & names.COUNTS) and any(isinstance(each, ast.Call) and getattr(each.func, "attr", "") == "append" and of_self(each.func.value) and [getattr(one, "id", "") for one in each.args] == [argument] for each in walk(method.node))


def adds(method):
    """Whether a method puts something into a list or a dict of its object, which it has not just begun: `self.parameters = {}` begins the whole network."""
    begun = {target.attr for each in walk(method.node) if isinstance(each, ast.Assign) and ast.unparse(each.value) in ("{}", "[]", "dict()", "list()") for target in each.targets if of_self(target)}
    for each in walk(method.node):
        if isinstance(each, ast.Call) and getattr(each.func, "attr", "") in ("append", "extend") and of_self(each.func.value) and each.func.value.attr not in begun:
            return True
        if isinstance(each, ast.Subscript) and isinstance(each.ctx, ast.Store) and of_self(each.value) and each.value.attr not in begun:
            return True
    return False


def last_of(pool, value):
    """The activation of the output layer, where the code has one that only an output layer has."""
    wanted = ("softmax", "sigmoid") if pool.sizes.nL > 1 else ("sigmoid", "softmax")
    return next((each for each in wanted if each in pool.code.strings), value) if value in ("relu", "tanh", "sigmoid", "leaky_relu") else value
