"""What an expression is worth where it stands in their file: names are followed through local variables, arguments and the script, with our samples for theirs."""

import ast
import builtins
import copy
import types

import numpy as np

from ..common import names
from ..common.syntax import walk
from . import lifting
from . import options

#: How many names are followed one after the other.
DEPTH = 8


class Unknown(Exception):
    """Nothing in the file says what a name is worth."""


def worth(pool, expression, inside, path):
    """(True, value) of an expression in the function `inside` (None: top level), or (False, None). Calls of their functions are made; nothing is read."""
    data = tuple((np.shape(pool.data[key]), np.asarray(pool.data[key]).dtype.kind) for key in ("X", "Y") if key in pool.data)
    # nothing that lasts is asked twice: the same samples give the same answer
    key = (ast.dump(expression), getattr(inside, "lineno", 0), path, data, tuple(pool.sizes.dims))
    known = pool.code.worths
    if key not in known:
        try:
            value = Reading(pool, path).value(expression, inside, DEPTH)
            # `Value(out, (self, other))` hands on the object itself, which is not there
            known[key] = (False, None) if any(isinstance(each, types.SimpleNamespace) for each in (value if isinstance(value, (tuple, list)) else [value])) else (True, value)
        except (Unknown, RecursionError):
            known[key] = False, None
        except Exception:
            known[key] = False, None
    return known[key][0], copied(known[key][1])


def copied(value):
    """A copy that may be changed; what cannot be copied, functions of a module that is not there among it, stays itself."""
    try:
        return copy.deepcopy(value)
    except TypeError:
        return value


def computed(expression):
    """Whether an expression may be evaluated: no files, no input, and nothing to train."""
    for each in walk(expression):
        if isinstance(each, (ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr)):
            return False
        if isinstance(each, ast.Call):
            called = lifting.called_name(each)
            if called in lifting.FORBIDDEN or called in lifting.READING or names.like_name(called, "^train|^fit$|plot"):
                return False
    return True


