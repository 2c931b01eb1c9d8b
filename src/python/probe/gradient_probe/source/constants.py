"""What of a file's top level is run: imports, definitions and constants, and loops that fill a list or a dictionary with constants; never the script."""

import ast
import dis

from ..common.syntax import walk

#: Calls that a top-level constant may have.
CALLS = {"array", "zeros", "ones", "eye", "arange", "linspace", "asarray", "randn", "rand", "random", "uniform", "normal", "seed", "RandomState", "default_rng", "full", "zeros_like", "ones_like", "float64", "float32", "range", "len", "list", "dict", "tuple", "set", "int", "float", "str", "sqrt", "exp", "max", "min", "abs", "zip", "sorted", "vectorize", "partial", "namedtuple", "TypeVar", "NewType", "getLogger", "reshape", "random_sample", "randint", "T", "standard_normal", "identity", "sum", "round", "defaultdict", "OrderedDict", "log", "append", "astype", "dirname", "abspath", "join", "Path", "enumerate", "set_printoptions", "seterr", "matrix", "mat", "atleast_2d", "power", "dtype", "finfo", "errstate", "ArgumentParser", "parse_args", "getattr", "keys", "values", "items"}


def flatten(body):
    """Imports inside `try` and `if` at the top level count; the rest of such blocks too, unless it is the script."""
    for statement in body:
        if isinstance(statement, ast.Try):
            for inner in flatten(statement.body):
                yield inner
            if any(isinstance(each, (ast.Import, ast.ImportFrom)) for each in statement.body):
                continue
            for inner in flatten(statement.finalbody):
                yield inner
        elif isinstance(statement, ast.If):
            for inner in flatten(statement.body + statement.orelse):
                if isinstance(inner, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)):
                    yield inner
        else:
            yield statement


def has_lambda(node):
    return any(isinstance(each, ast.Lambda) for each in walk(node))


def keep(node, namespace):
    if isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return True
    if isinstance(node, ast.Assign) and any(filled_later(each, node, namespace) for each in node.targets):
        return False
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        return node.value is not None and (is_constant(node.value) or bare_instance(node.value, namespace)) and is_constant(ast.Tuple(elts=getattr(node, "targets", []), ctx=ast.Load()))
    if isinstance(node, ast.For):
        return fills(node, namespace)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        name = ast.dump(node.value.func)
        # parser.add_argument("--hidden", type=int, default=64)
        return "'seed'" in name and is_constant(node.value) or "'add_argument'" in name and is_constant(ast.Tuple(elts=node.value.args + [each.value for each in node.value.keywords], ctx=ast.Load()))
    return False


def fills(loop, namespace):
    """`for i in range(3): weights.append(np.random.randn(n[i + 1], n[i]))`, and nothing else."""
    made = {getattr(loop.target, "id", "")}
    for each in loop.body:
        if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name):
            made.add(each.targets[0].id)
            value = each.value
        elif isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Subscript) and isinstance(namespace.get(getattr(each.targets[0].value, "id", "")), (list, dict)):
            value = each.value
        elif isinstance(each, ast.Expr) and isinstance(each.value, ast.Call) and getattr(each.value.func, "attr", "") == "append" and isinstance(namespace.get(getattr(each.value.func.value, "id", "")), list) and each.value.args:
            value = each.value.args[0]
        else:
            return False
        if not is_constant(value) or any(isinstance(one, ast.Name) and one.id not in made and one.id not in namespace and one.id not in CALLS and one.id != "str" for one in walk(value)):
            return False
    return not loop.orelse and is_constant(loop.iter)


def passing(statement):
    """Names that a loop leaves behind: the last of what it put into a list is no further parameter."""
    return [each.targets[0].id for each in statement.body if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name)] if isinstance(statement, ast.For) else []


def values_to_try(statement, namespace, tree):
    """Whether `hidden_size = [20, 40]` are the values of a search, through which a loop of the script goes, of a name that is one number before: the functions take one."""
    target, value = getattr(statement, "targets", [None])[0], getattr(statement, "value", None)
    if not isinstance(target, ast.Name) or not isinstance(value, (ast.List, ast.Tuple)) or type(namespace.get(target.id)) not in (int, float):
        return False
    return any(isinstance(each, ast.Name) and each.id == target.id for loop in tree.body if isinstance(loop, ast.For) for each in walk(loop.iter))


def filled_later(target, node, namespace):
    """Whether `costs = np.array(costs)` is of an empty list: the script has filled it by then."""
    value = namespace.get(getattr(target, "id", None))
    return isinstance(value, (list, dict)) and not value and any(isinstance(each, ast.Name) and each.id == target.id for each in walk(node.value))


def is_constant(node):
    """No call but to a few of NumPy's and Python's own, no comprehension over data."""
    for each in walk(node):
        if isinstance(each, ast.Lambda):
            continue
        if isinstance(each, ast.Call):
            function = each.func
            name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", None)
            if name not in CALLS and not in_lambda(each, node):
                return False
        if isinstance(each, (ast.Await, ast.Yield)):
            return False
    return True


def bare_instance(node, namespace):
    """activation1 = ReLU(): an object of a class of theirs that keeps nothing but constants is a constant too."""
    made = namespace.get(node.func.id) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.args and not node.keywords else None
    if not isinstance(made, type) or made.__module__ == "builtins" or not any(getattr(each, "__code__", None) is not None for each in vars(made).values()):
        return False
    init = getattr(made.__init__, "__code__", None)
    return init is None or not any(each.opname.startswith("CALL") for each in dis.get_instructions(init))


def in_lambda(call, root):
    return any(isinstance(each, ast.Lambda) and any(inner is call for inner in walk(each)) for each in walk(root))
