"""Lifts a training loop out of a file's top level: the loop for one iteration, with our samples, and only the statements it needs."""

import ast
import copy
import re

import numpy as np

from . import names
from . import traced
from .data import M, Data
from .functions import Function, called_name
from .pool import Pool, Sizes
from .recorder import HOOK, Instrument
from .sandbox import Timer

#: Names that the lifted statements may not call: they read, ask, or leave the process.
FORBIDDEN = {"open", "eval", "exec", "input", "raw_input", "system", "popen", "Popen", "run_module", "urlopen", "urlretrieve", "exit", "quit", "_exit", "fork", "kill", "savefig", "connect"}
#: Names that statements which make data may not call either.
READING = {"load", "loadtxt", "genfromtxt", "read_csv", "read_excel", "read_table", "load_data", "fetch_openml", "loadmat", "fromfile", "imread", "listdir", "fetch_mldata", "read_data_sets"}


class Lifted:
    """`setup`: statements that make what the loop needs; `body`: the loop; `x`, `y`: names that hold the samples; `own`: what makes those."""

    def __init__(self, setup, body, x, y, own):
        self.setup, self.body, self.x, self.y, self.own = setup, body, x, y, own


def statements(body):
    """Top-level statements, with those of `if __name__ == "__main__":` in its place."""
    for each in body:
        if isinstance(each, ast.If) and "__name__" in ast.dump(each.test):
            for inner in statements(each.body):
                yield inner
        elif isinstance(each, ast.With):
            for inner in statements(each.body):
                yield inner
        else:
            yield each


def loaded(node):
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)}


def stored(node):
    """Names that a statement gives a value, or whose value it changes: x = …, x[0] = …, x.append(…)."""
    out = set()
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and isinstance(each.ctx, (ast.Store, ast.Del)):
            out.add(each.id)
        elif isinstance(each, (ast.Subscript, ast.Attribute)) and isinstance(each.ctx, ast.Store):
            holder = each.value
            while isinstance(holder, (ast.Subscript, ast.Attribute)):
                holder = holder.value
            if isinstance(holder, ast.Name):
                out.add(holder.id)
        elif isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr in ("append", "extend", "insert", "update") and isinstance(each.func.value, ast.Name):
            out.add(each.func.value.id)
    return out


def allowed(node):
    return not any(isinstance(each, ast.Call) and called_name(each) in FORBIDDEN for each in ast.walk(node)) and not any(isinstance(each, (ast.Import, ast.ImportFrom, ast.Global)) for each in ast.walk(node))


def loops(code):
    """Loops at the top level that may train: they multiply matrices or call functions of the file, and change something."""
    own = {each.name for each in code.functions} | {each.name for each in code.classes}
    out = []
    for index, each in enumerate(list(statements(code.script()))):
        if isinstance(each, (ast.For, ast.While)) and allowed(each):
            calls = {called_name(one) for one in ast.walk(each) if isinstance(one, ast.Call)}
            product = calls & {"dot", "matmul", "outer"} or any(isinstance(one, ast.BinOp) and isinstance(one.op, ast.MatMult) for one in ast.walk(each))
            if product or calls & own or any(isinstance(one, ast.AugAssign) for one in ast.walk(each)):
                out.append((index, each))
    return [each for each in out if len(list(ast.walk(each[1]))) > 40][:4]


def lift(code, index, loop):
    before = list(statements(code.script()))[:index]
    kinds = {"x": [], "y": []}
    reads = loaded(loop)
    for function in code.functions + [method for owner in code.classes for method in owner.methods.values()]:
        if function.name in reads or any(function.name == called_name(one) for one in ast.walk(loop) if isinstance(one, ast.Call)):
            own = function.node.args
            reads |= loaded(function.node) - stored(function.node) - {each.arg for each in own.args + own.kwonlyargs}
    made = set().union(*[stored(each) for each in before]) if before else set()
    needed, chosen = [name for name in reads if name in made], set()
    todo, seen = list(needed), set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        role = data_role(name, code.namespace.get(name))
        if role is not None:
            kinds[role].append(name)
            continue
        for position, each in enumerate(before):
            if isinstance(each, (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)) or name not in stored(each):
                continue
            if not allowed(each):
                continue
            chosen.add(position)
            todo.extend(one for one in loaded(each) if one in made and one not in seen)
    by_use(code, loop, made, kinds)
    data = set(kinds["x"] + kinds["y"])
    setup = [before[position] for position in sorted(chosen) if not stored(before[position]) <= data]
    return Lifted(setup, [loop], kinds["x"], kinds["y"], makers(before, data))


