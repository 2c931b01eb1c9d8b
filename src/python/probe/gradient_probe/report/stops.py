"""Where no binding runs: the one statement of the backward pass at which every attempt stops that came so far, whatever the samples were."""

import ast
import collections
import re

from ..bind.parameters import leaves
from ..bind.pool import Missing
from ..certain.unset import reached
from ..common import frames
from ..common import internal
from ..common import names
from ..common.arrays import MISFIT
from ..common.data import of_vectors
from ..common.sandbox import Answers
from ..common.syntax import walk
from ..source.naming import holder
from ..source.source import CannotRun

#: Share of the attempts that must stop at one place.
MOST = 0.75
#: Arrays that do not fit together, and what is taken out of a list or a table that has it not.
UNFIT = r"not aligned|mismatch in its core|not be broadcast|non-broadcastable|doesn't match the broadcast|index out of range|out of bounds|boolean index did not match"
DERIVED = r"^d_?([azh]\d*$|hidden|output|final|input|loss|layer|score|logit|pred|prob)|delta|err|grad|slope|deriv|prime"


def said(error):
    """An exception in Python's words; an assertion has often none of its own."""
    return "%s: %s" % (type(error).__name__, error) if str(error) else type(error).__name__


def find(failures, code, several=False):
    """CannotRun, or None where the attempts stop at other places as well, or before the backward pass. `several`: of the attempts with more than one sample."""
    known, wide = {}, set()
    for failure in failures:
        # one that is remembered stands there many times
        if (not several or samples_of(failure) > 1) and id(failure[3]) not in known:
            known[id(failure[3])] = None if of_one_sample(failure, code) or of_vectors(failure[3]) else stop(failure, code)
            wide.update([id(failure[3])] if samples_of(failure) > 1 else [])
    if not wide & {each for each, found in known.items() if found is not None} and any(id(each[3]) in wide and getattr(each[2], "stage", None) == "backward" for each in failures):
        # of several samples it stops elsewhere, over targets that lie another way
        return None
    came = [known[id(each[3])] for each in failures if known.get(id(each[3])) is not None]
    # targets of the shape of the prediction are what is meant, where those came so far
    came = [each for each in came if each[1] == "same"] or came
    places = collections.Counter(each[0][1:] for each in came)
    if not places or max(places.values()) < MOST * len(came):
        return None
    # a square net, or one sample, may come further by chance
    (function, line, file), _, error = next(each for each in came if each[0][1:] == places.most_common(1)[0][0])
    return CannotRun(said(error), line, function, file)


def beside(best, search, code):
    """CannotRun of another backward pass of the file that never ran, and stops at one statement whenever everything before it has run; None where there is none."""
    known = reached(code, list(search.ran) + [step.function for step in best.program.steps])
    for function in {each[2].function: None for each in search.halted}:
        if function.own and function.node not in known and names.like_name(function.name, names.BACKWARD):
            # what another forward pass gives back is not what this one unpacks
            found = [(stop(each, code), each) for each in search.halted if each[2].function is function and samples_of(each) > 1 and "values to unpack" not in str(each[3])]
            # with the samples as those lie with which the first one is right
            found = [each for each in found if lies(each[1]) == (best.setting.form, best.setting.rows, best.program.data.outputs)] or found
            places = {each[0][0] if each[0] is not None else None for each in found}
            if len(places) == 1 and None not in places:
                (name, line, file), _, error = found[0][0]
                return CannotRun(said(error), line, name, file)
    return None


def in_layer(errors, code):
    """CannotRun of a layer's backward pass that stops at one statement over arrays that do not fit, however the layers are put together: np.dot(W, dZ) for np.dot(W.T, dZ); None of any other."""
    found = {}
    for error in errors:
        passed = frames.places(error.__traceback__, code.trees)
        if passed and names.like_name(passed[-1][0], names.BACKWARD) and (isinstance(error, ValueError) and re.search(UNFIT, str(error)) or isinstance(error, AssertionError)) and not keeps_deep(error):
            found.setdefault(passed[-1], error)
    if len(found) != 1:
        return None
    ((function, line, file), error), = found.items()
    return CannotRun(said(error), line, function, file)


def keeps_deep(error):
    """Whether an object whose method stopped keeps weights of three dimensions: it takes samples of another form than ours."""
    objects = [frame.f_locals["self"] for frame, _ in frames.of(error.__traceback__) if "self" in frame.f_locals]
    return any(value.ndim > 2 for each in objects[-1:] for _, _, value in leaves(each, 3))


