"""Our samples where a function of theirs would read its own: `X_train, y_train = load_data()`, of files and packages that are not there."""

import ast

from ..common import names
from ..common.syntax import walk
from . import tables
from .functions import called_name

DATA = "__gradient_debugger_data__"
#: In place of the name of what a constructor reads as a whole: `raw = pd.read_csv(path)`.
TABLE = "table of samples and targets"
#: Names of functions that get data from somewhere.
GETS = r"load|read|fetch|data|mnist|cifar|iris|import|prepare|download|open|csv|pickle|images|labels|split|shuffle|make|resample|transform"

#: The samples of the run that comes next, as {'X': …, 'Y': …}.
given = {}
#: Names that our samples were given in place of what could not be read.
replaced = set()


def give(data):
    if "X" in data and "Y" in data:
        given.clear()
        given.update(data)


def samples_or(read, wanted):
    """What `read` returns; where it cannot read, our samples and targets for the names in `wanted`, nested as they are assigned."""
    try:
        return read()
    except (OSError, ImportError, EOFError):
        made = filled(wanted) if given else None
        if made is None:
            raise
        replaced.update(["the file"] if wanted == TABLE else every(wanted))
        return made


def filled(wanted):
    """Our samples and targets; None where they make no table."""
    if isinstance(wanted, tuple):
        return tuple(filled(each) for each in wanted)
    if wanted == TABLE:
        return tables.of_samples(given["X"], given["Y"])
    return given["Y" if names.holds_targets(wanted) else "X"].copy()


def every(wanted):
    for each in wanted if isinstance(wanted, tuple) else ():
        yield from every(each)
    if not isinstance(wanted, tuple):
        yield wanted


class LoadedData:
    """Part of an Instrument."""

    #: the statements are those of a script, made a function
    lifted = False

    def read_data(self, node):
        """Wraps the call in `X, y = load(…)` where every target is one of samples or of targets; inside functions and in a lifted script only."""
        call = node.value
        wanted = named(node.targets[0])
        if wanted is None and self.scope[-1:] == ["__init__"] and isinstance(call, ast.Call) and called_name(call) == "read_csv" and isinstance(node.targets[0], (ast.Name, ast.Attribute)):
            wanted = TABLE
        if not (self.scope or self.lifted) or not isinstance(call, ast.Call) or wanted is None or not names.like_name(called_name(call), GETS):
            return
        if any(isinstance(each, (ast.Yield, ast.YieldFrom, ast.Await, ast.NamedExpr)) for each in walk(call)):
            return
        read = ast.Lambda(args=ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[]), body=call)
        made = ast.Call(func=ast.Name(id=DATA, ctx=ast.Load()), args=[read, ast.Constant(value=wanted)], keywords=[])
        node.value = ast.fix_missing_locations(ast.copy_location(made, call))


def named(target):
    """The names of a target as nested tuples; None where one of them says no samples and no targets."""
    if isinstance(target, (ast.Tuple, ast.List)):
        found = tuple(named(each) for each in target.elts)
        return None if any(each is None for each in found) else found
    name = getattr(target, "id", getattr(target, "attr", ""))
    return name if isinstance(target, (ast.Name, ast.Attribute)) and (names.holds_targets(name) or names.holds_samples(name)) else None
