"""How often training loops run: arguments that say it, by the loop and not by the name, and loops over batches."""

import ast
import functools

from ..common.syntax import walk
from .functions import called_name


@functools.lru_cache(maxsize=None)
def counts_rounds(function, name):
    """Whether an argument is how often a loop runs that does not count anything: `for _ in range(n)`."""
    for each in walk(function.node):
        if isinstance(each, ast.While) and isinstance(each.test, ast.Compare) and isinstance(each.test.ops[0], (ast.Lt, ast.LtE)) and getattr(each.test.comparators[0], "id", None) == name:
            return True
        if isinstance(each, ast.For) and isinstance(each.iter, ast.Call) and called_name(each.iter) == "range" and len(each.iter.args) == 1 and getattr(each.iter.args[0], "id", None) == name:
            # `i % 100 == 0` asks for a round, print(f"{i + 1}") says it: neither counts anything
            said = {id(one) for part in walk(each) if isinstance(part, ast.Call) and called_name(part) == "print" for one in walk(part)}
            inner = {one.id for statement in each.body for part in walk(statement) if isinstance(part, (ast.Subscript, ast.BinOp)) and id(part) not in said and not isinstance(getattr(part, "op", None), ast.Mod) for one in walk(part) if isinstance(one, ast.Name)}
            return getattr(each.target, "id", None) not in inner and any(isinstance(one, (ast.Call, ast.AugAssign)) for statement in each.body for one in walk(statement))
    return False


@functools.lru_cache(maxsize=None)
def entry_by_entry(function):
    """(the argument that says how many, those that are taken entry by entry) of a loop over samples, `for j in range(Q): … x[j] … d[j]`, `for a, b in zip(x, d)`; (None, []) where there is none."""
    changed = {each.id for each in walk(function.node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    for each in walk(function.node):
        pairs = each.iter if isinstance(each, ast.For) else None
        if isinstance(pairs, ast.Call) and called_name(pairs) == "enumerate" and pairs.args:
            pairs = pairs.args[0]
        if isinstance(pairs, ast.Call) and called_name(pairs) == "zip":
            # X = X.T before it is another X
            taken = [getattr(one, "id", None) for one in pairs.args]
            if len(taken) == 2 and all(one in function.arguments and one not in changed for one in taken):
                return None, taken
        if isinstance(each, ast.For) and isinstance(each.iter, ast.Call) and called_name(each.iter) == "range" and isinstance(each.target, ast.Name):
            held = {one.value.id for statement in each.body for one in walk(statement) if isinstance(one, ast.Subscript) and isinstance(one.value, ast.Name) and getattr(one.slice, "id", None) == each.target.id}
            taken = [one for one in function.arguments if one in held]
            if len(taken) == 2:
                count = getattr(each.iter.args[-1], "id", None)
                return count if count in function.arguments else None, taken
    return None, []


def of_batches(loop):
    """`for batch in range(120): X[batch * size:(batch + 1) * size]`."""
    numbers = {each.lower for each in walk(loop) if isinstance(each, ast.Slice) and isinstance(each.lower, ast.BinOp) and isinstance(each.lower.op, ast.Mult)}
    return isinstance(loop.target, ast.Name) and any(loop.target.id in {one.id for one in walk(each) if isinstance(one, ast.Name)} for each in numbers)
