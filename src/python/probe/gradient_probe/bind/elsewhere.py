"""Parameters that no initializer returns and no constructor makes: at module level, what a function declares as global, or given one by one."""

import ast

import numpy as np

from ..common import names
from ..source.lifting import loaded, stored
from ..source.worth import worth
from . import fitted, parameters as where
from .binding import random_state
from .pool import Pool
from .roles import draws
from .separate import sets_globals


class Elsewhere:
    """Part of a Search."""

    def global_parameters(self, attempt, steps):
        """Parameters at module level: W1, b1 = np.random.randn(…), np.zeros(…)."""
        program = attempt.program
        self.assigned_parameters(attempt, steps)
        found = []
        for name, value in self.code.namespace.items():
            if isinstance(value, np.ndarray) and value.dtype.kind in "fi" and (names.is_weight(name) or names.is_bias(name)) and not names.is_gradient(name):
                found.append(("global", (("item", name),), name, value))
        found = found or self.kept_in_globals(attempt)
        if not found:
            raise LookupError("no parameters are made anywhere that was found")
        program.take_leaves(attempt.small(found), random_state())
        fitted.fit(attempt)

    def kept_in_globals(self, attempt):
        """Parameters in a dictionary or list of the module, `model = {}`, which a function fills that is given and returns nothing: `init()`."""
        program = attempt.program
        for maker in self.code.functions:
            if maker.own and not maker.returns and draws(maker) and (names.like_name(maker.name, names.INIT) or sets_globals(maker)):
                program.reseed()
                pool = Pool(self.code, program.sizes, program.data.values(), program.settings)
                maker.target(**{name: getter(pool) for name, getter in pool.plan(maker, "init")})
        made = [(name, value) for name, value in self.code.namespace.items() if isinstance(value, np.ndarray) and value.dtype.kind == "f" and (names.is_weight(name) or names.is_bias(name))]
        if made:
            return [("global", (("item", name),), name, value) for name, value in made]
        held = [(name, value) for name, value in self.code.namespace.items() if isinstance(value, (dict, list)) and value and not name.startswith("_")]
        return [("global", (("item", name),) + tuple(path), inner, value) for name, holder in held for path, inner, value in where.choose(where.leaves(holder)) if value.dtype.kind == "f"]

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
                if name not in self.code.namespace:
                    known, value = worth(pool, ast.Name(id=name, ctx=ast.Load()), None, self.code.source.path)
                    if known and isinstance(value, np.ndarray) and value.dtype.kind == "f":
                        self.code.namespace[name] = value
