"""Gradients that a function gives for each parameter, where the training moves a parameter before another gradient is computed from it."""

import ast

from ..certain.order import blocks, updated
from ..common.syntax import walk
from ..source.functions import called_name
from .updates import site_at


def find(best, recorder):
    """(site, rule, message, formula) of the first gradient that is computed from a parameter of after its update; None where all come first."""
    parts = getattr(best.parts[2][-1][1], "parts", ()) if best.parts[2] else ()
    code = best.program.code
    for scope in [code.source.tree] + [each.node for each in code.functions if each.own and each not in parts] if parts else ():
        for call, used, line in late(scope, {each.name for each in parts}):
            text = "%s has already been updated in line %d when %s is given it: compute every gradient before the first update." % (used, line, called_name(call))
            return site_at(call, recorder, code), "order", text, None
    return None


def late(scope, named):
    """(call, parameter, the line of its update) of calls of these functions with a parameter that the statements before have moved, and with nothing that was computed since."""
    for block in blocks(scope):
        changed, made = {}, {}
        for statement in block:
            for call in [each for each in walk(statement) if isinstance(each, ast.Call) and called_name(each) in named]:
                given = [ast.unparse(each) for each in call.args + [one.value for one in call.keywords]]
                used = next((each for each in given if each in changed), None)
                if used is not None and not any(made.get(each, 0) > changed[used] for each in given):
                    yield call, used, changed[used]
            key = updated(statement)
            if key is not None:
                changed[key] = statement.lineno
            made.update((each.id, statement.lineno) for each in walk(statement) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store) and each.id != key)
