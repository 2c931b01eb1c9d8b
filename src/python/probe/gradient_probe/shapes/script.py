"""Lifts a training loop out of a file's top level: the loop for one iteration, with our samples, and only the statements it needs."""

import ast
import copy
import re

import numpy as np

from ..bind import mending, parameters as where
from ..bind.pool import Pool, Sizes
from ..common import names
from ..common.data import Data, M, RATE, SINGLE
from ..common.sandbox import Timer
from ..source import calls
from ..source.functions import Function
from ..source.lifting import lift, loaded, loops, stored
from ..source.python2_meaning import as_there
from ..source.recorder import HOOK, Instrument
from . import journal, traced


def once(loop):
    """The loop for its first iteration."""
    made = copy.deepcopy(loop)
    if isinstance(made, ast.For):
        made.iter = ast.copy_location(ast.Call(func=ast.copy_location(ast.Name(id=ONCE, ctx=ast.Load()), made.iter), args=[made.iter], keywords=[]), made.iter)
    else:
        made.body.append(ast.copy_location(ast.Break(), made.body[-1]))
    return made


#: Numbers of samples that a script writes down.
M_WRITTEN = names.M_NAMES + "|^mtraining$"

ONCE = "__gradient_debugger_first__"


def first(iterable):
    for each in iterable:
        yield each
        return


def compiled(code, recorder, body, title):
    """A function of the file's namespace with these statements; what it assigns is global."""
    assigned = sorted(set().union(*[stored(each) for each in body]) - {"self"}) if body else []
    tree = ast.parse("def lifted():\n    pass\n")
    made = tree.body[0]
    instrument = Instrument(recorder, code.source.path, code.source.text)
    instrument.lifted = True
    inner = instrument.block([once(each) if title and isinstance(each, (ast.For, ast.While)) else copy.deepcopy(each) for each in body])
    made.body = ([ast.Global(names=assigned)] if assigned else []) + (inner or [ast.Pass()])
    for each in made.body[:1]:
        ast.copy_location(each, body[0] if body else made)
    ast.fix_missing_locations(tree)
    code.namespace[HOOK] = recorder.hook
    code.namespace[ONCE] = first
    exec(compile(as_there(tree, code.source), code.source.path, "exec"), code.namespace)
    target = code.namespace.pop("lifted")
    node = copy.copy(made)
    node.body = list(body)
    function = Function("<module>", target, node, None, code.source.path, True)
    function.line = body[0].lineno if body else 1
    return function


def literal(code, name):
    value = code.namespace.get(name)
    return value if isinstance(value, np.ndarray) and value.dtype.kind in "fiub" and 0 < value.ndim <= 2 and value.size < 200000 else None


def own_samples(code, recorder, lifted):
    """(features, outputs, m, rows, form) of the samples that the file itself writes down or draws."""
    if lifted.own:
        try:
            with Timer(1.0):
                compiled(code, recorder, lifted.own, False).target()
        except Exception:
            pass
    X = next((literal(code, name) for name in sorted(lifted.x, key=trained) if literal(code, name) is not None), None)
    Y = next((literal(code, name) for name in sorted(lifted.y, key=trained) if literal(code, name) is not None), None)
    if X is None or X.ndim != 2 or Y is None or not X.size or not Y.size:
        return None
    rows = Y.shape[0] == X.shape[0] or Y.size == X.shape[0]
    m = X.shape[0] if rows else X.shape[1]
    n0, outputs = X.size // m, max(1, Y.size // m)
    form = "flat" if Y.ndim == 1 else ("same" if (Y.shape[0] == X.shape[0]) == rows else "turned")
    return n0, outputs, m, rows, form


def counts(code, own):
    """Names of whole numbers that are how many samples the file itself has, and no width of it."""
    if own is None or own[2] in own[:2] or any(own[2] in value.shape for name, value in code.namespace.items() if is_matrix(value) and names.is_weight(name)):
        return set()
    return {name for name, value in code.namespace.items() if type(value) is int and value == own[2] > 1}


def trained(name):
    return names.like_name(name, "test|valid|dev")


def datas(code, own):
    """Samples to try: as many features and outputs as the file's own have, else by the usual settings."""
    if own is not None:
        n0, outputs, m, rows, form = own
        for each in [form] if outputs > 1 or form != "flat" else [form, "int"]:
            for count in dict.fromkeys((M, m if m < 200 else M, 1)):
                yield Sizes([n0, 4, outputs]), Data(n0, outputs, count, rows, each)
        return
    from ..bind.binding import settings_for

    wide = any(word in code.text.lower() for word in ("softmax", "one_hot", "onehot", "to_categorical", "eye("))
    for outputs in ((3, 1) if wide else (1, 3)):
        for setting in settings_for(code, [], outputs, 2):
            if setting.form not in SINGLE:
                yield setting.sizes, setting.data()


