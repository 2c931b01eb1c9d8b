"""Watches and changes values while their code runs: every assignment and return of theirs passes through `Recorder.hook`."""

import ast
import sys

import numpy as np

from .brevity import Shortening, Tenths
from .entries import Entries, in_parts
from .loaded_data import LoadedData
from .moments import Event, Site
from .overrides import like
from .scopes import local_names
from .unclipped import Unclipped

HOOK = "__gradient_debugger__"
#: Larger arrays are not kept.
MAX_SIZE = 410000


class Enough(BaseException):
    """Everything that was asked of a run is recorded: the iterations that follow are no matter."""


class Recorder:
    #: keys that are still to be recorded, after which a run may end; None where it may not
    needed = None
    #: a run that only looks what there is ends after so many events
    limit = None

    def __init__(self):
        self.sites = []
        self.recording = False
        self.events = []
        self.counts = {}
        self.overrides = {}
        self.adds = {}
        self.active = False
        #: values that a site has in every run: one iteration instead of 2500
        self.forced = {}
        #: site -> compiled expression that stands there instead, for trying a fix
        self.rewrites = {}

    def start(self, record=False, overrides=None, adds=None, needed=None, limit=None):
        self.needed, self.limit = None if needed is None else set(needed), limit
        self.recording = record
        self.events = []
        self.counts = {}
        self.overrides = overrides or {}
        self.adds = adds or {}
        self.active = record or bool(self.overrides) or bool(self.adds)

    def stop(self):
        self.active = False
        events, self.events = self.events, []
        return events

    def hook(self, number, value):
        if number in self.forced:
            return self.forced[number]
        if number in self.rewrites:
            frame = sys._getframe(1)
            value = eval(self.rewrites[number], frame.f_globals, frame.f_locals)
        if not self.active:
            return value
        index = self.counts.get(number, 0)
        self.counts[number] = index + 1
        key = (number, index)
        if key in self.adds and is_numeric(value):
            value = value + self.adds[key]
        if key in self.overrides:
            value = like(value, self.overrides[key])
        if self.recording and len(self.events) < 20000:
            self.record(number, index, value)
        return value

    def record(self, number, index, value):
        if is_numeric(value):
            kept = np.array(value, dtype=float, copy=True)
            if kept.size > MAX_SIZE:
                return
        elif isinstance(value, (tuple, list)) and len(value) < 50:
            kept = value
        else:
            return
        frame = sys._getframe(2)
        back = frame.f_back
        # a lambda or comprehension is called from the line that matters
        caller = (back.f_code.co_name, back.f_lineno, back.f_code.co_filename) if back is not None else None
        self.events.append(Event(len(self.events), number, index, kept, caller, value))
        if self.needed is not None:
            self.needed.discard((number, index))
        if self.needed is not None and not self.needed or self.limit is not None and len(self.events) > self.limit:
            self.recording = self.active = False
            raise Enough()


def narrowed(kind, handler):
    """What an `except` of theirs catches: `except:` and `except BaseException:` must not catch what ends a run of theirs from outside."""
    if kind is None or isinstance(kind, ast.Name) and kind.id == "BaseException":
        return ast.copy_location(ast.Name(id="Exception", ctx=ast.Load()), kind or handler)
    if isinstance(kind, ast.Tuple):
        kind.elts = [narrowed(each, handler) for each in kind.elts]
    return kind


def is_hook(node):
    return isinstance(node, ast.Call) and getattr(node.func, "id", None) == HOOK


def is_numeric(value):
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "fiub"
    return isinstance(value, (float, int, np.floating, np.integer, np.bool_)) and not isinstance(value, bool)