class Reading:
    def __init__(self, pool, path, holder=None):
        self.pool, self.code, self.path = pool, pool.code, path
        #: the object that `self` is
        self.holder = holder

    def value(self, expression, inside, depth, found=None):
        found = dict(found or {})
        if depth <= 0 or not computed(expression):
            raise Unknown()
        bound = {each.id for each in walk(expression) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
        bound |= {each.arg for one in walk(expression) if isinstance(one, ast.Lambda) for each in one.args.args}
        for name in lifting.loaded(expression) - bound - set(found):
            if name == "self":
                found[name] = self.holder if self.holder is not None else words_of(self.code, inside)
                continue
            if self.local(name, inside) or (name not in self.code.namespace and not hasattr(builtins, name)):
                found[name] = self.name(name, inside, depth - 1)
        made = ast.fix_missing_locations(ast.Expression(body=copy.deepcopy(expression)))
        return eval(compile(made, "<argument>", "eval"), dict(self.code.namespace, **found))

    def local(self, name, inside):
        # np.append(…) does not change what np is
        return inside is not None and not isinstance(self.code.namespace.get(name), types.ModuleType) and (name in arguments(inside) or any(name in lifting.stored(each) for each in inside.body))

    def name(self, name, inside, depth):
        """Its value: our samples, what is assigned to it nearby, what the callers give, or what the script assigns."""
        role = lifting.data_role(name, self.code.namespace.get(name)) if not lifting.counted(lifting.statements(self.code.trees[self.path].body), name) else None
        if role is not None:
            known, value = self.assigned(inside.body, name, inside, depth) if inside is not None else (False, None)
            # `output_features = Y.shape[0]` is a number, whatever its name
            return value if known and np.ndim(value) == 0 else self.pool.data["X" if role == "x" else "Y"].copy()
        if inside is not None:
            known, value = self.assigned(inside.body, name, inside, depth)
            if known:
                return value
            if name in arguments(inside):
                return self.given(name, inside, depth)
        for tree in [self.code.trees[self.path]] + [each for path, each in self.code.trees.items() if path != self.path]:
            known, value = self.assigned(list(lifting.statements(tree.body)), name, None, depth)
            if known:
                return value
        getter = self.pool.setting(name, "forward", None, None) if not names.is_name(name, names.DIMS_NAMES) else None
        if getter is None:
            raise Unknown()
        return getter(self.pool)

    def assigned(self, body, name, inside, depth):
        """The first assignment to the name that can be evaluated."""
        for each in body:
            if isinstance(each, (ast.FunctionDef, ast.ClassDef)):
                continue
            for inner in walk(each):
                if isinstance(inner, (ast.Import, ast.ImportFrom)) and options.of_parsers(inner) and name in [one.asname or one.name for one in inner.names]:
                    return True, imported(inner, name)
                if isinstance(inner, ast.For) and isinstance(inner.target, ast.Name) and inner.target.id == name:
                    try:
                        return True, next(iter(self.value(inner.iter, inside, depth)))
                    except Exception:
                        continue
                if not isinstance(inner, (ast.Assign, ast.AnnAssign)) or inner.value is None:
                    continue
                for target in inner.targets if isinstance(inner, ast.Assign) else [inner.target]:
                    known, value = self.taken(target, inner.value, name, inside, depth)
                    if known:
                        value = options.told(value, name, body, self.code.namespace) if options.is_parser(value) else value
                        return True, self.filled(value, body, name, inside, depth) if isinstance(value, dict) and not value else value
        return False, None

    def filled(self, value, body, name, inside, depth):
        """A dictionary that begins empty, with what the same statements put under keys that they write down: activations["A0"] = X."""
        for each in [inner for statement in body for inner in walk(statement) if isinstance(inner, ast.Assign) and len(inner.targets) == 1]:
            target = each.targets[0]
            if isinstance(target, ast.Subscript) and getattr(target.value, "id", None) == name and isinstance(getattr(target.slice, "value", target.slice), (str, ast.Constant)):
                try:
                    value[ast.literal_eval(target.slice)] = self.value(each.value, inside, depth - 1)
                except (Unknown, ValueError):
                    continue
        return value

    def taken(self, target, expression, name, inside, depth):
        try:
            if isinstance(target, ast.Name) and target.id == name:
                if name not in lifting.loaded(expression):
                    return True, self.value(expression, inside, depth)
                if inside is not None and name in arguments(inside):
                    # layers = [inputs, *layers, 1]
                    return True, self.value(expression, inside, depth, {name: self.given(name, inside, depth - 1)})
            if isinstance(target, (ast.Tuple, ast.List)):
                for index, each in enumerate(target.elts):
                    if isinstance(each, ast.Name) and each.id == name:
                        return True, list(self.value(expression, inside, depth))[index]
        except Exception:
            pass
        return False, None

    def given(self, name, inside, depth):
        """What the callers of a function pass for one of its arguments, or its default."""
        every = arguments(inside)
        method = bool(every) and every[0] in ("self", "cls")
        position = every.index(name) - (1 if method else 0)
        for call, around, path in self.sites(inside):
            expression = next((each.value for each in call.keywords if each.arg == name), None)
            if expression is None and position < len(call.args) and not any(isinstance(each, ast.Starred) for each in call.args):
                expression = call.args[position]
            if expression is None or around is inside:
                continue
            try:
                return Reading(self.pool, path).value(expression, around, depth)
            except Exception:
                continue
        own = inside.args
        defaults = dict(zip([each.arg for each in own.args][len(own.args) - len(own.defaults):], own.defaults))
        defaults.update({each.arg: value for each, value in zip(own.kwonlyargs, own.kw_defaults) if value is not None})
        if name in defaults:
            return self.value(defaults[name], None, depth)
        raise Unknown()

    def sites(self, inside):
        out = list(self.code.sites.get(inside.name, []))
        if inside.name == "__init__":
            for owner in self.code.classes:
                method = owner.methods.get("__init__")
                if method is not None and method.node.lineno == inside.lineno:
                    out = self.code.sites.get(owner.name, [])
        return out


def imported(statement, name):
    """What an import in a function's body leaves under a name."""
    here = {}
    exec(compile(ast.Module(body=[statement], type_ignores=[]), "<import>", "exec"), here)
    return here[name]


def words_of(code, method):
    """The texts that a class gives its attributes, in its body or in its constructor, for an object that is not there: self.loss = "MSE"."""
    owner = next((each for each in code.classes if method is not None and any(one.node.lineno == method.lineno for one in each.methods.values())), None)
    if owner is None:
        raise Unknown()
    first = owner.methods.get("__init__")
    given = {key: value for key, value in vars(owner.value).items() if isinstance(value, str)}
    for each in walk(first.node) if first is not None else ():
        value = first.defaults.get(getattr(each.value, "id", None), each.value) if isinstance(each, ast.Assign) else None
        if isinstance(getattr(value, "value", None), str) and getattr(getattr(each.targets[0], "value", None), "id", None) == "self":
            given[each.targets[0].attr] = value.value
    return types.SimpleNamespace(**given)


def arguments(function):
    own = function.args
    return [each.arg for each in list(getattr(own, "posonlyargs", [])) + own.args + own.kwonlyargs]