def bind(code, recorder, search, options, below=0):
    """(TracedProgram, function) of every loop below a line and setting that runs."""
    known = calls.own(code)
    found = [(lift(code, statements, index, loop, derive), derive) for derive in (False, True) for statements, index, loop in loops(code) if loop.lineno > below]
    plain = [sorted(each.x + each.y) for each, derive in found if not derive]
    for number, (lifted, derive) in enumerate(found):
        if not lifted.x or not lifted.y or derive and sorted(lifted.x + lifted.y) == plain[number - len(plain)]:
            continue
        (before, one), (body, two) = calls.one_step(lifted.setup, known, M), calls.one_step(lifted.body, known, M)
        try:
            setup, step = compiled(code, recorder, before, False), compiled(code, recorder, body, True)
        except (SyntaxError, ValueError, TypeError):
            continue
        lifted.rate = one or two
        own = own_samples(code, recorder, lifted)
        lifted.counts = counts(code, own)
        ran = 0
        for sizes, data in datas(code, own):
            if search.late():
                return
            if ran and (data.m == 1 or ran > 1 or search.any_bound):
                # one sample only where more cannot be given
                break
            made, attempts, resized = None, [True, False], False
            while attempts and made is None:
                small = attempts.pop(0)
                try:
                    with Timer(4.0):
                        made = build(code, recorder, lifted, setup, step, sizes, data, options, search.found["cost"], small)
                except Exception as error:
                    if small and not any(recorder.forced.get(site.number) in sizes.dims and re.match(r"^[\d\s*]+$", site.value or "") and eval(site.value) > 16 for site in recorder.sites if site.number in recorder.forced):
                        small = None
                    error.data, error.hard = data, misfit(error, widths_in(code, setup), data)
                    ends = mending.wanted(error, sizes, data)
                    if ends is not None:
                        # the file says how many features there are
                        sizes, data = mending.resized(sizes, data, ends)
                        attempts = [True, False] if not resized else attempts
                        resized = True
                    yield None, error
                    if small is None and ends is None:
                        # no width was made small: it fails again
                        break
            if made is None:
                try:
                    with Timer(4.0):
                        made = rehearsed(code, recorder, lifted, setup, step, *lifted.tried, options, search.found["cost"])
                except Exception as error:
                    yield None, error
                    continue
            ran += 1
            yield made, step
        if ran if below else search.any_bound:
            return


def build(code, recorder, lifted, setup, step, sizes, data, options, costs, small, again=True):
    lifted.tried = sizes, data
    program = traced.TracedProgram(code, recorder, sizes, data, options)
    program.lifted = program.from_script = True
    for name in lifted.x + lifted.y:
        code.namespace[name] = data.values()["X" if name in lifted.x else "Y"]
    program.reseed()
    force(code, recorder, sizes, data, small, lifted.counts)
    prepare(code, setup, program)
    made = [name for each in setup.node.body for name in sorted(stored(each))] + lifted.x + lifted.y
    weights = [code.namespace[name] for name in dict.fromkeys(made) if names.is_weight(name) and not names.is_gradient(name) and is_matrix(code.namespace.get(name))]
    for name in dict.fromkeys(made):
        if where.is_object(code.namespace.get(name)):
            weights += [value for _, _, value in where.choose(where.leaves(code.namespace[name])) if is_matrix(value)]
    if weights:
        if data.m in weights[0].shape and sizes.n0 not in weights[0].shape and data.m not in sizes.dims:
            raise LookupError("the samples lie the other way")
        ends = fixed_ends(weights, not data.rows)
        if again and ends is not None and ends != (sizes.n0, sizes.nL) and (sizes.n0 not in weights[0].shape or sizes.nL not in weights[-1].shape):
            # widths that the file fixes
            m = data.m if ends[1] < data.m or data.m == 1 else ends[1] + 3
            return build(code, recorder, lifted, setup, step, Sizes([ends[0], 4, ends[1]]), Data(ends[0], ends[1], m, data.rows, data.form), options, costs, small, False)
    rate = lifted.rate
    for name in set(made) | set(code.namespace):
        value = code.namespace.get(name)
        if name in made and where.is_object(value):
            for key, each in where.attributes(value):
                if names.is_rate(key) and isinstance(each, float):
                    object.__setattr__(value, key, program.settings["rate"])
                    rate = True
        if names.is_rate(name) and isinstance(value, float):
            code.namespace[name] = program.settings["rate"]
            rate = True
    program.roots = {"globals": {name: code.namespace[name] for name in made if name in code.namespace and keepable(code.namespace[name])}}
    program.reads, program.x_names, program.y_names = loaded(step.node), lifted.x, lifted.y
    return traced.bind(program, step, [], None, rate, costs)


