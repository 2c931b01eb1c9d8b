"""Calls that hand a function the value of another of its arguments, though the right one stands beside it, told by reading."""

import ast

from ..common import names
from ..common.syntax import walk, walk_own


def misplaced(tree):
    """[(call, name of the function it stands in, sentence)]: `backward(Z1, Z1, A2)` of backward(Z1, A1, A2) where A1 is known too."""
    functions = {each.name: each for each in walk(tree) if isinstance(each, ast.FunctionDef)}
    out = []
    for scope in [tree] + list(functions.values()):
        name = getattr(scope, "name", "<module>")
        if names.like_name(name, "check|test"):
            continue
        nodes = list(walk_own(scope))
        in_vain = lost(scope, nodes)
        known = {each.id for each in nodes if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)} | {each.arg for each in getattr(getattr(scope, "args", None), "args", [])}
        for call in nodes:
            function = functions.get(call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")) if isinstance(call, ast.Call) else None
            if function is None or function is scope or not names.like_name(function.name, names.FORWARD + "|" + names.BACKWARD + "|" + names.UPDATE) or any(isinstance(each, ast.Starred) for each in call.args):
                continue
            arguments = [each.arg for each in function.args.args]
            if arguments[:1] == ["self"] and isinstance(call.func, ast.Attribute):
                arguments = arguments[1:]
            given = [getattr(each, "id", None) for each in call.args]
            for argument, one in zip(arguments, given):
                # the others bear their own names: the two sides speak of the same things; two that are swapped may both be unused
                own = sum(1 for each, other in zip(arguments, given) if each == other)
                if argument in in_vain.get(id(call), ()) and one is not None and one != argument and names.is_upstream(one):
                    out.append((call, name, "%s is given %s for its %s here, which was computed above and is used nowhere." % (function.name, one, argument)))
                elif one != argument and one in arguments and argument in known and one in known and own >= 2 and given.count(one) > given.count(argument):
                    out.append((call, name, "%s is given %s for its %s here, which stands beside it." % (function.name, one, argument)))
    return out


def lost(scope, nodes):
    """{id of a call: upstream derivatives that were computed in its own branch and are read nowhere}: dZ = relu_backward(dA, Z), and then linear_backward(dA, cache). Of a softmax dA may be dZ."""
    out = {}
    read = [each for each in nodes if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)]
    for branch, end in [(scope.body, 0)] + [(branch, each.end_lineno) for each in nodes if isinstance(each, ast.If) and "softmax" not in ast.unparse(each.test) for branch in (each.body, each.orelse)]:
        inside = [one for statement in branch for one in walk(statement)] if end else nodes
        # what stands below the branches may read it
        seen = {each.id for each in inside if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)} | {each.id for each in read if each.lineno > end > 0}
        made = {each.id for each in inside if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store) and names.is_upstream(each.id)} - seen
        for each in inside if made else ():
            if isinstance(each, ast.Call):
                out.setdefault(id(each), set()).update(made)
    return out
