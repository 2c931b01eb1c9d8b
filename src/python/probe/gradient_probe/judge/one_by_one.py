"""Whether a person's backward pass takes the samples one by one, and has no gradient of several; or all at once, and a column for each of them is a mistake."""

import ast

import numpy as np

from ..bind import neighbours
from ..bind import parameters as where
from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from ..source.naming import holder
from ..source.source import read_source
from .on_top import top_agrees


def one_sample(best, code):
    """It updates in a loop over them, or is called in one: `for x, y in data: train(x, y)`, `for i in …: train(X[i], Y[i])`, `for i in …: forward(X[i]); backward(Y[i])`."""
    functions = [each for _, each in best.parts[2]]
    backward = functions[-1]
    loops = [each for each in walk(backward.node) if isinstance(each, ast.For) and over_samples(each)]
    # what a training keeps after such a loop is the gradient of the last sample alone
    if loops and (best.base.gradient_from == "update" or any(steps_in(each, code) for each in loops)):
        return not gathered(best)
    steps, entries = {each.name for each in functions}, [backward.name] + handing_on(backward.name, code)
    loops = [loop for tree in list(code.trees.values()) + users(code) for loop in walk(tree) if isinstance(loop, ast.For)]
    return draws_one(backward) or any(feeds(loop, name, steps | {name}) for name in entries for loop in loops)


def handing_on(name, code):
    """Functions that hand what they are given to one of this name, once: `def step(self, x, y, rate): grads = self.backward(x, y)`."""
    out = []
    for call, inside, _ in code.sites.get(name, []):
        own = {each.arg for each in inside.args.args} if inside is not None and inside.name != name else set()
        looped = any(one is call for each in walk(inside) if isinstance(each, (ast.For, ast.While)) for one in walk(each)) if own else False
        if not looped and sum(getattr(each, "id", None) in own for each in arguments(call)) >= 2:
            out.append(inside.name)
    return out


def steps_in(loop, code):
    """Whether a loop moves the parameters in each of its rounds, itself or by a function that it calls."""
    called = {called_name(each) for each in walk(loop) if isinstance(each, ast.Call)}
    nodes = [loop] + [each.node for each in code.every if each.name in called]
    for each in [one for node in nodes for one in walk(node) if isinstance(one, (ast.Assign, ast.AugAssign))]:
        target = each.target if isinstance(each, ast.AugAssign) else each.targets[0]
        changed = isinstance(getattr(each, "op", getattr(each.value, "op", None)), (ast.Add, ast.Sub)) and (isinstance(each, ast.AugAssign) or holder(each.value.left) == holder(target))
        if changed and (names.is_weight(holder(target)) or names.is_bias(holder(target))):
            return True
    return False


def gathered(best):
    """Whether a training makes one step of what it gathers of several samples, and its output layer is right so: then the rest must be a sum of all of them too."""
    if best.setting.m == 1 or best.base.gradient_from != "update" or not top_agrees(best):
        return False
    sites = best.program.recorder.sites
    events = best.program.run(record=True).events
    moves = lambda leaf: sum(1 for each in events if isinstance(each.value, np.ndarray) and each.value.shape == leaf.shape and sites[each.site].kind in ("assign", "update") and names.plain(sites[each.site].target.split(".")[-1].split("[")[0]) == names.plain(where.base(leaf.name)) and not np.array_equal(each.value, best.program.theta0[leaf.name]))
    return all(moves(leaf) == 1 for leaf in best.program.leaves if leaf.kind == "W")


def draws_one(function):
    """Whether it takes one of its samples by chance, which stands for all of them: `i = np.random.randint(n)` and `x[i]`."""
    drawn = {each.targets[0].id for each in walk(function.node) if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name) and isinstance(each.value, ast.Call) and called_name(each.value) in DRAWS and not any(one.arg == "size" for one in each.value.keywords) and len(each.value.args) <= DRAWS[called_name(each.value)]}
    picked = [each for each in walk(function.node) if isinstance(each, ast.Subscript) and getattr(each.value, "id", None) in function.arguments]
    return any(isinstance(one, ast.Name) and one.id in drawn for each in picked for one in walk(each.slice) if not isinstance(each.slice, ast.Slice))


#: What draws one number, with how many arguments at most.
DRAWS = {"randint": 2, "randrange": 2, "integers": 2, "choice": 1}


def feeds(loop, name, steps):
    """Whether a loop calls a function of this name, and gives it, or the others of its step, samples and targets one by one."""
    running = {each.id for each in walk(loop.target) if isinstance(each, ast.Name)}
    # `for layer in layers: layer.backward(…)` goes over layers
    calls = [each for each in walk(loop) if isinstance(each, ast.Call) and called_name(each) in steps and getattr(getattr(each.func, "value", None), "id", None) not in running]
    return any(called_name(each) == name for each in calls) and not over_batches(loop) and any(sum(bool(taken(one, loop)) for one in given) >= 2 for given in [arguments(each) for each in calls if called_name(each) == name] + [[one for each in apart(calls) for one in arguments(each)]])


def apart(calls):
    """The first call of each function: the same samples go through all of a step."""
    return list({called_name(each): each for each in reversed(calls)}.values())


def arguments(call):
    return call.args + [each.value for each in call.keywords]


