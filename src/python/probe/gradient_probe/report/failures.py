"""Results without a network that ran: their own exception, what is missing, and torch functions."""

import ast
import functools
import os
import re

import numpy as np

from ..bind.activations import other_takes
from ..bind.pool import Missing
from ..bind.roles import role_of
from ..certain import outdated, tuples, unset
from ..certain.undefined import module_names, outside, star_imports
from ..common import frames
from ..common import internal
from ..common import names
from ..common.arrays import MISFIT
from ..common.syntax import walk
from ..source.source import CannotRun
from . import asserts, own_module, stops

#: Numbers of units above this are the file's, none that was chosen here.
OWN_WIDTH = 16


class Failures:
    """Part of a Report."""

    def not_run(self):
        """No binding ran through: their own exception where that is the reason, else what is missing."""
        problem = self.unfilled or self.their_exception() or self.stopped() or (self.source.broken or next(iter(self.loader.unreadable), None) or outdated.find(self.source, self.path) if not self.mistakes else None)
        if problem is None or own_module.of_stand_in(problem.message, self.loader):
            problem = own_module.missing(self, problem is not None) if not self.mistakes else None
        if problem is not None:
            return self.cannot_run(problem)
        out = self.base("not bound", "")
        out["missing"] = self.missing()
        ours = [each for each in out["missing"] if each.startswith(internal.FAILED)]
        missing = [each for each in out["missing"] if each not in ours]
        roles = {}
        for each in out["found"]:
            for role in each["roles"][:1]:
                roles.setdefault(role, []).append(each["function"])
        listed = ", ".join("%s (%s)" % (", ".join(values[:3]), {"both": "cost and gradient"}.get(role, role)) for role, values in roles.items() if role != "link")
        said = ["Found " + listed if listed else "No function of it has the name of a forward or backward pass"]
        said += ["Missing: " + "; ".join(missing[:3])] if missing else [] if ours else ["They could not be put together into a network"]
        out["summary"] = " ".join(each[:1].upper() + each[1:] + "." for each in said + ours[:1])
        return out

    def missing(self):
        out = []
        found = self.search.found if self.search is not None else {}
        methods = {role for owner in self.code.classes for method in owner.methods.values() for role, _ in role_of(method)} if self.code is not None else set()
        for role, said in (("forward", "a function that computes the prediction"), ("backward", "a function that computes the gradients")):
            if not found.get(role) and not found.get("both") and role not in methods and "both" not in methods:
                out.append(said)
        if self.search is not None and self.search.cut:
            out.append("time to try every way to put them together; name the functions to shorten the search")
        if self.search is not None:
            furthest = sorted(self.search.failures, key=lambda each: (-each[0], each[1]))
            ours = next((text for text in (internal.told(each[3]) for each in furthest[2:]) if text is not None), None)
            for text in [internal.told(each[3]) or str(each[3]) for each in furthest[:2]] + [ours]:
                # a KeyError of what was made up here says nothing to anybody
                if text is not None and text not in out and not re.search(r"<\w+ .*at 0x", text):
                    out.append(text)
        return out + [each for each in internal.caught if each not in out]

    def their_exception(self):
        """The exception in their own code that every deepest attempt ends in, where it is no matter of our data."""
        certain = self.certain_exception()
        if certain is not None:
            return certain
        if self.search is not None and self.search.cut:
            # what was not tried for lack of time may run
            return None
        failures = self.search.failures if self.search is not None else []
        problems = [each for each in self.loader.problems if each.file == self.path and each.function is not None]
        ours = (Missing, LookupError, TimeoutError)
        deepest = max([stage for stage, _, _, error, _ in failures if not isinstance(error, Missing)] or [-1])
        guessed = any(getattr(attempt, "made_up", False) for _, _, attempt, _, _ in failures)
        ours_too, theirs, made = False, [], {}
        for stage, _, attempt, error, tb in failures:
            frame = self.their_frame(tb)
            if stage < deepest or isinstance(error, Missing) or own_module.public(error) or internal.told(error) is not None or isinstance(error, TypeError) and "<lambda>() missing" in str(error):
                # what was given for a function or a class of theirs is called otherwise
                continue
            if isinstance(error, (AttributeError, KeyError)) and attempt is not None and "module '" not in str(error) and not any(step.role == "forward" for step in getattr(getattr(attempt, "program", None), "steps", [])):
                # what forward would have kept is not there, because forward was not run
                frame = None
            if isinstance(error, AttributeError) and (self.set_elsewhere(str(error)) or self.made_in_module(str(error))):
                # a method that was not run sets it: theirs are called in another order
                frame = None
            missing = re.search(r"name '(\w+)' is not defined", str(error))
            if isinstance(error, NameError) and missing is not None and frame is not None and frame[2] not in made:
                made[frame[2]] = self.may_make(self.loader.sources[frame[2]].tree)
            if isinstance(error, NameError) and missing is not None and frame is not None and (made[frame[2]] is None or missing.group(1) in made[frame[2]] or frame[0] == "lifted") and not (frame[0] == "lifted" and made[frame[2]] is not None and self.made_later(missing.group(1), frame)):
                # their script makes it, which is not run here, or a module that is not here
                frame = None
            if isinstance(error, AttributeError) and re.match(r"'(%s)' object has no attribute" % "|".join([re.escape(each.name) for each in self.code.classes] or ["-"]), str(error)) and not getattr(error, "hard", False) and not re.search(r"attribute '(T|shape|dot|reshape|transpose|ndim)'", str(error)):
                # another method gives it its value, which was not called before
                frame = None
            if frame is not None and (isinstance(error, AssertionError) and self.of_presence(frame) or unset.waits(error, self.code, frame[2], frame[1])):
                # what another method of theirs gives a value was not given one here
                frame = None
            if frame is not None and not isinstance(error, NotImplementedError) and self.refused(frame):
                # their own check of what was given here
                frame = None
            if isinstance(error, (ImportError, MemoryError)) or other_takes(error, self.code):
                # it is not here; it may be where the person runs the file, as may the memory for its sizes; or another activation is meant
                frame = None
            theirs.append((type(error), str(error), frame))
            ours_too = ours_too or self.of_our_sizes(error, attempt)
        named = [each for each in theirs if each[2] is not None]
        paired = next(((type(error).__name__, error, self.their_frame(tb)) for _, _, _, error, tb in failures if self.of_pairs(str(error)) and self.their_frame(tb) is not None), None)
        paired = paired or next(((type(error).__name__, error, self.their_frame(tb)) for _, _, attempt, error, tb in failures if self.compares_arrays(error, attempt, self.their_frame(tb))), None)
        if paired is not None:
            kind, text, (function, line, file) = paired
            return CannotRun("%s: %s" % (kind, text), line, function, file)
        if named:
            # the one that came furthest in their code
            hard = [each for each in named if issubclass(each[0], (NameError, UnboundLocalError, SyntaxError)) or (issubclass(each[0], AttributeError) and not re.search(r"^'(int|float|list|dict|tuple|str|NoneType|numpy\.\w+|bool|Stub|function)' object", each[1])) or (issubclass(each[0], TypeError) and not self.ours_to_blame(each))]
            undefined = [each for each in hard if issubclass(each[0], NameError)]
            hard = undefined or hard
            if undefined or (hard and len(hard) >= 0.5 * len(named)):
                kind, text, (function, line, file) = hard[0]
                return CannotRun("%s: %s" % (kind.__name__, text), line, function, file)
            # the same line whatever the data: not a matter of shapes chosen here
            lines = {(each[2][1], each[2][2]) for each in named}
            shapes = all(re.search(r"not be broadcast|not aligned|mismatch in its core|cannot reshape|out of bounds|out of range|too many indices|number of dimensions", each[1]) for each in named)
            if len(lines) == 1 and deepest >= 3 and len(named) == len(theirs) and not (guessed and issubclass(named[0][0], ValueError)) and not shapes and not ours_too and not any(self.given_other(each) for each in named):
                kind, text, (function, line, file) = named[0]
                return CannotRun("%s: %s" % (kind.__name__, text), line, function, file)
        # a class that reads a file where it is made: the file may be there where the person runs it
        problems = [each for each in problems if not re.match(r"(FileNotFound|NotADirectory|Permission)Error|OSError", each.message)]
        if problems and not failures:
            return problems[0]
        return self.unfitting_script(failures)

    def stopped(self):
        """Where the backward pass stops, unless reading tells what is wrong in it."""
        if self.search is None or self.mistakes or self.search.came_through:
            return None
        return stops.beyond(self.search.failures, self.code) or stops.misspelt(self.search.failures, self.code) or asserts.in_pass(self.search.failures, self.code) or (stops.find(self.search.failures, self.code) if not self.search.cut else None)

    # hundreds of attempts end in the same place
    @functools.lru_cache(maxsize=None)
    def of_presence(self, frame):
        """Whether what stops there is an `assert` that a value is set, or is of a type."""
        written = asserts.assert_at(self.loader.sources[frame[2]].tree, frame[1])
        return written is not None and re.search(r"\bNone\b|isinstance\(", ast.unparse(written.test)) is not None

    @functools.lru_cache(maxsize=None)
    def of_pairs(self, text):
        """Whether it stops over what an activation of theirs returns as two and a function takes for an array: whatever the samples are, these do not fit."""
        return tuples.shown(text, {count for each in self.code.functions for count in tuples.taken_whole(each.node, self.code.functions)})

    @staticmethod
    def compares_arrays(error, attempt, frame):
        """Whether it stops in an activation that compares all it is given as one number, `max(0, Z)`, though the parameters are matrices: there it is an array, whatever the samples are."""
        leaves = getattr(getattr(attempt, "program", None), "leaves", [])
        whole = isinstance(error, ValueError) and str(error).startswith("The truth value of an array")
        return whole and frame is not None and names.like_name(frame[0], names.ACTIVATION) and any(len(each.shape) == 2 for each in leaves if each.kind == "W")

    @functools.lru_cache(maxsize=None)
    def refused(self, frame):
        """Whether what stops there is a `raise` of theirs."""
        return any(isinstance(each, ast.Raise) and each.lineno <= frame[1] <= each.end_lineno for each in walk(self.loader.sources[frame[2]].tree))

    def made_later(self, name, frame):
        """Whether a script makes a name only below the line that reads it, in a loop that comes there first."""
        stored = [each.lineno for each in walk(self.source.tree) if isinstance(each, ast.Name) and each.id == name and not isinstance(each.ctx, ast.Load)]
        return frame[2] == self.path and bool(stored) and min(stored) > frame[1] and any(isinstance(each, (ast.For, ast.While)) and each.lineno <= frame[1] <= each.end_lineno and min(stored) <= each.end_lineno for each in self.source.tree.body)

    def certain_exception(self):
        """The first exception that comes whatever the code is given, or None."""
        failures = self.search.failures if self.search is not None else []
        never = [(type(error), str(error), self.their_frame(tb)) for _, _, _, error, tb in failures if getattr(error, "hard", False) or self.beyond_axes(error, tb)]
        if not never or never[0][2] is None:
            return None
        kind, text, (function, line, file) = never[0]
        return CannotRun("%s: %s" % (kind.__name__, text), line, function, file)

    def beyond_axes(self, error, tb):
        """Whether a line of a backward pass asks a matrix for a third axis by its number: `np.sum(dZ2, 2)`."""
        frame = self.their_frame(tb) if re.match(r"axis [2-9] is out of bounds for array of dimension 2$", str(error)) else None
        line = self.loader.sources[frame[2]].text.split("\n")[frame[1] - 1] if frame is not None else ""
        return names.like_name(frame[0] if frame is not None else "", names.BACKWARD) and re.search(r"(axis *=|,) *[2-9]\b", line) is not None

    @functools.lru_cache(maxsize=None)
    def set_elsewhere(self, text):
        """Whether an attribute that an object of theirs lacks is one that another method of it sets."""
        found = re.search(r"^'(\w+)' object has no attribute '(\w+)'", text)
        owner = next((each for each in self.code.classes if found is not None and each.name == found.group(1)), None)
        return owner is not None and any(isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store) and each.attr == found.group(2) and getattr(each.value, "id", "") == "self" for method in owner.methods.values() if method.name != "__init__" for each in walk(method.node))

    @functools.lru_cache(maxsize=None)
    def made_in_module(self, text):
        """Whether what a module of theirs lacks is a global that a function of it may make, which their script calls first."""
        found = re.search(r"^module '([\w.]+)' has no attribute '(\w+)'", text)
        trees = [each.tree for path, each in self.loader.sources.items() if found is not None and os.path.splitext(os.path.basename(path))[0] == found.group(1).split(".")[-1]]
        return any(made is None or found.group(2) in made for made in [module_names(each) for each in trees])

    def unfitting_script(self, failures):
        """Where a script came beyond its first product, and then two widths that it has as numbers do not fit: no samples make this run."""
        own = {size for value in self.code.namespace.values() if isinstance(value, np.ndarray) and value.ndim == 2 for size in value.shape if size > OWN_WIDTH} if self.code is not None else set()
        shapes = []
        for _, _, _, error, tb in [each for each in failures if not stops.of_vector(each)]:
            frame, sizes = self.their_frame(tb), re.search(MISFIT, str(error))
            if frame is not None and frame[0] == "lifted" and sizes is not None:
                shapes.append((frame[1], error, {int(each) for each in sizes.groups() if each}, frame[2]))
        if not shapes:
            return None
        line, error, sizes, file = max(shapes, key=lambda each: each[0])
        if len(sizes) == 2 and sizes <= own and min(shapes, key=lambda each: each[0])[0] < line and all(each[2] <= own for each in shapes if each[0] == line):
            return CannotRun("%s: %s" % (type(error).__name__, error), line, None, file)
        return None

    def may_make(self, tree):
        """Names that the script of a file makes, which is not run here; None where a module that is not here may bring any: from gc_utils import *."""
        if any((each.module or "").split(".")[0] in self.loader.stubs for each in star_imports(tree)):
            return None
        return set(outdated.top_level(tree)) | outside(tree) | set(outdated.around(tree))

    @staticmethod
    def of_our_sizes(error, attempt):
        """Whether arrays do not fit, and one of the sizes is that of the samples given here."""
        program = getattr(attempt, "program", None)
        found = re.search(MISFIT, str(error))
        if not isinstance(error, ValueError) or found is None or program is None:
            return False
        return bool({int(each) for each in found.groups() if each} & {program.data.m, program.sizes.n0, program.sizes.nL})

    @staticmethod
    def ours_to_blame(failure):
        """A TypeError that may come from what was given, not from the code."""
        return re.search(r"unsupported operand|subscriptable|not iterable|unpack|has no len|indices must be|only integer|only length-1|only size-1|only 0-dimensional|NoneType|not callable|cannot be interpreted|can only concatenate|bad operand type|argument of type|'(str|int|float)' object does not support item assignment", failure[1]) is not None

    @staticmethod
    def given_other(failure):
        """A number where an array is meant, or a list where a number is: what was given here has another form than their own call gives."""
        return re.search(r"does not have enough dimensions|has 0, gufunc|0-d(imensional)? |arrays used as indices|zero-dimensional|can only concatenate|cannot reshape|cannot unpack non-iterable|'(int|float|list|str|tuple|numpy\.\w+)' object|must be real number|only integers, slices", failure[1]) is not None

    def their_frame(self, tb):
        """(function, line, file) of the innermost frame in their code."""
        return (frames.places(tb, self.loader.sources) or [None])[-1]

    # -- torch.autograd.Function

    def torch(self, checked):
        if checked is None:
            return self.cannot_run(CannotRun("ModuleNotFoundError: No module named 'torch': its functions are checked with torch's own gradcheck"))
        bad = [each for each in checked if each[2] is not None]
        tried = [each for each in checked if not each[3].startswith("no input")]
        verdict = "wrong" if bad else ("correct" if tried else "not bound")
        out = self.base(verdict, "")
        for name, line, message, note in bad:
            out["findings"].append(dict({"rule": "torch-gradcheck", "severity": "error", "function": name + ".backward", "factor": None, "message": message, "explanation": "torch.autograd.gradcheck compares backward with differences of forward, in float64 (%s)." % note, "formula": None, "replacement": None}, **self.place(self.path, line)))
        out["checked"] = ["%s with torch.autograd.gradcheck (%s)" % (name, note) for name, _, _, note in tried]
        out["notChecked"] = ["%s: %s" % (name, note) for name, _, _, note in checked if note.startswith("no input")]
        out["missing"] = [] if tried else list(out["notChecked"])
        out["summary"] = "The gradient is wrong: %s, line %s. %s" % (bad[0][0] + ".backward", bad[0][1], bad[0][2]) if bad else ("Every torch.autograd.Function passes torch's gradcheck." if tried else "No input was found that its torch functions take.")
        return out
