"""Globals that only the script of a file would make, or makes of samples of its own: given by their role."""

import ast
import re

import numpy as np

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from ..source.lifting import data_role, derives, loaded, stored
from ..source.worth import worth
from .pool import Pool


def role_getter(role):
    return lambda pool: pool.data[role].copy()


def counted(namespace):
    """Names of the module that are how many samples it has, by their words and by the arrays that stand beside them; or takes at once: ours are one batch."""
    arrays = [(name, value) for name, value in namespace.items() if isinstance(value, np.ndarray) and data_role(name, value) is not None]
    return [name for name, value in namespace.items() if type(value) is int and value > 1 and (names.is_name(name, names.BATCH_NAMES) or names.plain(name) in ("m", "mtrain") and any(value in each.shape for _, each in arrays) or set(names.words(name)) & {"samples", "examples"} and not names.like_name(name, "size|dim|batch") and any(value in each.shape for _, each in arrays))]


class Supplying:
    """Part of a Search."""

    def supply(self, error, attempt):
        """A global that only their script would make (m, X_train, learning_rate): given by its role. False where it has none."""
        found = re.search(r"name '(\w+)' is not defined", str(error))
        if not found or found.group(1) in self.code.supplied or found.group(1) in self.code.left:
            return False
        name = found.group(1)
        if name in ("np", "numpy"):
            return False
        program = attempt.program
        if name in self.refused:
            return False
        if (names.is_weight(name) or names.is_bias(name)) and name in program.theta0:
            # the script's global is the very parameter that other functions are given
            start = program.theta0[name]
            self.code.supplied[name] = lambda pool: start.copy()
            self.code.namespace[name] = start.copy()
            return True
        if name in self.left_by(program) or "params" in program.roots and name in {each for each, _ in program.called_in_file(program.roots["params"])}:
            # `prediction, cache = forward(X)` of the script: what forward gives is left under that name; and `parameters = initialize(2, 4, 1)`
            self.code.left.add(name)
            return True
        assigned = any(isinstance(each, ast.Name) and each.id == name and isinstance(each.ctx, ast.Store) for tree in self.code.trees.values() for each in walk(tree))
        if not assigned:
            self.refused.add(name)
            return False
        getter = (lambda pool: pool.settings["m"]) if self.counts_samples(name) else Pool(self.code, program.sizes, program.data.values(), program.settings).by_name(name, "forward", DUMMY, None)
        if getter is None and (names.holds_targets(name) or names.holds_samples(name)):
            getter = role_getter("Y" if names.holds_targets(name) else "X")
        getter = self.encoded(name) or getter
        if getter is None:
            expression = ast.Name(id=name, ctx=ast.Load())
            asked = Pool(self.code, program.sizes, program.data.values(), program.settings)
            known, value = worth(asked, expression, None, self.code.source.path)
            roles = asked.seeded(value) if known else None
            if roles:
                # what forward keeps its values in begins with the samples
                self.code.supplied[name] = lambda pool: {key: pool.data[role].copy() for key, role in roles.items()}
                self.code.namespace[name] = self.code.supplied[name](asked)
                return True
            if not known or not isinstance(value, (int, float, np.integer, np.floating)):
                return False
            getter = lambda pool: worth(pool, expression, None, pool.code.source.path)[1]
        self.code.supplied[name] = getter
        self.code.namespace[name] = getter(Pool(self.code, program.sizes, program.data.values(), program.settings))
        return True

    def counts_samples(self, name):
        """Whether the script sets a name to a length of its samples, whatever else the name may be: `N = len(X)`, `N = X.shape[0]`."""
        values = [each.value for each in self.code.script() if isinstance(each, ast.Assign) and [getattr(one, "id", None) for one in each.targets] == [name]]
        taken = [each.args[0] if isinstance(each, ast.Call) and called_name(each) == "len" and each.args else each.value.value if isinstance(each, ast.Subscript) and isinstance(each.value, ast.Attribute) and each.value.attr == "shape" else None for each in values]
        return bool(taken) and all(isinstance(each, ast.Name) and (names.holds_samples(each.id) or names.holds_targets(each.id)) for each in taken)

    def left_by(self, program):
        """Names that the script gives what the forward pass of a program returns."""
        steps = [each.function.name for each in program.steps if each.role == "forward"]
        script = [one for each in self.code.script() if not isinstance(each, (ast.FunctionDef, ast.ClassDef)) for one in walk(each)]
        calls = [each.value for each in script if isinstance(each, ast.Assign) and isinstance(each.value, ast.Call) and called_name(each.value) in steps]
        return {name for each in calls for given in self.code.unpacked.get(called_name(each), []) for name in given if name}

    def encoded(self, name):
        """A getter of targets that the script makes of others by a function of theirs, `Y_o_h = one_hot(Y)`; None for other names, and ours where that gives no array."""
        made = next((each for each in self.code.script() if names.holds_targets(name) and derives(each, name, "y") and isinstance(each.value, ast.Call) and getattr(each.value.func, "id", None) in {one.name for one in self.code.functions}), None)

        def get(pool):
            known, value = worth(pool, made.value, None, pool.code.source.path)
            return np.array(value) if known and isinstance(value, np.ndarray) else pool.data["Y"].copy()

        return get if made is not None else None

    def supply_samples(self, attempt):
        """Ours for the samples of the script that a function reads beside what forward made of ours: `np.dot(inputs.T, delta)`. False where it reads none."""
        if attempt.function is None or not any(step.role == "forward" and step.function is not attempt.function for step in attempt.program.steps):
            return False
        return self.give_samples(read_of_module(attempt.function))

    def supply_counted(self, entry):
        """Ours for the samples of the module that a training reads beside their number, which is ours already."""
        reads = read_of_module(entry)
        if reads & set(counted(self.code.namespace)):
            self.give_samples(reads)

    def give_samples(self, reads):
        """Ours for those of the names that hold samples or targets of the module; whether there are any."""
        found = False
        for name in reads - set(self.code.supplied):
            value = self.code.namespace.get(name)
            role = data_role(name, value) if isinstance(value, np.ndarray) and value.size > 1 else None
            if role is not None:
                self.code.supplied[name] = role_getter(role.upper())
                found = True
        return found


def read_of_module(function):
    """Names that a function reads and neither makes nor is given."""
    return loaded(function.node) - stored(function.node) - set(function.arguments)


class Dummy:
    title = name = ""
    arguments = needed = []
    defaults = {}
    node = ast.parse("def nothing(): pass").body[0]


DUMMY = Dummy()
