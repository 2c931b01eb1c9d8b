"""What of a file's top level a training loop needs: the statements before it, and which names hold the samples and targets."""

import ast
import types

import numpy as np

from ..common import names
from ..common.data import one_by_one
from ..common.syntax import declared, walk
from . import calls
from . import in_pairs
from . import single_step
from .by_use import by_use
from .functions import called_name
from .scopes import local_names
from .touched import loaded, made_anew, stored

#: Names that the lifted statements may not call: they read, ask, or leave the process.
FORBIDDEN = {"open", "eval", "exec", "system", "popen", "Popen", "run_module", "urlopen", "urlretrieve", "exit", "quit", "_exit", "fork", "kill", "connect"}
#: Names that statements which make data may not call either.
READING = {"load", "loadtxt", "genfromtxt", "read_csv", "read_excel", "read_table", "load_data", "fetch_openml", "loadmat", "fromfile", "imread", "listdir", "fetch_mldata", "read_data_sets"}


class Lifted:
    """`setup`: statements that make what the loop needs; `body`: the loop; `x`, `y`: names that hold the samples; `pairs`: those that hold each with its target; `own`: what makes those."""
    #: names of the number of samples
    counts = ()
    #: our learning rate stands in the statements
    rate = False
    #: each sample of a pair is a matrix of one row
    in_rows = False

    def __init__(self, setup, body, x, y, pairs, own):
        self.setup, self.body, self.x, self.y, self.pairs, self.own = setup, body, x, y, pairs, own
        self.samples = x + y + pairs

    def value(self, name, data):
        """What of our data stands for one of these names; one-hot targets beside the numbers of the classes, which a cost looks up."""
        given = data.values()
        return one_by_one(given["X"], given["Y"], data.n0, self.in_rows) if name in self.pairs else given["X" if name in self.x else "onehot" if "onehot" in given and names.like_name(name, "one_?hot") else "Y"]


def statements(body):
    """Top-level statements, with those of `if __name__ == "__main__":` in its place."""
    for each in body:
        if isinstance(each, ast.If) and "__name__" in ast.dump(each.test):
            for inner in statements(each.body):
                yield inner
        elif isinstance(each, ast.With) and (all(one.optional_vars is None for one in each.items) or any(isinstance(one, (ast.For, ast.While)) for one in each.body)):
            # what is given a name there, a file to write to, stays with it
            for inner in statements(each.body):
                yield inner
        elif isinstance(each, ast.Try) and any(isinstance(one, (ast.For, ast.While)) for one in each.body):
            # a training that Ctrl+C ends: except KeyboardInterrupt
            for inner in statements(each.body + each.orelse):
                yield inner
        elif isinstance(each, (ast.Try, ast.If)) and any(trainings(each)):
            # try: read what an earlier training left; except: train
            for inner in statements([one for branch in trainings(each) for one in branch]):
                yield inner
        else:
            yield each


def trainings(node):
    """The branches of an `if` or the handlers of a `try` in which a loop stands."""
    branches = [each.body for each in node.handlers] if isinstance(node, ast.Try) else [node.body, node.orelse]
    return [branch for branch in branches if any(isinstance(one, (ast.For, ast.While)) for one in branch)]


def writes(call):
    """`open("costs.csv", "a")`: a log, which leads nowhere here."""
    mode = next((each.value for each in call.keywords if each.arg == "mode"), call.args[1] if len(call.args) > 1 else None)
    return called_name(call) == "open" and isinstance(mode, ast.Constant) and isinstance(mode.value, str) and mode.value[:1] in ("w", "a", "x")


def allowed(node):
    return not any(isinstance(each, ast.Call) and called_name(each) in FORBIDDEN and not writes(each) for each in walk(node)) and not any(isinstance(each, (ast.Import, ast.ImportFrom, ast.Global)) for each in walk(node))


def loops(code):
    """(statements, index, statement) of what may train at the top level or in main(): loops that multiply matrices or call functions of the file, then calls."""
    known = calls.own(code)
    looped, called = [], []
    for body in calls.bodies(code, statements, known):
        for index, each in enumerate(body):
            if isinstance(each, (ast.For, ast.While)) and allowed(each):
                if trains(each, known) and (len(list(walk(each))) > 40 or any(calls.trains(one, known) for one in each.body) or len({called_name(one) for one in walk(each) if isinstance(one, ast.Call)} & set(known)) > 1) and not any(each is other for _, _, other in looped):
                    looped.append((body, index, each))
            elif calls.trains(each, known) and allowed(each) and not any(each is other for _, _, other in called):
                called.append((body, index, each))
    script = list(statements(code.script()))
    unrolled = single_step.unrolled(script, stored, loaded)
    if not looped or unrolled is not None and not called:
        script = unrolled or script
        looped = []
        step = single_step.find(script, stored, loaded) or single_step.of_layers(script, stored, loaded)
        if step is not None and allowed(step[1]):
            looped.append((step[0], len(step[0]), step[1]))
    return looped[:4] + called[:4]