def by_use(code, loop, made, kinds):
    """Samples and targets by how the loop uses them, where their names do not say it: targets are subtracted from, samples multiplied."""
    free = [name for name in loaded(loop) if name in made and name not in stored(loop) and not names.is_weight(name) and not names.is_bias(name) and not names.is_rate(name)]
    arrays = [name for name in free if name not in kinds["x"] + kinds["y"] and not isinstance(code.namespace.get(name), (int, float, str, list, dict)) and not callable(code.namespace.get(name))]

    def operands(kinds_of):
        for each in ast.walk(loop):
            if isinstance(each, ast.BinOp) and isinstance(each.op, kinds_of):
                yield each.left, each.right
            elif isinstance(each, ast.Call) and kinds_of is ast.MatMult and called_name(each) in ("dot", "matmul"):
                for one in each.args:
                    yield one, one
                if isinstance(each.func, ast.Attribute):
                    yield each.func.value, each.func.value

    def named(node):
        while isinstance(node, (ast.Subscript, ast.Attribute)):
            node = node.value
        return getattr(node, "id", None)

    if not kinds["y"]:
        kinds["y"].extend(dict.fromkeys(named(side) for pair in operands(ast.Sub) for side in pair if named(side) in arrays))
    if not kinds["x"]:
        kinds["x"].extend(dict.fromkeys(named(side) for pair in operands(ast.MatMult) for side in pair if named(side) in arrays and named(side) not in kinds["y"]))


def makers(before, wanted):
    """The statements that make the file's own samples, where nothing is read for it; else none."""
    todo, seen, chosen = list(wanted), set(), set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        for position, each in enumerate(before):
            if isinstance(each, (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)) or name not in stored(each):
                continue
            if not allowed(each) or any(isinstance(one, ast.Call) and called_name(one) in READING for one in ast.walk(each)):
                return []
            chosen.add(position)
            todo.extend(loaded(each))
    return [before[position] for position in sorted(chosen)]


def data_role(name, value):
    """Whether a name holds the samples or the targets, by its words; the number of something is none."""
    if isinstance(value, (int, float, str)):
        return None
    if not isinstance(value, np.ndarray) and names.is_name(name, names.M_NAMES + "|" + names.N0_NAMES + "|" + names.NL_NAMES) and not names.is_name(name, r"^(x|y|inputs?|outputs?|classes|labels?)$"):
        return None
    if names.holds_targets(name):
        return "y"
    if names.holds_samples(name):
        return "x"
    return None


def once(loop):
    """The loop for its first iteration."""
    made = copy.deepcopy(loop)
    if isinstance(made, ast.For):
        made.iter = ast.copy_location(ast.Call(func=ast.copy_location(ast.Name(id=ONCE, ctx=ast.Load()), made.iter), args=[made.iter], keywords=[]), made.iter)
    else:
        made.body.append(ast.copy_location(ast.Break(), made.body[-1]))
    return made


ONCE = "__gradient_debugger_first__"


def first(iterable):
    for each in iterable:
        yield each
        return


def compiled(code, recorder, body, title):
    """A function of the file's namespace with these statements; what it assigns is global."""
    assigned = sorted(set().union(*[stored(each) for each in body]) - {"self"}) if body else []
    text = "def lifted():\n    pass\n"
    tree = ast.parse(text)
    made = tree.body[0]
    instrument = Instrument(recorder, code.source.path, code.source.text)
    inner = instrument.block([once(each) if title and isinstance(each, (ast.For, ast.While)) else copy.deepcopy(each) for each in body])
    made.body = ([ast.Global(names=assigned)] if assigned else []) + (inner or [ast.Pass()])
    for each in made.body[:1]:
        ast.copy_location(each, body[0] if body else made)
    ast.fix_missing_locations(tree)
    code.namespace[HOOK] = recorder.hook
    code.namespace[ONCE] = first
    exec(compile(tree, code.source.path, "exec"), code.namespace)
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
    from .binding import settings_for

    wide = any(word in code.text.lower() for word in ("softmax", "one_hot", "onehot", "to_categorical", "eye("))
    for outputs in ((3, 1) if wide else (1, 3)):
        for setting in settings_for(code, [], outputs, 2):
            if setting.form != "vector":
                yield setting.sizes, setting.data()


