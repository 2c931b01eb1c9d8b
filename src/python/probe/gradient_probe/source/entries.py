"""Arrays that a loop changes entry by entry or column by column, `W[i][j] -= …`, or statements part by part: recorded whole where that ends."""

import ast

from ..common import names
from ..common.syntax import walk


def changed(loop):
    """{name: (holder, statement)} of what the statements of a loop change at a place that its counter says; gradients are summed up so, and are no parameters."""
    counters = {each.id for each in walk(loop.target) if isinstance(each, ast.Name)}
    out = {}
    for each in walk(ast.Module(body=loop.body, type_ignores=[])):
        target = each.target if isinstance(each, ast.AugAssign) else each.targets[0] if isinstance(each, ast.Assign) and len(each.targets) == 1 else None
        places = []
        while isinstance(target, ast.Subscript):
            places.append(target.slice)
            target = target.value
        name = getattr(target, "id", getattr(target, "attr", None))
        if not places or name is None or not simple(target) or names.is_gradient(name):
            continue
        if any(getattr(one, "id", None) in counters for place in places for one in walk(place)) and moved(each, name):
            out.setdefault(ast.unparse(target), (target, each))
    return out


def in_parts(block):
    """{statement: (name, holder)} of the last of those that move parts of an array beside each other: `w[1:] += …`, `w[0] += …`, whose first entry is the bias."""
    parts = {}
    for each in block:
        target = each.target if isinstance(each, ast.AugAssign) and isinstance(each.op, (ast.Add, ast.Sub)) else None
        holder = target.value if isinstance(target, ast.Subscript) and simple(target.value) else None
        name = getattr(holder, "id", getattr(holder, "attr", None))
        if name is not None and names.is_weight(name) and not names.is_gradient(name):
            parts.setdefault(ast.unparse(holder), []).append((each, holder))
    return {moves[-1][0]: (name, moves[-1][1]) for name, moves in parts.items() if len(moves) > 1 and any(isinstance(each.target.slice, ast.Slice) for each, _ in moves)}


def simple(node):
    return isinstance(node, ast.Name) or isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)


def moved(statement, name):
    """Whether it goes on from what was there: `-=`, or its own name in what is added or subtracted."""
    if isinstance(statement, ast.AugAssign):
        return isinstance(statement.op, (ast.Add, ast.Sub))
    return isinstance(statement.value, ast.BinOp) and isinstance(statement.value.op, (ast.Add, ast.Sub)) and any(name in (getattr(each, "id", None), getattr(each, "attr", None)) for each in walk(statement.value))


class Entries:
    """Part of an Instrument."""

    #: names that an outer loop records already
    entered = frozenset()

    def with_entries(self, statement, whole=None):
        """The statement, and behind a loop what it has changed by entries; or `whole`, of which it moves the last part."""
        found = {name: one for name, one in changed(statement).items() if name not in self.entered} if isinstance(statement, ast.For) else {}
        if whole is not None:
            found[whole[0]] = (whole[1], statement)
        before, self.entered = self.entered, self.entered | set(found)
        done = self.statement(statement)
        self.entered = before
        behind = [self.if_there(ast.copy_location(ast.Expr(value=self.call(self.reading(holder, at), at, name, "change", getattr(at, "value", None))), at)) for name, (holder, at) in found.items()]
        return (done if isinstance(done, list) else [done]) + behind

    @staticmethod
    def if_there(statement):
        """What a loop changes under a condition, `if self.use_bias: self.bias[i] -= …`, may never have been made."""
        missing = ast.Tuple(elts=[ast.Name(id=each, ctx=ast.Load()) for each in ("AttributeError", "NameError")], ctx=ast.Load())
        made = ast.Try(body=[statement], handlers=[ast.ExceptHandler(type=missing, name=None, body=[ast.Pass()])], orelse=[], finalbody=[])
        return ast.fix_missing_locations(ast.copy_location(made, statement))

    @staticmethod
    def reading(holder, at):
        load = ast.parse(ast.unparse(holder), mode="eval").body
        for each in ast.walk(load):
            ast.copy_location(each, at)
        return load
