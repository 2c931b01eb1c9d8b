"""A cost that the file has in two functions, the loss and the penalty: `cost = loss(AL, Y) + l2_cost(lambd)`, taken together as one."""

import ast

from ..common import names
from ..common.syntax import walk
from ..source.functions import Function, called_name
from ..source.naming import holder

#: What the function of a penalty is called.
PENALTY = "reg|l2|penal|decay|ridge"


def sums(cost, owner, code):
    """Functions that give the cost and a penalty that the file adds where it computes that cost; none where it adds none."""
    known = {each.name: each for each in code.functions + (list(owner.methods.values()) if owner is not None else [])}
    wanted = {name for name, each in known.items() if each is not cost and each.own and each.returns and names.like_name(name, PENALTY) and not names.like_name(name, names.BACKWARD + "|" + names.DERIVATIVE + "|" + names.UPDATE) and cost.name not in each.callees}
    found = {}
    for scope in [each for tree in code.trees.values() for each in walk(tree) if isinstance(each, ast.FunctionDef)] if wanted else ():
        if any(isinstance(each, ast.Call) and called_name(each) == cost.name for each in walk(scope)):
            found.update({name: known[name] for each in walk(scope) for name in added(each) if name in wanted})
    return [together(cost, each, owner, code) for each in found.values()]


def added(statement):
    """Names of the functions whose results a statement adds to a cost: `cost += f(…)`, `cost = a + f(…)`, `return a + f(…)`."""
    if isinstance(statement, ast.AugAssign):
        terms = [statement.value] if isinstance(statement.op, ast.Add) and names.like_name(holder(statement.target), names.COST) else []
    elif isinstance(statement, ast.Assign) and names.like_name(holder(statement.targets[0]), names.COST) or isinstance(statement, ast.Return):
        terms = [side for each in walk(statement) if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Add) for side in (each.left, each.right)]
    else:
        terms = []
    return {called_name(each) for each in terms if isinstance(each, ast.Call)}


def together(cost, penalty, owner, code):
    """One Function with the arguments of both."""
    parts = (cost, penalty)
    given = {each: [one for one in each.arguments if one not in each.defaults or names.is_name(one, names.L2_NAMES)] for each in parts}
    arguments = list(dict.fromkeys(one for each in parts for one in given[each]))
    bound = any(each.bound for each in parts)
    calls = " + ".join("%s%s(%s)" % ("self." if each.bound else "", each.name, ", ".join("%s=%s" % (one, one) for one in given[each])) for each in parts)
    tree = ast.parse("def %s(%s): return %s" % (cost.name, ", ".join((["self"] if bound else []) + arguments), calls))
    node, made = tree.body[0], {}
    for each in walk(node):
        if hasattr(each, "lineno"):
            each.lineno = each.end_lineno = cost.line
    exec(compile(tree, "<together>", "exec"), code.namespace, made)
    function = Function(cost.name, made[cost.name], node, owner.value if bound else None, cost.file, True)
    function.line, function.inline = cost.line, True
    return function
