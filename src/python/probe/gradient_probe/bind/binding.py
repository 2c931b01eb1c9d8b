"""Binds the person's functions to roles: makes every plausible Program and keeps those that run through."""

import numpy as np

from ..common import names
from ..common.data import Data, M, SINGLE, STACKED, WRITTEN_OUT, stacks
from ..source.functions import called
from . import constructors
from . import gradients
from . import idle
from . import parameters as where
from . import settled
from . import shrinking
from .kept import kept, rename
from .made_up import MadeUp
from .pool import Pool, Sizes
from .program import Outcome, Program, Step
from .upstream import is_handed


class Setting:
    """One choice of widths and data to try. `fixed`: which of n0, nL and m are those of the file."""

    fixed = frozenset()

    def __init__(self, dims, rows, form, m=M):
        self.sizes, self.asked = Sizes(dims), tuple(dims)
        # every class occurs, and no width is the number of samples
        self.rows, self.form, self.m = rows, form, m if m == 1 or dims[-1] < m else dims[-1] + 3

    def anew(self):
        """The same choice, with the widths that were asked for: an attempt fits them to what the file makes."""
        other = Setting(list(self.asked), self.rows, self.form, self.m)
        other.fixed = self.fixed
        return other

    def resized(self, n0, outputs, m=None):
        """The same choice with the features and outputs that the file fixes."""
        other = Setting([n0] + self.sizes.dims[1:-1] + [outputs], self.rows, self.form, self.m if m is None else m)
        other.fixed = self.fixed | self.changed(n0, outputs, m)
        return other

    def changed(self, n0, outputs, m=None):
        """Which of the features, the outputs and the number of samples these are others than ours."""
        return frozenset(each for each, now, then in (("n0", self.sizes.n0, n0), ("nL", self.sizes.nL, outputs), ("m", self.m, self.m if m is None else m)) if now != then)

    def may_become(self, n0, outputs, m=None):
        """Whether these are others than ours, and none of them is changed that the file has fixed already."""
        changed = self.changed(n0, outputs, m)
        return bool(changed) and not changed & self.fixed

    def data(self):
        return Data(self.sizes.n0, self.sizes.nL, 1 if self.form in SINGLE else self.m, self.rows, self.form)


def settings_for(code, functions, outputs, depth, wanted_rows=None, widths=None):
    """Orientations and forms of Y, the likelier first by what the source says. `widths`: from the inputs to the outputs, where they are not ours to choose."""
    import re

    text = code.reached([function for _, function in functions]) if functions else code.text
    wants_int = re.search(WRITTEN_OUT + r"|one_?hot|to_categorical|np\.eye\(|arange\([^)]*\)\s*,\s*\w*[yYtTl]|range\((?:[^()]|\([^()]*\))*\)\s*,\s*(?:\w*[yY]|\w+\])|LabelBin|\[np\.arange|y\s*==\s*\w+\)|\b1(?:\.0?)?\]? if (?:y|t|label|target) == \w+ else \[?0|\[\w+,\s*\w*[yYtTl]\w*\[\w+\]\]\s*=\s*1|\w\[\s*(y|t|label|target|tag)\s*\]\s*(?:-?=\s*1|=\s*\w+\[\s*\1\s*\]\s*[-+]\s*1)", text, re.I) is not None
    forms = ["int", "same", "flat", "turned", "int2", "vector"] if wants_int else ["same", "flat", "turned", "int", "int2", "vector"]
    if re.search(r"arange\([^\]]*\)\s*\[:, ?(?:np\.newaxis|None)\]\s*,\s*[\w.]+\s*\]", code.text):
        # probs[np.arange(m)[:, np.newaxis], labels]: a column of labels, of which a vector would take all pairs
        forms = ["int2"] + [each for each in forms if each != "int2"]
    if outputs == 1:
        forms = ["same", "flat", "turned", "int", "vector"]
    dims = widths or [5, 4, 6, 8, 3, 6][:depth] + [outputs]
    # `for x, y in zip(data, targets)` takes the samples row by row
    by_row = any(names.holds_targets(each) for each in re.findall(r"\bin\s+(?:enumerate\(\s*)?zip\(\s*[\w.]+\s*,\s*([\w.]+)\s*\)", text))
    # m, n = X.shape counts the rows, unless m = X.shape[1] stands beside it
    counted_in = {index or "0" for one, whole, other, index in re.findall(r"\b(\w+)(\s*,\s*\w+)?\s*=\s*(\w+)\.shape(?:\[([01])\])?", text) if (whole or index) and names.is_name(one, names.M_NAMES) and (names.holds_samples(other) or names.holds_targets(other) and index == "1")}
    by_row = by_row or counted_in == {"0"}
    orientations = ([True, False] if by_row else [False, True]) if wanted_rows is None else [wanted_rows]
    # m = y.shape[0] beside columns: the targets are numbers, of which (1, m) would make one sample
    counted = outputs == 1 and any(names.is_name(one, names.M_NAMES) and names.holds_targets(other) for one, other in re.findall(r"\b(\w+)\s*=\s*(?:float\()?(?:len\((?=\w+\)))?(\w+)(?:\.shape\[0\]|\))", text))
    # unless they are said to lie in a row, or the outputs are counted there, n_y = Y.shape[0]
    counted = counted and re.search(r"label[^\n]*\(1, *(number of examples|m)\)|\bn_?y\w*\s*=\s*[yY]\w*\.shape\[0\]", code.text) is None
    turned = {"same": "flat", "flat": "same"} if counted else {}
    for form in forms:
        for rows in orientations:
            yield Setting(dims, rows, form if rows else turned.get(form, form))
    if stacks(code.text):
        yield Setting(dims, False, STACKED, 1)
    for form in [each for each in forms if each != "vector"]:
        for rows in orientations:
            yield Setting(dims, rows, form, 1)
    if wants_int and outputs > 1:
        # one_hot(y) of one sample; last, since a number goes with every array
        for rows in orientations:
            yield Setting(dims, rows, "label")


