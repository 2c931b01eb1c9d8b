"""Bindings in which arguments that nothing tells of are given values that become what the code uses them as; tried last, where nothing else binds."""

import ast
import itertools
import re

from ..common import clock
from ..common import frames
from ..common import names
from ..common.syntax import walk
from . import parameters as where
from .binding import Attempt, settings_for
from .guesses import ATTRIBUTE, GLOBAL, Guesses
from .pool import Missing
from .unknown import AWARE, Undecided

#: Processor seconds for all of it.
SECONDS = 1.5
#: Trials of one combination with one set of arguments that are unknown; settings that are tried with it, and combinations.
MOST_TRIALS, MOST_SETTINGS, MOST_COMBINATIONS = 16, 6, 6
#: So many arguments are unknown at once.
MOST_UNKNOWN = 6
#: What says to `Trying` that other ways to read an argument are not wanted now.
NO_OTHERS = (("none", 0),)


class Becoming:
    """Part of a Search."""

    def of_unknowns(self):
        """For each backward pass a generator of (Program, parts, setting)."""
        end, known = clock.now() + SECONDS, len(self.failures)
        for owner, init, steps in self.combinations()[:MOST_COMBINATIONS]:
            backward = [function for role, function in steps if role in ("backward", "both")][0]
            yield backward, self.becoming(owner, init, steps, end)
            # where these stop says nothing of the file
            del self.failures[known:]
            if self.any_bound or clock.now() > end:
                return

    def becoming(self, owner, init, steps, end):
        """First what is missing is unknown; then, one by one, what stands where the code stops."""
        self.code.namespace.update(AWARE)
        constructor = owner.methods.get("__init__") if owner is not None else None
        functions = [each for each in [constructor, init] + [function for _, function in steps] if each is not None]
        todo, seen = [frozenset()], set()
        while todo:
            unknown = todo.pop(0)
            if unknown in seen or len(unknown) > MOST_UNKNOWN:
                continue
            seen.add(unknown)
            furthest = None
            for number, (program, setting) in enumerate(self.each_trial(unknown, owner, init, steps, end)):
                if program is not None:
                    yield program, (owner, init, steps), setting
                    if self.settled:
                        return
                    continue
                failure = self.failures[-1]
                furthest = failure if furthest is None or failure[0] > furthest[0] else furthest
                if number == 0 and self.doubtful(functions, failure[3], unknown, True):
                    # it stops at something else, whatever these become
                    break
            if furthest is not None:
                sure = self.doubtful(functions, furthest[3], unknown, True)
                todo = [unknown | each for each in sure] + todo + [unknown | each for each in self.doubtful(functions, furthest[3], unknown, False) if each not in sure]

    def each_trial(self, unknown, owner, init, steps, end):
        """(Program or None where it failed, setting) of one trial after the other."""
        settings = [each for outputs, depth, fixed in self.widths(owner, init, steps) if not fixed for each in itertools.islice((one for one in settings_for(self.code, steps, outputs, depth) if one.m != 1), 3)]
        for setting in settings[:MOST_SETTINGS if unknown else 1]:
            guesses, ran = Guesses(self.code, unknown), False
            for _ in range(MOST_TRIALS):
                if guesses is None or self.late() or clock.now() > end:
                    break
                program = self.attempt(Attempt(self.code, self.recorder, setting, dict(self.options, unknown=guesses, uses=NO_OTHERS)), owner, init, steps)
                yield program, setting
                ran = ran or program is not None
                guesses = guesses.next(ran)

    def doubtful(self, functions, error, unknown, sure):
        """Sets of (title, argument) that may have been given as the wrong kind of thing; `sure`: only what is named where the code stopped because of it."""
        if isinstance(error, Missing):
            return [{(error.function.title, error.argument)}]
        lacking = re.match(r"name '(\w+)' is not defined|'\w+' object has no attribute '(\w+)'", str(error))
        if lacking is not None and self.set_somewhere(lacking):
            return [{(GLOBAL, lacking.group(1)) if lacking.group(1) else (ATTRIBUTE, lacking.group(2))}]
        if not isinstance(error, (TypeError, AttributeError, LookupError)) or isinstance(error, (Undecided, IndexError)) and sure:
            return []
        there, kind = self.named_there(error), re.match(r"'(\w+)' object|object of type '(\w+)'", str(error))
        kind = next((each for each in kind.groups() if each), None) if kind else None
        if sure and kind == "NoneType":
            # layers = None, until a function that is not run here asks for them
            unset = [{(GLOBAL, name)} for name in self.standing(error)[1] if name in self.code.namespace and self.code.namespace[name] is None]
            if unset:
                return [each for each in unset if not each <= unknown]
        said = [argument for function in functions for argument in function.arguments if argument in there and (plainly(there[argument]) or "integer" in str(error)) or not sure and argument not in function.defaults and not is_known(argument)]
        stood = self.stood_in(error, functions)
        said = sorted(dict.fromkeys(said), key=lambda each: (each not in there, kind is not None and type(there.get(each)).__name__ != kind, each not in stood))
        # what has one name is one thing
        every = [{(function.title, argument) for function in functions for argument in function.arguments if argument == each} for each in said]
        return [each for each in every if not each <= unknown]

    @staticmethod
    def stood_in(error, functions):
        """The arguments of those of these functions in which an exception came up."""
        inside = {name for name, _, _ in frames.places(error.__traceback__)}
        return {argument for function in functions if function.name in inside for argument in function.arguments}

    def set_somewhere(self, lacking):
        """Whether a global, or an attribute of self, is given a value by something of the file that is not run here."""
        name, attribute = lacking.groups()
        every = [each for tree in self.code.trees.values() for each in walk(tree) if isinstance(each, (ast.Name, ast.Attribute)) and isinstance(each.ctx, ast.Store)]
        return any(getattr(each, "id", None) == name if name else getattr(each, "attr", None) == attribute for each in every)

    def named_there(self, error):
        """{name: value} of the arguments and attributes that stand in the statement of theirs where an exception came up."""
        frame, standing = self.standing(error)
        if frame is None:
            return {}
        holder = dict(where.attributes(frame.f_locals["self"])) if "self" in frame.f_locals else {}
        given = frame.f_code.co_varnames[:frame.f_code.co_argcount + frame.f_code.co_kwonlyargcount]
        return {name: values[name] for values in (holder, {each: frame.f_locals.get(each) for each in given}) for name in standing if name in values}

    def standing(self, error):
        """(frame of theirs, names and attributes in its statement) where an exception came up; (None, none) where it did in none of theirs."""
        # [units for _, units in layers]: what a comprehension goes through stands in the function around it
        around = [each for each in frames.of(error.__traceback__, self.code.trees) if not each[0].f_code.co_name.startswith("<")]
        if not around:
            return None, set()
        frame, line = around[-1]
        tree = self.code.trees[frame.f_code.co_filename]
        standing = named(each for each in walk(tree) if getattr(each, "lineno", 0) == line)
        # layer[1] of `for layer in layers` says what the layers are
        loops = [each for each in walk(tree) if isinstance(each, ast.For) and each.lineno <= line <= each.end_lineno]
        return frame, standing.union(*[named(walk(each.iter)) for each in loops if standing & named(walk(each.target))])


def named(nodes):
    """Names and attributes among nodes."""
    return {getattr(each, "id", getattr(each, "attr", "")) for each in nodes}


def plainly(value):
    """Whether a value is a setting: no array, and nothing that holds arrays."""
    return not where.leaves({"value": value})


def is_known(name):
    """Names whose values are what they are called."""
    return names.is_rate(name) or any(names.is_name(name, pattern) for pattern in (names.X_NAMES, names.Y_NAMES, names.PARAM_NAMES, names.CACHE_NAMES, names.SEED_NAMES, names.M_NAMES, names.ITER_NAMES, names.L2_NAMES)) and not names.is_name(name, names.DIMS_NAMES)
