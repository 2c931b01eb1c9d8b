"""Makes one iteration of the many that a training runs: what a gradient check needs."""

import ast

from ..common import names

#: Around the range of a `for`: ten thousand iterations become one.
BRIEF = "__gradient_debugger_brief__"
#: Around the number of a test that asks for every n-th iteration.
EVERY = "__gradient_debugger_every__"
LONG = 50
#: Around a range over epochs: one iteration, although it says `epochs + 1`.
ONE = "__gradient_debugger_one__"


def brief(iterable):
    """The first of many iterations: the loop of a training, not one over samples or units."""
    return iterable[:1] if isinstance(iterable, range) and len(iterable) > LONG else iterable


def one(iterable):
    """One iteration, also of `range(1, epochs)`, which of the one that is asked for here leaves none."""
    return iterable[:1] or range(iterable.start, iterable.start + 1) if isinstance(iterable, range) else iterable


def every(number):
    """A tenth of one iteration is 0, which is no number to divide by: `if i % (epochs // 10) == 0`."""
    return 1 if type(number) in (int, float) and number == 0 else number


class Tenths(ast.NodeTransformer):
    """`range(0, epochs, epochs // 10)`: of one iteration a tenth is 0, which is no step."""

    def visit_BinOp(self, node):
        self.generic_visit(node)
        if isinstance(node.op, ast.FloorDiv) and isinstance(node.right, ast.Constant) and names.is_name(getattr(node.left, "id", getattr(node.left, "attr", "")), names.ITER_NAMES):
            return ast.copy_location(ast.Call(func=ast.copy_location(ast.Name(id=EVERY, ctx=ast.Load()), node), args=[node], keywords=[]), node)
        return node


def within(body, name):
    """Every node of a loop's body but those of inner loops that count by the same name."""
    todo = list(body)
    while todo:
        each = todo.pop()
        if not (isinstance(each, ast.For) and getattr(each.target, "id", "") == name):
            yield each
            todo += ast.iter_child_nodes(each)


class Shortening:
    """Part of an Instrument."""

    #: a loop that makes the file's own samples makes all of them
    brief = True

    def shorten(self, node):
        """Loops over a range whose number stands in no subscript and no call are repetitions."""
        call = node.iter
        if not self.brief or not isinstance(call, ast.Call) or getattr(call.func, "id", "") not in ("range", "xrange", "trange", "tqdm") or not isinstance(node.target, ast.Name):
            return
        repeats = any(names.is_name(getattr(each, "id", getattr(each, "attr", "")), names.ITER_NAMES) for argument in call.args for each in ast.walk(argument))
        for each in within(node.body, node.target.id) if not repeats else ():
            if isinstance(each, ast.Subscript) and any(getattr(one, "id", "") == node.target.id for one in ast.walk(each.slice)):
                return
        node.iter = ast.copy_location(ast.Call(func=ast.copy_location(ast.Name(id=ONE if repeats else BRIEF, ctx=ast.Load()), call), args=[call], keywords=[]), call)

    @staticmethod
    def end(node):
        """`while error > tolerance and epoch < 1000` around loops over samples or layers is a training: it ends after one round. What its test counts stands in no subscript."""
        asked = {getattr(each, "id", getattr(each, "attr", "")) for each in ast.walk(node.test) if isinstance(each, (ast.Name, ast.Attribute))}
        inner = [each for statement in node.body for each in ast.walk(statement)]
        if not any(names.is_name(each, names.ITER_NAMES) or names.is_difference(each) for each in asked) or not any(isinstance(each, (ast.For, ast.While)) for each in inner):
            return
        if not any(isinstance(each, ast.Subscript) and asked & {getattr(one, "id", "") for one in ast.walk(each.slice)} for each in inner):
            node.body.append(ast.copy_location(ast.Break(), node.body[-1]))

    def divide_by_some(self, node):
        """The remainders in a test that asks for every n-th iteration."""
        for each in ast.walk(node.test):
            if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Mod) and not isinstance(each.right, ast.Constant):
                each.right = ast.copy_location(ast.Call(func=ast.copy_location(ast.Name(id=EVERY, ctx=ast.Load()), each.right), args=[each.right], keywords=[]), each.right)
