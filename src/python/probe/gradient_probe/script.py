"""Lifts a training loop out of a file's top level: the loop for one iteration, with our samples, and only the statements it needs."""

import ast
import copy

import numpy as np

from . import names
from . import parameters as where
from . import traced
from .data import M, Data
from .functions import Function, called_name
from .pool import Pool, Sizes
from .recorder import HOOK, Instrument
from .sandbox import Timer

#: Names that the lifted statements may not call: they read, ask, or leave the process.
FORBIDDEN = {"open", "eval", "exec", "input", "raw_input", "system", "popen", "Popen", "run_module", "urlopen", "urlretrieve", "exit", "quit", "_exit", "fork", "kill", "savefig", "connect"}


class Lifted:
    """`setup`: statements that make what the loop needs; `body`: the loop; `x`, `y`: names that hold the samples."""

    def __init__(self, loop, setup, body, x, y):
        self.loop, self.setup, self.body, self.x, self.y = loop, setup, body, x, y


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
    out.sort(key=lambda each: -len(list(ast.walk(each[1]))))
    return out[:3]


def lift(code, index, loop):
    before = list(statements(code.script()))[:index]
    kinds = {"x": [], "y": []}
    reads = loaded(loop)
    for function in code.functions + [method for owner in code.classes for method in owner.methods.values()]:
        if function.name in reads or any(function.name == called_name(one) for one in ast.walk(loop) if isinstance(one, ast.Call)):
            reads |= loaded(function.node)
    made = set().union(*[stored(each) for each in before]) if before else set()
    needed, chosen = [name for name in reads if name in made], set()
    todo, seen = list(needed), set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        role = data_role(name, before)
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
    setup = [before[position] for position in sorted(chosen) if not stored(before[position]) <= set(kinds["x"] + kinds["y"])]
    return Lifted(loop, setup, [loop], kinds["x"], kinds["y"])


def data_role(name, before):
    """Whether a name holds the samples or the targets, by its words; the number of something is none."""
    if names.is_name(name, names.M_NAMES + "|" + names.N0_NAMES + "|" + names.NL_NAMES) and not names.is_name(name, r"^(x|y|inputs?|outputs?|classes|labels?)$"):
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
    return value if isinstance(value, np.ndarray) and value.dtype.kind in "fiub" and 0 < value.ndim <= 2 else None


def datas(code, lifted, search):
    """Samples to try: as many features and outputs as the file's own arrays have, else by the usual settings."""
    X = next((literal(code, name) for name in lifted.x if literal(code, name) is not None), None)
    Y = next((literal(code, name) for name in lifted.y if literal(code, name) is not None), None)
    if X is not None and X.ndim == 2 and Y is not None:
        rows = Y.shape[0] == X.shape[0] or Y.size == X.shape[0]
        m = X.shape[0] if rows else X.shape[1]
        n0, outputs = X.size // m, max(1, Y.size // m)
        form = "flat" if Y.ndim == 1 else ("same" if (Y.shape[0] == X.shape[0]) == rows else "turned")
        for count in (M, m, 1):
            yield Sizes([n0, 4, outputs]), Data(n0, outputs, count, rows, form)
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
        for sizes, data in datas(code, lifted, search):
            if search.late():
                return
            try:
                with Timer(4.0):
                    yield build(code, recorder, lifted, setup, step, sizes, data, options), step
            except Exception as error:
                yield None, error


def build(code, recorder, lifted, setup, step, sizes, data, options, again=True):
    program = traced.TracedProgram(code, recorder, sizes, data, options)
    program.lifted = True
    for name in lifted.x + lifted.y:
        code.namespace[name] = data.values()["X" if name in lifted.x else "Y"]
    program.reseed()
    prepare(code, setup, program)
    made = set(stored_by(setup)) | set(lifted.x) | set(lifted.y)
    weights = [value for name, value in code.namespace.items() if name in made and isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.ndim == 2 and names.is_weight(name)]
    if weights and again:
        # widths that the file fixes
        ends = fixed_ends(weights)
        if ends is not None and ends != (sizes.n0, sizes.nL) and (sizes.n0 not in weights[0].shape or sizes.nL not in weights[-1].shape):
            return build(code, recorder, lifted, setup, step, Sizes([ends[0], 4, ends[1]]), Data(ends[0], ends[1], data.m if ends[1] < data.m or data.m == 1 else ends[1] + 3, data.rows, data.form), options, False)
    rate = False
    for name in made | set(code.namespace):
        value = code.namespace.get(name)
        if names.is_name(name, names.RATE_NAMES) and isinstance(value, float):
            code.namespace[name] = program.settings["rate"]
            rate = True
    program.roots = {"globals": {name: code.namespace[name] for name in made if name in code.namespace and keepable(code.namespace[name])}}
    return traced.bind(program, step, [], None, rate)


def keepable(value):
    return not callable(value) and not isinstance(value, type(np))


def stored_by(function):
    return set().union(*[stored(each) for each in function.node.body]) if function.node.body else set()


def fixed_ends(weights):
    if len(weights) > 1 and weights[1].shape[0] == weights[0].shape[1]:
        return weights[0].shape[0], weights[-1].shape[1]
    if len(weights) > 1 and weights[1].shape[1] == weights[0].shape[0]:
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
