"""Whether the calls in a file give its backward pass all samples at once: what then has a column for each sample is a mistake."""

import ast

from ..source.functions import called_name


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


def indexed(loop):
    """Whether the counter of a loop picks samples."""
    return any(isinstance(each, ast.Subscript) and any(getattr(one, "id", "") == loop.target.id for one in ast.walk(each.slice)) for each in ast.walk(loop)) if isinstance(loop.target, ast.Name) else True