def rehearsed(code, recorder, lifted, setup, step, sizes, data, options, costs):
    """The same statements, bound by what one run of them writes down."""
    program = journal.JournalProgram(code, recorder, sizes, data, options)

    def rehearse(program, pool):
        for name in lifted.x + lifted.y:
            code.namespace[name] = program.data.values()["X" if name in lifted.x else "Y"]
        prepare(code, setup, program)
        step.target()

    force(code, recorder, sizes, data, True, lifted.counts)
    program.rehearse, program.from_script = rehearse, True
    return journal.bind(program, step, lifted.rate, costs)


def widths_in(code, setup):
    return {size for each in setup.node.body for name in stored(each) if names.is_weight(name) and is_matrix(code.namespace.get(name)) for size in code.namespace[name].shape}


def misfit(error, widths, data):
    """Two widths that the file itself fixes do not fit, whatever the samples are."""
    found = re.search(r"could not be broadcast together with shapes \((\d+),(\d+)\) \((\d+),(\d+)\)|non-broadcastable output operand with shape \((\d+),(\d+)\) doesn't match the broadcast shape \((\d+),(\d+)\)", str(error))
    if not isinstance(error, ValueError) or not found:
        return False
    sizes = {int(each) for each in found.groups() if each}
    return sizes <= widths and not sizes & {1, data.m}


def force(code, recorder, sizes, data, small, counted=()):
    """Numbers that the statements before the loop write down: one iteration, one batch, and small widths for wide ones."""
    hidden = iter(sizes.hidden * 4)
    for name, value in code.namespace.items():
        # what is kept of earlier steps is no part of this gradient
        forced = 0.0 if names.is_name(name, names.MOMENTUM_NAMES) and isinstance(value, float) else data.m if (name in counted or names.is_name(name, M_WRITTEN)) and type(value) is int and value > 1 else None
        if forced is not None:
            code.namespace[name] = forced
            recorder.forced.update((site.number, forced) for site in recorder.sites if site.file == code.source.path and site.function == "<module>" and site.target == name and re.match(r"^[\d\s*.]+$", site.value or ""))
    for site in recorder.sites:
        if site.file != code.source.path or site.function != "<module>" or site.kind != "assign":
            continue
        if names.is_rate(site.target) and re.match(r"^\d*\.?\d+(e-?\d+)?$", site.value or "") and float(site.value) > 1e-6:
            # before anything is made of it: `current_lr = lr`; an epsilon of 1e-8 keeps a logarithm finite
            recorder.forced[site.number] = RATE
        if site.target in counted or not re.match(r"^[\d\s*]+$", site.value or ""):
            continue
        name, number = site.target, eval(site.value)
        recorder.forced.pop(site.number, None)
        if names.is_name(name, names.BATCH_NAMES + "|" + M_WRITTEN):
            recorder.forced[site.number] = data.m
        elif names.is_name(name, names.ITER_NAMES):
            recorder.forced[site.number] = 1
        elif small and number > 16 and names.is_name(name, names.N0_NAMES + "|" + names.N1_NAMES):
            recorder.forced[site.number] = sizes.n0 if names.is_name(name, names.N0_NAMES) and names.plain(name) != "n" else next(hidden)


def is_matrix(value):
    return isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.ndim == 2


def keepable(value):
    return not callable(value) and not isinstance(value, type(np))


def fixed_ends(weights, turned):
    """(inputs, outputs) of a chain of weights, whichever way they lie."""
    if len(weights) == 1:
        return weights[0].shape[::-1] if turned else weights[0].shape
    # of two ways that fit, none has a hidden layer of one unit
    if weights[1].shape[0] == weights[0].shape[1] and not ((turned or weights[0].shape[1] == 1) and weights[1].shape[1] == weights[0].shape[0]):
        return weights[0].shape[0], weights[-1].shape[1]
    if weights[1].shape[1] == weights[0].shape[0]:
        return weights[0].shape[1], weights[-1].shape[0]
    return None


def prepare(code, setup, program):
    """Runs the statements before the loop; a name that only their data would give is asked of the vocabulary."""
    for _ in range(6):
        try:
            setup.target()
            return
        except NameError as error:
            name = str(error).split("'")[1]
            pool = Pool(code, program.sizes, program.data.values(), program.settings)
            getter = pool.setting(name, "forward", None, None) if not names.is_name(name, names.DIMS_NAMES) else None
            if getter is None:
                raise
            code.namespace[name] = getter(pool)