def beyond(failures, code):
    """CannotRun of a pass that asks for the parameters of one layer more than there are, however many there are: `L = len(parameters)` of W and b of each; None of any other."""
    asked = {}
    for _, _, attempt, error, tb in failures:
        number = re.search(r"^[WwBb]\D*(\d+)$", error.args[0]) if isinstance(error, KeyError) and error.args and isinstance(error.args[0], str) else None
        passed = frames.places(tb, code.trees) if number is not None else []
        layers = sum(leaf.kind == "W" for leaf in getattr(getattr(attempt, "program", None), "leaves", ()))
        if passed and layers:
            asked.setdefault(passed[-1], {}).setdefault(layers, (set(), error))[0].add(int(number.group(1)) - layers)
    for (function, line, file), found in asked.items():
        if len(found) > 1 and all(each == {1} for each, _ in found.values()):
            layers, (_, error) = min(found.items())
            return CannotRun("KeyError: %s: of %d layers it asks for layer %d" % (error, layers, layers + 1), line, function, file)
    return None


def misspelt(failures, code):
    """CannotRun of a pass that asks for a parameter by another spelling than all that make them: parameters["W1"] of {"w1": …}; None of any other."""
    found = {}
    for _, _, attempt, error, tb in failures:
        key = error.args[0] if isinstance(error, KeyError) and error.args and isinstance(error.args[0], str) else None
        made = getattr(getattr(attempt, "program", None), "roots", {}).get("params") if key is not None else None
        passed = frames.places(tb, code.trees) if isinstance(made, dict) else []
        if passed and key not in made:
            meant = [each for each in made if isinstance(each, str) and names.plain(each) == names.plain(key)]
            found.setdefault(passed[-1], []).append((error, meant[0] if meant else None))
    for (function, line, file), every in found.items():
        if all(meant is not None for _, meant in every):
            error, meant = every[0]
            return CannotRun("KeyError: %s: the parameters have %r" % (error, meant), line, function, file)
    return None


def unmoved(best):
    """CannotRun of a training that stops where it moves a parameter, or computes its gradient, which therefore is none of those that were compared."""
    program = best.program
    error = program.ended
    found = None if error is None else stop((0, 0, None, error, error.__traceback__), program.code)
    if found is None:
        return None
    (function, line, file), _, _ = found
    statement = statement_at(program.code.trees[file], line)
    target = statement.target if isinstance(statement, ast.AugAssign) else statement.targets[0] if isinstance(statement, ast.Assign) else None
    name = holder(target) if isinstance(target, (ast.Name, ast.Attribute, ast.Subscript)) else ""
    compared = {names.plain(leaf.name.split("[")[0]) for leaf in [each.leaf for each in best.checks if not each.missing]}
    if names.is_gradient(name) and names.stem(name)[0] not in compared and re.search(r"\d", name):
        return CannotRun(said(error), line, "<module>" if function == "lifted" else function, file)
    # it stops on the way down from a layer that has been moved to those that have not
    below = target is not None and derived(target) and partly(program)
    if not below and (not (names.is_weight(name) or names.is_bias(name)) or names.plain(name) in compared):
        return None
    return CannotRun(said(error), line, "<module>" if function == "lifted" else function, file)


def partly(program):
    """Whether a training stops after it has moved some of its layers, and those alone were compared."""
    return program.ended is not None and not program.from_script and sum(leaf.kind == "W" for leaf in program.leaves) < len(program.sizes.dims) - 1


def stop(failure, code):
    """((function, line, file), form of the targets, exception) of an attempt that stopped in the backward pass; None of any other, and of what only our shapes or answers show."""
    _, _, attempt, error, tb = failure
    if getattr(attempt, "stage", None) == "cost" or isinstance(error, KeyError) and counted(attempt):
        # a difference from the targets, which lie as was chosen here; as many layers as were chosen here
        return None
    if isinstance(error, KeyError) and not any(step.role == "forward" for step in getattr(getattr(attempt, "program", None), "steps", ())):
        # what a forward pass would have kept
        return None
    if isinstance(error, IndexError) and getattr(attempt, "stage", None) == "init":
        # of a training that was run as a whole, an entry that our samples have not
        return None
    if isinstance(error, Missing) or internal.told(error) is not None or Answers.asked or re.search(r"\(0,?\)|\(0,\d|,0\)", str(error)) or isinstance(error, (ValueError, IndexError)) and getattr(attempt, "made_up", False) or not (isinstance(error, (ValueError, IndexError)) and re.search(UNFIT, str(error)) or isinstance(error, AssertionError) or isinstance(error, KeyError) and isinstance(error.args[0], str)):
        return None
    passed = frames.places(tb, code.trees)
    stood = [statement_at(code.trees[file], line) for _, line, file in passed]
    if not passed or None in stood or not (backward(stood[-1], passed[-1][0]) or (isinstance(error, KeyError) or str(error) == "list index out of range") and names.like_name(passed[-1][0], names.BACKWARD)) or of_targets(stood[-1]) and not beside_prediction(failure) or pairs(failure) or of_vector(failure) or of_outputs(failure) or of_classes(failure, code):
        return None
    return passed[-1], form_of(attempt, error), error


def beside_prediction(failure):
    """Whether targets that lie as the prediction does are multiplied, with it, by what does not fit: np.dot(X, A - Y) for np.dot(X, (A - Y).T)."""
    return form_of(failure[2], failure[3]) == "same" and re.search(r"not aligned|mismatch in its core", str(failure[3])) is not None


