"""A bound network of the person's: the steps forward, cost, backward as calls of their functions, run anew from given parameters."""

import re

import numpy as np

from ..common import seeds
from ..common.data import RATE
from ..common.names import X_NAMES, Y_NAMES, is_name
from ..common.sandbox import Timer
from ..source import loaded_data
from ..source.functions import method_on
from . import adding
from . import held
from . import memory
from . import parameters as where
from .pool import Pool
from .results import absorb

#: One run of a small network that takes longer is not what we think it is.
RUN_SECONDS = 4.0


class Step:
    """`on`: name of the object it is a method of, in Program.roots."""

    def __init__(self, role, function, plan, on=None):
        self.role, self.function, self.plan, self.on = role, function, plan, on


class Outcome:
    def __init__(self):
        self.cost = None
        self.grads = {}
        self.raw = None
        #: names of what is in `raw`, as in `return`
        self.given = []
        self.AL = None
        #: the targets, where the step itself made them
        self.Y = None
        self.after = None
        self.events = []
        self.marks = {}
        self.gradient_from = None


class Program:
    """`roots`: what holds parameters ({'params': …, 'self': instance}). `leaves`: the parameters, `theta0` their exposing values."""

    def __init__(self, code, recorder, sizes, data, settings):
        self.code, self.recorder = code, recorder
        self.sizes, self.data = sizes, data
        self.settings = dict(settings, m=data.m, rate=RATE)
        self.roots = {}
        self.leaves = []
        self.theta0 = {}
        self.steps = []
        self.cost_known = False
        #: the cost's scale is not theirs (per-sample losses, or inferred): a constant factor says nothing
        self.scale_free = False
        #: no rate was given, and the step is written without one: what else the file multiplies by may be one
        self.rate_read = False
        self.inferred = None
        self.gradient = None
        self.generators = seeds.generators(code.namespace.values())
        self.globals = {}

    # -- making

    def take_leaves(self, found, random_state):
        """`found`: (root, path, name, value) of each parameter."""
        used = {}
        for (root, path, name, value), twins in where.together(found):
            unique = name if name not in used else "%s (%s)" % (name, ".".join(str(key) for _, key in path))
            used[name] = True
            leaf = where.Leaf((root,) + tuple(path), unique, value, twins)
            self.leaves.append(leaf)
            self.theta0[unique] = where.fill(np.shape(value), name, random_state, len(self.leaves))
        where.mark_pairs(self.leaves)

    def make_positive(self):
        """Weights without their signs: under a ReLU output all samples may be dead for these, and seldom are for positive ones. Gives back what they were."""
        before = self.theta0
        self.theta0 = {**before, **{leaf.name: np.abs(before[leaf.name]) for leaf in self.leaves if leaf.kind == "W"}}
        return before

    def world(self, theta):
        """Fresh copies of all roots with the given parameters, and a pool that knows them."""
        roots = {name: where.duplicate(root) for name, root in self.roots.items()}
        self.supply()
        for leaf in self.leaves:
            value = np.array(theta[leaf.name], dtype=float)
            if leaf.name in self.code.supplied:
                # W2 as a global of the script, beside forward(X, W1, W2), which is given it
                self.code.namespace[leaf.name] = value
            for root, *path in where.places(leaf):
                if root == "global":
                    where.put(self.code.namespace, path, value)
                elif path:
                    where.put(roots[root], path, value, True)
                else:
                    roots[root] = value
        pool = Pool(self.code, self.sizes, self.data.values(), self.settings)
        self.keep_samples(roots.get("self"))
        for name, root in roots.items():
            if name == "self":
                pool.objects.append(root)
            elif name == "params":
                self.know_params(pool, root)
        for leaf in self.leaves:
            if leaf.path[0] == "global":
                # an argument named like a global parameter, or what holds several, is that very one, as it is now
                pool.keep(leaf.path[1][1], self.code.namespace[leaf.path[1][1]])
        return roots, pool

    def supply(self):
        """Globals of theirs that are given by role, as this network wants them."""
        memory.forget(self.code)
        if "unknown" in self.settings:
            self.settings["unknown"].supply()
        for name, getter in self.code.supplied.items():
            self.code.namespace[name] = getter(Pool(self.code, self.sizes, self.data.values(), self.settings))

    #: {attribute: getter(samples)} of what a training method would have kept
    kept = {}

    def keep_samples(self, made):
        for name, getter in self.kept.items():
            object.__setattr__(made, name, getter(self.data.values()))

    def know_params(self, pool, root):
        pool.roles["params"] = root
        for leaf in self.leaves:
            if leaf.path == ("params",):
                pool.keep(leaf.name, root)
        pool.keep_all(root)
        for name, value in self.called_in_file(root):
            if not (is_name(name, X_NAMES) or isinstance(value, list) and is_name(name, Y_NAMES)):
                pool.keep(name, value)
            if name in self.code.left:
                # a global of the script that a function reads, though others are given it
                self.code.namespace[name] = value
        for name, index in self.globals.get("returned", []):
            value = root[index]
            if isinstance(value, list) and (is_name(name, X_NAMES) or is_name(name, Y_NAMES)):
                # the samples in mini-batches, beside the parameters
                continue
            pool.keep(name, value)
            pool.keep_all(value)

    def called_in_file(self, root):
        """[(name, value)] of what the initializer gave, by the names that the file itself gives it: `model_dict = init_model(…)`, `W, B = init_params()`."""
        for given in self.globals.get("called", []):
            values = [root] if len(given) == 1 else root if isinstance(root, list) and len(given) == len(root) else []
            yield from ((name, value) for name, value in zip(given, values) if name)

    def remarks(self):
        """What was not run of their file, where it was bound by a part of it, in words for the person."""
        out = []
        if self.from_script:
            out.append("of the script only what leads to line %d and one step of it was run, with the samples above in place of its own" % self.steps[-1].function.line)
        told = next((step.function.implied for step in self.steps if hasattr(step.function, "implied")), None)
        if told is not None:
            out.append("the file has no forward pass: as its derivatives say, the activations taken were %s" % told)
        if "unknown" in self.settings:
            out.extend(self.settings["unknown"].told())
        if self.settings.get("outside"):
            out.append("what `%s` is given stands in another file: the prediction less the targets was taken" % self.settings["outside"])
        if loaded_data.replaced:
            out.append("%s could not be read: the samples above stand for it" % ", ".join(sorted(loaded_data.replaced)))
        return out

    #: how many samples the script itself writes down
    own_count = None
    from_script = False  # statements of the script are run, and not a function of it

    def direction(self):
        """+1 where the file's update subtracts the gradient, -1 where it adds it, None where that is not known."""
        if self.adds is not None:
            return -1 if self.adds else 1
        return -1 if adding.adds(self) else None

    adds = None
    #: what stopped a training after the gradient was there
    ended = None
    #: at other widths than the file has
    shrunk = False
    #: compared at a few entries of each parameter only
    quick = True

    def data_twice(self, on):
        if self.on_data_twice is not None:
            self.on_data_twice(on)

    on_data_twice = None

    @staticmethod
    def swap_output(pool, old, new):
        """Another prediction in place of theirs, wherever a step finds it."""
        for holder in (pool.named, pool.roles, pool.results):
            for key, value in list(holder.items()):
                if value is old:
                    holder[key] = new
        for each in pool.objects:
            for key, value in list(vars(each).items()):
                if value is old:
                    object.__setattr__(each, key, new)

    # -- running

    #: the gradients are among what the steps assign
    recorded = False

    def reseed(self):
        seeds.restart()
        for generator, state in self.generators:
            seeds.set_state(generator, state)

    #: what moves the parameters before the cost is computed, where something does
    held = None

    def at_rest(self, theta, overrides):
        """The overrides of a run for its cost alone: where one function moves the parameters and gives back the cost, they stay."""
        if self.held is None:
            self.held = {}
            try:
                self.held = held.moves(self, self.run(record=True).events) or {}
            except Exception:
                # what stops it is told by a run that is asked for more
                pass
        return {**held.still(self.held, theta), **(overrides or {})}

    def run(self, theta=None, until="end", record=False, overrides=None, adds=None):
        """Raises what their code raises."""
        theta = self.theta0 if theta is None else theta
        if until == "cost" and self.steps[-1].role == "both":
            overrides = self.at_rest(theta, overrides)
        outcome = Outcome()
        roots, pool = self.world(theta)
        self.reseed()
        self.recorder.start(record or self.recorded, overrides, adds)
        try:
            with Timer(RUN_SECONDS):
                for step in self.steps:
                    outcome.marks[step.role] = len(self.recorder.events)
                    self.perform(step, roots, pool, outcome)
                    if step.role == until or (until == "cost" and step.role == "both"):
                        break
        finally:
            outcome.events = self.recorder.stop()
        outcome.marks["end"] = len(outcome.events)
        if self.gradient is not None and until != "cost":
            self.gradient(self, outcome, roots, pool, theta)
            turned = set()
            for leaf in self.leaves:
                given = outcome.grads.get(leaf.name)
                if np.ndim(given) in (1, 2) and np.shape(given) in (leaf.shape[::-1], (max(leaf.shape, default=0),), (1,) + leaf.shape, leaf.shape + (1,)) and np.size(given) == np.size(self.theta0[leaf.name]) and np.shape(given) != leaf.shape and (leaf.path == ("params",) and len(leaf.shape) == 1 or adding.turned_later(self, leaf.name)):
                    # all parameters as one vector are given back as a column
                    outcome.grads[leaf.name] = np.transpose(given) if np.ndim(given) == len(leaf.shape) == 2 else np.reshape(given, leaf.shape)
                    turned |= {where.base(leaf.name)} if np.ndim(given) == 2 and min(leaf.shape) > 1 else set()
            for leaf in self.leaves:
                if where.base(leaf.name) in turned and leaf.shape[:1] == leaf.shape[1:] and leaf.name in outcome.grads:
                    # as many units as inputs: no shape tells it
                    outcome.grads[leaf.name] = np.transpose(outcome.grads[leaf.name])
        return outcome

    def performed(self, before=None):
        """(outcome, roots, pool) after the steps, those before the role `before`: nothing is recorded, no gradient is asked."""
        outcome = Outcome()
        roots, pool = self.world(self.theta0)
        self.reseed()
        with Timer(RUN_SECONDS):
            for step in self.steps:
                if step.role == before:
                    break
                self.perform(step, roots, pool, outcome)
        return outcome, roots, pool

    def moves_in_place(self, name):
        """Whether the file changes this parameter where it stands, which keeps its shape: b1 -= rate * db1, params[key] -= …"""
        return re.search(r"(\b%s\b['\"\]]*|\b(params?|parameters|weights|biases|b)\[\w+\])\s*[-+]=" % re.escape(where.base(name)), self.code.text) is not None

    def perform(self, step, roots, pool, outcome):
        arguments = {}
        for name, getter in step.plan:
            arguments[name] = getter(pool)
        positional = [arguments[name] for name in step.function.arguments if name in arguments] if step.function.arguments == [name for name, _ in step.plan] and not step.function.node.args.kwonlyargs else None
        target = step.function.target
        if getattr(step.function, "inline", False):
            target = target.__get__(roots["self"]) if step.function.bound else target
        elif step.on is not None:
            target = method_on(roots[step.on], step.function)
        elif step.function.bound:
            target = target.__get__(roots["self"])
        result = target(*positional) if positional is not None else target(**arguments)
        absorb(step, result, pool, outcome, self)
        return result
