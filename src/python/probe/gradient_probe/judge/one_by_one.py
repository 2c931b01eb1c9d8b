"""Whether a person's backward pass takes the samples one by one: then it has no gradient of several."""

import ast

from ..common import names


def one_sample(best, code):
    """It updates in a loop over them, or is called in one: `for x, y in data: train(x, y)`, `for i in …: train(X[i], Y[i])`."""
    backward = best.parts[2][-1][1]
    if best.base.gradient_from == "update" and any(over_samples(each) for each in ast.walk(backward.node) if isinstance(each, ast.For)):
        return True
    for call, inside, path in code.sites.get(backward.name, []):
        for loop in ast.walk(inside if inside is not None else code.trees[path]):
            if isinstance(loop, ast.For) and any(each is call for each in ast.walk(loop)) and len([each for each in call.args if taken(each, loop)]) >= 2:
                return True
    return False


def taken(argument, loop):
    """Whether an argument is one of what the loop runs over: `x` of `for x, y in …`, `X[i]`, or a name that is given X[i]."""
    if isinstance(loop.target, ast.Tuple):
        return isinstance(argument, ast.Name) and any(isinstance(each, ast.Name) and each.id == argument.id for each in ast.walk(loop.target))
    if isinstance(argument, ast.Name):
        values = [each.value for each in ast.walk(loop) if isinstance(each, ast.Assign) and any(isinstance(one, ast.Name) and one.id == argument.id for one in each.targets)]
    else:
        values = [argument]
    return isinstance(loop.target, ast.Name) and any(isinstance(each, ast.Subscript) and getattr(getattr(each.slice, "value", each.slice), "id", None) == loop.target.id for value in values for each in ast.walk(value))


def over_samples(loop):
    """Whether a loop goes over samples: its range or its list is of them, not of layers."""
    said = [getattr(each, "id", getattr(each, "attr", "")) for each in ast.walk(loop.iter) if isinstance(each, (ast.Name, ast.Attribute))]
    return any(names.holds_samples(each) or names.holds_targets(each) or names.is_name(each, names.M_NAMES) or names.like_name(each, "sample|batch|data|example") for each in said if each)
