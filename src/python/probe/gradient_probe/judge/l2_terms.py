"""A gradient that is right but for a multiple of the weights, or of their signs: an L2 or L1 term that the cost, theirs or the one that was inferred, has not."""

import numpy as np

from ..common import numeric as core


def entries_of(check, theta0):
    """The parameter at the entries that a check compares."""
    return np.asarray(theta0[check.leaf.name], dtype=float).reshape(-1)[check.entries]


def found(checks, theta0, slope=np.positive):
    """(factor, multiple) with gradient = factor · derivative + multiple · slope(W) in all weights and factor · derivative in all biases; None where that does not hold.

    Both are numbers above 0 in magnitude and of one sign: a penalty that pulls the weights towards 0.
    """
    compared = [each for each in checks if not each.missing and not each.vacuous]
    weights = [each for each in compared if each.leaf.kind == "W"]
    if not weights or any(each.shape is not None for each in compared) or any(each.missing and each.leaf.kind == "W" for each in checks):
        return None
    pulls = [slope(entries_of(each, theta0)) if each.leaf.kind == "W" else np.zeros(len(each.entries)) for each in compared]
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


def on_top(checks):
    """Those of the output layer: the last weights, with the biases beside them; none where there is one layer."""
    weights = [each for each in checks if each.leaf.kind == "W"]
    if len(weights) < 2 or weights[-1].missing:
        return []
    units = set(weights[-1].leaf.shape) - set(weights[-2].leaf.shape)
    return [weights[-1]] + [each for each in checks if each.leaf.kind == "b" and len(units) == 1 and set(each.leaf.shape) - {1} == units]


def before_step(checks, theta0, rate):
    """The checks as they were if the penalty pulled at the weights before the step, where it pulls at those after it: `W -= rate * dW`, `W -= rate * l2 * W`. None where it does not."""
    whole = [each for each in checks if not each.missing and not each.vacuous and each.shape is None]
    weights, biases = [[each for each in whole if each.leaf.kind == kind] for kind in "Wb"]
    if not weights or not biases:
        return None
    numeric, given = [np.concatenate([getattr(each, key) for each in weights]) for key in ("numeric", "analytic")]
    pull = np.concatenate([entries_of(each, theta0) for each in weights])
    (share, multiple), *_ = np.linalg.lstsq(np.stack([numeric, pull], axis=1), given, rcond=None)
    factor = biases[0].factor
    if factor is None or not 0 < rate * multiple < 1 or abs(share - factor * (1 - rate * multiple)) > 1e-5 * abs(factor):
        return None
    undone = lambda each: (each.analytic - multiple * entries_of(each, theta0)) / (1 - rate * multiple) + multiple * entries_of(each, theta0)
    return [core.LeafCheck(each.leaf, each.entries, undone(each), each.numeric, each.shape) if each in weights else each for each in checks]


def add(checks, theta0, multiple, slope=np.positive):
    """Compares with the derivatives of a cost that has this term too; `slope`: np.sign of L1."""
    for each in checks:
        if each.leaf.kind == "W":
            each.against(each.numeric + multiple * slope(entries_of(each, theta0)))


def apart(checks, theta0):
    """Whether some weights differ from the derivative by a multiple of themselves: an L2 term on one side only, however small, and no rounding."""
    for each in checks:
        if each.missing or each.shape is not None or each.leaf.kind != "W" or each.agrees or len(each.entries) < 4:
            continue
        pull = entries_of(each, theta0)
        rest = each.analytic - each.numeric
        multiple = float(np.dot(rest, pull) / max(np.dot(pull, pull), 1e-300))
        if np.linalg.norm(rest - multiple * pull) < 1e-3 * np.linalg.norm(rest):
            return True
    return False
