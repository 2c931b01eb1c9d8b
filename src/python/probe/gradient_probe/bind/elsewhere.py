"""Parameters that no initializer returns and no constructor makes: at module level, what a function declares as global, or given one by one."""

import ast
import re

import numpy as np

from ..common import names
from ..common.syntax import walk
from ..source.lifting import loaded, stored
from ..source.worth import worth
from . import fitted, parameters as where, shrinking
from .binding import called_there, random_state
from .growing import grow
from .pool import Pool
from .roles import draws
from .separate import sets_globals


class Elsewhere:
    """Part of a Search."""

    def supply_widths(self, error, attempt):
        """The widths of all layers as a list of the module, `layer_dims = [784, 20, 1]`, which functions count and are not given: ours from then on. False where there is none, or it was so before."""
        if not isinstance(error, (KeyError, IndexError, ValueError, AssertionError)):
            return False
        for name, value in self.code.namespace.items():
            if name in self.code.supplied or not names.is_name(name, names.DIMS_NAMES) or not isinstance(value, (list, tuple)) or len(value) < 3 or not all(type(each) is int for each in value):
                continue
            if any(counts(each.node, name) for each in self.code.functions if name not in each.arguments):
                self.code.supplied[name] = lambda pool, kind=type(value): kind(pool.sizes.dims)
                return True
            small = shrinking.chain([leaf.shape for leaf in attempt.program.leaves if leaf.kind == "W"]) if isinstance(error, AssertionError) and attempt.shrunk else None
            if small is not None and len(small) == len(value):
                # assert dW.shape == (nodes[l], nodes[l - 1]) of weights that were made small
                self.code.supplied[name] = lambda pool, kind=type(value), small=small: kind(small)
                return True
        return False

    def global_parameters(self, attempt, steps):
        """Parameters at module level: W1, b1 = np.random.randn(…), np.zeros(…)."""
        program = attempt.program
        self.assigned_parameters(attempt, steps)
        found = []
        for name, value in self.code.namespace.items():
            if isinstance(value, np.ndarray) and value.dtype.kind in "fi" and (names.is_weight(name) or names.is_bias(name)) and not names.is_gradient(name):
                found.append(("global", (("item", name),), name, value))
        # theta1_vals, of a plot of the cost, is no parameter beside theta
        text = self.code.reached([function for _, function in steps])
        found = [each for each in found if re.search(r"\b%s\b" % re.escape(each[2]), text, re.I)] or found
        found = found or self.kept_in_globals(attempt)
        if not found:
            raise LookupError("no parameters are made anywhere that was found")
        program.take_leaves(self.as_written(attempt, found), random_state())
        fitted.fit(attempt)

    def as_written(self, attempt, found):
        """The parameters of the module for this attempt, from the widths that the file gives them: an attempt before may have put small ones there."""
        wide = self.code.__dict__.setdefault("wide", {})
        found = [each[:3] + (np.zeros(wide.get((each[1], each[3].shape), each[3].shape)),) for each in found]
        small = attempt.small(found)
        wide.update({(new[1], new[3].shape): old[3].shape for old, new in zip(found, small) if new[3].shape != old[3].shape})
        return small

    def kept_in_globals(self, attempt):
        """Parameters in a dictionary or list of the module, `model = {}`, which a function fills that is given and returns nothing: `init()`."""
        program = attempt.program
        for maker in self.code.functions:
            if maker.own and not maker.returns and any(draws(each) for each in self.code.used_by([maker])) and (names.like_name(maker.name, names.INIT) or sets_globals(maker)):
                program.reseed()
                pool = Pool(self.code, program.sizes, program.data.values(), program.settings)
                maker.target(**{name: getter(pool) for name, getter in pool.plan(maker, "init")})
        made = [(name, value) for name, value in self.code.namespace.items() if isinstance(value, np.ndarray) and value.dtype.kind == "f" and (names.is_weight(name) or names.is_bias(name))]
        if made:
            return [("global", (("item", name),), name, value) for name, value in made]
        held = [(name, value) for name, value in self.code.namespace.items() if isinstance(value, (dict, list)) and value and not name.startswith("_")]
        return [("global", (("item", name),) + tuple(path), inner, value) for name, holder in held for path, inner, value in where.choose(where.leaves(holder, name=name)) if value.dtype.kind == "f"]

    def argument_parameters(self, attempt, functions):
        """Weights that functions are given one by one, `forward(w1, w2, b1, b2)`, with the shapes that the script makes; False where it makes none."""
        program = attempt.program
        if all(isinstance(self.code.namespace.get(name), np.ndarray) for function in functions for name in function.arguments if names.is_weight(name)):
            return False
        pool = Pool(self.code, program.sizes, program.data.values(), program.settings)
        made = {}
        for function in functions:
            for name in function.arguments:
                if name in made or not (names.is_weight(name) or names.is_bias(name)) or names.is_gradient(name):
                    continue
                for expression, inside, path in self.code.argument_at_site(function, name):
                    known, value = worth(pool, expression, inside, path)
                    if known and isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.ndim == (1 if names.is_bias(name) else 2) or known and names.is_bias(name) and np.ndim(value) == 2:
                        made[name] = np.array(value, dtype=float)
                        break
                else:
                    return False
        if not any(names.is_weight(each) for each in made):
            return False
        program.roots["params"] = made
        program.take_leaves(attempt.small([("params", (("item", key),), key, value) for key, value in made.items()]), random_state())
        fitted.fit(attempt)
        return True

    def assigned_parameters(self, attempt, steps):
        """`W1, b1 = init_weights()` in the script, for functions that use W1 and b1 without being given them."""
        program = attempt.program
        pool = Pool(self.code, program.sizes, program.data.values(), program.settings)
        for function in [each for _, each in steps]:
            if function not in self.free:
                self.free[function] = sorted(name for name in loaded(function.node) - stored(function.node) - set(function.arguments) if names.is_weight(name) or names.is_bias(name))
            for name in self.free[function]:
                if name not in self.code.namespace and name not in self.worthless:
                    known, value = worth(pool, ast.Name(id=name, ctx=ast.Load()), None, self.code.source.path)
                    if known and isinstance(value, np.ndarray) and value.dtype.kind == "f":
                        self.code.namespace[name] = value
                    elif not known:
                        # nor in another setting
                        self.worthless.add(name)


