"""`match activation: case "relu": …` as the chain of comparisons that it is, for everything that reads which words a name is compared with."""

import ast


def compared(tree):
    """The same tree with each `match` of plain values as an `if`; those that take something apart stay."""
    return Compared().visit(tree) if hasattr(ast, "Match") else tree


class Compared(ast.NodeTransformer):
    def visit_Match(self, node):
        self.generic_visit(node)
        tests = [None if each.guard is not None else test_of(node.subject, each.pattern) for each in node.cases]
        if None in tests or not isinstance(node.subject, (ast.Name, ast.Attribute, ast.Subscript)):
            return node
        made = []
        for case, test in reversed(list(zip(node.cases, tests))):
            made = [ast.copy_location(ast.If(test=ast.copy_location(test, case.pattern), body=case.body, orelse=made), case.pattern)]
        return [ast.fix_missing_locations(each) for each in made]


def test_of(subject, pattern):
    """The condition under which a pattern of plain values fits; None of any other pattern."""
    if isinstance(pattern, ast.MatchAs) and pattern.pattern is None and pattern.name is None:
        return ast.Constant(value=True)
    values = pattern.patterns if isinstance(pattern, ast.MatchOr) else [pattern]
    if not all(isinstance(each, ast.MatchValue) for each in values):
        return None
    tests = [ast.copy_location(ast.Compare(left=subject, ops=[ast.Eq()], comparators=[each.value]), each) for each in values]
    return tests[0] if len(tests) == 1 else ast.BoolOp(op=ast.Or(), values=tests)
