"""What Python 2 means by the same words: whole numbers divide to whole numbers, range and zip make lists, dicts have iteritems."""

import ast
import copy
import functools
import itertools
import re

import numpy as np

from ..common.syntax import walk
from .brevity import BRIEF, ONE

#: The names its calls have in the namespace that runs.
DIVIDE, LISTED = "__gradient_debugger_divide__", "__gradient_debugger_list__"
#: Built in until Python 2 only, each with what stands for it; the first three are given to every file.
BUILTINS = {"xrange": range, "unicode": str, "raw_input": lambda *_: input(*_), "basestring": str, "long": int, "unichr": chr, "reduce": functools.reduce, "cmp": lambda a, b: (a > b) - (a < b), "reload": lambda module: module}
EVERYWHERE = ("xrange", "unicode", "raw_input")
METHODS = {"iteritems": "items", "iterkeys": "keys", "itervalues": "values", "viewitems": "items", "viewkeys": "keys", "viewvalues": "values", "has_key": "__contains__", "next": "__next__"}
LISTS = ("range", "map", "zip", "filter")
VIEWS = ("keys", "values", "items")
WHOLE = (int, np.integer)
LAZY = (range, map, zip, filter, type({}.keys()), type({}.values()), type({}.items()))


def divide(a, b):
    return a // b if whole(a) and whole(b) else a / b


def whole(value):
    return isinstance(value, WHOLE) or isinstance(value, np.ndarray) and value.dtype.kind in "iub"


def listed(value):
    return list(value) if isinstance(value, LAZY) and not (isinstance(value, range) and len(value) > 1000000) else value


def give(namespace, source):
    """Puts into a namespace what Python 2 has built in, and what the calls below need."""
    namespace[DIVIDE], namespace[LISTED] = divide, listed
    for name, value in BUILTINS.items():
        if name in EVERYWHERE or source.python2 is not None:
            namespace.setdefault(name, value)
    if source.python2 is not None:
        # there it evaluates what is typed
        namespace.setdefault("input", lambda *_: int(input(*_)))
        itertools.izip, itertools.imap, itertools.ifilter = zip, map, filter


def as_there(module, source):
    """A tree that is about to be compiled, with the meaning of Python 2 where the file is Python 2; lines and places stay."""
    if source.python2 is None and not speaks(source):
        return module
    given, true = names(source)
    return ast.fix_missing_locations(Meaning(given, source.python2 is not None and not true).visit(copy.deepcopy(module)))


@functools.lru_cache(maxsize=None)
def speaks(source):
    """Whether a file that Python 3 reads calls a method that dicts had in Python 2 only."""
    return bool((set(METHODS) - {"next"}) & set(re.findall(r"\.(\w+)\(", source.text)))


@functools.lru_cache(maxsize=None)
def names(source):
    """What the file gives a value itself, and whether its division is Python 3's."""
    given, true = set(), False
    for each in walk(source.tree):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            given.add(each.id)
        elif isinstance(each, (ast.FunctionDef, ast.ClassDef)):
            given.add(each.name)
        elif isinstance(each, ast.ImportFrom) and each.module == "__future__":
            true = true or any(one.name == "division" for one in each.names)
    return given, true


class Meaning(ast.NodeTransformer):
    def __init__(self, given, floors):
        self.given, self.floors = given, floors

    def visit_BinOp(self, node):
        self.generic_visit(node)
        return self.call(DIVIDE, node, node.left, node.right) if self.floors and isinstance(node.op, ast.Div) else node

    def visit_AugAssign(self, node):
        self.generic_visit(node)
        if self.floors and isinstance(node.op, ast.Div) and isinstance(node.target, ast.Name):
            # an array is divided in place, where Python 3 and 2 agree for all that is no whole number
            load = ast.copy_location(ast.Name(id=node.target.id, ctx=ast.Load()), node)
            floor = ast.copy_location(ast.Assign(targets=[node.target], value=self.call(DIVIDE, node, load, node.value)), node)
            test = self.call("isinstance", node, copy.copy(load), ast.Name(id="int", ctx=ast.Load()))
            return ast.copy_location(ast.If(test=test, body=[floor], orelse=[node]), node)
        return node

    def visit_For(self, node):
        self.generic_visit(node)
        node.iter = lazy(node.iter)
        return node

    def visit_comprehension(self, node):
        self.generic_visit(node)
        node.iter = lazy(node.iter)
        return node

    def visit_Call(self, node):
        self.generic_visit(node)
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if isinstance(node.func, ast.Attribute) and name in METHODS and name not in self.given and (name != "next" or not node.args):
            node.func.attr = METHODS[name]
            name = node.func.attr
        makes = isinstance(node.func, ast.Name) and name in LISTS and name not in self.given or isinstance(node.func, ast.Attribute) and name in VIEWS and not node.args
        return self.call(LISTED, node, node) if makes else node

    @staticmethod
    def call(name, place, *arguments):
        made = ast.copy_location(ast.Call(func=ast.Name(id=name, ctx=ast.Load()), args=list(arguments), keywords=[]), place)
        return ast.copy_location(made, place)


def lazy(iterated):
    """What a loop goes through needs no list of its own; a dict that it changes meanwhile does."""
    if not isinstance(iterated, ast.Call):
        return iterated
    name = getattr(iterated.func, "id", "")
    if name == LISTED:
        return iterated.args[0] if getattr(iterated.args[0].func, "id", "") in LISTS else iterated
    if name in (BRIEF, ONE):
        iterated.args = [lazy(each) for each in iterated.args]
    return iterated
