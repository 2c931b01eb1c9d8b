"""Reads what a person wrote: a .py file or a notebook, Python 3 or simple Python 2, as one syntax tree with lines kept."""

import __future__
import functools
import json
import os
import re
import textwrap
import warnings

from . import nested_quotes, python2
from .plainer import parsed

#: Folders below its own in which a file's modules are looked for.
FOLDERS = ("src", "source", "lib", "libs", "util", "utils", "utilities", "helper", "helpers", "model", "models", "module", "modules", "code", "core", "common", "nn", "net", "network", "networks", "layers", "functions", "scripts", "tools")


class CannotRun(Exception):
    """Their code cannot be run: `message` is their own exception, `line` counts from 1 in the joined source."""

    def __init__(self, message, line=None, function=None, file=None):
        Exception.__init__(self, message)
        self.message = message
        self.line = line
        self.function = function
        self.file = file


class Source:
    """`lines` of all code cells joined; `cells[i]` is (cell, line in it, columns left out) of joined line i + 1, or None for a plain file."""

    def __init__(self, path, text, tree, cells):
        self.path = path
        self.text = text
        self.lines = text.split("\n")
        self.tree = tree
        self.cells = cells
        #: the syntax error of a notebook's cell that was left out, or of tabs mixed with spaces
        self.broken = None
        #: names of the functions that such a cell defines, and no other
        self.lost = set()
        #: the syntax error of what only Python 2 reads; the tree is that of its translation
        self.python2 = None

    @property
    def flags(self):
        """How its statements are compiled one by one: without their annotations where the file says so."""
        return __future__.annotations.compiler_flag if re.search(r"(?m)^from __future__ import .*\bannotations\b", self.text) else 0

    def place(self, line):
        """{line} of a file, or {cell, line} of a notebook; a cell is counted from 0 among all cells."""
        if line is None:
            return {}
        if self.cells is None or not 0 < line <= len(self.cells):
            return {"line": line}
        cell, inner, _ = self.cells[line - 1]
        return {"cell": cell, "line": inner}

    def indent(self, line):
        """Columns before the first one of a line: the indent of its cell."""
        return self.cells[line - 1][2] if self.cells is not None and 0 < line <= len(self.cells) else 0


def read_source(path, text=None):
    """Raises CannotRun with the line where the text is no Python."""
    if text is None:
        with open(path, "rb") as stream:
            text = decode(stream.read())
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip(u"\ufeff")
    cells = None
    if text.lstrip().startswith("{"):
        notebook = read_notebook(text)
        if notebook is not None:
            text, cells = notebook
    if cells is None and re.search(r"(?m)^\s*[%!]\w", text) and not re.search(r"(?m)^#\s*%%", text):
        stops_at_magic(text)
    text = "\n".join(blank_magic(line) for line in text.split("\n"))
    before = text
    tree, text, python2 = parse(text, cells)
    made = Source(path, text, tree, cells)
    made.python2 = python2
    if cells is not None and "\n" in text:
        made.broken = left_out(before, text)
        made.lost = defined(before) - defined(text) if made.broken is not None else set()
    elif cells is None and text != before:
        made.broken = badly_indented(before)
    return made


def stops_at_magic(text):
    """Raises CannotRun where what IPython alone understands is the first thing in a plain script that Python does not."""
    try:
        silently(text)
    except SyntaxError as error:
        if error.lineno is not None and re.match(r"\s*[%!]\w", (text.split("\n") + [""])[error.lineno - 1]):
            raise CannotRun("SyntaxError: %s: this is IPython's, and Python stops at it" % error.msg, error.lineno)
    except (ValueError, RecursionError):
        pass


def badly_indented(text):
    """CannotRun where Python 3 stops at tabs mixed with spaces, which were mended for reading; None where it does not."""
    try:
        silently(text)
    except IndentationError as error:
        return stops(error, text)
    except (SyntaxError, ValueError, RecursionError):
        pass
    return None


def enclosing_line(text, line):
    """Name of the last function whose `def` stands above a line and further to the left."""
    lines = text.expandtabs(8).split("\n")[:line]
    depth = len(lines[-1]) - len(lines[-1].lstrip())
    for each in reversed(lines[:-1]):
        found = re.match(r"(\s*)def\s+(\w+)", each)
        if found and len(found.group(1)) < depth:
            return found.group(2)
    return None


def left_out(before, after):
    """CannotRun with the line of a statement that was left out because its cell is no Python; None where all are there."""
    if [line for line in before.split("\n") if line.strip()] == [line for line in after.split("\n") if line.strip()] or after.count("\n") != before.count("\n"):
        return None
    if not any(one.strip() and not other.strip() for one, other in zip(before.split("\n"), after.split("\n"))):
        return None
    try:
        silently(before)
    except SyntaxError as error:
        return stops(error)
    return None


def defined(text):
    """Names that stand behind a `def`."""
    return set(re.findall(r"(?m)^\s*def\s+(\w+)", text))


def decode(data):
    match = re.search(br"coding[:=]\s*([-\w.]+)", b"\n".join(data.split(b"\n")[:2]))
    names = ([match.group(1).decode("ascii")] if match else []) + ["utf-8", "gb18030", "latin-1"]
    for name in names:
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")


