"""Activations and the cost of a helper module that is not beside the file (`from dnn_utils import sigmoid, relu_backward`): what those names mean everywhere."""

import ast
import re

import numpy as np

from ..common import names
from ..common import subscripts
from ..common.syntax import walk
from . import course
from . import one_hot
from .stubs import REAL, Stub


def sigmoid(Z):
    return 1.0 / (1.0 + np.exp(-Z))


def relu(Z):
    return np.maximum(0, Z)


def sigmoid_backward(dA, cache):
    """dZ of a layer whose cache is its Z."""
    A = sigmoid(cache)
    return dA * A * (1 - A)


def relu_backward(dA, cache):
    """dZ of a layer whose cache is its Z."""
    return np.where(cache > 0, dA, 0.0)


def tanh_backward(dA, cache):
    """dZ of a layer whose cache is its Z."""
    return dA * (1 - np.tanh(cache) ** 2)


def cross_entropy(A, Y):
    """Mean binary cross-entropy of predictions and targets (1, m): compute_cost of the course's helpers, which has no other term."""
    return -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / np.shape(Y)[1]


def no_score(*_, **__):
    """In place of how many predictions are right: printed beside the cost, and no part of it."""
    return 0.0


def softmax(axis):
    def of(Z):
        e = np.exp(Z - np.max(Z, axis=axis, keepdims=True))
        return e / np.sum(e, axis=axis, keepdims=True)

    return of


def classes_axis(name, tree):
    """The axis along which the units of `softmax(Z)` lie: 0 after W · A, the last after A · W; None where the file does not show it."""
    arguments = [each.args[0] for each in walk(tree) if isinstance(each, ast.Call) and getattr(each.func, "id", getattr(each.func, "attr", "")) == name and each.args]
    given = {getattr(each, "id", None) for each in arguments}
    made = [each.value for each in walk(tree) if isinstance(each, ast.Assign) and getattr(each.targets[0], "id", None) in given - {None}]
    own, every = sides(made + arguments), set(sides([tree]))
    # of softmax(z[-1]), where each product of the file has its weights on the same side
    return own[0] if own else every.pop() if len(every) == 1 else None


def sides(nodes):
    """For each product with weights, 0 where they stand first, W · A, and -1 where they stand last, A · W."""
    out = []
    for one in [one for each in nodes for one in walk(each)]:
        pair = [one.left, one.right] if isinstance(one, ast.BinOp) and isinstance(one.op, ast.MatMult) else product(one)
        weights = [names.is_weight(label(side)) for side in pair]
        if weights in ([True, False], [False, True]):
            out.append(0 if weights[0] else -1)
    return out