def random_state():
    return np.random.RandomState(11)


def called_there(code, init, made):
    """Names of the several things that an initializer returns: those in its `return`, else those that the file gives them where it calls it."""
    known = [each for each in [init.returned] + code.unpacked.get(init.name, []) if len(each) == len(made)]
    return next((each for each in known if all(each)), known[0] if known else [None] * len(made))


def rows_of_numbers(made, returned):
    """[(path, name, array)] of weights as lists of lists, of which only the place where the initializer is called says what they are: `hidden_weights, output_weights = start(H, N, K)`."""
    return [((("item", index),) + tuple(path), name, value) for given, index in returned if given for path, name, value in where.leaves(made[index], name=given)]


class Attempt(MadeUp):
    """Builds one Program step by step; raises what stops it. `stage` tells how far it came."""

    def __init__(self, code, recorder, setting, options):
        self.code, self.recorder, self.options = code, recorder, options
        self.stage = "init"
        self.function = None
        self.start(setting)

    def start(self, setting):
        """From nothing, in this setting."""
        self.setting = setting
        self.program = Program(self.code, self.recorder, setting.sizes, setting.data(), self.options)

    def parameters(self, init, forward):
        """Functions style: the parameters come from their initializer."""
        program = self.program
        pool = Pool(self.code, program.sizes, program.data.values(), program.settings)
        self.function = init
        plan = constructors.with_several(pool, init, "init")
        made = self.initialized(init, plan, pool)
        if self.read_turned(made):
            # samples are rows where the parameters are made, and columns where they are used
            turned = Pool(self.code, program.sizes, {key: np.transpose(value) for key, value in pool.data.items()}, program.settings)
            made = self.initialized(init, constructors.with_several(turned, init, "init"), turned)
        settled.put(made, self.options.get("settled", ()))
        if isinstance(made, tuple) and not hasattr(made, "_fields"):
            given = called_there(self.code, init, made)
            program.globals["returned"] = [(name, index) for index, name in enumerate(given)]
            made = list(made)
        program.roots["params"] = made
        program.globals["called"] = self.code.unpacked.get(init.name, [])
        # b = 0 is a parameter too
        for key, name in enumerate(init.returned) if isinstance(made, list) else [(key, key) for key in made] if isinstance(made, dict) else []:
            if isinstance(name, str) and (isinstance(made, dict) or len(init.returned) == len(made)) and names.is_bias(name) and isinstance(made[key], (int, float)) and not isinstance(made[key], bool):
                made[key] = np.zeros(())
        found = []
        for path, name, value in where.leaves(made) or rows_of_numbers(made, program.globals.get("returned", ())):
            if isinstance(made, list) and path and program.globals.get("returned") and len(path) == 1:
                given = program.globals["returned"][path[0][1]][0]
                name = given or name
            elif isinstance(made, list) and program.globals.get("returned"):
                given = program.globals["returned"][path[0][1]][0]
                name = name.replace("[%d]" % path[0][1], given or "", 1) if name.startswith("[") else name
            found.append(("params", path, name, value))
        # `return model, model_grads`: a copy for the gradients
        copies = {index for name, index in program.globals.get("returned") or () if name and (names.is_gradient(name) or names.is_name(name, names.GRAD_NAMES))}
        found = [each for each in found if (each[3].dtype.kind == "f" or each[3].ndim == 2) and not (isinstance(made, list) and each[1][0][1] in copies)]
        chosen = [each for each in found if not where.is_buffer(where.base(each[2])) or names.is_weight(where.base(each[2]))]
        # `return parameters, v, s`: what an optimizer keeps is no parameter
        chosen = where.without_memory([each for each in chosen if not names.is_gradient(where.base(each[2]))] or chosen, 1)
        if not chosen:
            raise ValueError("%s makes no parameters" % init.title)
        program.take_leaves(self.small(chosen), random_state())

    def read_turned(self, made):
        """Whether the first weights have as many inputs as there are samples, and not features."""
        weights = [value for _, _, value in where.leaves(made) if value.ndim == 2]
        sizes, m = self.program.sizes, self.program.data.m
        return bool(weights) and m > 1 and m in weights[0].shape and not {sizes.n0, sizes.n0 + 1, m + 1} & set(weights[0].shape) and sizes.n0 != m and m not in sizes.dims

    def initialized(self, init, plan, pool):
        """What an initializer makes; of one that is given nothing it is always the same."""
        known = self.code.__dict__.setdefault("initialized", {})
        if init not in known or plan:
            self.program.reseed()
            known[init] = called(init, init.target, {name: getter(pool) for name, getter in plan})
        return known[init] if plan else where.duplicate(known[init])

    def small(self, found, holders=()):
        """Parameters at small widths where the file fixes wide ones; their own widths where `full` is set or asked."""
        widths = None if self.options.get("full") else shrinking.plan(found, self.setting.sizes.nL if self.setting.fixed and self.setting.sizes.nL > shrinking.OUTPUTS else shrinking.OUTPUTS)
        self.shrunk = widths is not None
        return found if widths is None else shrinking.apply(found, widths, holders)

    shrunk = False

    def instance(self, owner):
        program = self.program
        pool = Pool(self.code, program.sizes, program.data.values(), program.settings)
        init = owner.methods.get("__init__")
        program.reseed()
        way = constructors.other(owner)
        if init is None:
            made = owner.made({})
        elif way is not None:
            self.function = way
            made = constructors.made_by(way, pool, owner)
        else:
            self.function = init
            plan = constructors.plan(pool, owner)
            given = {name: getter(pool) for name, getter in plan}
            self.holds_samples = any(isinstance(one, np.ndarray) and one.shape == program.data.X.shape for each in given.values() for one in (each.values() if isinstance(each, dict) else [each]))
            made = self.of_rows(owner, given)
        rename(owner, made)
        program.kept = kept(owner, made, self.code.namespace)
        if "unknown" in self.options:
            program.kept.update(self.options["unknown"].attributes())
        program.keep_samples(made)
        self.adopt(made)

    def of_rows(self, owner, given):
        """An instance, whose constructor may be given all samples, `x.shape[1]`, where its methods take them one by one: ours is then one row of them."""
        try:
            return owner.made(given)
        except IndexError:
            if self.program.data.form not in SINGLE:
                raise
            return owner.made({name: each[np.newaxis] if np.ndim(each) == 1 and isinstance(each, np.ndarray) else each for name, each in given.items()})

    def adopt(self, made):
        """An instance as root: its parameters, and the learning rate it keeps."""
        program = self.program
        program.roots["self"] = made
        for key, value in list(vars(made).items()) if hasattr(made, "__dict__") else []:
            if names.is_rate(key) and isinstance(value, (int, float)) and not isinstance(value, bool):
                object.__setattr__(made, key, program.settings["rate"])
                self.kept_rate = True
            if names.is_name(key, names.M_NAMES) and (value is None or type(value) is int and value == 0) and not hasattr(made, "v"):
                # how many samples there are, until a training counts them; beside v it is a moment
                object.__setattr__(made, key, program.settings["m"])
            if self.options.get("drop") and value is False and names.is_name(key, names.FLAG_NAMES):
                # dropout is on in training alone, and a training is what says so
                object.__setattr__(made, key, True)
            if self.options.get("no_l2") and names.is_name(key, names.L2_NAMES) and isinstance(value, (int, float)) and not isinstance(value, bool):
                object.__setattr__(made, key, 0.0)
        found = where.choose(where.leaves(made))
        if found:
            program.take_leaves(self.small([("self", path, name, value) for path, name, value in found], [made]), random_state())

    def keeps(self, data):
        """Whether the instance holds samples or targets of these data."""
        held = [value for _, value in where.attributes(self.program.roots["self"]) if isinstance(value, np.ndarray)]
        return any(value.shape == given.shape and np.array_equal(value, given) for value in held for given in (data.X, data.Y) if isinstance(given, np.ndarray))

    kept_rate = False
    #: the constructor was given the samples
    holds_samples = False
    #: what the steps gave before one of them failed
    outcome = None

    def steps(self, chosen):
        """`chosen`: [(role, function)]. Runs them once, planning every call; a step that fails leaves stage and function."""
        program = self.program
        roots, pool = program.world(program.theta0)
        program.reseed()
        self.outcome = outcome = Outcome()
        if program.sizes.nL == 1 < program.data.m and all(role != "forward" for role, _ in chosen) and "softmax" in self.code.reached([function for _, function in chosen]).lower():
            # no prediction is seen here that would show it
            raise ValueError("a softmax of one output is always 1")
        for role, function in chosen:
            self.stage, self.function = role, function
            phase = {"both": "backward"}.get(role, role)
            pool.pair = getattr(function, "pair", pool.pair)
            if role == "backward" and names.like_name(function.name, names.TRAIN) and any(names.is_name(each, names.ITER_NAMES) for each in function.arguments):
                phase = "train"
            if is_handed(function) and sum(leaf.kind == "W" for leaf in program.leaves) < 2:
                raise LookupError("%s is that of one layer" % function.title)
            plan = pool.plan(function, phase)
            if role == "forward":
                pool.remember(plan)
            step = Step(role, function, plan, "self" if function.bound else None)
            program.steps.append(step)
            program.perform(step, roots, pool, outcome)
            if role == "forward" and program.sizes.nL == 1 < program.data.m and isinstance(outcome.AL, np.ndarray) and outcome.AL.dtype.kind == "f" and np.all(outcome.AL == 1.0) and "exp(" in self.code.text:
                raise ValueError("a softmax of one output is always 1")
            if role == "forward" and self.setting.form == "vector" and np.ndim(outcome.AL) == 2 and min(np.shape(outcome.AL)) == program.sizes.nL < max(np.shape(outcome.AL)):
                # (n,) + (n, 1) has become a matrix
                raise ValueError("one sample gives several predictions")
            if role in ("cost", "both"):
                if outcome.cost is None or not np.isfinite(outcome.cost):
                    raise ValueError("the cost is %s" % outcome.cost)
                program.cost_known = True
        if outcome.cost is not None and np.isfinite(outcome.cost):
            program.cost_known = True
        self.stage = "gradients"
        rate_given = self.kept_rate or any(names.is_rate(name) for step in program.steps for name, _ in step.plan)
        finder = gradients.find(program, outcome, roots, program.theta0, rate_given)
        if finder is None and isinstance(outcome.AL, np.ndarray) and not np.any(outcome.AL) and any(np.any(program.theta0[leaf.name] < 0) for leaf in program.leaves if leaf.kind == "W"):
            program.make_positive()
            program.steps = []
            return self.steps(chosen)
        used = idle.without_idle(program) if finder is None else None
        if used is not None:
            program.leaves = used
            finder = gradients.find(program, outcome, roots, program.theta0, rate_given)
        if finder is None:
            raise ValueError("no gradient of the parameters was found")
        program.gradient = finder
        return program