def trains(loop, known):
    made = {called_name(one) for one in walk(loop) if isinstance(one, ast.Call)}
    product = made & {"dot", "matmul", "outer"} or any(isinstance(one, ast.BinOp) and isinstance(one.op, ast.MatMult) for one in walk(loop))
    return bool(product or made & set(known) or any(isinstance(one, ast.AugAssign) or calls.moves_weight(one) for one in walk(loop)))


def lift(code, body, index, loop, derive):
    """`derive`: what the script makes of its samples alone (X.T, one_hot(y)) is made of ours; else ours stand in its place."""
    before = without_reloaded(body[:index])
    kinds, reads = {"x": [], "y": []}, loaded(loop)
    called = reached(code, loop, reads)
    pairs = paired(loop) | in_pairs.handed_on(loop, called)
    for function in called:
        own = function.node.args
        reads |= loaded(function.node) - stored(function.node) - {each.arg for each in own.args + own.kwonlyargs}
        # a global that is changed only: x[0] = …, or `global w`, w -= …
        reads |= stored(function.node) - local_names(function.node) | declared(function.node)
    known = calls.own(code)
    made = set().union(*[stored(each) | imported(each, code) | calls.begun(each, known) for each in before if not isinstance(each, ast.FunctionDef)])
    needed = [name for name in reads - anew_in(loop, called) if name in made]
    found, chosen = set(pairs), set()
    # once more with what only its use tells of: nothing that leads to it is run
    for _ in range(1 if pairs else 2):
        chosen = leading(code, before, needed, made, derive, kinds, found, moved_by(loop), known)
        if not pairs:
            by_use(code, loop, made, kinds)
        found = set(kinds["x"] + kinds["y"])
    data = set(kinds["x"] + kinds["y"]) | pairs
    setup = [before[position] for position in sorted(chosen) if not (filled(before[position]) and filled(before[position]) <= data)]
    return Lifted(setup, [loop], kinds["x"], kinds["y"], sorted(pairs), makers(before, data))


def moved_by(loop):
    """Names that a loop adds to or subtracts from: parameters, whatever they are called, `inputLayer += X.T.dot(delta)`; samples stay as they are."""
    return {each.target.id for each in walk(loop) if isinstance(each, ast.AugAssign) and isinstance(each.op, (ast.Add, ast.Sub)) and isinstance(each.target, ast.Name)}


def leading(code, before, needed, made, derive, kinds, found, moved, known):
    """Positions of the statements before a loop that give its names their values; `found` are samples already, and those that `kinds` gets by their names, but for what is `moved`."""
    chosen = set()
    # (name, position of the statement that reads it)
    todo, seen = [(name, len(before)) for name in needed], set()
    while todo:
        name, until = todo.pop()
        if (name, until) in seen:
            continue
        seen.add((name, until))
        if name in found:
            continue
        role = data_role(name, code.namespace.get(name)) if name not in moved and not counted(before, name) and not empty(before, name) and not an_object(code, before, name) else None
        derived = derive and role is not None and any(derives(each, name, role) for each in before)
        if role is not None and not derived:
            kinds[role] += [name] if name not in kinds[role] else []
            continue
        since = anew(before[:until], name)
        for position, each in enumerate(before[:until]):
            if position < since or isinstance(each, (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)) or (name not in stored(each) and not calls.makes(each, name, known)):
                continue
            if not allowed(each) or calls.trains(each, known) and name not in stored(each):
                continue
            chosen.add(position)
            todo.extend((one, position) for one in loaded(each) if one in made)
    return chosen


def anew_in(loop, called):
    """Names that the loop makes anew, and that no function it calls reads."""
    return made_anew(loop) - set().union(*[loaded(each.node) - local_names(each.node) | declared(each.node) for each in called])


def filled(statement):
    """What a statement gives a value, but for what a loop counts with: one_hot of `for i, label in enumerate(y): one_hot[i][label] = 1`."""
    return stored(statement) - (stored(statement.target) if isinstance(statement, ast.For) else set())


def without_reloaded(before):
    """Without what puts the weights of an earlier training, `w1, b1 = data["w1"], data["b1"]` of np.load(…), in the place of those that were just made."""
    read, made, out = set(), set(), []
    for each in before:
        given = stored(each) if isinstance(each, ast.Assign) else set()
        if given and given <= made and loaded(each.value) & read and all(names.is_weight(one) or names.is_bias(one) for one in given):
            continue
        read |= {one for one in given if any(isinstance(call, ast.Call) and called_name(call) in READING for call in walk(each.value))}
        made |= given
        out.append(each)
    return out


