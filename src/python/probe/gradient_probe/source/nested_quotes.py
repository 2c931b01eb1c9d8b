"""Reads f-strings as Python 3.12 allows them, f"{d["key"]}", in an older Python: the quotes within the braces become the other ones, and where the braces go over lines the string gets three quotes; line for line."""

QUOTES = "\"'"


def translated(text):
    out, at = list(text), 0
    while at < len(text):
        quote = text[at]
        if quote == "#":
            at = past(text, "\n", at)
        elif quote not in QUOTES:
            at += 1
        elif text[at:at + 3] == 3 * quote:
            at = past(text, 3 * quote, at + 3)
        else:
            at = string(text, at, out, formatted(text, at))
    return "".join(out)


def past(text, what, start):
    """The place after the next `what`; the end where there is none."""
    at = text.find(what, start)
    return len(text) if at < 0 else at + len(what)


def formatted(text, at):
    """Whether f, rf or F stands before a quote."""
    prefix = ""
    while at and text[at - 1].isalpha():
        at -= 1
        prefix += text[at].lower()
    return "f" in prefix and len(prefix) <= 2


def string(text, start, out, braces):
    """The place after a string; quotes like its own within its braces are changed in `out`, and its own where the braces go over lines."""
    quote, depth, at, over = text[start], 0, start + 1, False
    other = QUOTES.replace(quote, "")
    while at < len(text):
        if text[at] == "\n" and not depth:
            return at
        over = over or text[at] == "\n"
        if text[at] == "\\":
            at += 1
        elif braces and text[at] in "{}" and depth == 0 and text[at:at + 2] == 2 * text[at]:
            at += 1
        elif braces and text[at] in "{}":
            depth = max(0, depth + (1 if text[at] == "{" else -1))
        elif text[at] == quote:
            if not depth:
                if over:
                    out[start] = out[at] = 3 * quote
                return at + 1
            out[at] = other
        at += 1
    return at
