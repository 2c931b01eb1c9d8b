"""Calls that a script makes with numbers that stand in it: where such a call stops, the file cannot run, for nothing was chosen here."""

import ast
import copy

from ..common import names
from ..common.sandbox import TimeUp, Timer
from ..common.syntax import walk
from ..source.lifting import loaded, stored
from ..source.source import CannotRun

#: What a call may stop with for its numbers alone; a missing name may be one that the script makes.
CERTAIN = (AssertionError, ValueError, TypeError, IndexError)
#: NumPy functions that only write numbers down.
PLAIN = {"array", "asarray", "float64", "float32"}
ROLES = "|".join((names.FORWARD, names.BACKWARD, names.COST)) + "|propagat"


def planned(tree):
    """[(function, arguments, keyword arguments)] as expressions: calls at the top level whose arguments were last set to plain numbers."""
    numbers, out = {}, []
    for statement in tree.body:
        for each in walk(statement) if isinstance(statement, (ast.Expr, ast.Assign)) else ():
            if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and names.like_name(each.func.id, ROLES):
                given = [numbers.get(one.id) if isinstance(one, ast.Name) else one if plain(one) else None for one in each.args]
                named = {one.arg: numbers.get(one.value.id) if isinstance(one.value, ast.Name) else one.value if plain(one.value) else None for one in each.keywords}
                if given and None not in given and None not in named.values() and None not in named:
                    out.append((each.func.id, copy.deepcopy(given), copy.deepcopy(named)))
        learn(statement, numbers)
    return out


def learn(statement, numbers):
    """What a statement makes of the names: plain numbers, or something that is not known."""
    for each in walk(statement) if not isinstance(statement, (ast.FunctionDef, ast.ClassDef)) else ():
        if isinstance(each, ast.Name) and (isinstance(each.ctx, ast.Store) or not isinstance(statement, (ast.Expr, ast.Assign))):
            numbers.pop(each.id, None)
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target, value = statement.targets[0], statement.value
        pairs = list(zip(target.elts, value.elts)) if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts) else [(target, value)]
        for name, one in pairs:
            if isinstance(name, ast.Name) and plain(one):
                numbers[name.id] = one


def plain(value):
    """Whether an expression is numbers and arrays of numbers."""
    for each in walk(value):
        if isinstance(each, ast.Call):
            if not (isinstance(each.func, ast.Attribute) and getattr(each.func.value, "id", "") in ("np", "numpy") and each.func.attr in PLAIN):
                return False
        elif isinstance(each, ast.Name) and each.id not in ("np", "numpy"):
            return False
        elif not isinstance(each, (ast.Constant, ast.List, ast.Tuple, ast.UnaryOp, ast.USub, ast.Name, ast.Attribute, ast.Load, ast.keyword)):
            return False
    return True


def stopping(plans, code, frame_of):
    """CannotRun of the first that stops in the person's own code; `frame_of`: traceback → (function, line, file)."""
    for name, given, named in plans:
        function = next((each for each in code.functions if each.name == name and each.own), None)
        if function is None or any(names.holds_samples(each) or names.holds_targets(each) for each in loaded(function.node) - stored(function.node) - set(function.arguments)):
            # X[69] of samples that are ours says nothing of theirs
            continue
        try:
            read = lambda one: eval(compile(ast.fix_missing_locations(ast.Expression(body=one)), "<argument>", "eval"), code.namespace)
            arguments, keywords = [read(one) for one in given], {key: read(one) for key, one in named.items()}
        except Exception:
            continue
        try:
            with Timer(1.0):
                function.target(*arguments, **keywords)
        except TimeUp:
            continue
        except CERTAIN as error:
            frame = frame_of(error.__traceback__)
            if frame is not None:
                kind = type(error).__name__
                return CannotRun("%s%s, with the numbers that the file itself gives to %s" % (kind, ": %s" % error if str(error) else "", name), frame[1], frame[0], frame[2])
        except Exception:
            continue
    return None
