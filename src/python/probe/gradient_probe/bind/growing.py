"""Networks that are built by calls: `net.dense(8)`, `net.add_layer(4, 3, "relu")`, once for every layer."""

import ast
import inspect

from .usage import use_of


def grow(owner, made, pool):
    """Calls the method that adds a layer once for each; False where the class has none."""
    for method in owner.methods.values():
        sized = [each for each in method.arguments if use_of(pool.code, method, each).sized]
        if method.name == "__init__" or not sized or len(sized) > 2 or not adds(method):
            continue
        dims = pool.sizes.dims
        for layer in range(1, len(dims)):
            widths = dict(zip(sized, dims[layer - 1:layer + 1] if len(sized) == 2 else [dims[layer]]))
            rest = {name: getter(pool) for name, getter in pool.plan(method, "init") if name not in widths}
            if layer == len(dims) - 1:
                rest.update({name: last_of(pool, value) for name, value in rest.items() if isinstance(value, str)})
            bound = method.target.__get__(made) if inspect.isfunction(method.target) and method.bound else method.target
            bound(**dict(rest, **widths))
        return True
    return False


def adds(method):
    """Whether a method puts something into a list or a dict of its object."""
    for each in ast.walk(method.node):
        if isinstance(each, ast.Call) and getattr(each.func, "attr", "") in ("append", "extend") and of_self(each.func.value):
            return True
        if isinstance(each, ast.Subscript) and isinstance(each.ctx, ast.Store) and of_self(each.value):
            return True
    return False


def of_self(node):
    return isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "self"


def last_of(pool, value):
    """The activation of the output layer, where the code has one that only an output layer has."""
    return next((each for each in ("softmax", "sigmoid") if each in pool.code.strings), value) if value in ("relu", "tanh", "sigmoid", "leaky_relu") else value
