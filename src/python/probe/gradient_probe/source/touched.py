"""Which names a statement reads, which it gives a value, and which a loop makes anew in every round."""

import ast

from ..common.syntax import walk


def loaded(node):
    return {each.id for each in walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)}


def stored(node):
    """Names that a statement gives a value, or whose value it changes: x = …, x[0] = …, x.append(…)."""
    out = set()
    for each in walk(node):
        if isinstance(each, ast.Name) and isinstance(each.ctx, (ast.Store, ast.Del)):
            out.add(each.id)
        elif isinstance(each, (ast.Subscript, ast.Attribute)) and isinstance(each.ctx, ast.Store):
            holder = each.value
            while isinstance(holder, (ast.Subscript, ast.Attribute)):
                holder = holder.value
            if isinstance(holder, ast.Name):
                out.add(holder.id)
        elif isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr in ("append", "extend", "insert", "update", "add_argument") and isinstance(each.func.value, ast.Name):
            out.add(each.func.value.id)
    return out


def made_anew(loop):
    """Names that a loop gives a value of their own before it reads them, in every round: what they held before it is no matter."""
    out, seen = set(), set()

    def go(body):
        for each in body:
            if isinstance(each, ast.Assign):
                seen.update(loaded(each.value) | {one.id for target in each.targets if not isinstance(target, (ast.Name, ast.Tuple)) for one in walk(target) if isinstance(one, ast.Name)})
                given = [one for target in each.targets for one in (target.elts if isinstance(target, ast.Tuple) else [target])]
                out.update({one.id for one in given if isinstance(one, ast.Name)} - seen)
            elif isinstance(each, (ast.For, ast.While, ast.With)):
                head = [each.iter] if isinstance(each, ast.For) else [each.test] if isinstance(each, ast.While) else [one.context_expr for one in each.items]
                seen.update(*map(loaded, head))
                out.update(stored(each.target) - seen if isinstance(each, ast.For) else ())
                go(each.body)
            else:
                # what an `if` gives a value it may also leave as it was
                seen.update(loaded(each) | stored(each))

    seen.update(loaded(loop.test) if isinstance(loop, ast.While) else loaded(loop.iter) if isinstance(loop, ast.For) else ())
    go(getattr(loop, "body", []))
    return out
