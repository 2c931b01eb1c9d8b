"""Writes what only Python 2 reads (print statements, `except E, e`, `<>`, backticks, 0777, …) as Python 3, line for line."""

import ast
import re

from ..common.syntax import walk

TOKEN = re.compile(r"""
    (?P<blank>[ \t\f]+|\\\n)
  | (?P<comment>\#[^\n]*)
  | (?P<line>\n)
  | (?P<string>[uUbBrRfF]{0,2}(?:\"\"\"(?:\\.|[^\\])*?\"\"\"|'''(?:\\.|[^\\])*?'''|"(?:\\.|[^\\"\n])*"|'(?:\\.|[^\\'\n])*'))
  | (?P<number>0[xX][0-9a-fA-F]+[lL]?|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?[jJlL]?)
  | (?P<name>[^\W\d]\w*)
  | (?P<sign><>|>>|<<|[-+*/%&|^=!<>]=|.)
""", re.X | re.S)
OPEN, CLOSE = ("(", "[", "{"), (")", "]", "}")
#: What a line with a colon of its own begins with.
COMPOUND = {"if", "elif", "else", "for", "while", "try", "except", "finally", "with", "def", "class"}


def translated(text):
    """The same lines as Python 3. Raises SyntaxError where a lambda or a function takes its arguments apart in a way that has no short equivalent."""
    tokens = [Token(each.lastgroup, each.group()) for each in TOKEN.finditer(text)]
    function = print_function(text)
    for first, last in statements(tokens):
        if tokens[first].text != "print" or not function:
            statement(tokens, first, last)
    quoted = False
    for each in tokens:
        if each.kind == "sign" and each.text == "`":
            quoted = not quoted
            each.text = "repr(" if quoted else ")"
        spelling(each)
    return "".join(each.before + each.text + each.after for each in tokens)


def print_function(text):
    return re.search(r"(?m)^\s*from\s+__future__\s+import\b.*\bprint_function\b", text) is not None


class Token:
    def __init__(self, kind, text):
        self.kind, self.text = kind, text
        #: what is written around it
        self.before = self.after = ""

    def told(self):
        return self.kind not in ("blank", "comment", "line")


def statements(tokens):
    """[(first, last)] of what stands between line ends, semicolons and the colons of `if x:`, each without blanks and comments around."""
    out, told, depth, lambdas = [], [], 0, 0
    for index, each in enumerate(tokens + [Token("line", "\n")]):
        depth = max(0, depth + level(each))
        lambdas += depth == 0 and each.text == "lambda"
        colon = depth == 0 and each.kind == "sign" and each.text == ":"
        ends = depth == 0 and (each.kind == "line" or each.text == ";") or colon and not lambdas and told and tokens[told[0]].text in COMPOUND
        if colon and lambdas:
            lambdas -= 1
        if ends:
            if told:
                out.append((told[0], told[-1]))
            told, lambdas = [], 0
        elif each.told():
            told.append(index)
    return out


def statement(tokens, first, last):
    word = tokens[first].text if tokens[first].kind == "name" else ""
    rest = [index for index in range(first + 1, last + 1) if tokens[index].told()]
    if word == "print":
        prints(tokens, first, rest)
    elif word == "exec" and rest and tokens[rest[0]].text != "(":
        enclosed(tokens, first, rest)
        for index in [each for each in outer(tokens, rest) if tokens[each].text == "in"][:1]:
            tokens[index].text = ","
    elif word == "raise":
        commas = [each for each in outer(tokens, rest) if tokens[each].text == ","]
        if commas:
            # raise E, "what", traceback: the last is dropped
            tokens[commas[0]].text = "("
            for index in range(commas[1], last + 1) if commas[1:] else ():
                tokens[index].text = ""
            tokens[last].after += ")"
    elif word == "except":
        for index in [each for each in outer(tokens, rest) if tokens[each].text == ","][:1]:
            tokens[index].text = " as"
    for index in [first] + rest:
        if tokens[index].text == "lambda":
            unpacks(tokens, [each for each in rest if each > index])
    if word == "def":
        apart(tokens, rest)


def prints(tokens, first, rest):
    if not rest:
        tokens[first].after = "()"
        return
    head = tokens[rest[0]].text
    if head in ("=", ".", ",") or head == "(" and partner(tokens, rest, 0) == len(rest) - 1:
        return
    if head == ">>":
        commas = [each for each in outer(tokens, rest) if tokens[each].text == ","]
        end = commas[0] if commas else rest[-1] + 1
        file = "".join(tokens[index].text for index in range(rest[0] + 1, end)).strip()
        for index in range(rest[0], end + 1 if commas else end):
            tokens[index].text = ""
        rest = [each for each in rest if each > end]
        if not rest:
            tokens[first].after = "(file=%s)" % file
            return
        comma = tokens[rest[-1]].text == ","
        enclosed(tokens, first, rest)
        tokens[rest[-1]].after = (" " if comma else ", ") + "file=%s)" % file
        return
    enclosed(tokens, first, rest)


