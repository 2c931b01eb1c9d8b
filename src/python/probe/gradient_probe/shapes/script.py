"""Lifts a training loop out of a file's top level: the loop for one iteration, with our samples, and only the statements it needs."""

import ast
import copy
import re

import numpy as np

from ..bind import mending, parameters as where
from ..bind.pool import Pool, Sizes
from ..common import names
from ..common.data import Data, M, RATE, of_vectors, takes_tables
from ..common.sandbox import within
from ..common.syntax import walk
from ..source import calls
from ..source import cut
from ..source import loaded_data
from ..source.functions import Function
from ..source.lifting import lift, loaded, loops, stored
from ..source.python2_meaning import as_there
from ..source.recorder import HOOK, Instrument
from ..source.rounds import of_batches
from . import journal, traced
from .step_values import OneByOne
from .script_widths import fixed_ends, flat, is_matrix, matrices, misfit, objects_of, other_way, widths_in
from .written import counts, datas, lie, literal, trained


def once(loop):
    """The loop for its first iteration; one over batches in it as well, of which ours are the first."""
    made = copy.deepcopy(loop)
    for each in ast.walk(made):
        if isinstance(each, ast.For) and (each is made or of_batches(each)):
            each.iter = ast.copy_location(ast.Call(func=ast.copy_location(ast.Name(id=ONCE, ctx=ast.Load()), each.iter), args=[each.iter], keywords=[]), each.iter)
    if isinstance(made, ast.While):
        made.body.append(ast.copy_location(ast.Break(), made.body[-1]))
    for each in ast.walk(made):
        if isinstance(each, ast.If) and not each.orelse and any(isinstance(one, ast.Mod) for one in walk(each.test)):
            # what is shown now and then may want the file's own samples: it stops nothing
            each.body = [ast.copy_location(ast.Try(body=each.body, handlers=[ast.copy_location(ast.ExceptHandler(type=ast.Name(id="Exception", ctx=ast.Load()), name=None, body=[ast.Pass()]), each)], orelse=[], finalbody=[]), each)]
            ast.fix_missing_locations(each)
    return made


#: Numbers of samples that a script writes down.
M_WRITTEN = names.M_NAMES + "|^mtraining$"

ONCE = "__gradient_debugger_first__"


def first(iterable):
    for each in iterable:
        yield each
        return


def compiled(code, recorder, body, title, brief=True):
    """A function of the file's namespace with these statements; what it assigns is global. `brief`: of ten thousand iterations one."""
    assigned = sorted(set().union(*[stored(each) for each in body]) - {"self"}) if body else []
    tree = ast.parse("def lifted():\n    pass\n")
    made = tree.body[0]
    instrument = Instrument(recorder, code.source.path, code.source.text)
    instrument.lifted, instrument.brief = True, brief
    inner = instrument.block([once(each) if title and isinstance(each, (ast.For, ast.While)) else copy.deepcopy(each) for each in body])
    made.body = ([ast.Global(names=assigned)] if assigned else []) + (inner or [ast.Pass()])
    for each in made.body[:1]:
        ast.copy_location(each, body[0] if body else made)
    ast.fix_missing_locations(tree)
    code.namespace[HOOK] = recorder.hook
    code.namespace[ONCE] = first
    exec(compile(as_there(tree, code.source), code.source.path, "exec", code.source.flags), code.namespace)
    target = code.namespace.pop("lifted")
    node = copy.copy(made)
    node.body = list(body)
    function = Function("<module>", target, node, None, code.source.path, True)
    function.line = body[0].lineno if body else 1
    return function


def own_samples(code, recorder, lifted):
    """(features, outputs, m, rows, form) of the samples that the file itself writes down or draws."""
    if lifted.own:
        # ours in place of what cannot be read here say nothing of theirs
        loaded_data.given.clear()
        try:
            within(1.0, compiled(code, recorder, lifted.own, False, brief=False).target)
        except Exception:
            pass
    X = next((literal(code, name) for name in sorted(lifted.x, key=trained) if literal(code, name) is not None), None)
    # of numbers of classes and a matrix that is made of them, the matrix is what is trained with
    Y = next((literal(code, name) for name in sorted(lifted.y, key=lambda each: (trained(each), -np.ndim(literal(code, each)), each)) if literal(code, name) is not None), None)
    return lie(X, Y)


