"""A text as a syntax tree in plainer forms, for everything that reads it: `match activation: case "relu": …` as the chain of comparisons that it is, `with trange(n) as bar: for i in bar: …` as a loop over trange(n)."""

import ast


def parsed(text):
    """The tree of a text; SyntaxError where it is no Python. Of `match` statements those that take something apart stay."""
    tree = ast.parse(text)
    if "match" in text and hasattr(ast, "Match"):
        tree = Compared().visit(tree)
    return over_what_bars_show(tree) if "with t" in text else tree


def over_what_bars_show(tree):
    for block in [each for each in ast.walk(tree) if isinstance(each, ast.With)]:
        bars = {each.optional_vars.id: each.context_expr for each in block.items if isinstance(each.optional_vars, ast.Name) and shows(each.context_expr)}
        for each in ast.walk(block):
            if isinstance(each, ast.For) and getattr(each.iter, "id", None) in bars:
                each.iter = bars[each.iter.id]
    return tree


def shows(made):
    """Whether an expression is a progress bar over something: trange(n), tqdm(samples)."""
    return isinstance(made, ast.Call) and bool(made.args) and getattr(made.func, "id", getattr(made.func, "attr", "")) in ("tqdm", "trange")


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
