"""What is shown of a network whose cost was inferred: the scale that makes a right gradient agree, and the widths really used."""

import numpy as np

from ..common import numeric as core


def shown(best):
    """Compares with the inferred cost at the file's own scale: mean or sum is its convention where nothing contradicts it."""
    if best.exact or best.scaled or (best.program.cost_known and not best.program.scale_free):
        return
    k = own_scale(best)
    if k is None or abs(k - 1) < 1e-9:
        return
    best.checks = [core.LeafCheck(each.leaf, each.entries, each.analytic, each.numeric * k, each.shape) for each in best.checks]
    if best.factor is not None:
        best.factor /= k
    if not best.program.cost_known:
        best.cost = named(best.cost, core.name_factor(k, best.program.data.m, best.program.sizes.nL))


def own_scale(best):
    """Size of the factor that most right gradients share (the output layer's where that is open); None where none is right."""
    if best.factor is not None:
        return abs(best.factor)
    right = [each for each in best.checks if each.proportional and each.factor and not each.vacuous]
    groups = [[other for other in right if abs(abs(other.factor) - abs(each.factor)) < 1e-3 * abs(each.factor)] for each in right]
    if not groups:
        return None
    named_ = lambda group: core.name_factor(abs(group[0].factor), best.program.data.m, best.program.sizes.nL) in ("1", "1/m", "2", "2/m", "1/(m C)", "2/(m C)")
    top = next((each for each in reversed(best.checks) if each.leaf.kind == "W"), None)
    largest = max(groups, key=lambda group: (len(group), named_(group), top in group, best.checks.index(group[-1])))
    return float(np.median([abs(each.factor) for each in largest]))


def named(cost, factor):
    if factor is None or factor == "1":
        return cost
    return "the mean of %s" % cost if factor == "1/m" else "%s · %s" % (factor, cost)


def widths(program):
    """Units of each layer from the input to the output, read off the weights; as was chosen where those form no chain."""
    sizes = [program.sizes.n0] + list(program.sizes.dims[1:-1]) + [program.sizes.nL]
    shapes = [leaf.shape for leaf in program.leaves if leaf.kind == "W" and len(leaf.shape) == 2]
    columns, rows = chain([shape[::-1] for shape in shapes], sizes[0]), chain(shapes, sizes[0])
    found = (rows, columns) if program.data.rows else (columns, rows)
    return next((each for each in found if each is not None), sizes)


def chain(shapes, inputs):
    """Widths where each (from, to) begins with what the one before ends with; one more where the bias is a row of the weights."""
    if not shapes or shapes[0][0] not in (inputs, inputs + 1):
        return None
    out = [inputs]
    for before, after in shapes:
        if before not in (out[-1], out[-1] + 1):
            return None
        out.append(after)
    return out
