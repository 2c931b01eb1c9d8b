"""Calls of the file that do not fit the function of the file that they call: TypeError, whatever the samples are."""

import ast

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from ..source.lifting import statements
from ..source.source import CannotRun
from .undefined import always, everything_made, star_imports
from .unset import ROLES


def find(tree, path):
    """CannotRun for the first in a forward or backward pass, a cost or an update, in what they call, or in the script; None where there is none."""
    functions = single(tree.body)
    # a name that is also given another value, or that any helper may bring, is not known
    assigned = {each.id for each in walk(tree) if isinstance(each, ast.Name) and not isinstance(each.ctx, ast.Load)}
    functions.update(makers(tree.body))
    known = {} if star_imports(tree) else {name: each for name, each in functions.items() if name not in assigned}
    scopes = [(each, None, {}) for name, each in functions.items() if name == each.name]
    for owner in tree.body:
        if isinstance(owner, ast.ClassDef):
            methods = single(owner.body)
            # a base class, or whoever sets an attribute, may bring another method of this name
            stored = {each.attr for each in walk(tree) if isinstance(each, ast.Attribute) and not isinstance(each.ctx, ast.Load)}
            own = {} if any(getattr(each, "id", "") != "object" for each in owner.bases) or owner.keywords else {name: each for name, each in methods.items() if name not in stored}
            scopes += [(each, owner, own) for each in methods.values()]
    for function in reached(scopes, known, {called_name(each) for each in walk(tree) if isinstance(each, ast.Call)}):
        node, _, methods = function
        for call, target, bound in calls(node, known, methods):
            said = misfit(call, target, bound) if call.lineno <= last_step(node) else None
            if said is not None:
                return of(target, tree, bound, CannotRun("TypeError: %s() %s" % (target.name, said), call.lineno, node.name, path))
    for call, target, bound in calls([each for each in statements(tree.body) if not isinstance(each, (ast.FunctionDef, ast.ClassDef))], known, {}):
        said = misfit(call, target, bound) if bound or names.like_name(target.name, ROLES) else None
        if said is not None:
            return CannotRun("TypeError: %s() %s" % (call.func.id + ".__init__" if bound else target.name, said), call.lineno, None, path)
    return None


def of(target, tree, bound, problem):
    """The problem, with the function that is called so; None where the file also calls it as it can be called."""
    every = [each for each in walk(tree) if isinstance(each, ast.Call) and called_name(each) == target.name]
    problem.called = target.name if all(misfit(each, target, bound) is not None for each in every) else None
    return problem


def makers(body):
    """{class: its constructor} of the classes that are defined once and not decorated."""
    every = [each for each in body if isinstance(each, ast.ClassDef)]
    plain = [each for each in every if not each.decorator_list and not each.keywords and sum(other.name == each.name for other in every) == 1]
    return {each.name: single(each.body)["__init__"] for each in plain if "__init__" in single(each.body) and "__new__" not in single(each.body)}


def single(body):
    """{name: function} of those that are defined once and are not decorated."""
    every = [each for each in body if isinstance(each, ast.FunctionDef)]
    return {each.name: each for each in every if not each.decorator_list and sum(other.name == each.name for other in every) == 1}


def left_over(scope, scopes, called):
    """Whether nothing calls a function, and one is called that it is another version of: `backward_old`."""
    node, owner, _ = scope
    own = names.plain(node.name)
    return node.name not in called and any(other is not node and inside is owner and other.name in called and (names.plain(other.name) in own or own in names.plain(other.name)) for other, inside, _ in scopes)


def reached(scopes, known, called):
    """The functions with the names of a network's parts, and what they always call, in the order of the file."""
    # one that checks the gradient is no part of it
    todo = [each for each in scopes if names.like_name(each[0].name, ROLES) and not names.like_name(each[0].name, "check|test|numeric|verif") and not left_over(each, scopes, called)]
    out = []
    while todo:
        each = todo.pop(0)
        if any(each[0] is other[0] for other in out):
            continue
        out.append(each)
        targets = [target for _, target, _ in calls(each[0], known, each[2])]
        todo += [other for other in scopes if any(other[0] is target for target in targets)]
    return sorted(out, key=lambda each: each[0].lineno)


def last_step(node):
    """The last line of a function that matters to the network: of a training, or a main(), the last one on which a part of the network is called; what saves and draws comes behind it."""
    if not names.like_name(node.name, names.TRAIN) or names.like_name(node.name, "|".join((names.FORWARD, names.BACKWARD, names.COST, names.UPDATE))):
        return node.end_lineno
    return max([each.lineno for each in walk(node) if isinstance(each, ast.Call) and names.like_name(called_name(each), ROLES)], default=node.end_lineno)


def calls(node, known, methods):
    """[(call, function called, whether it is bound)] of what runs whenever this function, or these statements, do."""
    own = set() if isinstance(node, list) else everything_made(node)
    for each in always(node if isinstance(node, list) else node.body):
        if not isinstance(each, ast.Call):
            continue
        if isinstance(each.func, ast.Name) and each.func.id in known and each.func.id not in own:
            yield each, known[each.func.id], known[each.func.id].name == "__init__"
        elif isinstance(each.func, ast.Attribute) and getattr(each.func.value, "id", "") == "self" and each.func.attr in methods:
            yield each, methods[each.func.attr], True


def misfit(call, target, bound):
    """Why the arguments do not fit, in Python's words; None where they do, or where that cannot be read."""
    if any(isinstance(each, ast.Starred) for each in call.args) or any(each.arg is None for each in call.keywords):
        return None
    arguments = target.args
    positional = [each.arg for each in getattr(arguments, "posonlyargs", []) + arguments.args]
    given = len(call.args) + (1 if bound else 0)
    if given > len(positional) and arguments.vararg is None:
        return "takes %d positional argument%s but %d were given" % (len(positional), "" if len(positional) == 1 else "s", given)
    filled = set(positional[:given])
    for each in call.keywords:
        if each.arg in filled:
            return "got multiple values for argument '%s'" % each.arg
        if each.arg not in positional + [one.arg for one in arguments.kwonlyargs] and arguments.kwarg is None:
            return "got an unexpected keyword argument '%s'" % each.arg
    needed = positional[:len(positional) - len(arguments.defaults)] + [one.arg for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults) if default is None]
    missing = [each for each in needed if each not in filled | {one.arg for one in call.keywords}]
    if missing:
        return "missing %d required argument%s: %s" % (len(missing), "" if len(missing) == 1 else "s", " and ".join("'%s'" % each for each in missing))
    return None