class OtherWay(LookupError):
    """Weights with an entry for each sample where a feature is meant."""


def bind(code, recorder, search, options, below=0):
    """(TracedProgram, function) of every loop below a line and setting that runs."""
    known = calls.own(code)
    found = [(lift(code, statements, index, loop, derive), derive) for derive in (False, True) for statements, index, loop in loops(code) if loop.lineno > below]
    plain = [sorted(each.samples) for each, derive in found if not derive]
    for number, (lifted, derive) in enumerate(found):
        if not (lifted.pairs or lifted.x and lifted.y) or derive and sorted(lifted.samples) == plain[number - len(plain)]:
            continue
        (before, one), (body, two) = [calls.one_step(each, known, M) for each in cut.whole(lifted.setup, lifted.body)]
        try:
            setup, step = compiled(code, recorder, before, False), compiled(code, recorder, body, True)
        except (SyntaxError, ValueError, TypeError):
            continue
        lifted.rate = one or two
        own = own_samples(code, recorder, lifted)
        lifted.counts = counts(code, own)
        ran, numbered, singly = 0, 0, False
        for sizes, data in datas(code, own):
            if search.late():
                return
            if singly and data.m > 1:
                continue
            # numbers of classes that are only subtracted broadcast: targets of the shape of the prediction may be meant
            doubted = ran == 1 and numbered and not search.settled
            if doubted and (data.form, data.m) != ("same", numbered):
                continue
            # what ran may have said nothing: a loop over samples inside a function leaves the prediction of the last
            alone = data.m == 1 and not search.counted
            if ran and not doubted and not alone and (data.m == 1 or ran > 1 or search.any_bound):
                # one sample only where more cannot be given
                if search.counted:
                    break
                continue
            made, stopped, attempts, resized = None, None, [True, False], False
            while attempts and made is None and not search.late():
                small = attempts.pop(0)
                try:
                    made = within(4.0, lambda: build(code, recorder, lifted, setup, step, sizes, data, options, search.found["cost"], small))
                except Exception as error:
                    stopped = error
                    if small and not any(recorder.forced.get(site.number) in sizes.dims and re.match(r"^[\d\s*]+$", site.value or "") and eval(site.value) > 16 for site in recorder.sites if site.number in recorder.forced):
                        small = None
                    error.data, error.hard = data, misfit(error, widths_in(code, setup), data)
                    error.as_theirs = own is not None and data.form == own[4]
                    ends = mending.wanted(error, sizes, data)
                    # the weights have as many outputs as the targets already
                    ends = None if ends is not None and lifted.ends == (sizes.n0, sizes.nL) and ends[1] != sizes.nL else ends
                    if takes_tables(error) or lifted.pairs and not lifted.in_rows and of_vectors(error):
                        lifted.in_rows = lifted.in_rows or of_vectors(error)
                        attempts = [True, False]
                        continue
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
                if search.late():
                    return
                if isinstance(stopped, (OneByOne, OtherWay)):
                    # other samples come that it is made for: one alone, or as rows
                    singly = singly or isinstance(stopped, OneByOne)
                    continue
                try:
                    made = within(4.0, lambda: rehearsed(code, recorder, lifted, setup, step, *lifted.tried, options, search.found["cost"]))
                except Exception as error:
                    error.data = lifted.tried[1]
                    error.as_theirs = own is not None and error.data.form == own[4]
                    yield None, error
                    continue
            if any(leaf.kind == "b" and leaf.shape == (made.data.m,) and made.data.m not in made.sizes.dims for leaf in made.leaves):
                # one number, written out for every sample: its gradient is that of the number
                search.came_through = True
                yield None, LookupError("a bias has an entry for each sample")
                continue
            made.own_count = own[2] if own is not None else None
            ran, numbered, search.counted = ran + 1, data.m if data.form.startswith("int") else 0, True
            yield made, step
        if ran if below else search.any_bound:
            return


