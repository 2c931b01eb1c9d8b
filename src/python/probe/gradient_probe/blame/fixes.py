"""A rewriting of one expression with which their own code was tried, and is right."""

import ast
import re

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name

#: Derivatives of activations, of Z or of A in the place of the question mark.
SLOPES = {"tanh": ("1 - ? ** 2", "1 - np.tanh(?) ** 2"), "sigmoid": ("? * (1 - ?)",), "relu": ("? > 0",)}


def try_fixes(broken, finder, site):
    """A rewriting of the right-hand side with which their own code makes everything right; None where none was found."""
    if broken.what == "count" or site.value is None or site.kind in ("mutate", "unpack", "update", "tuple") or "\n" in site.value:
        return None
    try:
        tree = ast.parse(site.value, mode="eval")
    except SyntaxError:
        return None
    wanted = broken.fixed
    tried = 0
    for text in slopes(tree, finder, broken, site) + variants(site.value, tree, finder, site):
        if tried > 160 or finder.late():
            break
        tried += 1
        try:
            code = compile(text, "<fix>", "eval")
        except SyntaxError:
            continue
        finder.recorder.rewrites = {site.number: code}
        try:
            fixed, factor = finder.agreeing(finder.right({}))
        finally:
            finder.recorder.rewrites = {}
        if fixed >= wanted and (not finder.program.cost_known or finder.program.scale_free or factor is None or abs(factor - broken.scale) < 1e-3 * abs(broken.scale)):
            return text
    return None


def slopes(tree, finder, broken, site):
    """The derivative of the layer's activation in the place of a factor, of what the statement or its function has names for: 1 - A1 ** 2."""
    forms = SLOPES.get(finder.activation(broken), ())
    if broken.what not in ("local", "derivative") or not forms:
        return []
    written = [ast.get_source_segment(site.value, each) for each in walk(tree) if isinstance(each, (ast.Name, ast.Subscript)) and isinstance(each.ctx, ast.Load)]
    of = [each for each in dict.fromkeys(written + [name for name, array in finder.locals_at(site).items() if array]) if each != "np" and not names.is_gradient(each)]
    made = [form.replace("?", each) for each in of for form in forms]
    if site.kind == "factor":
        return made if in_brackets(finder, site) else ["(%s)" % each for each in made]
    if not isinstance(tree.body, ast.BinOp) or not isinstance(tree.body.op, ast.Mult):
        return []
    kept = [part for part in (tree.body.left, tree.body.right) if is_product(part)]
    texts = [("%s" if not isinstance(each, ast.BinOp) or isinstance(each.op, (ast.Mult, ast.MatMult)) else "(%s)") % ast.get_source_segment(site.value, each) for each in kept]
    return ["%s * (%s)" % (text, each) for text in texts for each in made]


def is_product(node):
    """Whether it may be what comes from above: a matrix product, or what has the name of a derivative."""
    return any(isinstance(each, ast.BinOp) and isinstance(each.op, ast.MatMult) or isinstance(each, ast.Call) and called_name(each) in ("dot", "matmul") or isinstance(each, ast.Name) and names.is_gradient(each.id) for each in walk(node))


def in_brackets(finder, site):
    """Whether a part of a product stands in brackets of its own."""
    source = finder.program.code.source
    if site.file != source.path or not 0 < site.line <= len(source.lines):
        return False
    line = source.lines[site.line - 1].encode("utf-8")
    return line[:site.column].rstrip()[-1:] == b"(" and line[site.end_column:].lstrip()[:1] == b")" and site.line == site.end_line


def variants(text, tree, finder, site):
    """Small rewritings, the likelier first."""
    out = []
    axis = 0 if finder.program.data.rows else 1
    body = tree.body

    def add(new):
        if new != text and new not in out:
            out.append(new)

    inner = text if isinstance(body, (ast.Call, ast.Name, ast.Attribute, ast.Subscript)) else "(%s)" % text
    # sums without their axis
    for match in re.finditer(r"np\.sum\(\s*([\w.\[\]'\"]+)\s*(,[^()]*)?\)", text):
        for keep in (", keepdims=True", ""):
            for each in (axis, 1 - axis):
                add(text[:match.start()] + "np.sum(%s, axis=%d%s)" % (match.group(1), each, keep) + text[match.end():])
    if re.fullmatch(r"\(?[\w.\[\]'\"]+\)?(\s*/\s*m)?", text):
        plain = text.split("/")[0].strip()
        for keep in (", keepdims=True", ""):
            add("np.sum(%s, axis=%d%s)%s" % (plain, axis, keep, " / m" if "/" in text else ""))
    # constant factors
    add(re.sub(r"\s*/\s*(float\(m\)|m\b)", "", text))
    add(re.sub(r"\(?\s*1\.?0?\s*/\s*(float\(m\)|m)\s*\)?\s*\*\s*", "", text))
    # a number that should not be there: … * 2, 4. / m
    add(re.sub(r"\s*\*\s*\d+\.?\d*$", "", text))
    for match in re.finditer(r"(?<![\w.])\d+(?=\.?\d*\s*/)", text):
        add(text[:match.start()] + "1" + text[match.end():])
    add(inner + " / m")
    add("(1 / m) * " + inner)
    add("-" + inner)
    add("2 * " + inner)
    add(inner + " / 2")
    add(re.sub(r"\b2\.?0?\s*\*\s*", "", text))
    if text.startswith("-"):
        add(text[1:].strip())
    for old, new in ((" - ", " + "), (" + ", " - "), ("1 - np.exp", "1 + np.exp"), ("1-np.exp", "1+np.exp"), ("1.0 - np.exp", "1.0 + np.exp"), ("< 0", "> 0"), ("<= 0", "> 0"), ("<0", ">0"), ("<=0", ">0"), (".T", "")):
        for match in re.finditer(re.escape(old), text):
            add(text[:match.start()] + new + text[match.end():])
    local = finder.locals_at(site)
    words = [each for each in walk(tree) if isinstance(each, ast.Name)]
    for word in words:
        if word.id in ("np", "self"):
            continue
        start, end = word.col_offset, word.end_col_offset
        if local.get(word.id) and text[end:end + 2] != ".T":
            add(text[:start] + word.id + ".T" + text[end:])
        if word.id in local:
            for other in local:
                if other != word.id and not names.is_gradient(other) == (not names.is_gradient(word.id)):
                    add(text[:start] + other + text[end:])
    for other in local:
        if re.match(r"^d[A-Z]|dout|delta|grad", other):
            add("%s * %s" % (other, inner))
    add("np.multiply(%s, 1)" % inner)
    return out[:-1]
