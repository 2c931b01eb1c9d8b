"""What the person's functions, methods and calls look like: arguments, returned names, who calls whom."""

import ast
import inspect
import re
import types

from ..common import names
from ..common.syntax import walk, walk_own
from . import data_classes, kept_costs
from .plainer import parsed
from .naming import name_of, returned_names
from .selfless import of_functions, of_module, unbound


class Function:
    """A function or method of theirs. `owner` is the class of a method; `returned` the names that `return` gives."""

    def __init__(self, name, target, node, owner, file, own):
        self.name = name
        self.target = target
        self.node = node
        self.owner = owner
        self.file = file
        #: in the person's own file, not in a module beside it
        self.own = own
        self.line = node.lineno
        arguments = node.args
        every = list(getattr(arguments, "posonlyargs", [])) + list(arguments.args)
        static = any(getattr(each, "id", "") == "staticmethod" for each in node.decorator_list)
        self.bound = owner is not None and not static and not of_functions(owner) and not unbound(owner, node)
        if self.bound:
            every = every[1:]
        self.arguments = [each.arg for each in every] + [each.arg for each in arguments.kwonlyargs]
        #: 'layers' of `*layers`, which is none of the arguments
        self.several = arguments.vararg.arg if arguments.vararg is not None else None
        defaults = list(arguments.defaults)
        self.defaults = dict(zip([each.arg for each in every][len(every) - len(defaults):], defaults)) if defaults else {}
        self.defaults.update({each.arg: value for each, value in zip(arguments.kwonlyargs, arguments.kw_defaults) if value is not None})
        self.returned = returned_names(node)
        self.returns = [each.value for each in walk_own(node) if isinstance(each, ast.Return) and each.value is not None]
        self.calls = [each for each in walk(node) if isinstance(each, ast.Call)]
        self.callees = {called_name(each) for each in self.calls}
        self.strings = {each.value for each in walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)}
        self.loops = any(isinstance(each, (ast.For, ast.While)) for each in walk(node))

    @property
    def needed(self):
        """The arguments that have no default."""
        return [each for each in self.arguments if each not in self.defaults]

    @property
    def title(self):
        return self.owner.__name__ + "." + self.name if self.owner is not None else self.name

    def __repr__(self):
        return "<%s(%s)>" % (self.title, ", ".join(self.arguments))

    def __deepcopy__(self, _):
        # a network that is put together of such is copied for every run, and not its code
        return self


def method_on(holder, function):
    """The method of an object that a Function is; a private one has another name there."""
    return getattr(holder, getattr(function, "attribute", function.name))


def called(function, target, given):
    """What it gives for {argument: value}; the values of `*layers` come one after the other."""
    if function.several not in given:
        return target(**given)
    before = [each.arg for each in function.node.args.args if each.arg in function.arguments]
    rest = {name: value for name, value in given.items() if name not in before and name != function.several}
    return target(*[given[each] for each in before], *given[function.several], **rest)


def turned(expression, holds=names.holds_targets):
    """Y.T, of targets, or of what else `holds` says."""
    return isinstance(expression, ast.Attribute) and expression.attr == "T" and holds(getattr(expression.value, "id", ""))


def enclosing(tree, line):
    """Name of the innermost function that holds a line; None at the top level."""
    holders = [each for each in walk(tree) if isinstance(each, ast.FunctionDef) and each.lineno <= line <= each.end_lineno]
    return max(holders, key=lambda each: each.lineno).name if holders else None


def called_name(call):
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


