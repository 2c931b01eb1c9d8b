"""Parameters as one vector that an optimizer of SciPy is given with the cost: `minimize(self.cost, theta0, jac=True)`, `fmin_cg(f=J, x0=theta, fprime=dJ)`."""

import ast

import numpy as np

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from ..source.worth import DEPTH, Reading, Unknown
from .binding import random_state
from .pool import Pool

#: What SciPy calls them.
OPTIMIZERS = r"^minimize$|^fmin|^leastsq$|^basinhopping$"


def sites(code):
    """[(function, first vector, scope, path)] of every call of an optimizer: what is minimised, and what it begins with."""
    out = []
    for name, found in code.sites.items():
        if not names.like_name(name, OPTIMIZERS):
            continue
        for call, inside, path in found:
            given = {each.arg: each.value for each in call.keywords}
            function = call.args[0] if call.args else given.get("fun", given.get("func", given.get("f")))
            first = call.args[1] if len(call.args) > 1 else given.get("x0")
            if function is not None and first is not None:
                out.append((function, first, inside, path))
    return out


def of_vector(expression, inside):
    """(name, index of the vector among its arguments) of the function that is minimised: `self.cost`, `lambda p: cost(p, X, y)`, or a name of one of these."""
    if isinstance(expression, ast.Name) and inside is not None:
        for each in walk(inside):
            if isinstance(each, ast.Assign) and getattr(each.targets[0], "id", None) == expression.id:
                return of_vector(each.value, None)
            if isinstance(each, ast.FunctionDef) and each is not inside and each.name == expression.id:
                return of_call([one for one in walk(each) if isinstance(one, ast.Call)], each.args.args)
    if isinstance(expression, ast.Lambda):
        return of_call([expression.body] if isinstance(expression.body, ast.Call) else [], expression.args.args)
    name = getattr(expression, "attr", getattr(expression, "id", None))
    return (name, 0) if name is not None else None


def of_call(calls, arguments):
    """The call that is handed the first argument on."""
    for call in calls:
        for index, each in enumerate(call.args):
            if arguments and getattr(each, "id", None) == arguments[0].arg:
                return called_name(call), index
    return None


def beginning(reading, first, inside):
    """What the optimizer begins with: `x = np.append(theta1, theta2)` is no samples here, though it is called so."""
    known, value = reading.assigned(inside.body, first.id, inside, DEPTH) if isinstance(first, ast.Name) and inside is not None else (False, None)
    return value if known else reading.value(first, inside, DEPTH)


def vector(attempt, functions):
    """Takes the vector as parameters, under the name of the argument that it is; False where these functions minimise none."""
    program = attempt.program
    pool = Pool(attempt.code, program.sizes, program.data.values(), program.settings)
    for minimised, first, inside, path in sites(attempt.code):
        found = of_vector(minimised, inside)
        function = next((each for each in functions if found is not None and each.name == found[0] and found[1] < len(each.arguments)), None)
        if function is None:
            continue
        try:
            value = beginning(Reading(pool, path, program.roots.get("self")), first, inside)
        except Unknown:
            # the widths come from another file
            continue
        if not isinstance(value, np.ndarray) or value.size < 2:
            continue
        name = function.arguments[found[1]]
        program.roots["params"] = np.zeros(np.shape(value))
        program.take_leaves([("params", (), name, program.roots["params"])], random_state())
        program.leaves[-1].kind = "W"
        return True
    return False
