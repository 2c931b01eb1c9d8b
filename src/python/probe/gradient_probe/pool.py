"""Answers "what is to be given for this argument?" from what earlier steps made, by name and role, then by the calls in the file."""

import ast
import functools

import numpy as np

from . import names
from .activations import Activations, plural


class Missing(Exception):
    """No value is known for an argument."""

    def __init__(self, function, argument):
        Exception.__init__(self, "%s needs `%s`, and nothing in the file says what that is" % (function.title, argument))
        self.function = function
        self.argument = argument


class Sizes:
    """Widths of the layers: dims[0] inputs to dims[-1] outputs."""

    def __init__(self, dims):
        self.dims = list(dims)
        self.n0, self.nL = dims[0], dims[-1]
        self.hidden = list(dims[1:-1])
        self.L = len(dims) - 1


class Pool(Activations):
    """`named`: values by plain name. `roles`: X, Y, AL, params, cache, grads. `objects`: instances whose attributes count as names."""

    def __init__(self, code, sizes, data, settings):
        self.code = code
        self.sizes = sizes
        self.data = data
        self.settings = settings
        self.named = {}
        #: results of forward by the names that the file itself gives them where it calls forward
        self.results = {}
        self.roles = {}
        self.objects = []

    def keep(self, name, value):
        if name:
            self.named[names.plain(name)] = value

    def keep_all(self, value, prefix=None):
        """Entries of a dict by their keys."""
        if isinstance(value, dict):
            for key, each in value.items():
                if isinstance(key, str):
                    self.keep(key, each)

    def attribute(self, name):
        wanted = names.plain(name)
        for each in self.objects:
            for key, value in vars(each).items() if hasattr(each, "__dict__") else ():
                if names.plain(key) == wanted and value is not None:
                    return True, value
        return False, None

    # -- one argument

    def plan(self, function, phase, optional=True):
        """[(argument, getter)] for a call, or Missing."""
        out = []
        for argument in function.arguments:
            getter = self.find(function, argument, phase)
            if getter is not None:
                out.append((argument, getter))
            elif argument not in function.defaults:
                raise Missing(function, argument)
        return out

    def find(self, function, argument, phase):
        default = function.defaults.get(argument)
        if phase == "cost" and "AL" in self.roles and names.is_name(argument, names.X_NAMES) and len(function.arguments) == 2 and any(names.is_name(each, names.Y_NAMES) for each in function.arguments if each != argument):
            # cross_entropy(X, y): the X of a cost of two is the prediction
            return lambda pool: pool.roles["AL"]
        handed = self.handed(function, argument, phase)
        if handed is not None:
            return handed
        direct = self.by_name(argument, phase, function, default)
        if direct is not None:
            return direct
        if default is not None:
            if self.settings.get("fill_none") and isinstance(default, ast.Constant) and default.value is None:
                return self.by_guess(function, argument, phase)
            return None
        for expression, inside, path in self.code.argument_at_site(function, argument):
            name = call_name(expression)
            if name is not None:
                found = self.by_name(name, phase, function, None)
                if found is not None:
                    return found
        for expression, inside, path in self.code.argument_at_site(function, argument):
            known, value = self.constant(expression)
            if known and callable(value) and not isinstance(value, type):
                # the file calls it with several: each of them is a network of its own
                self.settings["guessed"] = True
                if self.settings.get("base"):
                    break
            if known:
                return fixed(value)
        return self.by_guess(function, argument, phase)

    def handed(self, function, argument, phase):
        """What the file itself hands over: `backward(X, y, logits)` after `logits, probs = forward(X)`."""
        if phase not in ("cost", "backward") or names.plain(argument) in self.named or len(self.results) < 2:
            return None
        for expression, _, _ in self.code.argument_at_site(function, argument):
            name = call_name(expression)
            if name is not None and names.plain(name) in self.results:
                key = names.plain(name)
                return lambda pool: pool.results[key]
        return None

    def by_name(self, name, phase, function, default):
        plain = names.plain(name)
        making = phase in ("ctor", "init")
        if phase == "train" and names.is_name(name, names.ITER_NAMES):
            # whatever an attribute of that name holds
            return fixed(1)
        if not making and plain in self.named:
            return lambda pool: pool.named[plain]
        if making:
            size = self.size(name, function, default)
            if size is not None:
                return size
        if names.is_name(name, names.X_NAMES) and not (making and self.has_sizes(function)):
            return lambda pool: pool.data["X"].copy()
        if not making and names.like_name(name, r"one_?hot|onehot") and "onehot" in self.data:
            return lambda pool: pool.data["onehot"].copy()
        if names.is_name(name, names.Y_NAMES) and not (making and self.has_sizes(function)):
            return lambda pool: pool.data["Y"].copy()
        if names.is_name(name, names.SEED_NAMES):
            return None if default is not None else fixed(1)
        if not making:
            found = self.by_role(name, phase)
            if found is not None:
                return found
        return self.setting(name, phase, function, default)

    def by_role(self, name, phase):
        if phase in ("cost", "backward", "update") and "AL" in self.roles and names.is_name(name, names.AL_NAMES):
            return lambda pool: pool.roles["AL"]
        if phase in ("cost", "backward", "update") and "grads" in self.roles and names.is_name(name, names.GRAD_NAMES):
            return lambda pool: pool.roles["grads"]
        if "params" in self.roles and names.is_name(name, names.PARAM_NAMES):
            return lambda pool: pool.roles["params"]
        if "cache" in self.roles and names.is_name(name, names.CACHE_NAMES):
            return lambda pool: pool.roles["cache"]
        known, _ = self.attribute(name)
        if known and not names.is_name(name, names.X_NAMES):
            return lambda pool: pool.attribute(name)[1]
        return None

    def setting(self, name, phase, function, default):
        sizes = self.sizes
        literal = default.value if isinstance(default, ast.Constant) else None
        if names.is_name(name, names.KEEP_NAMES):
            return fixed(self.settings.get("keep", 1.0))
        if names.is_name(name, names.DROP_NAMES) and phase != "ctor":
            return fixed(self.settings.get("drop", 0.0)) if not isinstance(literal, bool) else None
        if names.is_name(name, names.L2_NAMES) and not isinstance(literal, (bool, str)):
            return fixed(self.settings.get("l2", 0.0))
        if names.is_name(name, names.QUIET_NAMES):
            return fixed(False) if not (isinstance(literal, int) and not isinstance(literal, bool)) else None
        if names.is_name(name, names.ITER_NAMES) and phase in ("train", "ctor"):
            return fixed(1)
        if names.is_name(name, names.BATCH_NAMES) and phase in ("train", "ctor"):
            return lambda pool: pool.settings["m"]
        if names.is_rate(name):
            return lambda pool: pool.settings["rate"]
        if names.is_name(name, names.M_NAMES) and phase != "ctor":
            return lambda pool: pool.settings["m"]
        if names.is_name(name, names.FLAG_NAMES) and (default is None or (literal is False and self.settings.get("keep", 1.0) < 1.0)):
            return fixed(True)
        if names.plain(name) in ("l", "numlayers", "nlayers", "layers", "layer", "nblayers", "numberoflayers") and phase in ("forward", "backward", "update", "cost") and default is None:
            return fixed(sizes.L)
        if not self.making(phase):
            size = self.size(name, function, default)
            if size is not None and default is None:
                return size
        return None

    @staticmethod
    def making(phase):
        return phase in ("ctor", "init")

    def has_sizes(self, function):
        return any(names.is_name(each, names.N1_NAMES) or names.is_name(each, names.NL_NAMES) for each in function.arguments) and not any(names.plain(each) in ("x", "y") for each in function.arguments)

    def size(self, name, function, default):
        """A width, or the list of widths, in the form that the file's own calls have."""
        sizes = self.sizes
        known, given = self.given(function, name)
        if names.plain(name) in ("x", "y", "xtrain", "ytrain"):
            return None
        if names.is_name(name, names.DIMS_NAMES) and not (names.is_name(name, names.N1_NAMES) and self.one_number(function, name)):
            if known and isinstance(given, (list, tuple)) and given and isinstance(given[0], dict):
                return fixed(given)
            if known and isinstance(given, (list, tuple)) and not all(isinstance(each, (int, np.integer)) for each in given):
                return fixed(given)
            if known and isinstance(given, int) and not isinstance(given, bool):
                return fixed(sizes.L)
            if names.plain(name) in ("nlayers", "numlayers", "layernum") and not self.subscripted(function, name):
                return fixed(sizes.L + 1)
            if isinstance(default, ast.Constant) and isinstance(default.value, int):
                return None
            if self.of_dicts(function, name):
                return self.architecture()
            return fixed(list(sizes.dims))
        if names.is_name(name, names.N0_NAMES):
            return fixed(sizes.n0)
        if names.is_name(name, names.N2_NAMES):
            return fixed(sizes.hidden[1] if len(sizes.hidden) > 1 else sizes.hidden[0])
        if names.is_name(name, names.N1_NAMES):
            if known and isinstance(given, (list, tuple)):
                return fixed(type(given)(sizes.hidden[:len(given)] or sizes.hidden))
            if isinstance(default, (ast.List, ast.Tuple)) or (not known and plural(name) and self.subscripted(function, name)):
                return fixed(list(sizes.hidden))
            return fixed(sizes.hidden[0])
        if names.is_name(name, names.NL_NAMES):
            return fixed(sizes.nL)
        role = names.width_role(name)
        listed = self.annotated(function, name, "list") or (plural(name) and self.subscripted(function, name))
        if role == "in":
            return fixed(sizes.n0)
        if role == "out":
            return fixed(sizes.nL)
        if listed and set(names.words(name)) & names.COUNTS:
            return fixed(list(sizes.hidden))
        if role == "hidden":
            return fixed(len(sizes.hidden) if set(names.words(name)) & {"layers", "capas", "camadas", "couches"} and self.annotated(function, name, "int") else sizes.hidden[0])
        return None

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
        for each in ast.walk(function.node):
            if isinstance(each, ast.Call) and any(getattr(one, "id", None) == name for one in each.args) and getattr(each.func, "id", getattr(each.func, "attr", "")) in ("int", "randn", "rand", "zeros", "ones"):
                return True
            if isinstance(each, ast.Tuple) and any(getattr(one, "id", None) == name for one in each.elts) and isinstance(each.ctx, ast.Load):
                return True
        return False

    @staticmethod
    @functools.lru_cache(maxsize=None)
    def subscripted(function, name):
        return any(isinstance(each, ast.Subscript) and getattr(each.value, "id", None) == name for each in ast.walk(function.node)) or any(isinstance(each, ast.Call) and getattr(each.func, "id", None) == "len" and each.args and getattr(each.args[0], "id", None) == name for each in ast.walk(function.node)) or any(isinstance(each, ast.For) and getattr(each.iter, "id", None) == name for each in ast.walk(function.node))

    @staticmethod
    @functools.lru_cache(maxsize=None)
    def of_dicts(function, name):
        return any(isinstance(each, ast.Subscript) and isinstance(getattr(each.slice, "value", each.slice), (str, ast.Constant)) and isinstance(getattr(getattr(each.slice, "value", each.slice), "value", getattr(each.slice, "value", None)), str) and "layer" in names.plain(getattr(each.value, "id", "")) for each in ast.walk(function.node))

    def architecture(self):
        for value in self.code.namespace.values():
            if isinstance(value, (list, tuple)) and value and all(isinstance(each, dict) for each in value):
                return fixed(value)
        return None

    def given(self, function, name):
        """What the file itself passes for this argument, where that is a constant."""
        if name not in function.arguments:
            return False, None
        for expression, inside, path in self.code.argument_at_site(function, name):
            known, value = self.constant(expression)
            if known:
                return True, value
        return False, None

    def constant(self, expression):
        """Value of a call's argument as written: a literal, a name of the file, such a list. Calls are not made."""
        code = compiled(expression)
        if code is None:
            return False, None
        try:
            return True, eval(code, self.code.namespace)
        except Exception:
            return False, None

    def by_guess(self, function, argument, phase):
        plain = names.plain(argument)
        if not self.making(phase) and names.holds_targets(argument):
            return lambda pool: pool.data["Y"].copy()
        if not self.making(phase) and names.holds_samples(argument):
            return lambda pool: pool.data["X"].copy()
        if "activ" in plain or "act" == plain[:3] or plain in ("g", "nonlinearity", "func", "gprime", "transfer", "transferfunction", "fn", "f"):
            value = self.activation(function, argument)
            if value is not None:
                return fixed(value)
        if plain in ("optimizer", "optim", "opt"):
            for owner in self.code.classes:
                if names.like_name(owner.name, "sgd|gradientdescent") and "__init__" in owner.methods and all(each in owner.methods["__init__"].defaults or names.is_rate(each) for each in owner.methods["__init__"].arguments):
                    rate = [each for each in owner.methods["__init__"].arguments if names.is_rate(each)]
                    return lambda pool: owner.value(**{each: pool.settings["rate"] for each in rate})
        if plain in ("mode", "method", "optimizer", "init", "initialization"):
            return fixed(sorted(function.strings)[0]) if function.strings else None
        if phase in ("forward", "train") and len([each for each in function.arguments if each not in function.defaults]) == 1:
            return lambda pool: pool.data["X"].copy()
        if phase == "cost" and len(function.arguments) == 2 and "AL" in self.roles:
            other = [each for each in function.arguments if each != argument][0]
            if names.is_name(other, names.Y_NAMES):
                return lambda pool: pool.roles["AL"]
            if names.is_name(other, names.AL_NAMES):
                return lambda pool: pool.data["Y"].copy()
        return None


@functools.lru_cache(maxsize=None)
def compiled(expression):
    """Code of an expression without calls; None for any other."""
    if any(isinstance(each, (ast.Call, ast.Lambda, ast.Await)) for each in ast.walk(expression)):
        return None
    try:
        return compile(ast.fix_missing_locations(ast.Expression(body=expression)), "<argument>", "eval")
    except (SyntaxError, ValueError, TypeError):
        return None


def fixed(value):
    return lambda pool: value


def call_name(expression):
    if isinstance(expression, ast.Name):
        return expression.id
    if isinstance(expression, ast.Attribute):
        return expression.attr
    if isinstance(expression, ast.Subscript):
        inner = expression.slice
        inner = getattr(inner, "value", inner) if type(inner).__name__ == "Index" else inner
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            return inner.value
    if isinstance(expression, ast.Attribute) and expression.attr == "T":
        return call_name(expression.value)
    return None
