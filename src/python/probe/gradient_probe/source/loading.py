"""Loads imports, definitions and constants of a file, and of the modules beside it; never its script."""

import ast
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
import types

import numpy as np

from ..common.sandbox import TimeUp, Timer
from ..common.syntax import forget, walk
from . import cupy
from . import bases
from . import helpers
from . import pylab
from . import python2_meaning
from . import stand_ins
from . import stubs
from . import tensors
from .aliases import Alias, Itself
from ..common.numpy_1 import ROUNDED
from ..common.sandbox import within
from .brevity import BRIEF, EVERY, ONE, brief, every, one
from .constants import flatten, has_lambda, is_constant, keep, passing, values_to_try
from .loaded_data import DATA, samples_or
from .recorder import HOOK, Instrument
from .source import CannotRun, beside, read_source
from .stubs import SILENT, Stub, StubLoader

#: Seconds for one statement: a constant that takes longer is left out.
LOAD_SECONDS = 3.0
AS_NUMPY = {"autograd.numpy", "jax.numpy", "minpy.numpy", "numpy_"}
#: A number that takes longer to compute is a result, and no constant.
NUMBER_SECONDS = 0.2


class Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds modules beside the person's file and loads them by the same rule; stubs what is missing."""

    def __init__(self, path, recorder):
        self.path = os.path.abspath(path)
        self.recorder = recorder
        self.problems = []
        #: syntax errors of modules beside it: whoever imports these stops
        self.unreadable = []
        #: the person's module
        self.module = None
        self.sources = {}
        self.stubs = set()
        #: activations of a helper module that is not there
        self.helped = set()
        self.has_scipy = importlib.machinery.PathFinder.find_spec("scipy") is not None

    # -- import machinery

    def find_spec(self, name, path=None, target=None):
        top = name.split(".")[0]
        if name in AS_NUMPY:
            return importlib.machinery.ModuleSpec(name, Alias(np))
        if name == "cupy":
            return importlib.machinery.ModuleSpec(name, Itself(cupy.CUPY))
        if name in pylab.MODULES:
            self.stubs.add(top)
            return importlib.machinery.ModuleSpec(name, Itself(pylab.module(name)))
        if name == "scipy.misc":
            return importlib.machinery.ModuleSpec(name, Itself(stubs.pictures()))
        if top == "scipy" and not self.has_scipy:
            self.stubs.add(top)
            made = stand_ins.module(name)
            return importlib.machinery.ModuleSpec(name, Alias(made) if made is not None else StubLoader(False), is_package=True)
        if top in stubs.OPEN:
            return None
        if top == "gdroot":
            return self.inside(name)
        found = beside(self.path, name)
        if found is not None and os.path.abspath(found) == self.path and self.module is not None:
            # whoever uses the file imports the module that is being checked
            return importlib.machinery.ModuleSpec(name, Itself(self.module))
        known = top in getattr(sys, "stdlib_module_names", ()) or is_stdlib(top)
        if found is not None and os.path.abspath(found) != self.path and (not known or os.path.dirname(found) == os.path.dirname(self.path)):
            return self.spec(name, found)
        if known:
            return None
        if path is not None and not isinstance(sys.modules.get(top), Stub) or not self.asked_by_them():
            return None
        self.stubs.add(top)
        return importlib.machinery.ModuleSpec(name, StubLoader(top in SILENT), is_package=True)

    def asked_by_them(self):
        """Whether the import stands in the person's own code: a package that is installed must see what is installed beside it."""
        frame = sys._getframe(1)
        while frame is not None and (frame.f_code.co_filename == __file__ or "importlib" in frame.f_code.co_filename):
            frame = frame.f_back
        return frame is not None and frame.f_code.co_filename in self.sources

    def inside(self, name):
        folder = os.path.dirname(self.path)
        parts = name.split(".")[1:]
        if not parts:
            return self.spec(name, os.path.dirname(folder))
        base = os.path.join(folder, *parts[1:]) if parts[0] == "gdpkg" else os.path.join(os.path.dirname(folder), *parts)
        for candidate in (base + ".py", os.path.join(base, "__init__.py"), base):
            if os.path.isfile(candidate) or (candidate == base and os.path.isdir(base)):
                return self.spec(name, candidate)
        if not self.asked_by_them():
            return None
        # `from .functions import sigmoid` of a file that was taken out of its package
        own = parts[1:] if parts[0] == "gdpkg" else parts
        self.stubs.add(own[0])
        return importlib.machinery.ModuleSpec(name, Itself(Stub(".".join(own), False)), is_package=True)

    def spec(self, name, found):
        package = os.path.isdir(found) or os.path.basename(found) == "__init__.py"
        spec = importlib.machinery.ModuleSpec(name, self, origin=found, is_package=package)
        if package:
            spec.submodule_search_locations = [found if os.path.isdir(found) else os.path.dirname(found)]
        return spec

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        origin = module.__spec__.origin
        if os.path.isfile(origin):
            module.__file__ = origin
            try:
                source = read_source(origin)
                self.unreadable += [source.broken] if source.broken is not None else []
                self.run(source, module.__dict__)
            except CannotRun as problem:
                self.unreadable.append(problem)
                self.problems.append(problem)
            for each in self.unreadable:
                each.file = each.file or origin

    # -- loading

    def load(self, source):
        """The person's module as a namespace."""
        sys.meta_path.insert(0, self)
        name = "gdroot.gdpkg." + (os.path.splitext(os.path.basename(self.path))[0].replace(".", "_") or "file")
        module = types.ModuleType(name)
        module.__file__ = self.path
        module.__package__ = "gdroot.gdpkg"
        sys.modules[name] = self.module = module
        self.run(source, module.__dict__)
        return module.__dict__

    def run(self, source, namespace):
        self.sources[source.path] = source
        tree = Instrument(self.recorder, source.path, source.text)
        namespace[HOOK] = self.recorder.hook
        namespace[BRIEF] = brief
        namespace[DATA] = samples_or
        namespace[ONE], namespace[EVERY] = one, every
        # of a notebook NumPy is there, from a cell that is no longer
        namespace.update({"np": np} if source.cells is not None else {})
        python2_meaning.give(namespace, source)
        for each in walk(source.tree):
            if isinstance(each, ast.Constant) and each.value in ROUNDED:
                each.value = "float64"
        read = {each.id for one in source.tree.body if isinstance(one, (ast.FunctionDef, ast.ClassDef)) for each in walk(one) if isinstance(each, ast.Name)}
        for statement in flatten(source.tree.body):
            if not keep(statement, namespace):
                self.number(statement, namespace, read)
                continue
            if tensors.once_more(statement, namespace) or values_to_try(statement, namespace, source.tree):
                continue
            try:
                # constants stay as they are; what can be called is watched
                done = tree.statement(statement) if isinstance(statement, (ast.FunctionDef, ast.ClassDef)) or has_lambda(statement) else statement
                module = ast.Module(body=done if isinstance(done, list) else [done], type_ignores=[])
                ast.fix_missing_locations(module)
                before = dict(namespace) if isinstance(statement, ast.ImportFrom) else {}
                code = compile(python2_meaning.as_there(module, source), source.path, "exec", source.flags)
                within(LOAD_SECONDS, lambda: exec(code, namespace))
                for each in passing(statement):
                    namespace.pop(each, None)
                self.help(before, source, namespace)
            except Exception as error:
                self.problems.append(CannotRun("%s: %s" % (type(error).__name__, error), statement.lineno, getattr(statement, "name", None), source.path))
        # what was instrumented is another tree now
        forget()
        if any(isinstance(each, ast.ImportFrom) and each.names[0].name == "*" and (each.module or "").split(".")[0] in self.stubs for each in source.tree.body):
            # from partTwo import *: what is there has imported NumPy
            namespace.setdefault("np", np)
            self.helped.update(each for each in helpers.wanted(source.tree, namespace))
            namespace.update({each: helpers.find(each, source.tree) for each in helpers.wanted(source.tree, namespace)})
        written = ast.parse(source.text)
        self.helped.update(helpers.give(namespace, written) | bases.give(namespace, written))
        self.hoist(source, namespace)

    def number(self, statement, namespace, read):
        """`E = series(20)`, `TABLE = activations()`: a number, or a table of functions, that functions read and a function of theirs makes of constants is a constant too."""
        call, target = getattr(statement, "value", None), getattr(statement, "targets", [None])[0]
        if not isinstance(statement, ast.Assign) or not isinstance(call, ast.Call) or getattr(target, "id", None) not in read or not isinstance(namespace.get(getattr(call.func, "id", None)), types.FunctionType) or not is_constant(ast.Tuple(elts=call.args + [each.value for each in call.keywords], ctx=ast.Load())):
            return
        try:
            with Timer(NUMBER_SECONDS):
                value = eval(compile(ast.Expression(body=copy.deepcopy(call)), self.path, "eval"), namespace)
        except (Exception, TimeUp):
            return
        if isinstance(value, (int, float, np.number)) or isinstance(value, dict) and value and all(map(callable, value.values())):
            namespace[target.id] = value

    def help(self, before, source, namespace):
        """What an import from a module that is not there leaves: activations as everyone means them, and never a stub over a function of their own."""
        for name, value in [each for each in namespace.items() if before and isinstance(each[1], Stub) and not each[1]._silent]:
            if name in before and before[name] is not value:
                namespace[name] = before[name]
            elif helpers.find(name, source.tree) is not None and "." in value.__name__:
                namespace[name] = helpers.find(name, source.tree)
                self.helped.add(name)

    def hoist(self, source, namespace):
        """Functions that a file keeps inside one big function are found too: those of its body, as if they stood outside."""
        if sum(isinstance(each, ast.FunctionDef) for each in source.tree.body) > 3:
            return
        for outer in ast.parse(source.text).body:
            if not isinstance(outer, ast.FunctionDef):
                continue
            inner = [each for each in outer.body if isinstance(each, ast.FunctionDef) and each.name not in namespace]
            if len(inner) < 3:
                continue
            tree = Instrument(self.recorder, source.path, source.text)
            for each in inner:
                try:
                    module = ast.Module(body=[tree.statement(each)], type_ignores=[])
                    ast.fix_missing_locations(module)
                    exec(compile(python2_meaning.as_there(module, source), source.path, "exec", source.flags), namespace)
                except Exception:
                    continue


LOADER = None


def create(path, recorder):
    global LOADER
    LOADER = Loader(path, recorder)
    return LOADER


def is_stdlib(name):
    if name in sys.builtin_module_names:
        return True
    folder = os.path.dirname(os.__file__)
    return os.path.exists(os.path.join(folder, name + ".py")) or os.path.exists(os.path.join(folder, name, "__init__.py"))