class Code:
    """Everything found in the person's file and the modules it uses."""

    def __init__(self, namespace, loader, source):
        self.namespace, self.source = namespace, source
        self.functions, self.classes = [], []
        #: names of costs that only a module beside the file shows
        self.shown_beside = set()
        #: globals that only their script would make, given by role: name -> getter(pool); and those that are what forward left
        self.supplied, self.left = {}, set()
        #: what expressions of the file are worth, as far as that was asked
        self.worths = {}
        #: classes whose methods are among the functions
        self.freed = set()
        #: {functions: text of all that they reach}
        self.texts = {}
        self.text = "\n".join(each.text for each in loader.sources.values())
        self.trees = {path: parsed(each.text) for path, each in loader.sources.items()}
        nodes = {}
        for path, tree in self.trees.items():
            for each in walk(tree):
                if isinstance(each, ast.FunctionDef):
                    first = min([each.lineno] + [getattr(one, "lineno", each.lineno) for one in each.decorator_list])
                    nodes[(path, each.name, each.lineno)] = each
                    nodes[(path, each.name, first)] = each
        self.nodes = nodes
        seen = set()
        for name, value in list(namespace.items()):
            if isinstance(value, types.FunctionType):
                self.add(name, value, None, seen)
            elif isinstance(value, type) and value.__module__ != "builtins":
                self.add_class(value, seen)
            elif isinstance(value, types.ModuleType) and getattr(value, "__file__", None) in self.trees:
                for inner, each in list(vars(value).items()):
                    if isinstance(each, types.FunctionType):
                        self.add(inner, each, None, seen)
                    elif isinstance(each, type):
                        self.add_class(each, seen)
        self.functions.sort(key=lambda each: (not each.own, each.line))
        self.classes.sort(key=lambda each: (not each.own, each.line))
        #: every text in the code
        self.strings = {each.value for tree in self.trees.values() for each in walk(tree) if isinstance(each, ast.Constant) and isinstance(each.value, str)}
        #: names that the results of a function are given where it is called: {function: [[name, …], …]}
        self.unpacked = {}
        for tree in self.trees.values():
            for each in walk(tree):
                if isinstance(each, ast.Assign) and isinstance(each.value, ast.Call) and len(each.targets) == 1:
                    target = each.targets[0]
                    given = [name_of(one) for one in target.elts] if isinstance(target, (ast.Tuple, ast.List)) else [name_of(target)]
                    self.unpacked.setdefault(called_name(each.value), []).append(given)
        #: every call in every file, by the called name, with the function it stands in (None: top level)
        self.sites, self.kept = {}, kept_costs.by_attribute(self.trees.values())
        for path, tree in self.trees.items():
            self.collect(tree, None, path)

    def add(self, name, value, owner, seen):
        code = value.__code__
        node = self.nodes.get((code.co_filename, code.co_name, code.co_firstlineno))
        if node is None or (code, owner) in seen:
            return None
        seen.add((code, owner))
        found = Function(name, value, node, owner, code.co_filename, code.co_filename == self.source.path)
        if owner is None:
            self.functions.append(found)
        return found

    def add_class(self, value, seen):
        # of an abstract class no object is made, but of those that are made from it
        made = None if value in seen or inspect.isabstract(value) and value.__subclasses__() else self.class_of(value)
        seen.add(value)
        if made is not None:
            self.classes.append(made)

    def class_of(self, value):
        """The Class of one of theirs; None where no method is."""
        methods = {}
        for base in reversed(value.__mro__):
            for name, each in vars(base).items():
                function = getattr(each, "__func__", each)
                if isinstance(function, types.FunctionType):
                    # __linear_forward, which Python keeps as _Net__linear_forward, is called by its own name
                    kept, prefix = name, "_" + base.__name__.lstrip("_")
                    name = name[len(prefix):] if name.startswith(prefix + "__") else name
                    found = self.add(name, function, value, set())
                    if found is not None:
                        found.attribute = kept
                        methods[name] = found
        return Class(value, methods) if methods else None

    def collect(self, node, inside, path):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call):
                self.sites.setdefault(self.kept.get(called_name(child), called_name(child)), []).append((child, inside, path))
            self.collect(child, child if isinstance(child, ast.FunctionDef) else inside, path)

    def argument_at_site(self, function, argument):
        """(expression given for `argument`, function around it, path) of each call of the function."""
        return [(expression, inside, path) for _, expression, inside, path in self.calls_giving(function, argument)]

    def calls_giving(self, function, argument):
        """The same with the call itself in front."""
        if getattr(function, "inline", False):
            # an expression of theirs, which nothing calls
            return []
        name = function.owner.__name__ if function.name == "__init__" else function.name
        out = []
        for call, inside, path in [each for each in self.sites.get(name, []) if not (function.bound and function.name != "__init__" and of_module(each[0], self.namespace))]:
            for keyword in call.keywords:
                if keyword.arg == argument:
                    out.append((call, keyword.value, inside, path))
            position = function.arguments.index(argument)
            if position < len(call.args) and not any(isinstance(each, ast.Starred) for each in call.args):
                out.append((call, call.args[position], inside, path))
        return out

    def reached(self, functions):
        """Text of functions and of all of theirs that these call."""
        key = tuple(id(each) for each in functions)
        if key not in self.texts:
            self.texts[key] = "\n".join(ast.unparse(each.node) for each in self.used_by(functions))
        return self.texts[key]

    @property
    def every(self):
        """All functions, then the methods of all classes."""
        return self.functions + [method for owner in self.classes for method in owner.methods.values()]

    def used_by(self, functions):
        """These, and all functions and methods of theirs that they call, by name."""
        known = {}
        for each in self.every:
            known.setdefault(each.name, []).append(each)
        todo, seen = list(functions), []
        while todo:
            each = todo.pop()
            if each not in seen:
                seen.append(each)
                todo.extend(one for name in each.callees for one in known.get(name, []))
        return seen

    def runs(self, name, steps):
        """Whether a function of this name is one of the steps of a check, or is called in them."""
        return any(each.function.name == name or re.search(r"\b%s\b" % re.escape(name), self.reached([each.function])) for each in steps)

    def script(self):
        """Top-level statements of the person's own file."""
        return self.trees[self.source.path].body


class Class:
    def __init__(self, value, methods):
        self.value = value
        self.methods = methods
        first = list(methods.values())
        own = [each for each in first if each.own]
        self.own = bool(own)
        self.line = min(each.line for each in (own or first))
        self.name = value.__name__

    def made(self, given):
        """An object, of {argument of the constructor: value}."""
        return called(self.methods["__init__"], self.value, given) if "__init__" in self.methods else data_classes.made(self.value, given)