def read_notebook(text):
    """(joined code, places) of a notebook's JSON; None where it is none."""
    try:
        data = json.loads(text)
    except ValueError:
        return None
    if not isinstance(data, dict):
        return None
    cells = data.get("cells")
    if cells is None and data.get("worksheets"):
        cells = [cell for sheet in data["worksheets"] for cell in sheet.get("cells", [])]
    if not isinstance(cells, list):
        return None
    lines, places = [], []
    for index, cell in enumerate(cells):
        if cell.get("cell_type") != "code":
            continue
        source = cell.get("source", cell.get("input", ""))
        source = "".join(source) if isinstance(source, list) else source
        if re.match(r"\s*%%(?!time|capture|timeit|(?:write)?file\s+\S+\.py\s*\n)", source):
            continue
        whole = source.replace("\r", "").split("\n")
        # IPython runs a cell that is indented as a whole: a function in it is not one inside the cell before
        first = next((line for line in whole if line.strip()), "")
        indent = first[:len(first) - len(first.lstrip())]
        for number, line in enumerate(whole):
            cut = len(indent) if line.startswith(indent) else 0
            lines.append(line[cut:])
            places.append((index, number + 1, cut))
    return "\n".join(lines), places


def blank_magic(line):
    """`%matplotlib inline`, `!pip install` and `name?` are IPython's, not Python's; `%pylab` imports."""
    if re.match(r"(%|get_ipython\(\)\.(magic|run_line_magic)\(u?['\"])pylab\b", line):
        return "from pylab import *"
    if re.match(r"\s*(%%?\w|% +(matplotlib|load_ext|reload_ext|autoreload|config)\b|!\s*\w|\?\w)", line) or re.match(r"\s*[\w.]+\?{1,2}\s*$", line) or re.match(r"\s*\w+\s*=\s*(!|%)\w", line):
        return re.match(r"\s*", line).group(0) + "pass"
    return line


def parse(text, cells):
    """(tree, text that was read, CannotRun with Python 3's error where it is Python 2)."""
    first = None
    for change in (lambda each: each, nested_quotes.translated, lambda each: each.expandtabs(8), lambda each: each.expandtabs(4), to_python_3, textwrap.dedent):
        try:
            changed = change(text)
            tree = silently(changed)
        except SyntaxError as error:
            first = first or error
            continue
        except (ValueError, RecursionError) as error:
            raise CannotRun(str(error))
        return tree, changed, stops(first) if change is to_python_3 else None
    if cells is not None:
        return parse_cells(text, cells, first)
    raise stops(first, text)


def silently(text):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return parsed(text)


def stops(error, text=None):
    """What Python 3 stops with; `text`: to say in which function."""
    return CannotRun("%s: %s" % (type(error).__name__, error.msg), error.lineno, enclosing_line(text, error.lineno) if text is not None and error.lineno else None)


def parse_cells(text, cells, first):
    """A notebook whose one cell is broken has the others; the broken one is left out."""
    lines = text.split("\n")
    kept = list(lines)
    groups, whole, older = {}, True, False
    for number, (cell, _, _) in enumerate(cells):
        groups.setdefault(cell, []).append(number)
    for numbers in groups.values():
        one = "\n".join(lines[number] for number in numbers)
        try:
            silently(one)
        except SyntaxError:
            for change in (nested_quotes.translated, to_python_3):
                try:
                    converted = change(one)
                    silently(converted)
                except SyntaxError:
                    continue
                older = older or change is to_python_3
                break
            else:
                converted, whole = "\n" * (len(numbers) - 1), False
            for number, line in zip(numbers, converted.split("\n")):
                kept[number] = line
    joined = "\n".join(kept)
    try:
        return silently(joined), joined, stops(first) if whole and older else None
    except SyntaxError:
        raise stops(first)


@functools.lru_cache(maxsize=8)
def to_python_3(text):
    """Raises SyntaxError where Python 2 does not read it either."""
    changed = python2.translated(text.expandtabs(8))
    if python2.only_python_3(silently(changed), text) is not None:
        raise SyntaxError("neither Python 2 nor Python 3")
    return changed


def beside(path, name):
    """Path of module `name` (dotted) beside the file, or None. A notebook is no module."""
    folder = os.path.dirname(os.path.abspath(path))
    parts = name.split(".")
    itself = None
    for root in (folder, os.path.dirname(folder), os.path.dirname(os.path.dirname(folder))):
        base = os.path.join(root, *parts)
        if root != folder and os.path.basename(root) == name and os.path.isfile(os.path.join(root, "__init__.py")):
            # network/parts/layers.py imports network: the package around it, not network/network.py
            continue
        for candidate in (base + ".py", os.path.join(base, "__init__.py")):
            if candidate == os.path.abspath(path):
                # network/network.py imports network.layers: the package comes before the file
                itself = candidate
            elif os.path.isfile(candidate):
                return candidate
        if os.path.isdir(base) and (root == folder or any(each.endswith(".py") for each in os.listdir(base))):
            # a package without __init__.py; of a project whose root is above only where it holds modules
            return base
    # notebooks/network.ipynb beside scripts/layers.py: os.chdir("../scripts")
    return itself or in_other_letters(folder, parts) or below(folder, parts) or below(os.path.dirname(folder), parts)


def below(folder, parts):
    """models/network.py for `import network`: whoever runs the file has that folder in the path, or began in it."""
    found = [os.path.join(each, *parts) + ".py" for each in usual(folder)]
    return next((each for each in found if os.path.isfile(each)), None)


@functools.lru_cache(maxsize=None)
def usual(folder):
    return [each for each in (os.path.join(folder, name) for name in FOLDERS) if os.path.isdir(each)]


def in_other_letters(folder, parts):
    """Layer.py for `import layer`: a file system that tells no case apart may have another one than the repository."""
    found = [each for each in sorted(os.listdir(folder)) if each.lower() == parts[0].lower() + ".py"] if len(parts) == 1 and os.path.isdir(folder) else []
    return os.path.join(folder, found[0]) if found else None