class Instrument(Shortening, Entries, LoadedData, ast.NodeTransformer):
    """Wraps values in `hook(site, value)`; the lines of every node stay those of the person."""

    def __init__(self, recorder, file, text):
        self.recorder = recorder
        self.file = file
        self.lines = [line.encode("utf-8") for line in text.split("\n")]
        self.scope = []
        self.locals = []

    # -- scopes

    def visit_FunctionDef(self, node):
        self.scope.append(node.name)
        self.locals.append(local_names(node))
        node.body = self.block(node.body)
        self.locals.pop()
        self.scope.pop()
        return node

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node):
        self.scope.append(node.name)
        node.body = [self.visit(each) if isinstance(each, (ast.FunctionDef, ast.ClassDef)) else each for each in node.body]
        self.scope.pop()
        return node

    def visit_Lambda(self, node):
        node.body = self.wrap(node.body, "return", "return")
        return node

    # -- statements

    def block(self, statements):
        out, parts = [], in_parts(statements)
        for statement in statements:
            out.extend(self.with_entries(statement, parts.get(statement)))
        return out

    def statement(self, node):
        for field in ("body", "orelse", "finalbody"):
            inner = getattr(node, field, None)
            if isinstance(inner, list) and not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                setattr(node, field, self.block(inner))
        if isinstance(node, (ast.Assign, ast.AugAssign, ast.Expr)):
            node.value = Unclipped().visit(Tenths().visit(node.value))
        if isinstance(node, ast.For):
            node.iter = Tenths().visit(node.iter)
            self.shorten(node)
        if isinstance(node, ast.While):
            self.end(node)
        if isinstance(node, ast.If):
            self.divide_by_some(node)
        for handler in getattr(node, "handlers", []):
            handler.type = narrowed(handler.type, handler)
            handler.body = self.block(handler.body)
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            return self.visit(node)
        if isinstance(node, ast.Assign):
            return self.assign(node)
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            node.value = self.wrap(node.value, self.name(node.target), "assign")
            return node
        if isinstance(node, ast.AugAssign):
            self.lambdas(node.value)
            return [node] + self.after(node.target, node)
        if isinstance(node, ast.Return) and node.value is not None:
            node.value = self.elements(node.value, "return", "return")
            return node
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            call = node.value
            if isinstance(call.func, ast.Attribute) and call.func.attr in ("append", "insert", "appendleft") and call.args:
                call.args[-1] = self.elements(call.args[-1], self.name(call.func.value), "append")
            return node
        self.lambdas(node)
        return node

    def assign(self, node):
        self.read_data(node)
        target = node.targets[0]
        if isinstance(target, (ast.Tuple, ast.List)):
            if isinstance(node.value, (ast.Tuple, ast.List)) and len(node.value.elts) == len(target.elts):
                node.value.elts = [self.wrap(value, self.name(each), "assign") for each, value in zip(target.elts, node.value.elts)]
                return node
            self.lambdas(node.value)
            return [node] + [extra for each in target.elts for extra in self.after(each, node, "unpack")]
        node.value = self.elements(node.value, self.name(target), "assign") if isinstance(node.value, ast.Dict) else self.wrap(node.value, self.name(target), "assign")
        if isinstance(target, ast.Subscript) and isinstance(target.value, (ast.Name, ast.Attribute)):
            return [node] + self.after(target.value, node, "mutate")
        return node

    def after(self, target, node, kind="update"):
        """`x = hook(x)` behind a statement that changed x."""
        if not isinstance(target, (ast.Name, ast.Attribute, ast.Subscript)):
            return []
        load = ast.parse(self.name(target), mode="eval").body
        for each in ast.walk(load):
            ast.copy_location(each, node)
        store = ast.parse(self.name(target) + " = 0").body[0].targets[0]
        for each in ast.walk(store):
            ast.copy_location(each, node)
        value = self.call(load, node, self.name(target), kind, getattr(node, "value", None))
        if isinstance(target, ast.Name) and self.locals and target.id not in self.locals[-1]:
            # a global that is changed, not assigned: to assign it would make it local
            return [ast.copy_location(ast.Expr(value=value), node)]
        return [ast.copy_location(ast.Assign(targets=[store], value=value), node)]

    # -- expressions

    def elements(self, node, target, kind):
        if isinstance(node, ast.Tuple):
            node.elts = [each if isinstance(each, (ast.Constant, ast.Starred)) else self.wrap(each, self.name(each) if isinstance(each, ast.Name) else target, kind) for each in node.elts]
            return self.call(node, node, target, "tuple", node) if kind == "return" else node
        if isinstance(node, ast.Dict):
            node.values = [value if isinstance(value, ast.Constant) else (self.elements if isinstance(value, ast.Dict) else self.wrap)(value, key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else target, kind) for key, value in zip(node.keys, node.values)]
            return node
        return self.wrap(node, target, kind)

    def wrap(self, node, target, kind):
        self.lambdas(node)
        self.factors(node, target)
        return self.call(node, node, target, kind, node)

    def factors(self, node, target):
        """The factors of a product are recorded too, so that it can be said which of them is off; and what a list begins with, `deltas = [error * slope]`."""
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            for side in ("left", "right"):
                child = getattr(node, side)
                if isinstance(child, (ast.Call, ast.BinOp, ast.Compare)) and not is_hook(child):
                    self.factors(child, target)
                    setattr(node, side, self.call(child, child, target, "factor", child))
        elif isinstance(node, (ast.Call, ast.List)):
            held = node.args if isinstance(node, ast.Call) else node.elts
            for index, arg in enumerate(held):
                if isinstance(arg, (ast.Call, ast.BinOp, ast.Compare)) and not is_hook(arg):
                    self.factors(arg, target)
                    held[index] = self.call(arg, arg, target, "factor", arg)
        elif isinstance(node, ast.BinOp):
            self.factors(node.left, target)
            self.factors(node.right, target)
        elif isinstance(node, ast.UnaryOp):
            self.factors(node.operand, target)

    def lambdas(self, node):
        for child in ast.walk(node):
            if isinstance(child, ast.Lambda) and not isinstance(child.body, ast.Call):
                child.body = self.call(child.body, child.body, "return", "return", child.body)
            elif isinstance(child, ast.Lambda) and not (isinstance(child.body.func, ast.Name) and child.body.func.id == HOOK):
                child.body = self.call(child.body, child.body, "return", "return", child.body)

    def call(self, inner, node, target, kind, value):
        number = len(self.recorder.sites)
        self.recorder.sites.append(Site(number, self.file, ".".join(self.scope) or "<module>", node, target, kind, self.source(value)))
        call = ast.Call(func=ast.Name(id=HOOK, ctx=ast.Load()), args=[ast.Constant(value=number), inner], keywords=[])
        ast.copy_location(call, node)
        ast.copy_location(call.func, node)
        ast.copy_location(call.args[0], node)
        return call

    def source(self, node):
        if node is None:
            return None
        first, last = getattr(node, "lineno", None), getattr(node, "end_lineno", None)
        if first is None or last is None:
            return None
        try:
            if first == last:
                return self.lines[first - 1][node.col_offset:node.end_col_offset].decode("utf-8")
            parts = [self.lines[first - 1][node.col_offset:]] + self.lines[first:last - 1] + [self.lines[last - 1][:node.end_col_offset]]
            return b"\n".join(parts).decode("utf-8")
        except (IndexError, UnicodeDecodeError):
            return None

    def name(self, node):
        return self.source(node) or getattr(node, "id", "")
