"""Modules beside the person's file that use it: where the file has one part of a network only, they lead to the other parts."""

import ast
import importlib
import os
import re
import sys
import types

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from ..source.inline import inline_costs
from ..source.links import is_link
from ..source.source import CannotRun, read_source
from . import losses
from .objects import class_with, read_of_each
from .roles import candidates
from .usage import ARRAY_ATTRIBUTES, use_of

#: Folders with more files than this hold no one network.
MOST_FILES = 60
#: Names of modules that hold one part of a network.
PARTS = "^(forward|fwd|feedforward|init|param|cost|loss)"
#: Longer files are not looked through.
MOST_BYTES = 200000


def completed(make, loader):
    """The Code of `make()`, with what the file's neighbours have where the file has one part only."""
    code = make()
    if not partial(code):
        return priced(code, make, loader)
    # what puts the parts together may be a notebook: then the other parts go by their names
    users = [each for each in beside(loader.path) if uses(each, stem(loader.path))] or [each for each in within(os.path.dirname(loader.path), loader.path) if names.like_name(stem(each), PARTS)]
    if not users:
        return code
    own = sys.modules.get("gdroot.gdpkg." + stem(loader.path))
    for each in users:
        try:
            importlib.import_module(stem(each))
        except Exception:
            continue
    for name, module in list(sys.modules.items()):
        if module is not own and getattr(module, "__file__", None) in loader.sources and module.__file__ != loader.path:
            own.__dict__.setdefault("__beside_" + name.replace(".", "_"), module)
    return make()


def priced(code, make, loader):
    """The Code with the cost that a neighbour shows while it trains what stands in the file, where the file has none: `from losses import mse` in train.py."""
    passes = [each for each in code.every if each.own and names.like_name(each.name, names.BACKWARD) and not is_link(each)]
    if not passes or code.source.cells is not None or candidates(code.functions)["cost"] or any(candidates(list(owner.methods.values()))["cost"] for owner in code.classes) or losses.losses(code) or inline_costs(code, True):
        return code
    own = sys.modules.get("gdroot.gdpkg." + stem(loader.path))
    for each in beside(loader.path):
        called = shown_beside(each, {one.name for one in passes}) if uses(each, stem(loader.path)) else set()
        if not called:
            continue
        try:
            module = importlib.import_module(stem(each))
        except Exception:
            continue
        made = {name: getattr(module, name, None) for name in called - set(own.__dict__)}
        made = {name: value for name, value in made.items() if isinstance(value, types.FunctionType) and value.__code__.co_filename in loader.sources}
        own.__dict__.update(made)
        code = make() if made else code
        code.shown_beside = set(made)
        return code
    return code


def shown_beside(path, passes):
    """Names of costs that a file calls where it calls one of these backward passes."""
    called = {called_name(each) for each in walk(read_source(path).tree) if isinstance(each, ast.Call)}
    return {each for each in called if names.like_name(each, names.COST) and not names.like_name(each, names.DERIVATIVE)} if passes & called else set()


def partial(code):
    """Whether there are functions of a backward pass, and none of a forward pass or of what makes the parameters; or a network of objects that no class makes."""
    if any(each.own and each not in code.freed for each in code.classes):
        return any(each.own and wanting(each, code) for each in code.classes)
    found = candidates(code.functions)
    return bool(found["backward"]) and not found["both"] and not (found["forward"] and found["init"]) and not any(names.like_name(each.name, names.TRAIN) and each.own and each.loops for each in code.functions if each not in found["backward"])


def wanting(owner, code):
    """Whether a class is given layers, or a loss, whose methods it calls and which no class has."""
    init = owner.methods.get("__init__")
    for argument in init.arguments + [init.several] * (init.several is not None) if init is not None else ():
        if argument in init.defaults and not isinstance(init.defaults[argument], (ast.List, ast.Constant)):
            continue
        wanted, given = read_of_each(code, init, argument)
        called = {name for name, each in use_of(code, init, argument).attributes.items() if each}
        for names_ in (wanted | given, called):
            if names_ and not names_ & (ARRAY_ATTRIBUTES | DICTS) and class_with(code, names_, set(), owner.value) is None:
                return True
    return False


#: What is asked of lists, dicts, texts and generators.
DICTS = {"get", "items", "keys", "values", "append", "copy", "lower", "upper", "pop", "split", "index", "seed", "randn", "normal", "uniform", "format", "extend", "insert", "update", "join"}


def stem(path):
    return os.path.splitext(os.path.basename(path))[0]


def beside(path):
    """Modules of the folder, and of the one above, where a package is used."""
    folder = os.path.dirname(path)
    return within(folder, path) + within(os.path.dirname(folder), path)


def within(folder, path):
    found = [os.path.join(folder, each) for each in sorted(os.listdir(folder)) if each.endswith(".py") and os.path.join(folder, each) != path]
    return [each for each in found if stem(each).isidentifier() and os.path.getsize(each) < MOST_BYTES] if len(found) <= MOST_FILES else []


def uses(path, module):
    """Whether a file imports a module by its name, or by that of its package."""
    try:
        with open(path, "rb") as stream:
            if module.encode() not in stream.read():
                return False
        text = read_source(path).text
    except (CannotRun, OSError, IOError):
        return False
    return re.search(r"(?m)^\s*(from\s+([\w.]*\.)?%s\s+import|(from\s+[\w.]+\s+)?import\s+([\w., ]*[.,]\s*)?%s\b)" % (re.escape(module), re.escape(module)), text) is not None