def counted(attempt):
    """Whether the function that stopped is given the number of layers."""
    return any(names.is_name(each, names.LAYERS_NAMES) for each in getattr(getattr(attempt, "function", None), "arguments", ()))


def pairs(failure):
    """Whether a matrix of all pairs of samples is what does not fit: the prediction has met targets that lie another way than the file's own."""
    m = samples_of(failure)
    return m > 1 and not getattr(failure[3], "as_theirs", False) and re.search(r"\(%d, ?%d\)" % (m, m), str(failure[3])) is not None


def of_vector(failure):
    """Whether a sample came as a vector where a column is meant: with a column of biases it has become a square matrix."""
    return re.search(r"\((\d+),\1\) and \(\d+,\)", str(failure[3])) is not None


def of_one_sample(failure, code):
    """Whether a column is moved in place by one column a sample, `b -= rate * dZ`, or a row by one row beside outer products: code for one sample at a time."""
    found = re.search(r"non-broadcastable output operand with shape \((\d+),(\d+)\) doesn't match the broadcast shape \((\d+),(\d+)\)", str(failure[3]))
    if found is None:
        return False
    rows, columns, more, wider = found.groups()
    return columns == "1" and rows == more or rows == "1" and columns == wider and "outer(" in code.text


def of_outputs(failure):
    """Whether our targets have several outputs or lie flat, and what does not fit is the network's one output: the difference of the two was broadcast."""
    sizes = misfit(failure)
    outputs, samples = outputs_of(failure), given(failure[2], failure[3])
    if outputs == 1 and getattr(samples, "form", None) == "same" or getattr(failure[3], "as_theirs", False):
        return False
    return any(count > 1 and sizes == {1, count} for count in (outputs, samples_of(failure)))


def misfit(failure):
    """The two sizes in a product that did not fit; empty where it was something else."""
    found = re.search(MISFIT, str(failure[3]))
    return {int(each) for each in found.groups() if each} if found else set()


def of_classes(failure, code):
    """Whether our one output has met as many classes as the file itself makes of the labels: `np.eye(10)[y]`."""
    sizes = misfit(failure)
    return 1 in sizes and outputs_of(failure) == 1 and any(re.search(r"\b(eye|identity)\(\s*%d\b" % each, code.text) for each in sizes - {1})


def given(attempt, error):
    """The samples of an attempt, or what chose them."""
    return getattr(getattr(attempt, "program", None), "data", None) or getattr(error, "data", None) or getattr(attempt, "setting", None)


def form_of(attempt, error):
    return getattr(given(attempt, error), "form", None)


def lies(failure):
    """(form of the targets, samples in rows, outputs) of an attempt that stopped."""
    data = given(failure[2], failure[3])
    return getattr(data, "form", None), getattr(data, "rows", None), getattr(data, "outputs", None)


def outputs_of(failure):
    samples = given(failure[2], failure[3])
    return getattr(samples, "outputs", None) or getattr(getattr(samples, "sizes", None), "nL", 1)


def samples_of(failure):
    return getattr(given(failure[2], failure[3]), "m", 1)


def statement_at(tree, line):
    """The innermost simple statement on a line."""
    if tree not in statements:
        statements[tree] = {}
        for each in walk(tree):
            if isinstance(each, (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Return, ast.Expr, ast.Assert)):
                for at in range(each.lineno, each.end_lineno + 1):
                    statements[tree].setdefault(at, each)
    return statements[tree].get(line)


#: {tree: {line: statement}}
statements = {}


def backward(statement, function):
    """Whether a statement makes a derivative, gives one back, asks for its shape, or moves a parameter by one."""
    if isinstance(statement, ast.Assert):
        return "shape" in ast.unparse(statement.test) and any(derived(each) for each in walk(statement.test))
    if isinstance(statement, ast.Return):
        return names.like_name(function, names.DERIVATIVE + "|" + names.BACKWARD + "|delta")
    if isinstance(statement, ast.Expr):
        call = statement.value
        return isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in ("append", "insert") and derived(call.func.value)
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    if any(derived(one) for target in targets for one in (target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target])):
        return True
    return any(names.is_weight(holder(each)) or names.is_bias(holder(each)) for each in targets) and any(derived(each) for each in walk(statement.value))


def derived(node):
    name = holder(node) if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)) else ""
    # grads["W2"] is a derivative as well
    outer = holder(node.value) if isinstance(node, ast.Subscript) else ""
    return bool(name) and (bool(outer) and names.is_name(outer, names.GRAD_NAMES) or names.is_gradient(name) or names.is_upstream(name) or names.is_name(name, names.GRAD_NAMES) or re.search(DERIVED, name, re.I) is not None)


def of_targets(statement):
    """Whether targets take part: which form they have was chosen here."""
    return any(isinstance(each, (ast.Name, ast.Attribute)) and holder(each) != "T" and names.holds_targets(holder(each)) for each in walk(statement))