def counts(node, name):
    """Whether a function asks how many of them there are: len(layer_dims)."""
    return any(isinstance(each, ast.Call) and getattr(each.func, "id", "") == "len" and each.args and getattr(each.args[0], "id", "") == name for each in walk(node))


def lazily(attempt, owner):
    """Classes that make their parameters elsewhere than in the constructor: call their initializer method first."""
    program = attempt.program
    if program.leaves:
        return
    grown = Pool(attempt.code, program.sizes, program.data.values(), program.settings)
    grown.objects.append(program.roots["self"])
    if grow(owner, program.roots["self"], grown):
        attempt.adopt(program.roots["self"])
        if program.leaves:
            return
    # one that needs nothing calls those that do: initialize_parameters() of initialize_he(dims, seed)
    for method in sorted(owner.methods.values(), key=lambda each: any(one not in each.defaults for one in each.arguments)):
        if (names.like_name(method.name, names.INIT) or draws(method) and not method.needed) and method.name != "__init__":
            pool = Pool(attempt.code, program.sizes, program.data.values(), program.settings)
            pool.objects.append(program.roots["self"])
            attempt.function = method
            target = method.target.__get__(program.roots["self"]) if method.bound else method.target
            made = target(**{name: getter(pool) for name, getter in pool.plan(method, "init")})
            kept = {id(value) for _, _, value in where.leaves(made)} if made is not None else ()
            found = where.choose(where.leaves(program.roots["self"])) or [each for each in where.leaves(program.roots["self"]) if id(each[2]) in kept]
            if found:
                program.take_leaves(attempt.small([("self", path, name, value) for path, name, value in found], [program.roots["self"]]), random_state())
                return
            if made is not None and where.leaves(made):
                program.roots["params"] = list(made) if isinstance(made, tuple) else made
                program.globals["returned"] = [(each, index) for index, each in enumerate(called_there(attempt.code, method, made))] if isinstance(made, tuple) else []
                called = {(("item", index),): each for each, index in program.globals["returned"] if each}
                program.take_leaves(attempt.small([("params", path, called.get(tuple(path), name) if isinstance(made, tuple) else name, value) for path, name, value in where.leaves(program.roots["params"])]), random_state())
                return
    if not program.leaves:
        found = where.drawn(where.leaves(program.roots["self"]), [each for each in program.data.values().values() if isinstance(each, np.ndarray)])
        if not found:
            raise ValueError("the instance has no parameters")
        program.take_leaves(attempt.small([("self", path, name, value) for path, name, value in found], [program.roots["self"]]), random_state())
