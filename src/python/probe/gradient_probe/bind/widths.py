"""Numbers of units for the arguments that want them, in the form that the file's own calls have."""

import ast
import functools
import re

import numpy as np

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from ..source.worth import worth
from . import described
from .activations import plural
from .choices import fixed
from .usage import use_of


@functools.lru_cache(maxsize=None)
def compiled(expression):
    """Code of an expression without calls; None for any other."""
    if any(isinstance(each, (ast.Call, ast.Lambda, ast.Await)) for each in walk(expression)):
        return None
    try:
        return compile(ast.fix_missing_locations(ast.Expression(body=expression)), "<argument>", "eval")
    except (SyntaxError, ValueError, TypeError):
        return None


@functools.lru_cache(maxsize=None)
def counted_from_behind(text, name):
    """Whether a number of layers, the inputs among them, counts those from behind: `for l in range(2, self.layers): delta[-l] = …`."""
    found = re.search(r"for (\w+) in range\(2, *(?:self\.)?%s\)" % re.escape(name), text)
    return found is not None and re.search(r"\[-%s\]" % found.group(1), text) is not None


class Widths:
    """Part of a Pool."""

    def size(self, name, function, default):
        """A width, or the list of widths, in the form that the file's own calls have."""
        sizes = self.sizes
        known, given = self.given(function, name)
        if names.plain(name) in ("x", "y", "xtrain", "ytrain"):
            return None
        if counted_from_behind(self.code.text, name):
            return fixed(sizes.L + 1)
        place = self.in_list(function, name)
        if place is not None:
            return fixed((sizes.n0, sizes.hidden[0], sizes.nL)[place])
        use = use_of(self.code, function, name) if names.is_name(name, names.DIMS_NAMES) and hasattr(function, "node") and name in function.arguments else None
        if use is not None and use.keys and not use.listed:
            # dimensions["n_x"]: a dictionary of widths
            return None
        if use is not None and use.array and use.of_sizes:
            # np.array([784, 50, 10]), whatever an older call gives
            return fixed(np.array(sizes.dims))
        if use is not None and "hidden" in names.plain(name) and self.between_ends(function, use):
            return fixed(list(sizes.hidden))
        one = use is not None and bool(use.sized) and not use.listed
        if one and not names.is_name(name, names.N1_NAMES):
            # layer_size in randn(inputs, layer_size): one width of several
            return (self.widths_by_use(use, function, name) or [fixed(sizes.hidden[0])])[0]
        if names.is_name(name, names.DIMS_NAMES) and not (names.is_name(name, names.N1_NAMES) and (one or self.one_number(function, name))):
            if known and isinstance(given, (list, tuple)) and not all(isinstance(each, (int, np.integer)) for each in given):
                return fixed(given)
            if known and isinstance(given, int) and not isinstance(given, bool):
                # Dense(6): of one layer it is its units, of a network how many layers there are
                return fixed(sizes.nL if getattr(sizes, "of_layer", False) else sizes.L)
            if names.plain(name) in ("nlayers", "numlayers", "layernum") and not self.subscripted(function, name):
                return fixed(sizes.L + 1)
            if isinstance(default, ast.Constant) and isinstance(default.value, int):
                # layer_dims=1 of one layer is its units
                return fixed(sizes.nL) if getattr(sizes, "of_layer", False) and not isinstance(default.value, bool) else None
            if self.of_dicts(function, name):
                return self.architecture()
            apart = described.layers(self, function, name) if hasattr(function, "node") and name in function.arguments else None
            if apart is not None:
                return fixed(apart)
            return fixed(list(sizes.dims))
        if self.paired(function, name):
            return fixed(list(sizes.dims))
        if names.is_name(name, names.N0_NAMES) or names.plain(name) == "n" and (self.beside_hidden(function, name) or self.of_one_output(function, name)):
            if known and isinstance(given, (list, tuple)) and self.subscripted(function, name):
                return fixed(given)
            return fixed(sizes.n0)
        if names.is_name(name, names.N2_NAMES):
            return fixed(sizes.hidden[1] if len(sizes.hidden) > 1 else sizes.hidden[0])
        if names.is_name(name, names.N1_NAMES):
            if self.every_layer(function, name):
                return fixed(list(sizes.dims))
            if known and isinstance(given, (list, tuple)):
                return fixed(type(given)(sizes.hidden[:len(given)] or sizes.hidden))
            if self.joined(function, name) or self.extends(function, name) or isinstance(default, (ast.List, ast.Tuple)) or self.subscripted(function, name) or (not known and self.listed_later(function, name)):
                return fixed(list(sizes.hidden))
            return fixed(sizes.hidden[0])
        if names.is_name(name, names.NL_NAMES):
            return fixed(sizes.nL)
        role = names.width_role(name)
        listed = self.annotated(function, name, "list") or self.joined(function, name) or (plural(name) and self.subscripted(function, name))
        if role == "in":
            return fixed(sizes.n0)
        if role == "out":
            return fixed(sizes.nL)
        if role is None and not listed and default is None:
            between = self.between(function, name)
            if between is not None:
                return fixed((sizes.hidden + sizes.hidden[-1:] * 4)[between])
        if listed and (set(names.words(name)) & names.COUNTS or self.joined(function, name)):
            # layers_units[l] and layers_units[l + 1] of a word that says nothing of hidden layers
            return fixed(list(sizes.dims if role is None and not self.joined(function, name) and self.every_layer(function, name) else sizes.hidden))
        if role == "hidden":
            return fixed(len(sizes.hidden) if set(names.words(name)) & {"layers", "capas", "camadas", "couches"} and self.annotated(function, name, "int") else sizes.hidden[0])
        return None

    @staticmethod
    def beside_hidden(function, name):
        """Whether another argument is the number of hidden units, and none that of the inputs: `start(H, N, K)`."""
        others = [each for each in getattr(function, "arguments", ()) if each != name]
        return any(names.is_name(each, names.N1_NAMES) for each in others) and not any(names.is_name(each, names.N0_NAMES) or names.width_role(each) == "in" for each in others)

    def of_one_output(self, function, name):
        """Whether weights for one output have that many entries: `w = np.zeros((n, 1))`."""
        sized = use_of(self.code, function, name).sized if hasattr(function, "node") and name in function.arguments else []
        return any(len(dimensions) == 2 and getattr(dimensions[1 - position], "value", None) == 1 for _, position, dimensions in sized) and len(function.needed) == 1

    @staticmethod
    def in_list(function, name):
        """Which of three widths an argument is that the function puts into a list, `self.dims = [start, layers, end]`; None of any other."""
        lists = [[getattr(one, "id", None) for one in each.elts] for each in walk(function.node) if isinstance(each, ast.List)] if hasattr(function, "node") else []
        found = next((each for each in lists if len(each) == 3 and name in each and all(one in function.arguments for one in each)), None)
        return found.index(name) if found is not None else None

    def counts_inputs(self, name):
        """Whether a number of layers counts the inputs as one, as the file asks for the weights: `"W" + str(layers - 1)`, or a loop over `range(1, layers)` and no more."""
        text, own = self.code.text, re.escape(name)
        if re.search(r"str\(%s\)|\{%s\}" % (own, own), text):
            return False
        last = re.search(r"str\(%s *- *1\)|\{%s *- *1\}" % (own, own), text)
        return last is not None or re.search(r"range\(1, *%s\)" % own, text) is not None and re.search(r"range\((1, *)?%s *(\+ *1 *)?\)" % own, text.replace("range(1, %s)" % name, "")) is None

    @staticmethod
    @functools.lru_cache(maxsize=None)
    def between(function, name):
        """Index of a hidden width whose name says nothing, by its place: `Net(input_dims, num_nodes_lr1, num_classes)`; None elsewhere."""
        given = function.needed if function is not None and hasattr(function, "node") else []
        ends = [index for pattern, role in ((names.N0_NAMES, "in"), (names.NL_NAMES, "out")) for index, each in enumerate(given) if names.is_name(each, pattern) or names.width_role(each) == role]
        if len(ends) != 2 or name not in given or not ends[0] < given.index(name) < ends[1] or ends[1] - ends[0] > 5:
            return None
        return given.index(name) - ends[0] - 1

    @staticmethod
    @functools.lru_cache(maxsize=None)
    def paired(function, name):
        """`zip(hidden_size[:-1], hidden_size[1:])` where no other argument is the number of inputs or outputs: all layers, whatever they are called."""
        if not hasattr(function, "node") or name not in function.arguments or any(names.width_role(each) in ("in", "out") or names.is_name(each, names.N0_NAMES + "|" + names.NL_NAMES) for each in function.arguments if each != name):
            return False
        return any(isinstance(each, ast.Call) and called_name(each) == "zip" and len(each.args) == 2 and all(isinstance(one, ast.Subscript) and isinstance(one.slice, ast.Slice) and getattr(one.value, "id", None) == name for one in each.args) for each in walk(function.node))

    @staticmethod
    @functools.lru_cache(maxsize=None)
    def annotated(function, name, kind):
        """Whether the argument has an annotation of this kind: `units: list`, `List[int]`."""
        arguments = function.node.args.args + function.node.args.kwonlyargs if hasattr(function, "node") else []
        return any(each.arg == name and each.annotation is not None and kind in ast.dump(each.annotation).lower() for each in arguments)

    @staticmethod
    @functools.lru_cache(maxsize=None)
    def one_number(function, name):
        """`int(units)` and `randn(units, n)`: a name that may be a list is used as a number."""
        if not hasattr(function, "node"):
            return False
        for each in walk(function.node):
            if isinstance(each, ast.Call) and any(getattr(one, "id", None) == name for one in each.args) and getattr(each.func, "id", getattr(each.func, "attr", "")) in ("int", "randn", "rand", "zeros", "ones"):
                return True
            if isinstance(each, ast.Tuple) and any(getattr(one, "id", None) == name for one in each.elts) and isinstance(each.ctx, ast.Load):
                return True
        return False

    @staticmethod
    @functools.lru_cache(maxsize=None)
    def joined(function, name):
        """`[inputs] + hidden + [outputs]`: a list, whatever it is called."""
        return any(isinstance(each, ast.BinOp) and isinstance(each.op, ast.Add) and any(isinstance(one, ast.List) and getattr(other, "id", None) == name for one, other in ((each.left, each.right), (each.right, each.left))) for each in (walk(function.node) if hasattr(function, "node") else ()))

    def between_ends(self, function, use):
        """Whether an object puts the list that it keeps between the inputs and the outputs: `[X.shape[0]] + self.hidden_sizes + [Y.shape[0]]`."""
        nodes = [method.node for owner in self.code.classes if owner.value is function.owner for method in owner.methods.values()]
        sums = [each for node in nodes for each in walk(node) if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Add) and isinstance(each.left, ast.BinOp) and isinstance(each.left.op, ast.Add)]
        return any(isinstance(each.right, ast.List) and isinstance(each.left.left, ast.List) and getattr(getattr(each.left.right, "value", None), "id", None) == "self" and each.left.right.attr in use.aliases for each in sums)

    @staticmethod
    @functools.lru_cache(maxsize=None)
    def subscripted(function, name):
        return hasattr(function, "node") and (any(isinstance(each, ast.Subscript) and getattr(each.value, "id", None) == name for each in walk(function.node)) or any(isinstance(each, ast.Call) and getattr(each.func, "id", None) == "len" and each.args and getattr(each.args[0], "id", None) == name for each in walk(function.node)) or any(isinstance(each, ast.For) and any(getattr(one, "id", None) == name for one in ([each.iter] + (each.iter.args if called_name(each.iter) in ("enumerate", "zip", "reversed") else []) if isinstance(each.iter, ast.Call) else [each.iter])) for each in walk(function.node)))

    def extends(self, function, name):
        """`dims.extend(hidden)`, here or where an object finds it kept: a list, whatever it is called."""
        if not hasattr(function, "node") or name not in function.arguments:
            return False
        kept = use_of(self.code, function, name).aliases
        nodes = [function.node] + [method.node for owner in self.code.classes if owner.value is function.owner for method in owner.methods.values()]
        given = [each.args[0] for node in nodes for each in walk(node) if isinstance(each, ast.Call) and called_name(each) == "extend" and len(each.args) == 1]
        return any(getattr(each, "id", None) == name or isinstance(each, ast.Attribute) and getattr(each.value, "id", "") == "self" and each.attr in kept for each in given)

    def listed_later(self, function, name):
        """Whether a method that finds it kept takes it for a list, `len(self.hidden_layers)`, and none for a number of units; of a name in the singular none for a number at all."""
        use = use_of(self.code, function, name) if hasattr(function, "node") and name in function.arguments else None
        return use is not None and use.listed and not use.sized and (plural(name) or not (use.counts or use.number or use.placed))

    @staticmethod
    @functools.lru_cache(maxsize=None)
    def every_layer(function, name):
        """Whether weights between every two neighbours of a list are made, n[i] and n[i - 1], and nothing else gives the ends: it holds them."""
        if not hasattr(function, "node") or any(names.is_name(each, names.N0_NAMES) or names.width_role(each) in ("in", "out") or names.holds_samples(each) for each in function.arguments if each != name):
            return False
        taken = [each.slice for each in walk(function.node) if isinstance(each, ast.Subscript) and getattr(each.value, "id", getattr(each.value, "attr", None)) == name]
        single = {each.id for each in taken if isinstance(each, ast.Name)}
        return any(isinstance(each, ast.BinOp) and isinstance(each.op, (ast.Add, ast.Sub)) and getattr(each.left, "id", None) in single for each in taken)

    @staticmethod
    @functools.lru_cache(maxsize=None)
    def of_dicts(function, name):
        return any(isinstance(each, ast.Subscript) and isinstance(getattr(each.slice, "value", each.slice), (str, ast.Constant)) and isinstance(getattr(getattr(each.slice, "value", each.slice), "value", getattr(each.slice, "value", None)), str) and "layer" in names.plain(getattr(each.value, "id", "")) for each in (walk(function.node) if hasattr(function, "node") else ()))

    def architecture(self):
        for value in self.code.namespace.values():
            if are_layers(value):
                return fixed(value)
        return None

    def given(self, function, name):
        """What the file itself passes for this argument, where that is a constant."""
        if function is None or name not in function.arguments:
            return False, None
        for expression, inside, path in self.code.argument_at_site(function, name):
            known, value = self.constant(expression)
            if known:
                return True, value
        if names.is_name(name, names.DIMS_NAMES) or self.subscripted(function, name):
            for expression, inside, path in self.code.argument_at_site(function, name):
                known, value = worth(self, expression, inside, path)
                if known:
                    return True, self.deepest(function, name) if are_layers(value) else value
        return False, None

    def deepest(self, function, argument):
        """The longest list of layers among the calls that differ from the first one in it alone: a network of one layer hides the mistakes of hidden ones."""
        told = []
        for call, expression, inside, path in self.code.calls_giving(function, argument):
            known, value = worth(self, expression, inside, path)
            if known and are_layers(value):
                told.append(([ast.dump(each) for each in call.args + call.keywords if expression not in (each, getattr(each, "value", None))], value))
        return max((value for beside, value in told if beside == told[0][0]), key=len)

    def constant(self, expression):
        """Value of a call's argument as written: a literal, a name of the file, such a list. Calls are not made."""
        code = compiled(expression)
        if code is None:
            return False, None
        try:
            return True, eval(code, self.code.namespace)
        except Exception:
            return False, None


def are_layers(value):
    """Whether these are layers in words and numbers: [{"nodes": 4, "activation": "relu"}, …]."""
    return isinstance(value, (list, tuple)) and bool(value) and all(isinstance(each, dict) for each in value)
