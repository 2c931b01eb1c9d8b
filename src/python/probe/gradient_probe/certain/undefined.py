"""Names that a backward pass or an update reads and that nothing ever makes: the code stops there, whatever it is given."""

import ast
import builtins
import functools
import math
import re

from ..common import names
from ..common.syntax import walk
from ..source.naming import holder
from ..source.python2_meaning import BUILTINS
from ..source.source import CannotRun, beside, read_source

#: What checks a gradient is no part of what it checks.
CHECKS = "check|numeric|approx|verif|vector"
#: What Python and notebooks make by themselves.
GIVEN = set(dir(builtins)) | {"__file__", "__name__", "__doc__", "get_ipython", "display", "In", "Out", "_"}


def name(source, path, named=names.BACKWARD + "|" + names.UPDATE):
    """CannotRun for the first of them in the functions of the person's own file that are named as a backward pass or an update, or as `named` says; None where there is none."""
    made = module_names(source.tree)
    if made is None:
        return None
    brought = brought_by(star_imports(source.tree), path, 3)
    if brought is None:
        return None
    # a notebook's kernel may have had NumPy from a cell that is no longer there
    made |= brought | ({"np"} if source.cells is not None else set()) | (set(BUILTINS) if source.python2 is not None else set())
    # test cases and helpers that are imported as a whole and are not here may bring any name, but no gradient
    starred = ABSENT in brought
    # the last definition of a name is the one that runs
    last = {each.name: each for each in source.tree.body if isinstance(each, ast.FunctionDef)}
    for function in walk(source.tree):
        if isinstance(function, ast.FunctionDef) and names.like_name(function.name, named) and not names.like_name(function.name, CHECKS) and (function not in source.tree.body or last[function.name] is function):
            known = made | everything_made(function)
            called = {id(each.func) for each in walk(function) if isinstance(each, ast.Call)}
            own = everything_made(function)
            never = next((each for each in always(function.body) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load) and each.id not in known and (not starred or id(each) not in called and (names.is_gradient(each.id) or any(nearly(each.id, one) for one in own)))), None)
            early = too_early(function)
            if early is not None and (never is None or early.lineno < never.lineno):
                return CannotRun("UnboundLocalError: '%s' is read before it is given a value" % early.id, early.lineno, function.name, path)
            if never is not None:
                return CannotRun("NameError: name '%s' is not defined" % never.id, never.lineno, function.name, path)
    return None


def too_early(function):
    """The first name of the function's own that a statement outside of branches and loops reads before anything can have given it a value."""
    if any(isinstance(each, (ast.Global, ast.Nonlocal, ast.Delete)) for each in walk(function)):
        return None
    holders = [each for each in walk(function) if isinstance(each, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda, ast.FunctionDef, ast.ClassDef)) and each is not function]
    inner = {id(one) for each in holders for one in walk(each) if one is not each}
    own = {one for statement in function.body for each in walk(statement) if id(each) not in inner for one in made_by(each)}
    given = {each.arg for each in walk(function.args) if isinstance(each, ast.arg)}
    for statement in function.body:
        if isinstance(statement, (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return)) and not any(each in holders for each in walk(statement)):
            for each in walk(statement):
                started = isinstance(each, ast.Name) and (isinstance(each.ctx, ast.Load) or isinstance(statement, ast.AugAssign) and each is statement.target)
                if started and each.id in own and each.id not in given:
                    return each
        given |= {one for each in walk(statement) for one in made_by(each)}
        if isinstance(statement, (ast.Return, ast.Raise)) or any(isinstance(each, (ast.Return, ast.Raise)) for each in walk(statement)):
            return None
    return None


