"""What the gradient of the output layer says about the cost: where it fits one, a mistake below it is one."""


def proportional(checks):
    """Size of the largest group of gradients that share one factor."""
    factors = [each.factor for each in checks if each.proportional and each.factor]
    return max([sum(1 for other in factors if abs(other - each) < 1e-3 * abs(each)) for each in factors] or [0])


def top_is_right(best):
    """The gradient of the output layer fits the inferred cost entry by entry: no other cost gives that, so the rest must follow."""
    return any((each.leaf.kind == "W" or len(each.entries) >= 8) and not each.missing and each.shape is None and not each.vacuous and each.residual is not None and each.residual < 1e-6 and len(each.entries) >= 3 for each in best.checks)


def fixes_the_cost(best):
    """Whether the gradient of the output layer leaves no other cost than the inferred one, so that a mistake below it is one; of one sample it must be its very size."""
    if best.exact:
        top = next((each for each in reversed(best.checks) if each.leaf.kind == "W"), None)
        return top is not None and top.agrees and bool(top.factor) and top.residual < 1e-6 and abs(top.factor - 1) < 1e-6
    return proportional(best.checks) > 1 or top_is_right(best) or biases_of_one(best)


def biases_of_one(best):
    """Whether the biases of the output layer have the very size that the cost of one sample gives, or twice that: then its dZ is right, and weights that do not follow are given another layer's activations."""
    top = next((each for each in reversed(best.checks) if each.leaf.kind == "b"), None)
    return best.program.data.m == 1 and top is not None and top.proportional and bool(top.factor) and top.residual < 1e-6 and any(abs(top.factor - each) < 1e-6 for each in (1, 2))


def top_agrees(best):
    """Whether the gradient of the output layer is right: what is wrong is a hidden layer's, and no combination that is not meant."""
    top = next((each for each in reversed(best.checks) if each.leaf.kind == "W"), None)
    return top is not None and not top.missing and top.proportional and not top.vacuous
