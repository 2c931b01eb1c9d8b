"""Whether a person's backward pass takes the samples one by one, and has no gradient of several; or all at once, and a column for each of them is a mistake."""

import ast

from ..common import names
from ..source.functions import called_name


def one_sample(best, code):
    """It updates in a loop over them, or is called in one: `for x, y in data: train(x, y)`, `for i in …: train(X[i], Y[i])`."""
    backward = best.parts[2][-1][1]
    if best.base.gradient_from == "update" and any(over_samples(each) for each in ast.walk(backward.node) if isinstance(each, ast.For)):
        return True
    for call, inside, path in code.sites.get(backward.name, []):
        for loop in ast.walk(inside if inside is not None else code.trees[path]):
            if isinstance(loop, ast.For) and not over_batches(loop) and any(each is call for each in ast.walk(loop)) and len([each for each in call.args + [one.value for one in call.keywords] if taken(each, loop)]) >= 2:
                return True
    return False


def taken(argument, loop):
    """Whether an argument is one of what the loop runs over: `x` of `for x, y in …`, `X[i]`, or a name that is given X[i]."""
    if isinstance(loop.target, ast.Tuple):
        return isinstance(argument, ast.Name) and any(isinstance(each, ast.Name) and each.id == argument.id for each in ast.walk(loop.target))
    if isinstance(argument, ast.Name):
        values = [each.value for each in ast.walk(loop) if isinstance(each, ast.Assign) and any(isinstance(one, ast.Name) and one.id == argument.id for one in each.targets)]
    else:
        values = [argument]
    return isinstance(loop.target, ast.Name) and any(isinstance(each, ast.Subscript) and getattr(getattr(each.slice, "value", each.slice), "id", None) == loop.target.id for value in values for each in ast.walk(value))


def over_batches(loop):
    """Whether what a loop gives is many samples each time: `for X_batch, y_batch in …`, `for x, y in next_batch(…)`. Of one mini_batch it is samples."""
    said = lambda node: [getattr(each, "id", getattr(each, "attr", "")) for each in ast.walk(node) if isinstance(each, (ast.Name, ast.Attribute))]
    made = loop.iter.func if isinstance(loop.iter, ast.Call) else None
    return any(names.like_name(each, "batch") for each in said(loop.target) + (said(made) if made is not None else [])) or any(names.like_name(each, "batches$") for each in said(loop.iter))


def over_samples(loop):
    """Whether a loop goes over samples: its range or its list is of them, not of layers, nor of batches, `range(0, m, batch_size)`."""
    if isinstance(loop.iter, ast.Call) and called_name(loop.iter) in ("range", "xrange", "arange") and len(loop.iter.args) == 3:
        return False
    said = [getattr(each, "id", getattr(each, "attr", "")) for each in ast.walk(loop.iter) if isinstance(each, (ast.Name, ast.Attribute))]
    return any(names.holds_samples(each) or names.holds_targets(each) or names.is_name(each, names.M_NAMES) or names.like_name(each, "sample|batch|data|example") for each in said if each)


def at_once(name, code, depth=0):
    """True where a function of that name is called with whole arguments inside a loop that only counts; False or None where it is not, or nothing says so."""
    for call, inside, _ in code.sites.get(name, []):
        if inside is None or inside.name == name:
            continue
        loops = [each for each in ast.walk(inside) if isinstance(each, (ast.For, ast.comprehension))]
        moving = {one.id for loop in loops for one in ast.walk(loop.target) if isinstance(one, ast.Name)}
        given = list(call.args) + [each.value for each in call.keywords]
        if any(isinstance(each, ast.Subscript) or isinstance(each, ast.Name) and each.id in moving for each in given):
            return False
        parameters = {each.arg for each in inside.args.args}
        whole = any(isinstance(each, ast.Name) and each.id in parameters for each in given)
        around = [each for each in loops if isinstance(each, ast.For) and any(one is call for one in ast.walk(each))]
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
    inner = [one for loop in loops for each in loop.body for one in ast.walk(each) if isinstance(one, ast.For)]
    return bool(loops) and all(isinstance(each.iter, ast.Call) and called_name(each.iter) in ("range", "xrange", "trange", "tqdm") and not over_samples(each) and not indexed(each) for each in loops) and not inner


def indexed(loop):
    """Whether the counter of a loop picks samples."""
    return any(isinstance(each, ast.Subscript) and any(getattr(one, "id", "") == loop.target.id for one in ast.walk(each.slice)) for each in ast.walk(loop)) if isinstance(loop.target, ast.Name) else True