def misspelt(source, path):
    """CannotRun for a name that a training or the script itself reads, that nothing ever makes, and beside which one of nearly the same spelling is made; or NumPy's, which is never imported."""
    made, stars = module_names(source.tree), star_imports(source.tree)
    brought = brought_by(stars, path, 3)
    if made is None or brought is None:
        return None
    # xrange is read as Python 2 has it
    made |= brought | set(BUILTINS)
    called = {id(each.func): getattr(each.func, "id", getattr(each.func, "attr", "")) for each in walk(source.tree) if isinstance(each, ast.Call)}
    functions = [each for each in walk(source.tree) if isinstance(each, ast.FunctionDef)]
    # what the file never comes to cannot stop it, unless another file is to call all of it
    trainings = [each for each in functions if names.like_name(each.name, names.TRAIN)]
    trainings = [each for each in trainings if each.name in called.values()] or trainings
    trainings += [each for each in functions if names.like_name(each.name, names.FORWARD) and each.name in called.values() and each not in trainings]
    # what a script does behind its training stops nothing that is checked
    begin = min([each.lineno for each in functions if any(isinstance(one, ast.Return) for one in walk(each))], default=math.inf)
    trained = {id(one) for each in source.tree.body if isinstance(each, (ast.For, ast.While)) and moves(each) for one in walk(each)}
    for scope in trainings + [source.tree]:
        own, given = everything_made(scope), handed_back(scope)
        for each in always(scope.body):
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load) and (scope is not source.tree or each.lineno < begin or id(each) in given | trained) and each.id not in made | own and not (stars and id(each) in called) and (source.cells is None and not stars and (each.id == "np" or id(each) in trained and not names.holds_samples(each.id) and not names.holds_targets(each.id)) or any(nearly(each.id, one, 2 if id(each) in given else 3) for one in own)):
                return CannotRun("NameError: name '%s' is not defined" % each.id, each.lineno, getattr(scope, "name", "<module>"), path)
    return None


def moves(loop):
    """Whether a loop of the script moves a parameter by something: then it is a training, and no look at what has been trained."""
    return any(parameter(holder(target)) and goes_on(each, holder(target)) for each in walk(loop) if isinstance(each, (ast.AugAssign, ast.Assign)) for target in ([each.target] if isinstance(each, ast.AugAssign) else each.targets))


def parameter(name):
    return names.is_weight(name) or names.is_bias(name)


def goes_on(each, name):
    """`w -= …`, or `w = w - …`."""
    step = each if isinstance(each, ast.AugAssign) else each.value
    return isinstance(getattr(step, "op", None), (ast.Add, ast.Sub)) and (step is each or any(holder(side) == name for side in (step.left, step.right)))


def handed_back(scope):
    """Names that are handed to a backward pass or an update, by id."""
    return {id(each) for call in walk(scope) if isinstance(call, ast.Call) and names.like_name(getattr(call.func, "id", getattr(call.func, "attr", "")), names.BACKWARD + "|" + names.UPDATE) for each in call.args}


def nearly(one, other, least=3):
    """Whether two names differ by one letter too many, or by two that are swapped; a digit, or x for y, is another name."""
    longer, shorter = sorted((one, other), key=len, reverse=True)
    if len(shorter) < least or re.sub(r"\d", "", longer) == re.sub(r"\d", "", shorter):
        return False
    if len(longer) == len(shorter) + 1:
        return any(longer[:at] + longer[at + 1:] == shorter for at in range(1, len(longer)))
    return len(longer) == len(shorter) and any(longer[:at] + longer[at + 1] + longer[at] + longer[at + 2:] == shorter for at in range(len(longer) - 1))


def star_imports(tree):
    return [each for each in walk(tree) if isinstance(each, ast.ImportFrom) and any(one.name == "*" for one in each.names)]


@functools.lru_cache(maxsize=None)
def tree_of(path):
    """The syntax tree of a module; None where it cannot be read."""
    try:
        return read_source(path).tree
    except Exception:
        return None


#: Stands among the names that are brought where one of the modules is not here.
ABSENT = "from … import *"


