"""Samples as a training has made them before it hands them to the cost: with a column of ones, `X = np.c_[X, np.ones(len(X))]` ahead of `self.calculate_loss(X, y)`."""

import ast

from ..common import names
from ..source.lifting import loaded


def samples(code, function, argument, phase):
    """What gives a cost that runs the network itself such samples; None where all that calls it hands them on as it got them."""
    if phase != "cost" or not names.holds_samples(argument):
        return None
    for expression, inside, path in code.argument_at_site(function, argument):
        name = getattr(expression, "id", None)
        if inside is None or name not in [each.arg for each in inside.args.args]:
            continue
        made = [each.value for each in inside.body if isinstance(each, ast.Assign) and [getattr(one, "id", None) for one in each.targets] == [name]]
        if made and all(name in loaded(each) and loaded(each) <= {name, "np", "numpy"} for each in made):
            return lambda pool, made=made: in_turn(pool, name, made)
    return None


def in_turn(pool, name, made):
    value = pool.data["X"].copy()
    for each in made:
        value = eval(compile(ast.Expression(body=each), "<as trained>", "eval"), dict(pool.code.namespace), {name: value})
    return value
