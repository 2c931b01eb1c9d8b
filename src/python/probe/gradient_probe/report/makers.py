"""What makes the parameters and stops at an assertion of its own, whatever widths it is given."""

import ast

from ..common import frames
from ..common import names
from ..source.source import CannotRun
from .stops import said, statement_at


def stopping(failures, code):
    """CannotRun of what makes the parameters and stops at an assertion of its own for whatever widths it is given, (n,) == (n, 1); None where it comes through, or stops elsewhere as well."""
    found = {}
    for _, _, attempt, error, tb in failures:
        setting = getattr(attempt, "setting", None)
        passed = frames.places(tb, code.trees) if setting is not None and getattr(attempt, "stage", None) == "init" else []
        if passed:
            found.setdefault(passed[0][0], []).append((passed[-1], error, tuple(setting.sizes.dims)))
    for every in found.values():
        (function, line, file), error, _ = every[0]
        if isinstance(error, AssertionError) and len({each[2] for each in every}) > 1 and len({each[0] for each in every}) == 1 and names.like_name(function, names.INIT) and of_dimensions(error, code):
            return CannotRun(said(error), line, function, file)
    return None


def of_dimensions(error, code):
    """Whether an assertion compares two shapes of which one has more dimensions: no widths make them equal."""
    frame, line = frames.of(error.__traceback__, code.trees)[-1]
    statement = statement_at(code.trees[frame.f_code.co_filename], line)
    test = statement.test if isinstance(statement, ast.Assert) else None
    if not isinstance(test, ast.Compare) or len(test.comparators) != 1 or not isinstance(test.ops[0], ast.Eq):
        return False
    sides = [eval(compile(ast.Expression(body=each), "<shape>", "eval"), frame.f_globals, dict(frame.f_locals)) for each in (test.left, test.comparators[0])]
    return all(isinstance(each, tuple) for each in sides) and len(sides[0]) != len(sides[1])
