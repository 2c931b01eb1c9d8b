"""Binds a training loop of a script whose samples, targets and parameters are single numbers: `net_h1 = w1 * i1 + w2 * i2 + b1`, one network written out unit by unit."""

import ast
import copy
import re

import numpy as np

from ..bind import gradients
from ..bind.pool import Sizes
from ..bind.program import Step
from ..common import names
from ..common.data import Data
from ..common.sandbox import within
from ..common.syntax import walk
from ..source import calls
from ..source.lifting import Lifted, lift, loaded, loops, stored
from . import events as among
from . import script
from .traced import TracedProgram, more_than_descent

#: Numbers that are neither samples nor targets, and no parameters.
ASIDE = "|".join((names.RATE_NAMES, names.ITER_NAMES, names.M_NAMES, names.MOMENTUM_NAMES))


#: By how much a number is moved to see what goes on from it.
MOVE = 0.37


class Numbers(Lifted):
    """Each name of a sample or target is one number of the one sample."""

    def value(self, name, data):
        given, at = (data.X, self.x.index(name)) if name in self.x else (data.Y, self.y.index(name))
        return float(np.reshape(given, -1)[at])


class ScalarProgram(TracedProgram):
    """A TracedProgram whose prediction is several numbers, under names of their own."""

    #: keys of the outputs, as the targets are
    outputs = ()

    def world(self, theta):
        roots, pool = TracedProgram.world(self, theta)
        for leaf in self.leaves:
            # a number does not change where it stands, as an array does that another name holds too
            name = leaf.path[-1][1]
            roots["globals"][name] = self.code.namespace[name] = float(roots["globals"][name])
        return roots, pool

    def run(self, *args, **named):
        outcome = TracedProgram.run(self, *args, **named)
        found = {each.key: each.value for each in outcome.events}
        if self.outputs and all(key in found for key in self.outputs):
            outcome.AL = np.array([[float(np.sum(found[key]))] for key in self.outputs]).T
        return outcome


def bind(code, recorder, search, options):
    """(ScalarProgram, function) of every loop of single numbers that runs, or (None, what stopped it)."""
    known = calls.own(code)
    for statements, index, loop in loops(code) if not search.any_bound else ():
        lifted = lift(code, statements, index, loop, False)
        if lifted.samples or search.late():
            continue
        try:
            setup = script.compiled(code, recorder, calls.one_step(lifted.setup, known, 1)[0], False)
            step = script.compiled(code, recorder, lifted.body, True)
            within(2.0, setup.target)
        except Exception as error:
            yield None, error
            continue
        numbers = ends(code, lifted, loop)
        if numbers is None:
            continue
        data = Data(len(numbers.x), len(numbers.y), 1, True, "same")
        sizes = Sizes([data.n0, 2, data.outputs])
        # a cost of absolute values, beside which the gradient is that of squares, only says when to stop
        for absolute in (False, True):
            try:
                made = within(4.0, lambda: build(code, recorder, numbers, setup, step, sizes, data, options, absolute))
            except Exception as error:
                yield None, error
                break
            if made is not None:
                search.counted = True
                yield made, step
                if search.settled:
                    return
        if search.any_bound:
            return


def ends(code, lifted, loop):
    """The Numbers of a loop that reads single numbers, once what is before it has run; None of any other."""
    free = [name for name in sorted(loaded(loop) - stored(loop)) if single(code.namespace.get(name)) and not names.is_name(name, ASIDE) and not names.is_weight(name) and not names.is_bias(name)]
    less = [getattr(side, "id", None) for each in walk(loop) if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Sub) and not any(isinstance(side, ast.Constant) for side in (each.left, each.right)) for side in (each.left, each.right)]
    times = {getattr(side, "id", None) for each in walk(loop) if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Mult) for side in (each.left, each.right)}
    y = [name for name in free if name in less and name not in times or names.holds_targets(name)]
    x = [name for name in free if name not in y and (name in times or names.holds_samples(name))]
    return Numbers(lifted.setup, lifted.body, x, y, [], []) if x and y else None