def product(node):
    """Both sides of np.dot(a, b), np.matmul(a, b) and a.dot(b); [] for anything else."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr not in ("dot", "matmul"):
        return []
    return list(node.args[:2]) if len(node.args) >= 2 else [node.func.value] + list(node.args)


def label(node):
    """`W1` of W1, W1.T, self.W1 and parameters["W1"]."""
    if isinstance(node, ast.Attribute):
        return label(node.value) if node.attr == "T" else node.attr
    if isinstance(node, ast.Subscript):
        return subscripts.key(node) or label(node.value)
    return getattr(node, "id", "")


FORWARD = {"sigmoid": sigmoid, "relu": relu, "tanh": np.tanh}
BACKWARD = {"sigmoid": sigmoid_backward, "relu": relu_backward, "tanh": tanh_backward}
COURSE = course.made(FORWARD, BACKWARD, cross_entropy)
#: Names of functions that count right predictions.
SCORE = r"accura|correct"
#: The derivatives of the same by what the activation gave.
OF_OUTPUT = {"sigmoid": lambda A: A * (1 - A), "relu": lambda A: np.where(A > 0, 1.0, 0.0), "tanh": lambda A: 1 - A**2}


def find(name, tree):
    """The function of that name as the file uses it: `A, cache = sigmoid(Z)` is given Z as well; None for any other name."""
    plain = names.plain(name)
    if names.like_name(name, SCORE) and plain != "correct":
        return no_score
    if name in COURSE and course.meant(name, COURSE, tree):
        return COURSE[name]
    if plain == "computecost":
        return cross_entropy if part_of_cost(name, tree) else None
    labelled = one_hot.find(name, lambda: set(sides([tree])))
    if labelled is not None:
        return labelled
    stem = re.match(r"^(?:d|backward|deriv(?:ative)?(?:of)?)?(sigmoid|relu|tanh)(?:backward|deriv(?:ative)?|dev|prime|grad(?:ient)?)?$", plain)
    if stem is not None and plain != stem.group(1):
        return derivative(stem.group(1), name, tree)
    axis = classes_axis(name, tree) if plain == "softmax" else None
    function = FORWARD.get(plain) if axis is None else softmax(axis)
    if function is None or not gives_two(name, tree):
        return function
    return lambda Z: (function(Z), Z)


def derivative(stem, name, tree):
    """dZ where it is given dA as well, else the slope at what its one argument is called: Z, or A of the layer; None where the calls do not show it, also those of `self.slope = sigmoid_prime`."""
    called = {name} | {label(one) for each in walk(tree) if isinstance(each, ast.Assign) and getattr(each.value, "id", None) == name for one in each.targets}
    given = [each.args for each in walk(tree) if isinstance(each, ast.Call) and getattr(each.func, "id", getattr(each.func, "attr", "")) in called]
    if {len(each) for each in given} != {1}:
        # relu_backward(dA, cache), wherever it is handed; another name for it is given a derivative
        known = names.plain(name).endswith("backward") or given and all(len(each) == 2 and names.is_upstream(label(each[0])) for each in given)
        return BACKWARD[stem] if known else None
    letters = {label(each[0]).lower()[:1] for each in given}
    if letters == {"z"}:
        return lambda Z: BACKWARD[stem](1.0, Z)
    return OF_OUTPUT[stem] if letters == {"a"} else None


def part_of_cost(name, tree):
    """Whether a cost of the file's own calls it with the prediction and the targets, and adds to it: compute_cost_with_regularization."""
    costs = [each for each in walk(tree) if isinstance(each, ast.FunctionDef) and each.name != name and names.like_name(each.name, names.COST)]
    given = [each.args for cost in costs for each in walk(cost) if isinstance(each, ast.Call) and getattr(each.func, "id", "") == name]
    return bool(given) and all(len(each) == 2 and names.is_name(label(each[1]), names.Y_NAMES) for each in given)


def gives_two(name, tree):
    return any(isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Tuple) and len(each.targets[0].elts) == 2 and isinstance(each.value, ast.Call) and getattr(each.value.func, "id", getattr(each.value.func, "attr", "")) == name for each in walk(tree))


def wanted(tree, namespace):
    """Names of such functions that a file reads and nothing of it makes: its `from dnn_utils import *` would."""
    return sorted({each.id for each in walk(tree) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load) and each.id not in namespace and find(each.id, tree) is not None})


def give(namespace, tree):
    """`import helpers as u` of a module that is not here, and u.sigmoid; or `from helpers import Activation` and Activation().sigmoid: the names that were given to such modules, and to what they make. `tree`: as it was written, before it is watched."""
    given = set()
    for name, stub in [each for each in namespace.items() if isinstance(each[1], Stub) and not each[1]._silent and each[1].__name__.split(".")[0] not in REAL]:
        objects = {label(target) for each in walk(tree) if isinstance(each, ast.Assign) and makes(each.value, name) for target in each.targets}
        of_it, of_objects = Stub(stub.__name__ + "()", False), lambda value: makes(value, name) or label(value) in objects
        for holder, held in ((stub, lambda value: getattr(value, "id", None) == name), (of_it, of_objects)):
            for each in {one.attr for one in walk(tree) if isinstance(one, ast.Attribute) and held(one.value)}:
                function = find(each, tree)
                if function is not None:
                    given.add(each)
                    setattr(holder, each, function)
                    stub.__dict__["_made"] = of_it if holder is of_it else stub._made
    return given


def makes(node, name):
    """Whether an expression is an object of what the file knows under this name, made of nothing: `Activation()`."""
    return isinstance(node, ast.Call) and getattr(node.func, "id", None) == name and not node.args and not node.keywords
