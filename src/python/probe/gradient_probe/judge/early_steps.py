"""Weights that a training moves before the error has come down through them, by a step so small that every gradient seems right."""


def seen(checks):
    """Whether the output layer is right to the last digits, and those below are not."""
    weights = [each for each in checks if each.leaf.kind == "W" and not each.missing and not each.vacuous and len(each.entries) > 2]
    return len(weights) > 1 and weights[-1].residual < 1e-7 and all(each.residual > 1e-5 for each in weights[:-1])
