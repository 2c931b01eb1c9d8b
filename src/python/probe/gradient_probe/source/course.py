"""Functions of the course's helper modules (dnn_utils, dnn_app_utils) that are not beside a file which imports them: what those names mean to everyone who took it."""

import ast

import numpy as np

from ..common.syntax import walk


def layer_forward(activations):
    """linear_forward and linear_activation_forward, of {"relu": function}."""

    def linear_forward(A, W, b):
        return np.dot(W, A) + b, (A, W, b)

    def linear_activation_forward(A_prev, W, b, activation):
        Z, linear_cache = linear_forward(A_prev, W, b)
        return activations[activation](Z), (linear_cache, Z)

    return linear_forward, linear_activation_forward


def layer_backward(slopes):
    """linear_backward and linear_activation_backward, of {"relu": relu_backward}; a rate of L2 is given last."""

    def linear_backward(dZ, cache, lambd=0.0):
        A_prev, W, _ = cache
        m = A_prev.shape[1]
        return np.dot(W.T, dZ), (np.dot(dZ, A_prev.T) + lambd * W) / m, np.sum(dZ, axis=1, keepdims=True) / m

    def linear_activation_backward(dA, cache, activation, lambd=0.0):
        linear_cache, Z = cache
        return linear_backward(slopes[activation](dA, Z), linear_cache, lambd)

    return linear_backward, linear_activation_backward


def initialize_parameters_deep(layer_dims):
    dims = list(layer_dims)
    return {name + str(l): np.random.randn(dims[l], dims[l - 1]) / np.sqrt(dims[l - 1]) if name == "W" else np.zeros((dims[l], 1)) for l in range(1, len(dims)) for name in "Wb"}


def initialize_parameters(n_x, n_h, n_y):
    return initialize_parameters_deep([n_x, n_h, n_y])


def update_parameters(parameters, grads, learning_rate):
    return {key: value - learning_rate * grads["d" + key] for key, value in parameters.items()}


def of_network(linear_activation_forward, linear_activation_backward):
    """L_model_forward and L_model_backward: ReLU in the hidden layers, a sigmoid on top."""

    def L_model_forward(X, parameters):
        caches, A, L = [], X, len(parameters) // 2
        for l in range(1, L + 1):
            A, cache = linear_activation_forward(A, parameters["W" + str(l)], parameters["b" + str(l)], "relu" if l < L else "sigmoid")
            caches.append(cache)
        return A, caches

    def L_model_backward(AL, Y, caches):
        grads, Y = {}, np.reshape(Y, AL.shape)
        dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
        for l in range(len(caches), 0, -1):
            dA, grads["dW" + str(l)], grads["db" + str(l)] = linear_activation_backward(dA, caches[l - 1], "relu" if l < len(caches) else "sigmoid")
            grads["dA" + str(l - 1)] = dA
        return grads

    return L_model_forward, L_model_backward


def made(activations, slopes, cross_entropy):
    """{name: function} of them all."""
    forward, backward = layer_forward(activations), layer_backward(slopes)
    every = forward + backward + of_network(forward[1], backward[1]) + (initialize_parameters_deep, initialize_parameters, update_parameters)
    return dict({each.__name__: each for each in every}, compute_cost=cross_entropy)


def meant(name, functions, tree):
    """Whether a file that calls such a function means the course's: with as many arguments, and beside another of them."""
    known = functions[name].__code__
    given = [each for each in walk(tree) if isinstance(each, ast.Call) and getattr(each.func, "id", getattr(each.func, "attr", "")) == name]
    needed = known.co_argcount - len(functions[name].__defaults__ or ())
    others = {getattr(each, "id", getattr(each, "attr", "")) for each in walk(tree)} & set(functions) - {name}
    return bool(given) and bool(others) and all(needed <= len(each.args) + len(each.keywords) <= known.co_argcount for each in given)