def build(code, recorder, lifted, setup, step, sizes, data, options, costs, small, again=True):
    lifted.tried, lifted.ends = (sizes, data), None
    program = traced.TracedProgram(code, recorder, sizes, data, options)
    program.lifted = program.from_script = True
    cut.give(code.namespace, lifted, data)
    program.reseed()
    force(code, recorder, sizes, data, small, lifted.counts)
    prepare(code, setup, program)
    known = calls.own(code)
    made = [name for each in setup.node.body for name in sorted(stored(each) | calls.begun(each, known))] + lifted.samples
    weights = matrices(code.namespace[name] for name in dict.fromkeys(made) if names.is_weight(name) and not names.is_gradient(name) and name in code.namespace)
    for each in objects_of([code.namespace.get(name) for name in dict.fromkeys(made)]):
        weights += [value for _, inner, found in where.choose(where.leaves(each)) for value in [flat(found)] if is_matrix(value) and not names.is_bias(where.base(inner))]
    if weights:
        if other_way(weights[0].shape, sizes, data.m):
            raise OtherWay("the samples lie the other way")
        ends = lifted.ends = fixed_ends(weights, not data.rows, sizes.n0)
        if again and ends is not None and ends != (sizes.n0, sizes.nL) and (sizes.n0 not in weights[0].shape or sizes.nL not in weights[-1].shape):
            # widths that the file fixes
            m = data.m if ends[1] < data.m or data.m == 1 else ends[1] + 3
            form = "int2" if data.form == "same" and data.outputs == 1 < ends[1] and looks_up(step.node, lifted.y) else data.form
            return build(code, recorder, lifted, setup, step, Sizes([ends[0], 4, ends[1]]), Data(ends[0], ends[1], m, data.rows, form), options, costs, small, False)
    rate, read = lifted.rate, {name for each in code.used_by([setup, step]) for name in loaded(each.node)}
    for name in set(made) | set(code.namespace):
        value = code.namespace.get(name)
        if name in made and where.is_object(value):
            for key, each in where.attributes(value):
                if names.is_rate(key) and isinstance(each, float):
                    object.__setattr__(value, key, program.settings["rate"])
                    rate = True
        if names.is_rate(name) and isinstance(value, float):
            code.namespace[name] = program.settings["rate"]
            # one that no statement reads is no part of a step
            rate = rate or name in read
    program.roots = {"globals": {name: code.namespace[name] for name in made if name in code.namespace and keepable(code.namespace[name])}}
    program.reads, program.given = loaded(step.node), lifted
    return traced.bind(program, step, [], None, rate, costs)


def looks_up(loop, targets):
    """Whether targets choose entries, as numbers of classes do: `probs[range(m), (y - 1).T.astype(int)]`."""
    return any(isinstance(each, ast.Subscript) and any(getattr(one, "id", "") in targets for one in walk(each.slice)) for each in walk(loop))


def rehearsed(code, recorder, lifted, setup, step, sizes, data, options, costs):
    """The same statements, bound by what one run of them writes down."""
    program = journal.JournalProgram(code, recorder, sizes, data, options)

    def rehearse(program, pool):
        cut.give(code.namespace, lifted, program.data)
        prepare(code, setup, program)
        step.target()

    force(code, recorder, sizes, data, True, lifted.counts)
    program.rehearse, program.from_script = rehearse, True
    return journal.bind(program, step, lifted.rate, costs)


def force(code, recorder, sizes, data, small, counted=()):
    """Numbers that the statements before the loop write down: one iteration, one batch, and small widths for wide ones."""
    hidden = iter(sizes.hidden * 4)
    for name, value in code.namespace.items():
        # what is kept of earlier steps is no part of this gradient
        forced = 0.0 if names.is_name(name, names.MOMENTUM_NAMES) and isinstance(value, float) else data.m if (name in counted or names.is_name(name, M_WRITTEN) and not widens(code, name)) and type(value) is int and value > 1 else None
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
        if names.is_name(name, names.BATCH_NAMES + "|" + M_WRITTEN) and not widens(code, name):
            recorder.forced[site.number] = data.m
        elif names.is_name(name, names.ITER_NAMES):
            recorder.forced[site.number] = 1
        elif small and number > 16 and names.is_name(name, names.N0_NAMES + "|" + names.N1_NAMES):
            recorder.forced[site.number] = sizes.n0 if names.is_name(name, names.N0_NAMES) and names.plain(name) != "n" else next(hidden)


def widens(code, name):
    """Whether weights are made of a number: W1 = np.random.randn(D, M) has M units, and no M samples."""
    return any(isinstance(each, ast.Assign) and any(names.is_weight(getattr(one, "id", "")) for one in each.targets) and any(getattr(one, "id", None) == name for one in walk(each.value)) for each in walk(code.source.tree))


def keepable(value):
    return not callable(value) and not isinstance(value, type(np))


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
