"""One attempt at a binding: builds the program, learns from the exception that stops it, and tries again."""

import re

import numpy as np

from ..certain import unmade, unset
from ..common import clock
from ..common import names
from ..common.arrays import MISFIT
from ..common.data import takes_tables
from ..common.sandbox import frugal, within
from ..source.lifting import loaded, stored
from . import fitted, mending, minimized, readied, settled
from .activations import other_takes
from .binding import Attempt
from .choices import MOST_DETOURS, ways_of
from .elsewhere import Elsewhere, lazily
from .repeats import Repeats
from .supplying import Supplying
from .usage import use_of

#: Seconds for one attempt.
ATTEMPT_SECONDS = 3.0
#: What a backward pass is given beside what forward gives back.
WHOLE = "|".join((names.X_NAMES, names.Y_NAMES, names.PARAM_NAMES, names.KEEP_NAMES, names.L2_NAMES, names.M_NAMES))
ORDER = ["init", "forward", "cost", "backward", "both", "gradients"]


class Trying(Repeats, Elsewhere, Supplying):
    """Part of a Search."""

    def attempt(self, attempt, owner, init, steps):
        attempt.stage, attempt.function = "init", init
        if self.failed_before(attempt, owner, init, steps):
            return None
        try:
            with frugal():
                program = within(min(ATTEMPT_SECONDS, max(0.5, self.deadline - clock.now())), lambda: self.build(attempt, owner, init, steps))
            program.shrunk = attempt.shrunk
            self.ran.update(function for _, function in steps)
            return program
        except (TimeoutError, MemoryError) as error:
            self.note(attempt, error)
            self.remember(attempt, owner, init, steps)
        except RecursionError as error:
            self.note(attempt, error)
        except Exception as error:
            inner = 0
            if isinstance(error, NameError) and self.supply(error, attempt) or isinstance(error, ValueError) and self.supply_samples(attempt) or self.supply_widths(error, attempt):
                return self.attempt(Attempt(self.code, self.recorder, attempt.setting, self.options), owner, init, steps)
            key = settled.missing(error, attempt) if not attempt.options.get("settled") else None
            kept = settled.found(self.code, key) if key is not None else []
            if kept:
                # from here on, for every attempt
                self.options = dict(self.options, settled=kept)
                return self.attempt(Attempt(self.code, self.recorder, attempt.setting, dict(attempt.options, settled=kept)), owner, init, steps)
            if takes_tables(error):
                return self.attempt(Attempt(self.code, self.recorder, attempt.setting.anew(), attempt.options), owner, init, steps)
            # np.tahn is nowhere, whatever the samples are
            if isinstance(error, AttributeError) and (self.never_set(error) or str(error).startswith("module 'numpy")) or isinstance(error, FileNotFoundError) and owner is not None and attempt.stage == "init" or unmade.stops(error, self.code):
                error.hard = True
            if isinstance(error, ValueError) and attempt.stage == "forward" and not attempt.made_up and not attempt.shrunk and self.misfit(error, attempt.program):
                error.hard = True
            if isinstance(error, (AttributeError, TypeError)) and re.search("^'NoneType' object|operand type.*'NoneType'", str(error)) and "callable" not in str(error) and not attempt.options.get("fill_none") and owner is not None:
                other = self.attempt(Attempt(self.code, self.recorder, attempt.setting, dict(attempt.options, fill_none=True)), owner, init, steps)
                other = other or self.by_word(attempt, owner, init, steps)
                if other is not None:
                    return other
                inner = self.reached
            if isinstance(error, TypeError) and "'NoneType' object is not callable" in str(error) and not attempt.options.get("fill_none"):
                # an activation whose default None is meant to be given
                return self.attempt(Attempt(self.code, self.recorder, attempt.setting, dict(attempt.options, fill_none=True)), owner, init, steps)
            if attempt.stage == "backward" and not other_takes(error, self.code) and not (isinstance(error, TypeError) and re.search("unpack|not iterable|has no len|subscriptable", str(error))) and not unset.waits(error, self.code, *(mending.own_place(error, self.code.trees) or ("", 0))) and self.whole_network(attempt):
                self.halted.append((3, 0, attempt, error, error.__traceback__))
                # with several samples, and with one
                self.stopped.add((attempt.function, attempt.program.data.m == 1))
                error.hard = {(attempt.function, True), (attempt.function, False)} <= self.stopped
            self.note(attempt, error)
            fixed = self.fixed_input(error, attempt)
            if fixed is not None:
                return self.attempt(fixed, owner, init, steps) or self.remember(attempt, owner, init, steps, max(inner, self.reached))
            if attempt.shrunk:
                # a width may be written in the code as a number
                return self.attempt(Attempt(self.code, self.recorder, attempt.setting.anew(), dict(attempt.options, full=True)), owner, init, steps) or self.remember(attempt, owner, init, steps, max(inner, self.reached))
            self.remember(attempt, owner, init, steps, inner)
            if not attempt.options.get("uses"):
                return self.otherwise(attempt, owner, init, steps)
        return None

    def otherwise(self, attempt, owner, init, steps):
        """The same with the other ways to give what the use of an argument leaves open; a way that ran is the first one from then on."""
        constructor = owner.methods.get("__init__") if owner is not None else None
        for uses in ways_of(self.code, [constructor, init] + [function for _, function in steps]):
            if self.late() or self.detours >= MOST_DETOURS:
                return None
            self.detours += 1
            program = self.attempt(Attempt(self.code, self.recorder, attempt.setting, dict(attempt.options, uses=uses)), owner, init, steps)
            if program is not None:
                self.options = dict(self.options, uses=uses)
                return program
        return None

    def by_word(self, attempt, owner, init, steps):
        """The same where a function is told by a word what it is given, `mode="policy"`: with the other words that it knows; None where it knows none."""
        function = attempt.function
        for argument, default in getattr(function, "defaults", {}).items() if not attempt.options.get("words") else ():
            for word in use_of(self.code, function, argument).texts if isinstance(getattr(default, "value", None), str) else ():
                program = self.attempt(Attempt(self.code, self.recorder, attempt.setting, dict(attempt.options, words={argument: word})), owner, init, steps) if word != default.value else None
                if program is not None:
                    return program
        return None

    detours = 0  # how often something else was given for an argument

    def build(self, attempt, owner, init, steps):
        # L may have been given for a deeper network
        attempt.program.supply()
        if owner is not None:
            fitted.instance(attempt, owner, lambda: self.parameters(attempt, owner, steps))
            readied.ready(owner, attempt.program.roots["self"], self.code)
        elif init is not None:
            attempt.parameters(init, None)
            fitted.fit(attempt)
        elif not self.argument_parameters(attempt, [function for _, function in steps]):
            try:
                self.global_parameters(attempt, steps)
            except LookupError:
                functions = [function for _, function in steps]
                if not minimized.vector(attempt, functions):
                    attempt.from_keys(functions)
        self.made(attempt, owner, init)
        mending.of_one_number(attempt.program)
        return attempt.steps(steps)

    def parameters(self, attempt, owner, steps):
        """Of an instance whose constructor makes none."""
        functions = [function for _, function in steps]
        if not attempt.program.leaves and minimized.vector(attempt, functions):
            return
        try:
            lazily(attempt, owner)
        except ValueError:
            if not any(names.is_weight(name) or names.is_name(name, names.PARAM_NAMES) for _, function in steps for name in function.arguments):
                raise
            # its methods are given their weights
            attempt.from_keys(functions)

    def fixed_input(self, error, attempt):
        """The attempt with as many features as the code takes, where an exception says how many those are."""
        setting, program = attempt.setting, attempt.program
        if attempt.stage not in ("forward", "cost", "backward", "update", "train") and not isinstance(error, (AssertionError, mending.OtherEnds)):
            return None
        count = mending.samples(error, program.sizes, program.data, self.code.trees)
        if count is not None and setting.may_become(program.sizes.n0, program.sizes.nL, count):
            return Attempt(self.code, self.recorder, setting.resized(program.sizes.n0, program.sizes.nL, count), attempt.options)
        ends = mending.wanted(error, program.sizes, program.data) or mending.asserted(error, self.code.trees, program.sizes) or mending.refused(error, self.code.trees, program.sizes)
        if ends is not None and attempt.stage == "backward" and ends[1] != program.sizes.nL and ends[1] in {size for leaf in program.leaves for size in leaf.shape}:
            # W where W.T is meant must not be made to fit; a number of classes that is written down may
            return None
        if ends is None or ends[0] == program.data.m or not setting.may_become(*ends):
            return None
        return Attempt(self.code, self.recorder, setting.resized(*ends), attempt.options)

    @staticmethod
    def whole_network(attempt):
        """Whether forward and a finite cost ran with targets of the very shape of the prediction: what stops a backward pass that is given only these is no matter of data."""
        program, outcome = attempt.program, attempt.outcome
        if outcome is None or outcome.AL is None or not program.cost_known or np.shape(outcome.AL) != np.shape(program.data.Y) or not any(step.role == "forward" for step in program.steps):
            return False
        if any(isinstance(program.code.namespace.get(name), (np.ndarray, list)) for name in loaded(attempt.function.node) - stored(attempt.function.node) - set(attempt.function.arguments)):
            # it works on samples of its own
            return False
        forward = [name for step in program.steps if step.role == "forward" for name in step.function.returned + [one for given in program.code.unpacked.get(step.function.name, []) for one in given]]
        known = {names.plain(name) for name in forward if name}
        return attempt.function is not None and all(names.plain(each) in known or each in attempt.function.defaults or names.is_name(each, WHOLE) or use_of(program.code, attempt.function, each).texts for each in attempt.function.arguments)

    @staticmethod
    def misfit(error, program):
        """Two widths that the file itself fixes do not fit in a product: no samples make this run."""
        found = re.search(MISFIT, str(error))
        weights = [leaf for leaf in program.leaves if leaf.kind == "W" and len(leaf.shape) == 2]
        if not found or len(weights) < 2:
            return False
        one, other = [int(each) for each in found.groups() if each]
        inner = {size for leaf in weights for size in leaf.shape} - {program.data.m, program.data.m + 1, program.sizes.n0, program.sizes.n0 + 1, 1}
        return one != other and one in inner and other in inner

    def never_set(self, error):
        """An attribute of an object of theirs that no statement anywhere gives a value: it cannot run, whatever it is given."""
        found = re.search(r"^'(\w+)' object has no attribute '(\w+)'", str(error))
        owner = next((each for each in self.code.classes if found and each.name == found.group(1)), None)
        if owner is None or not unset.plain_bases(owner.value, self.code):
            return False
        if self.named is None:
            self.named = unset.everything_named(self.code) or False
        return self.named is not False and found.group(2) not in self.named

    #: every name that is given a value anywhere; False if not known
    named = None

    def note(self, attempt, error):
        self.failures.append((ORDER.index(attempt.stage) if attempt.stage in ORDER else 0, len(self.failures), attempt, error, error.__traceback__))