def single(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def build(code, recorder, numbers, setup, step, sizes, data, options, absolute):
    """The ScalarProgram of one step; None where it is the same for this kind of cost. Raises what stops it."""
    program = ScalarProgram(code, recorder, sizes, copy.copy(data), options)
    program.lifted = program.from_script = True
    program.reseed()
    script.force(code, recorder, sizes, data, False)
    script.prepare(code, setup, program)
    for name in numbers.samples:
        code.namespace[name] = numbers.value(name, data)
    made = [name for each in setup.node.body for name in sorted(stored(each))]
    rate = [name for name in made if names.is_rate(name) and isinstance(code.namespace.get(name), float)]
    for name in rate:
        code.namespace[name] = program.settings["rate"]
    kept = dict.fromkeys(made + numbers.samples)
    program.roots = {"globals": {name: code.namespace[name] for name in kept if name in code.namespace and script.keepable(code.namespace[name])}}
    program.reads, program.given = loaded(step.node), numbers
    program.steps = [Step("train", step, [], None)]
    take_changed(program)
    outcome, roots, _, error = program.call(program.theta0, True)
    # a rate that the loop itself makes smaller is another one where the step is made
    program.gradient = gradients.from_difference(program, outcome, roots, program.theta0, bool(rate) and not set(rate) & stored(numbers.body[0]), True)
    if program.gradient is None or more_than_descent(program, outcome):
        raise error or LookupError("the step is no plain gradient descent")
    if not find_values(program, outcome.events, absolute):
        return None
    if not all_used(program, outcome.events):
        raise LookupError("the step is no plain gradient descent")
    return program


def take_changed(program):
    """The parameters are the numbers that one step changes, by names of weights and biases."""
    before = program.roots["globals"]
    _, roots, _, error = program.call({}, False)
    after = roots["globals"]
    moved = [name for name, value in before.items() if single(value) and single(after.get(name)) and after[name] != value and name not in program.given.samples]
    chosen = [name for name in moved if (names.is_weight(name) or names.is_bias(name)) and isinstance(after[name], float)]
    if error is not None or len(chosen) < 2:
        raise error or LookupError("no parameters are changed")
    for name in [each for each in moved if each not in chosen and not names.is_rate(each)]:
        # a velocity, or the count of Adam
        now = moving(program, name, lambda: program.call({}, False)[1]["globals"])
        if any(now.get(each) != after[each] for each in chosen):
            raise LookupError("the step is no plain gradient descent")
    program.take_leaves([("globals", (("item", name),), name, np.asarray(float(before[name]))) for name in chosen], np.random.RandomState(11))


def all_used(program, events):
    """Whether the forward pass goes on from every parameter: a velocity has names like them, v1, and only the step does."""
    start = next((each.order for each in events if each.key == program.start_key), len(events))
    early = [each for each in events if each.order < start and isinstance(each.value, np.ndarray)]
    for leaf in program.leaves:
        theta = dict(program.theta0, **{leaf.name: program.theta0[leaf.name] + MOVE})
        now = {each.key: each.value for each in program.call(theta, True)[0].events}
        if not any(each.key in now and not np.array_equal(now[each.key], each.value) for each in early):
            return False
    return True


def moving(program, name, run):
    """What a run gives with one of the numbers before the step moved."""
    own = program.roots["globals"]
    before = own[name]
    own[name] = before + MOVE
    try:
        return run()
    finally:
        own[name] = before


def find_values(program, events, absolute):
    """Sets the keys of the outputs, the cost and the first derivative. Whether there is what is asked for: with `absolute`, a cost of absolute values."""
    sites, arrays = program.recorder.sites, [each for each in events if isinstance(each.value, np.ndarray) and each.value.size == 1]
    by = {name: moved_by(program, name, arrays) for name in program.given.samples}
    x, y = (set().union(*[by[name] for name in group]) for group in (program.given.x, program.given.y))
    outputs = [output(program, name, arrays, by, x - y) for name in program.given.y]
    program.outputs = [each.key for each in outputs] if all(outputs) else []
    program.output_key = max(outputs, key=lambda each: each.order).key if all(outputs) else None
    every = set.intersection(*[by[name] for name in program.given.y]) & x
    found = [each for each in arrays if each.key in every and is_cost(sites[each.site])]
    bare = [each for each in found if of_absolutes(sites, each, arrays)]
    found = bare if absolute else [each for each in found if each not in bare and curved(program, each)]
    program.cost_key, program.cost_known = (found[0].key, True) if found else (None, False)
    last = max([each.order for each in outputs if each] or [-1])
    first = next((each for each in arrays if each.order > last and each.key in x & y and among.derivative_name(sites[each.site])), None) or next((each for each in arrays if each.order > last and each.key in x & y), None)
    program.start_key = first.key if first is not None else None
    return bool(found) or not absolute and bool(program.outputs)


def is_cost(site):
    """A cost by its name, where it is no mere difference: `E_total = E_o1 + E_o2`, `error = 0.5 * (t - o) ** 2`."""
    name = site.target.split(".")[-1]
    named = names.like_name(name, names.COST + "|err|^e$|^j$|^e_?(total|tot|sum)$") and not names.like_name(name, "deriv|grad|delta|^d")
    formed = re.search(r"\*\*\s*2|pow|square|log|abs|\+", site.value or "") is not None or among.is_cost(site)
    return site.kind in ("assign", "unpack", "update") and named and formed


def curved(program, event):
    """Whether a cost is more than a sum of the outputs: the mean of what is left of the targets is printed, and nothing's derivative."""
    found = []
    for step in (0.01, 0.0, -0.01):
        outcome = program.call(program.theta0, True, None, {key: step for key in program.outputs} if step else None)[0]
        found += [float(np.sum(each.value)) for each in outcome.events if each.key == event.key]
    return not program.outputs or len(found) == 3 and abs(found[0] + found[2] - 2 * found[1]) > 1e-9


def of_absolutes(sites, event, arrays):
    """Whether a cost, or what it is the sum of, is made of absolute values alone."""
    text = sites[event.site].value or ""
    parts = [sites[each.site].value or "" for each in arrays if each.order < event.order and re.search(r"(?<!\w)%s(?!\w)" % re.escape(sites[each.site].target), text)]
    said = " ".join([text] + parts)
    return "abs" in said and re.search(r"\*\*\s*2|pow|square|log", said) is None


def moved_by(program, name, arrays):
    """Keys of what changes with one number of the samples or targets."""
    outcome = moving(program, name, lambda: program.call(program.theta0, True)[0])
    now = {each.key: each.value for each in outcome.events}
    return {each.key for each in arrays if each.key in now and not np.array_equal(now[each.key], each.value)}


def output(program, target, arrays, by, ahead):
    """The event of the prediction that belongs to a target: what is subtracted from it, or given beside it; of one target also the last value before it comes in. None where none is seen."""
    sites, beside = program.recorder.sites, set()
    for each in walk(program.steps[0].function.node):
        sides = [each.left, each.right] if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Sub) else each.args if isinstance(each, ast.Call) else []
        found = {side.id for side in sides if isinstance(side, ast.Name)}
        beside |= found - {target} if target in found else set()
    first = min([each.order for each in arrays if each.key in by[target]] or [len(arrays)])
    early = [each for each in arrays if each.order < first and each.key in ahead and sites[each.site].kind in ("assign", "unpack")]
    named = [each for each in early if sites[each.site].target in beside]
    return (named or (early if len(program.given.y) == 1 else []) or [None])[-1]
