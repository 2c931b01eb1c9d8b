"""Activations of a helper module that is not beside the file (`from dnn_utils import sigmoid, relu_backward`): what those names mean everywhere."""

import ast

import numpy as np

from ..common import names


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


#: Only what has one meaning: whether sigmoid_derivative wants Z or A, or along which axis softmax adds up, only its module says.
FORWARD = {"sigmoid": sigmoid, "relu": relu, "tanh": np.tanh}
BACKWARD = {"sigmoidbackward": sigmoid_backward, "relubackward": relu_backward, "tanhbackward": tanh_backward}


def find(name, tree):
    """The function of that name as the file uses it: `A, cache = sigmoid(Z)` is given Z as well; None for any other name."""
    plain = names.plain(name)
    if plain in BACKWARD:
        return BACKWARD[plain]
    function = FORWARD.get(plain)
    if function is None or not gives_two(name, tree):
        return function
    return lambda Z: (function(Z), Z)


def gives_two(name, tree):
    return any(isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Tuple) and len(each.targets[0].elts) == 2 and isinstance(each.value, ast.Call) and getattr(each.value.func, "id", getattr(each.value.func, "attr", "")) == name for each in ast.walk(tree))


def wanted(tree, namespace):
    """Names of such functions that a file reads and nothing of it makes: its `from dnn_utils import *` would."""
    return sorted({each.id for each in ast.walk(tree) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load) and each.id not in namespace and find(each.id, tree) is not None})