def enclosed(tokens, first, rest):
    """`print x` as `print(x)`: the bracket takes the place of a blank, so that what follows stays in its column."""
    gap = tokens[first + 1]
    if gap.kind == "blank" and gap.text[0] in " \t":
        gap.text = "(" + gap.text[1:]
    else:
        tokens[first].after = "("
    tokens[rest[-1]].after += ")"


def level(token):
    """How many brackets deeper a token leads."""
    return (token.text in OPEN) - (token.text in CLOSE) if token.kind == "sign" else 0


def outer(tokens, indices):
    """Those of the tokens that stand in no bracket."""
    depth, out = 0, []
    for index in indices:
        depth += level(tokens[index])
        if depth == 0 and not level(tokens[index]):
            out.append(index)
    return out


def partner(tokens, indices, position):
    """Position of the bracket that closes the one at `position`."""
    depth = 0
    for place in range(position, len(indices)):
        depth += level(tokens[indices[place]])
        if depth == 0:
            return place
    raise SyntaxError("a bracket is not closed")


def unpacks(tokens, rest):
    """`lambda (k, v): e` as `lambda k_v: (lambda k, v: e)(*k_v)`."""
    colon = next((each for each in outer(tokens, rest) if tokens[each].text == ":"), None)
    groups = [gathered(tokens, each) for each in tuples(tokens, [each for each in rest if colon is None or each < colon])]
    if colon is None or not groups:
        return
    tokens[colon].text = ": (lambda %s:" % ", ".join(inside for inside, _ in groups)
    depth, end = 0, rest[-1]
    for index, following in zip(rest[rest.index(colon) + 1:], rest[rest.index(colon) + 2:]):
        depth += level(tokens[index])
        if depth == 0 and (tokens[following].text == "," or level(tokens[following]) < 0):
            end = index
            break
    tokens[end].after = ")(%s)" % ", ".join("*" + joined for _, joined in groups) + tokens[end].after


def apart(tokens, rest):
    """`def f(a, (b, c)):` as `def f(a, b_c):`, with `b, c = b_c` before the first statement."""
    for each in tuples(tokens, rest[2:]):
        inside, joined = gathered(tokens, each)
        body = [index for index in range(rest[-1] + 1, len(tokens)) if tokens[index].told()]
        if len(body) < 2 or tokens[body[1]].text in COMPOUND:
            raise SyntaxError("a function takes its argument apart")
        tokens[body[1]].before += "%s = %s; " % (inside, joined)


def tuples(tokens, arguments):
    """[(first, last)] of the arguments that are a tuple of names, not of defaults."""
    out, before = [], ","
    for position, index in enumerate(arguments):
        if tokens[index].text == "(" and before == ",":
            close = arguments[partner(tokens, arguments, position)]
            if any(tokens[each].text == "," for each in range(index, close)):
                out.append((index, close))
            else:
                # one name in brackets is that name
                tokens[index].text = tokens[close].text = ""
        before = tokens[index].text
    return out


def gathered(tokens, place):
    """What a tuple of names holds, and the one name that it is now written as."""
    inside = "".join(tokens[each].text for each in range(place[0] + 1, place[1]))
    joined = "_".join(re.findall(r"\w+", inside))
    for each in range(place[0], place[1] + 1):
        tokens[each].text = ""
    tokens[place[0]].text = joined
    return inside, joined


def spelling(each):
    if each.kind == "sign" and each.text == "<>":
        each.text = "!="
    elif each.kind == "number":
        each.text = each.text.rstrip("lL")
        if re.match(r"0[0-7]+$", each.text):
            each.text = "0o" + each.text[1:]
    elif each.kind == "string" and re.match(r"[uU][rR]", each.text):
        each.text = each.text[1:]


def only_python_3(tree, text):
    """The first thing in a tree that Python 2 does not read, or None: with a print statement beside it, the file runs in neither."""
    for each in walk(tree):
        if isinstance(each, (ast.JoinedStr, ast.Nonlocal, ast.AnnAssign, ast.AsyncFunctionDef, ast.YieldFrom, getattr(ast, "NamedExpr", ast.AnnAssign))) or isinstance(getattr(each, "op", None), ast.MatMult):
            return each
        if isinstance(each, ast.arg) and each.annotation is not None or isinstance(each, ast.FunctionDef) and (each.returns is not None or each.args.kwonlyargs):
            return each
        if isinstance(each, ast.Starred) and isinstance(each.ctx, ast.Store):
            return each
        if isinstance(each, ast.Call) and getattr(each.func, "id", "") == "print" and any(one.arg in ("end", "sep", "flush") for one in each.keywords) and not print_function(text):
            return each
    return None
