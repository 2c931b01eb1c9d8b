"""Activations that stand for those of a helper module which is not there: `from dnn_utils import sigmoid, relu_backward`."""

import ast

import numpy as np

#: Packages whose functions of these names do not take and give arrays.
FRAMEWORKS = {"torch", "tensorflow", "keras", "theano", "jax", "mxnet", "chainer", "paddle", "tinygrad", "minpy", "dgl"}

#: Set for the file that is checked: names whose calls it unpacks, `A, cache = sigmoid(Z)`; and what was used, as 'sigmoid of planar_utils'.
paired, used = set(), set()


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    # in columns, as the course has it
    made = np.exp(z - np.max(z, axis=0, keepdims=True))
    return made / np.sum(made, axis=0, keepdims=True)


FORWARD = {"sigmoid": sigmoid, "relu": lambda z: np.maximum(0, z), "tanh": np.tanh, "softmax": softmax}
#: dZ of dA and the cached Z.
BACKWARD = {
    "sigmoid_backward": lambda da, z: da * sigmoid(z) * (1 - sigmoid(z)),
    "relu_backward": lambda da, z: np.where(z > 0, da, 0.0),
    "tanh_backward": lambda da, z: da * (1 - np.tanh(z) ** 2),
}


def look_at(tree):
    """Learns from the source which forms its calls want."""
    used.clear()
    paired.clear()
    for each in ast.walk(tree):
        if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Tuple) and len(each.targets[0].elts) == 2 and isinstance(each.value, ast.Call):
            paired.add(getattr(each.value.func, "id", getattr(each.value.func, "attr", "")))


def of(module, name):
    """The function `name` of a module that is not there; None where it is not known what that would do."""
    if module.split(".")[0] in FRAMEWORKS or name not in FORWARD and name not in BACKWARD:
        return None

    def stands(*given):
        used.add("%s of %s" % (name, module))
        value = (FORWARD.get(name) or BACKWARD[name])(*given)
        return (value, given[0]) if name in FORWARD and name in paired else value

    stands.__name__ = name
    return stands
