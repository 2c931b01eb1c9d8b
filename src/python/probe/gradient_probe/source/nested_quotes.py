"""Reads f-strings as Python 3.12 allows them, f"{d["key"]}", in an older Python: the quotes within the braces become the other ones, column for column."""

QUOTES = "\"'"


def translated(text):
    return "\n".join(line_of(line) for line in text.split("\n"))


def line_of(line):
    out, at = list(line), 0
    while at < len(line) and line[at] != "#":
        if line[at] not in QUOTES:
            at += 1
        elif line[at:at + 3] == 3 * line[at]:
            # may go on below
            break
        else:
            at = string(line, at, out, formatted(line, at))
    return "".join(out)


def formatted(line, at):
    """Whether f, rf or F stands before a quote."""
    prefix = ""
    while at and line[at - 1].isalpha():
        at -= 1
        prefix += line[at].lower()
    return "f" in prefix and len(prefix) <= 2


def string(line, start, out, braces):
    """The place after a string; quotes like its own within its braces are changed in `out`."""
    quote, depth, at = line[start], 0, start + 1
    other = QUOTES.replace(quote, "")
    while at < len(line):
        if line[at] == "\\":
            at += 1
        elif braces and line[at] in "{}" and depth == 0 and line[at:at + 2] == 2 * line[at]:
            at += 1
        elif braces and line[at] in "{}":
            depth = max(0, depth + (1 if line[at] == "{" else -1))
        elif line[at] == quote:
            if not depth:
                return at + 1
            out[at] = other
        at += 1
    return at