def users(code):
    """The modules beside a file that import it, as trees: what trains the network may stand there."""
    path = code.source.path
    found = [each for each in neighbours.beside(path) if each not in code.trees and neighbours.uses(each, neighbours.stem(path))]
    return [read_source(each).tree for each in found]


def taken(argument, loop):
    """Whether an argument is one of what the loop runs over: `x` and `x.reshape(-1, 1)` of `for x, y in …`, `X[i]`, or a name that is given X[i]."""
    if isinstance(loop.target, ast.Tuple):
        running = {each.id for each in walk(loop.target) if isinstance(each, ast.Name)}
        return any(isinstance(each, ast.Name) and each.id in running for each in walk(argument))
    if isinstance(argument, ast.Name):
        values = [each.value for each in walk(loop) if isinstance(each, ast.Assign) and any(isinstance(one, ast.Name) and one.id == argument.id for one in each.targets)]
    else:
        values = [argument]
    return isinstance(loop.target, ast.Name) and any(isinstance(each, ast.Subscript) and getattr(getattr(each.slice, "value", each.slice), "id", None) == loop.target.id for value in values for each in walk(value))


def over_batches(loop):
    """Whether what a loop gives is many samples each time: `for X_batch, y_batch in …`, `for x, y in next_batch(…)`, `for x, y in cut(data, batch_size)`. Of one mini_batch it is samples."""
    said = lambda node: [getattr(each, "id", getattr(each, "attr", "")) for each in walk(node) if isinstance(each, (ast.Name, ast.Attribute))]
    made = loop.iter.func if isinstance(loop.iter, ast.Call) else None
    return any(names.like_name(each, "batch") for each in said(loop.target) + (said(made) if made is not None else [])) or any(names.like_name(each, "batches$|loader|batch_?size") for each in said(loop.iter) + [each.arg for each in walk(loop.iter) if isinstance(each, ast.keyword) and each.arg])


def over_samples(loop):
    """Whether a loop goes over samples: its range or its list is of them, not of layers, nor of batches, `range(0, m, batch_size)`."""
    if isinstance(loop.iter, ast.Call) and called_name(loop.iter) in ("range", "xrange", "arange") and len(loop.iter.args) == 3:
        return False
    said = [getattr(each, "id", getattr(each, "attr", "")) for each in walk(loop.iter) if isinstance(each, (ast.Name, ast.Attribute))]
    return any(names.holds_samples(each) or names.holds_targets(each) or names.is_name(each, names.M_NAMES) or names.like_name(each, "sample|batch|data|example") for each in said if each)


def at_once(name, code, depth=0):
    """True where a function of that name is called with whole arguments inside a loop that only counts; False or None where it is not, or nothing says so."""
    for call, inside, _ in code.sites.get(name, []):
        if inside is None or inside.name == name:
            continue
        loops = [each for each in walk(inside) if isinstance(each, (ast.For, ast.comprehension))]
        moving = {one.id for loop in loops for one in walk(loop.target) if isinstance(one, ast.Name)}
        given = list(call.args) + [each.value for each in call.keywords]
        if any(isinstance(each, ast.Subscript) and not isinstance(getattr(each.slice, "value", None), str) or isinstance(each, ast.Name) and each.id in moving for each in given):
            return False
        parameters = {each.arg for each in inside.args.args}
        cut = {each.targets[0].id for each in walk(inside) if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name) and cuts_batch(each.value)}
        whole = any(isinstance(each, ast.Name) and each.id in parameters | cut for each in given)
        around = [each for each in loops if isinstance(each, ast.For) and any(one is call for one in walk(each))]
        if around:
            counting = all(isinstance(each.iter, ast.Call) and called_name(each.iter) in ("range", "xrange", "trange", "tqdm") and not indexed(each) for each in around)
            return whole if counting else False
        if depth < 2:
            return at_once(inside.name, code, depth + 1)
    return None


def takes_all(best, code):
    """Whether the file itself gives all samples at once to what was bound on one of them."""
    backward = best.parts[2][-1][1]
    if not best.program.from_script:
        return at_once(backward.name, code) is True
    loops = [each for each in backward.node.body if isinstance(each, ast.For)]
    inner = [one for loop in loops for each in loop.body for one in walk(each) if isinstance(one, ast.For)]
    return bool(loops) and all(isinstance(each.iter, ast.Call) and called_name(each.iter) in ("range", "xrange", "trange", "tqdm") and not over_samples(each) and not indexed(each) for each in loops) and not inner


def indexed(loop):
    """Whether the counter of a loop picks samples, and no batches of them."""
    return any(isinstance(each, ast.Subscript) and not cuts_batch(each) and any(getattr(one, "id", "") == loop.target.id for one in walk(each.slice)) for each in walk(loop)) if isinstance(loop.target, ast.Name) else True


def cuts_batch(node):
    """Whether it is a part of several samples: `X[start:end]`, `X[:, k * size:(k + 1) * size]`, though not `X[i:i + 1]`."""
    if not isinstance(node, ast.Subscript):
        return False
    parts = [each for each in walk(node.slice) if isinstance(each, ast.Slice) and each.lower is not None and each.upper is not None]
    return any(ast.unparse(each.upper) not in ("%s + 1" % ast.unparse(each.lower), "1 + %s" % ast.unparse(each.lower)) for each in parts)