def paired(loop):
    """Names that hold each sample with its target: `for x, y in training_data`, or in what a slice of it is called."""
    out = set()
    sliced = {each.targets[0].id: each.value.value.id for each in walk(loop) if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name) and isinstance(each.value, ast.Subscript) and isinstance(each.value.slice, ast.Slice) and isinstance(each.value.value, ast.Name)}
    for each in walk(loop):
        given = [getattr(one, "id", "") for one in each.target.elts] if isinstance(each, ast.For) and isinstance(each.target, ast.Tuple) and isinstance(each.iter, ast.Name) else []
        if len(given) == 2 and names.holds_samples(given[0]) and names.holds_targets(given[1]):
            out.add(sliced.get(each.iter.id, each.iter.id))
    return out - stored(loop)


def anew(before, name):
    """Position of the last statement that gives a name a value of its own: what it held before counts no more."""
    return max([position for position, each in enumerate(before) if isinstance(each, ast.Assign) and any(getattr(one, "id", None) == name for one in each.targets) and name not in loaded(each.value)] or [0])


def imported(statement, code):
    """Samples and targets that another module has: `from data_prep import features, targets`."""
    given = [each.asname or each.name for each in statement.names] if isinstance(statement, ast.ImportFrom) else []
    return {each for each in given if data_role(each, None) is not None and not isinstance(code.namespace.get(each), (types.FunctionType, type))}


def empty(before, name):
    """Whether a name begins as an empty list: what the loop fills to plot it is no samples."""
    values = [each.value for each in before if isinstance(each, ast.Assign) and any(getattr(one, "id", None) == name for one in each.targets)]
    return bool(values) and isinstance(values[-1], ast.List) and not values[-1].elts


def an_object(code, before, name):
    """Whether a name is given an object of theirs, `x = Layer(4, 8)` ahead of `layers.append(x)`."""
    made = {each.name for each in code.classes}
    return any(isinstance(each, ast.Assign) and isinstance(each.value, ast.Call) and called_name(each.value) in made and name in stored(each) for statement in before for each in walk(statement))


def reached(code, loop, reads):
    """Every function and method of theirs that the loop calls, by whatever way."""
    every = code.every
    todo = set(reads) | {called_name(each) for each in walk(loop) if isinstance(each, ast.Call)}
    out = []
    while todo:
        new = [each for each in every if each.name in todo and each not in out]
        out += new
        todo = set().union(*[each.callees for each in new]) if new else set()
    return out


def derives(statement, name, role):
    """`X_train = X.T`, `Y = one_hot(y)`: samples that are made of samples, which is done with ours too."""
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1 or getattr(statement.targets[0], "id", None) != name:
        return False
    if any(isinstance(each, ast.Subscript) for each in walk(statement.value)) or not allowed(statement):
        return False
    called = {called_name(each) for each in walk(statement.value) if isinstance(each, ast.Call)}
    methods = {each.func.attr for each in walk(statement.value) if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and getattr(each.func.value, "id", "") not in ("np", "numpy")}
    if methods - {"reshape", "astype", "flatten", "transpose", "copy", "ravel"}:
        return False
    free = loaded(statement.value) - called - {"np", "numpy"}
    return bool(free) and name not in free and all(data_role(each, None) == role for each in free) and not called & READING


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
            if not allowed(each) or any(isinstance(one, ast.Call) and called_name(one) in READING for one in walk(each)):
                return []
            chosen.add(position)
            todo.extend(loaded(each))
    return [before[position] for position in sorted(chosen)]


def counted(statements, name):
    """Whether a name is given a number of something: `m, features = X.shape`."""
    for each in statements:
        if isinstance(each, ast.Assign) and name in stored(each):
            source = each.value.value if isinstance(each.value, ast.Subscript) else each.value
            if isinstance(source, ast.Attribute) and source.attr in ("shape", "size") or isinstance(source, ast.Call) and called_name(source) == "len":
                return True
    return False


def data_role(name, value):
    """Whether a name holds the samples or the targets, by its words; the number of something is none."""
    if isinstance(value, (int, float, str)):
        return None
    if not isinstance(value, np.ndarray) and names.is_name(name, names.M_NAMES + "|" + names.N0_NAMES + "|" + names.NL_NAMES) and not names.is_name(name, r"^(x|y|inputs?|outputs?|classes|labels?)$"):
        return None
    if names.holds_targets(name):
        return "y"
    if names.holds_samples(name) or isinstance(value, np.ndarray) and set(names.words(name)) & {"input", "inputs"} and not names.like_name(name, "layer|hidden|final|output|weight|size|dim|num|node|delta|err|grad"):
        return "x"
    return None