def brought_by(imports, path, depth):
    """Names that `from helpers import *` brings from files beside this one, and ABSENT; None where they cannot be known."""
    out = set()
    for each in imports:
        found = beside(path, each.module or "")
        if found is None or not depth:
            out.add(ABSENT)
            continue
        tree = tree_of(found)
        if tree is None:
            return None
        inner = brought_by(star_imports(tree), found, depth - 1)
        if module_names(tree) is None or inner is None:
            return None
        out |= module_names(tree) | inner
    return out


def module_names(tree):
    """Names that anything outside of a function makes, or declares as global; None where they cannot be known (exec, globals())."""
    for each in walk(tree):
        if isinstance(each, ast.Call) and getattr(each.func, "id", "") in ("exec", "eval", "globals", "locals", "vars", "setattr"):
            return None
    # generous: what any function makes may be one that holds this one, or a cell that lost its indent
    return GIVEN | {one for each in walk(tree) if isinstance(each, (ast.ClassDef, ast.FunctionDef)) for one in [each.name]} | outside(tree)


def outside(tree):
    """Names made by statements of the module and of its classes, by functions that hold functions, and by `global`."""
    out = set()
    todo = list(tree.body)
    while todo:
        each = todo.pop()
        if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef)):
            out.update(one for inner in walk(each) if isinstance(inner, ast.Global) for one in inner.names)
            if any(isinstance(inner, (ast.FunctionDef, ast.Lambda)) for statement in each.body for inner in walk(statement)):
                out |= everything_made(each)
            continue
        out |= made_by(each)
        todo.extend(ast.iter_child_nodes(each))
    return out


def everything_made(function):
    """Arguments and whatever is assigned anywhere inside, in branches that may not run as well."""
    return {one for each in walk(function) for one in made_by(each)}


def made_by(each):
    if isinstance(each, ast.Name) and not isinstance(each.ctx, ast.Load):
        return {each.id}
    if isinstance(each, ast.arg):
        return {each.arg}
    if isinstance(each, (ast.Import, ast.ImportFrom)):
        return {(one.asname or one.name).split(".")[0] for one in each.names}
    if isinstance(each, ast.ExceptHandler) and each.name:
        return {each.name}
    if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {each.name}
    return set()


def calls_always(tree, named):
    """(call, function) of the calls that functions of such names always come to."""
    for function in walk(tree):
        if isinstance(function, ast.FunctionDef) and names.like_name(function.name, named):
            yield from ((each, function) for each in always(function.body) if isinstance(each, ast.Call))


def always(body):
    """Nodes that run whenever the function does, and its loops are passed at all, up to the first statement that may leave it."""
    for statement in body:
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            # a return in it does not leave this one
            continue
        if isinstance(statement, ast.For):
            yield from walk(statement.iter)
        if isinstance(statement, (ast.If, ast.While, ast.For, ast.Try, ast.With, ast.Assert)):
            if any(isinstance(each, (ast.Return, ast.Raise)) for each in walk(statement)):
                return
            if isinstance(statement, ast.For):
                # over the layers below the last, of which there is one
                yield from always(statement.body)
            if isinstance(statement, ast.If):
                yield from read_in_all(alternatives(statement))
            continue
        if not any(isinstance(each, (ast.IfExp, ast.BoolOp, ast.Lambda)) for each in walk(statement)):
            yield from walk(statement)
        if isinstance(statement, (ast.Return, ast.Raise)):
            return


def alternatives(statement):
    """The bodies of `if … elif … else`."""
    rest = statement.orelse
    return [statement.body] + (alternatives(rest[0]) if len(rest) == 1 and isinstance(rest[0], ast.If) else [rest] if rest else [])


def read_in_all(bodies):
    """Names that each of several alternatives reads, where it reads them first."""
    read = [{each.id: each for each in reversed(list(always(body))) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)} for body in bodies]
    return [node for name, node in read[0].items() if len(read) > 1 and all(name in each for each in read)]
