"""What a Recorder knows of one place in their source, and of one time it was passed."""


class Site:
    """One place in their source: `target` is what is assigned there, `text` the right-hand side as written."""

    def __init__(self, number, file, function, node, target, kind, value=None):
        self.number = number
        self.file = file
        self.function = function
        self.line = node.lineno
        self.column = node.col_offset
        self.end_line = getattr(node, "end_lineno", node.lineno)
        self.end_column = getattr(node, "end_col_offset", node.col_offset)
        self.target = target
        self.kind = kind
        self.value = value


class Event:
    """`value` is what was computed (a copy), `thing` the object itself, `index` which time of this site it was, `caller` (function, line, file)."""

    def __init__(self, order, site, index, value, caller, thing=None):
        self.order = order
        self.site = site
        self.index = index
        self.value = value
        self.caller = caller
        self.key = (site, index)
        self.thing = thing
