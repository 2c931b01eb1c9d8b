"""What statements tell a parser of the command line after it is made: `parser.add_argument("--rate", type=float)`, and those of its groups."""

import argparse
import ast

from ..common.syntax import walk


def told(parser, name, body, namespace):
    """The parser that is called `name` in these statements, with the options that they add to it."""
    here, own = dict(namespace, **{name: parser}), {name}
    for each in body:
        call = each.value if isinstance(each, (ast.Assign, ast.Expr)) else None
        adds = isinstance(call, ast.Call) and getattr(call.func, "attr", "").startswith(("add_", "set_defaults")) and root(call) in own
        if not adds and not isinstance(each, (ast.Import, ast.ImportFrom)):
            continue
        try:
            exec(compile(ast.Module(body=[each], type_ignores=[]), "<options>", "exec"), here)
        except (Exception, SystemExit):
            # an option whose default is read from somewhere
            continue
        own |= {one.id for target in getattr(each, "targets", []) for one in walk(target) if isinstance(one, ast.Name)} if adds else set()
    return parser


def is_parser(value):
    return isinstance(value, argparse.ArgumentParser)


def of_parsers(statement):
    """Whether an import is that of parsers: other names in a function's body may be modules of theirs, which are loaded elsewhere."""
    return "argparse" in ([each.name for each in statement.names] if isinstance(statement, ast.Import) else [statement.module])


def root(node):
    """`parser` of parser.add_argument_group("training").add_argument("--rate")."""
    while isinstance(node, (ast.Call, ast.Attribute)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return getattr(node, "id", None)
