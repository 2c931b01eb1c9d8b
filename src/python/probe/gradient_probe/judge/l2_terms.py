"""A gradient that is right for an inferred cost but for a multiple of the weights: L2, which the cost that was inferred has not."""

import numpy as np


def found(checks, theta0):
    """(factor, multiple) with gradient = factor · derivative + multiple · W in all weights and factor · derivative in all biases; None where that does not hold.

    Both are numbers above 0 in magnitude and of one sign: a penalty that pulls the weights towards 0.
    """
    compared = [each for each in checks if not each.missing and not each.vacuous]
    weights = [each for each in compared if each.leaf.kind == "W"]
    if not weights or any(each.shape is not None for each in compared) or any(each.missing and each.leaf.kind == "W" for each in checks):
        return None
    pulls = [np.asarray(theta0[each.leaf.name], dtype=float).reshape(-1)[each.entries] if each.leaf.kind == "W" else np.zeros(len(each.entries)) for each in compared]
    columns = np.stack([np.concatenate([each.numeric for each in compared]), np.concatenate(pulls)], axis=1)
    given = np.concatenate([each.analytic for each in compared])
    if len(given) < 6 or not np.all(np.isfinite(columns)) or not np.any(given):
        return None
    (factor, multiple), *_ = np.linalg.lstsq(columns, given, rcond=None)
    for each, pull in zip(compared, pulls):
        rest = each.analytic - factor * each.numeric - multiple * pull
        if np.linalg.norm(rest) > 1e-4 * np.linalg.norm(each.analytic):
            return None
    return (float(factor), float(multiple)) if abs(factor) > 1e-9 and factor * multiple > 0 else None


def pulled(check, theta0):
    """Whether what a weight's gradient has beyond the derivative of the cost, or lacks, is a multiple of the weight: L2, however small, and no epsilon."""
    if check.leaf.kind != "W" or check.agrees or len(check.entries) < 3:
        return False
    rest, weights = check.analytic - check.numeric, np.asarray(theta0[check.leaf.name], dtype=float).reshape(-1)[check.entries]
    multiple = np.dot(rest, weights) / max(np.dot(weights, weights), 1e-300)
    return bool(np.linalg.norm(rest - multiple * weights) < 1e-3 * np.linalg.norm(rest))
