"""The Python peers: one full-batch step (forward, backward, update), a whole gradient check, or a CSV, timed."""

import json
import os
import sys
import time

spec = json.loads(sys.argv[1])
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = str(spec.get("threads", 1))

import numpy as np


def timed(step, seconds):
    """Milliseconds of the fastest of as many calls as fit, at least 3; short ones are timed in groups."""
    step()
    began = time.perf_counter()
    step()
    group = max(1, int(2e-3 / max(1e-7, time.perf_counter() - began)))
    best, calls, began = float("inf"), 0, time.perf_counter()
    while calls < 3 or time.perf_counter() - began < seconds:
        start = time.perf_counter()
        for _ in range(group):
            step()
        best = min(best, (time.perf_counter() - start) / group)
        calls += 1
    return best * 1e3


def parameters(units, rng):
    return [(rng.standard_normal((o, i)) * np.sqrt(2 / i), np.zeros((o, 1))) for i, o in zip(units, units[1:])]


def numpy_step(units, samples, rng):
    """As the course writes it: columns are samples."""
    layers = [list(layer) for layer in parameters(units, rng)]
    X, Y = rng.standard_normal((units[0], samples)), rng.standard_normal((units[-1], samples))

    def step():
        A, Z = [X], []
        for l, (W, b) in enumerate(layers):
            Z.append(W @ A[-1] + b)
            A.append(np.maximum(Z[-1], 0) if l < len(layers) - 1 else Z[-1])
        dZ = A[-1] - Y
        for l in range(len(layers) - 1, -1, -1):
            W, b = layers[l]
            dW, db = dZ @ A[l].T / samples, dZ.sum(axis=1, keepdims=True) / samples
            if l > 0:
                dZ = (W.T @ dZ) * (Z[l - 1] > 0)
            W -= 1e-3 * dW
            b -= 1e-3 * db

    return step


def torch_net(units, dtype, hidden, rng):
    import torch

    modules = []
    for l, (i, o) in enumerate(zip(units, units[1:])):
        modules.append(torch.nn.Linear(i, o))
        if l < len(units) - 2:
            modules.append(hidden())
    return torch.nn.Sequential(*modules).to(dtype)


def torch_step(units, samples, rng):
    import torch

    torch.set_num_threads(spec["threads"])
    dtype = torch.float64 if spec["float"] == 64 else torch.float32
    net = torch_net(units, dtype, torch.nn.ReLU, rng)
    X, Y = torch.randn(samples, units[0], dtype=dtype), torch.randn(samples, units[-1], dtype=dtype)
    optimizer = torch.optim.SGD(net.parameters(), lr=1e-3)

    def step():
        optimizer.zero_grad()
        (0.5 * (net(X) - Y) ** 2).sum(dim=1).mean().backward()
        optimizer.step()

    return step


def sklearn_step(units, samples, rng):
    from sklearn.neural_network import MLPRegressor

    X, Y = rng.standard_normal((samples, units[0])), rng.standard_normal(samples)
    net = MLPRegressor(units[1:-1], solver="sgd", alpha=0, batch_size=samples, learning_rate_init=1e-3, momentum=0, shuffle=False)
    return lambda: net.partial_fit(X, Y)


def gradcheck(units, samples):
    """torch.autograd.gradcheck of the cost by every parameter, and how far its two sides are apart."""
    import torch
    from torch.autograd import gradcheck as module

    torch.set_num_threads(spec["threads"])
    torch.manual_seed(1)
    net = torch_net(units, torch.float64, torch.nn.Tanh, None)
    X, Y = torch.randn(samples, units[0], dtype=torch.float64), torch.randn(samples, units[-1], dtype=torch.float64)
    values = tuple(p.detach().clone().requires_grad_() for p in net.parameters())

    def cost(*values):
        A = X
        for l in range(0, len(values), 2):
            A = torch.nn.functional.linear(A, values[l], values[l + 1])
            if l < len(values) - 2:
                A = torch.tanh(A)
        return (0.5 * (A - Y) ** 2).sum(dim=1).mean()

    milliseconds = timed(lambda: torch.autograd.gradcheck(cost, values), spec["seconds"])
    analytic = torch.cat([g.flatten() for g in torch.autograd.grad(cost(*values), values)])
    get_numerical = sys.modules["torch.autograd.gradcheck"]._get_numerical_jacobian
    numeric = torch.cat([j[0].flatten() for j in get_numerical(cost, values, eps=1e-6)])
    return milliseconds, float((analytic - numeric).norm() / (analytic.norm() + numeric.norm()))


if spec["kind"] == "versions":
    result = {"python": sys.version.split()[0]}
    for name in ("numpy", "torch", "sklearn", "pandas"):
        try:
            result[name] = __import__(name).__version__
        except ImportError:
            pass
    print(json.dumps(result))
elif spec["kind"] == "step":
    make = {"numpy": numpy_step, "torch": torch_step, "sklearn": sklearn_step}[spec["python"]]
    import warnings

    warnings.simplefilter("ignore")
    print(json.dumps({"ms": timed(make(spec["units"], spec["samples"], np.random.default_rng(1)), spec["seconds"])}))
elif spec["kind"] == "check":
    ms, difference = gradcheck(spec["units"], spec["samples"])
    print(json.dumps({"ms": ms, "difference": difference}))
elif spec["kind"] == "csv":
    import pandas

    print(json.dumps({"ms": timed(lambda: pandas.read_csv(spec["file"]), 0)}))