def bind(code, recorder, search, options):
    """(TracedProgram, function) of every loop and setting that runs."""
    for index, loop in loops(code):
        lifted = lift(code, index, loop)
        if not lifted.x or not lifted.y:
            continue
        try:
            setup, step = compiled(code, recorder, lifted.setup, False), compiled(code, recorder, lifted.body, True)
        except (SyntaxError, ValueError, TypeError):
            continue
        own = own_samples(code, recorder, lifted)
        ran = 0
        for sizes, data in datas(code, own):
            if search.late():
                return
            if ran and (data.m == 1 or ran > 1 or search.any_bound):
                # one sample only where more cannot be given
                break
            made = None
            for small in (True, False):
                try:
                    with Timer(4.0):
                        made = build(code, recorder, lifted, setup, step, sizes, data, options, search.found["cost"], small)
                    break
                except Exception as error:
                    wide = re.search(r"cannot reshape array of size \d+ into shape \(.*?(\d{2,})\)", str(error))
                    if wide and int(wide.group(1)) != sizes.n0 and data.rows:
                        # images: the file says how many features there are
                        sizes, data = Sizes([int(wide.group(1))] + sizes.dims[1:]), Data(int(wide.group(1)), data.outputs, data.m, True, data.form)
                    yield None, error
            if made is None:
                continue
            ran += 1
            yield made, step
        if search.any_bound:
            return


def build(code, recorder, lifted, setup, step, sizes, data, options, costs, small, again=True):
    program = traced.TracedProgram(code, recorder, sizes, data, options)
    program.lifted = True
    for name in lifted.x + lifted.y:
        code.namespace[name] = data.values()["X" if name in lifted.x else "Y"]
    program.reseed()
    force(code, recorder, sizes, data, small)
    prepare(code, setup, program)
    made = [name for each in setup.node.body for name in sorted(stored(each))] + lifted.x + lifted.y
    weights = [code.namespace[name] for name in dict.fromkeys(made) if names.is_weight(name) and not names.is_gradient(name) and is_matrix(code.namespace.get(name))]
    if weights:
        if data.m in weights[0].shape and sizes.n0 not in weights[0].shape and data.m not in sizes.dims:
            raise LookupError("the samples lie the other way")
        ends = fixed_ends(weights, not data.rows)
        if again and ends is not None and ends != (sizes.n0, sizes.nL) and (sizes.n0 not in weights[0].shape or sizes.nL not in weights[-1].shape):
            # widths that the file fixes
            m = data.m if ends[1] < data.m or data.m == 1 else ends[1] + 3
            return build(code, recorder, lifted, setup, step, Sizes([ends[0], 4, ends[1]]), Data(ends[0], ends[1], m, data.rows, data.form), options, costs, small, False)
    rate = False
    for name in set(made) | set(code.namespace):
        value = code.namespace.get(name)
        if names.is_rate(name) and isinstance(value, float):
            code.namespace[name] = program.settings["rate"]
            rate = True
    program.roots = {"globals": {name: code.namespace[name] for name in made if name in code.namespace and keepable(code.namespace[name])}}
    program.reads = loaded(step.node)
    return traced.bind(program, step, [], None, rate, costs)


def force(code, recorder, sizes, data, small):
    """Numbers that the statements before the loop write down: one iteration, one batch, and small widths for wide ones."""
    hidden = iter(sizes.hidden * 4)
    for site in recorder.sites:
        if site.file != code.source.path or site.function != "<module>" or site.kind != "assign" or not re.match(r"^[\d\s*]+$", site.value or ""):
            continue
        name, number = site.target, eval(site.value)
        recorder.forced.pop(site.number, None)
        if names.is_name(name, names.BATCH_NAMES):
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
    if weights[1].shape[0] == weights[0].shape[1] and not (turned and weights[1].shape[1] == weights[0].shape[0]):
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
