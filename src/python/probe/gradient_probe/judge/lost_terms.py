"""An L2 term that a cost function computes and does not return: its value is overwritten, or never read."""

import ast
import re

from ..common.syntax import walk
from ..source.lifting import loaded

#: A sum of the squares of weights.
PENALTY = re.compile(r"(square|norm|power)\(.*(w|theta|param)|(w|theta|param)\S* \*\* 2", re.I)


def penalty(best):
    """(site, rule, message, formula) in the cost function of an Evaluation, or None."""
    step = next((each for each in best.program.steps if each.role == "cost"), None)
    lost = None if step is None else next((each for each in unread(step.function.node) if PENALTY.search(ast.unparse(each.value))), None)
    sites = [] if lost is None else [each for each in best.program.recorder.sites if each.file == step.function.file and each.line == lost.lineno and each.kind in ("assign", "update")]
    return (sites[0], "cost-l2", "The L2 term is computed here and lost: it is not in what the cost returns, and its derivative is in the gradient.", None) if sites else None


def unread(function):
    """The assignments of a function on which nothing that it returns depends, in their order."""
    read = set()
    go_through(function.body, set(), read)
    return [each for each in walk(function) if isinstance(each, (ast.Assign, ast.AugAssign)) and each not in read]


def go_through(body, live, read):
    """The names that are read before these statements, where `live` are read behind them; `read` gets the assignments that give one of them."""
    for each in reversed(body):
        if isinstance(each, (ast.Assign, ast.AugAssign)):
            targets = each.targets if isinstance(each, ast.Assign) else [each.target]
            named = {one.id for target in targets for one in walk(target) if isinstance(one, ast.Name)}
            if named & live or any(isinstance(target, ast.Attribute) for target in targets):
                read.add(each)
                whole = isinstance(each, ast.Assign) and all(isinstance(target, ast.Name) for target in targets)
                live = live - (named if whole else set()) | loaded(each.value)
        elif isinstance(each, ast.If):
            live = go_through(each.body, set(live), read) | go_through(each.orelse, set(live), read) | loaded(each.test)
        elif isinstance(each, (ast.For, ast.While)):
            for _ in range(2):
                # what one round reads another may give
                live = live | go_through(each.body, set(live), read)
            live = live | loaded(each.iter if isinstance(each, ast.For) else each.test)
        else:
            live = loaded(each) | (set() if isinstance(each, ast.Return) else live)
    return live
