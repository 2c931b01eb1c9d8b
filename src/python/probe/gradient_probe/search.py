"""Tries every plausible binding, the likelier first, and yields each Program that runs through."""

import ast
import re

import numpy as np

from . import clock
from . import names
from . import unset
from .binding import Attempt, Setting, candidates, lazily, random_state, settings_for
from .program import RATE
from .inline import endings, inline_costs
from .sandbox import TimeUp, Timer
from .whole import Whole

#: Once one binding of a backward pass ran, so long may others be tried for it.
RESCUE_SECONDS = 1.5
ORDER = ["init", "forward", "cost", "backward", "both", "gradients"]


class Search(Whole):
    def __init__(self, code, recorder, options, deadline, bind=None):
        self.code, self.recorder, self.options, self.deadline = code, recorder, options, deadline
        #: the attempt that came furthest: (stage, function, error)
        self.failures = []
        #: what the person said: {role: function name, "class": name}
        self.bind = bind or {}
        self.found = self.by_hand(candidates(code.functions), code.functions)
        self.inline = inline_costs(code)
        for site in recorder.sites:
            if site.kind == "assign" and site.value and site.value.strip().isdigit() and int(site.value) > 1 and names.is_name(site.target.split(".")[-1], names.ITER_NAMES):
                recorder.forced[site.number] = 1
            elif site.kind == "assign" and site.function != "<module>" and re.match(r"^\s*\d*\.?\d+(e-?\d+)?\s*$", site.value or "") and names.is_name(site.target.split(".")[-1], r"^(learningrate|lr|learnrate|eta|stepsize|alpha|taxaaprendizagem|tasaaprendizaje)$"):
                # known, so that what an update does can be told from a factor
                recorder.forced[site.number] = RATE
        self.trials = 0
        #: globals that nothing of theirs makes
        self.refused = set()
        #: set by whoever evaluates: something was bound that says something; the last program did
        self.any_bound = False
        self.counted = True

    def late(self):
        return clock.late(self.deadline)

    # -- what to combine

    def by_hand(self, found, functions):
        """The roles with those that the person named in place of what the names say."""
        for role, name in self.bind.items():
            named = [each for each in functions if name in (each.name, each.title)]
            if named and role in found:
                found[role] = named
        return found

    def classes(self):
        wanted = self.bind.get("class")
        return [each for each in self.code.classes if wanted in (None, each.name)]

    def combinations(self):
        """(owner or None, init or None, [(role, function)]), the likelier first."""
        out = []
        found = self.found
        for owner in self.classes():
            out.extend(self.of_class(owner))
        inits = found["init"][:3] or [None]
        for backward in found["backward"][:6]:
            forwards = self.affine(found["forward"], backward)[:4]
            alone = any(names.holds_samples(each) for each in backward.arguments) and any(names.is_name(each, names.PARAM_NAMES) for each in backward.arguments)
            for forward in forwards + ([None] if alone or not forwards else []):
                for cost in self.costs(found["cost"], backward, forward):
                    for init in self.affine(inits, backward):
                        steps = [("forward", forward)] if forward else []
                        steps += [("cost", cost)] if cost else []
                        out.append((None, init, steps + [("backward", backward)]))
        for both in found["both"][:5]:
            for init in inits:
                out.append((None, init, [("both", both)]))
            for forward in found["forward"][:2]:
                for init in inits:
                    out.append((None, init, [("forward", forward), ("both", both)]))
        return out

    def of_class(self, owner):
        out = []
        found = self.by_hand(candidates(list(owner.methods.values())), list(owner.methods.values()))
        outer = self.cost_classes(owner) + self.found["cost"]
        backwards = found["backward"][:3]
        forwards = [each for each in found["forward"] if each.name != "__init__"][:3]
        for both in found["both"][:2]:
            for forward in forwards[:1] + [None]:
                out.append((owner, None, ([("forward", forward)] if forward else []) + [("both", both)]))
        for backward in backwards:
            for forward in self.affine(forwards, backward) or [None]:
                costs = self.costs(found["cost"] + outer, backward, forward)
                for cost in costs:
                    steps = [("forward", forward)] if forward and forward is not backward else []
                    steps += [("cost", cost)] if cost else []
                    out.append((owner, None, steps + [("backward", backward)]))
                    for update in found["update"][:1]:
                        if update is not backward:
                            out.append((owner, None, steps + [("backward", backward), ("update", update)]))
        return out

    def cost_classes(self, owner):
        """A cost that a class of its own has (QuadraticCost.fn), where the network is given that class."""
        init = owner.methods.get("__init__")
        named = {each.id for value in (init.defaults.values() if init is not None else ()) for each in ast.walk(value) if isinstance(each, ast.Name)}
        out = []
        for each in self.code.classes:
            method = next((each.methods[name] for name in ("fn", "f", "cost", "loss", "value", "compute", "calculate") if name in each.methods), None)
            if method is None or each is owner or method.bound or len(method.arguments) != 2 or not names.like_name(each.name, names.COST):
                continue
            if each.name in named:
                out.insert(0, method)
        return out

    def costs(self, found, backward, forward):
        """Costs to compare with: the ones that the file calls, then inline expressions; none only where there is none."""
        called = [each for each in found if each.name in self.code.sites or (each.owner is not None and not each.bound)]
        chosen = self.affine(called or found, backward)[:4]
        inline = [each for each in self.inline if each.scope is None or backward.name in each.scope_calls or (forward is not None and forward.name in each.scope_calls) or (backward.owner is not None and each.scope_owner == backward.owner.__name__)]
        return (chosen or inline[:4]) + [None]

    @staticmethod
    def affine(functions, backward):
        """Those with the endings of the backward function first: …_with_dropout, …_with_regularization."""
        if backward is None:
            return list(functions)
        words = endings(backward.name)
        return sorted(functions, key=lambda each: 0 if each is None else len(words ^ endings(each.name)))

    # -- trying

    def groups(self):
        """For each backward function a generator of (Program, parts, setting), in order of trust."""
        # a square net, one sample, and training methods only where nothing else runs
        for last in (False, True):
            groups = {}
            for owner, init, steps in self.combinations() + (self.trainings() if last else []):
                backward = [function for role, function in steps if role in ("backward", "both", "train")][0]
                groups.setdefault((backward.title, backward.file), (backward, []))[1].append((owner, init, steps))
            for backward, combinations in groups.values():
                yield backward, self.of_group(combinations, last)
            if self.any_bound:
                return
        for owner, entry in self.entries():
            yield entry, self.of_entry(owner, entry)
            if self.any_bound or self.late():
                return
        yield None, self.of_layers()
        if not self.any_bound and not self.late():
            yield None, self.of_script()

    def of_group(self, combinations, last):
        first = None
        costly = [each for each in combinations if any(role in ("cost", "both") for role, _ in each[2])]
        # a cost is inferred only where none of theirs runs
        for owner, init, steps in costly + [each for each in combinations if each not in costly]:
            if first is not None and costly and (owner, init, steps) not in costly:
                return
            guessed = False
            for program, setting in self.attempts(owner, init, steps, last):
                first = first or clock.now()
                guessed = guessed or program.settings.get("guessed")
                yield program, (owner, init, steps), setting
            if guessed:
                # which activation is meant was a guess: the others count as well
                for base in ("tanh", "relu", "sigmoid"):
                    self.options = dict(self.options, base=base)
                    for program, setting in self.attempts(owner, init, steps, last):
                        yield program, (owner, init, steps), setting
                self.options = dict(self.options, base=None)
            if self.late() or (first is not None and clock.now() > first + RESCUE_SECONDS):
                return

    def single(self, parts):
        """The same binding on one sample: code that updates after every sample has no gradient of several."""
        owner, init, steps = parts
        for program, setting in self.attempts(owner, init, steps, True, 1, True):
            yield program, parts, setting

    def attempts(self, owner, init, steps, last=False, limit=2, single=False):
        made = 0
        widths = list(self.widths(owner, init, steps))
        for outputs, depth, square in sorted(widths, key=lambda each: (each[2], each[0] == 1)) if single else widths:
            if square and not last:
                continue
            for setting in settings_for(self.code, steps, outputs, depth, None, square):
                if (setting.form == "vector" or setting.m == 1) and not last or (single and setting.form != "vector" and setting.m != 1):
                    continue
                if self.late():
                    return
                attempt = Attempt(self.code, self.recorder, setting, self.options)
                self.trials += 1
                program = self.attempt(attempt, owner, init, steps)
                if program is not None:
                    self.counted = True
                    yield program, setting
                    made += 1 if self.counted else 0
                    break
            else:
                continue
            if made >= limit:
                return

    def widths(self, owner, init, steps):
        """(outputs, layers, square) to try: C > 1 where the file allows."""
        text = "\n".join(self.code.source.lines)
        wide = "softmax" in text.lower() or "one_hot" in text.lower() or "onehot" in text.lower()
        for outputs in ((3, 1) if wide else (1, 3)):
            for depth in (3, 2):
                yield outputs, depth, False
        yield (4, 3, True)
        yield (4, 2, True)

    def attempt(self, attempt, owner, init, steps):
        attempt.stage, attempt.function = "init", init
        try:
            with Timer(3.0):
                program = self.build(attempt, owner, init, steps)
            program.shrunk = attempt.shrunk
            return program
        except TimeUp:
            self.note(attempt, TimeoutError("it did not end within 3 s"))
        except (KeyboardInterrupt, MemoryError):
            raise
        except RecursionError as error:
            self.note(attempt, error)
        except Exception as error:
            if isinstance(error, NameError) and self.supply(error, attempt):
                return self.attempt(Attempt(self.code, self.recorder, attempt.setting, self.options), owner, init, steps)
            if isinstance(error, AttributeError) and self.never_set(error) or isinstance(error, FileNotFoundError) and owner is not None and attempt.stage == "init":
                error.hard = True
            if isinstance(error, ValueError) and attempt.stage == "forward" and self.misfit(error, attempt.program):
                error.hard = True
            if isinstance(error, AttributeError) and str(error).startswith("'NoneType' object") and not attempt.options.get("fill_none") and owner is not None:
                other = self.attempt(Attempt(self.code, self.recorder, attempt.setting, dict(attempt.options, fill_none=True)), owner, init, steps)
                if other is not None:
                    return other
            if isinstance(error, TypeError) and "'NoneType' object is not callable" in str(error) and not attempt.options.get("fill_none"):
                # an activation whose default None is meant to be given
                return self.attempt(Attempt(self.code, self.recorder, attempt.setting, dict(attempt.options, fill_none=True)), owner, init, steps)
            self.note(attempt, error)
            fixed = self.fixed_input(error, attempt)
            if fixed is not None:
                return self.attempt(fixed, owner, init, steps)
            if attempt.shrunk:
                # a width may be written in the code as a number
                return self.attempt(Attempt(self.code, self.recorder, attempt.setting, dict(attempt.options, full=True)), owner, init, steps)
        return None

    def build(self, attempt, owner, init, steps):
        if owner is not None:
            attempt.instance(owner)
            lazily(attempt, owner, steps)
            self.fit_data(attempt)
        elif init is not None:
            attempt.parameters(init, None)
            self.fit_data(attempt)
        else:
            try:
                self.global_parameters(attempt, steps)
            except LookupError:
                attempt.from_keys([function for _, function in steps])
        return attempt.steps(steps)

    def fit_data(self, attempt):
        """Where the file fixes the widths (784 inputs, 10 outputs), the data take them."""
        program, setting = attempt.program, attempt.setting
        weights = [leaf for leaf in program.leaves if leaf.kind == "W" and len(leaf.shape) == 2]
        if not weights or setting.form == "vector":
            return
        first, last = weights[0], weights[-1]
        if program.sizes.n0 not in first.shape or (program.sizes.nL not in last.shape):
            from .data import Data

            ends = [(first.shape[0], last.shape[1]), (first.shape[1], last.shape[0])]
            if len(weights) > 1 and weights[1].shape[0] == first.shape[1]:
                n0, nL = ends[0]
            else:
                n0, nL = ends[1]
            if len(weights) == 1 and setting.rows:
                n0, nL = ends[0]
            program.sizes.dims = [n0] + program.sizes.dims[1:-1] + [nL]
            program.sizes.n0, program.sizes.nL = n0, nL
            m = program.data.m if program.data.m == 1 or nL < program.data.m else nL + 3
            program.data = Data(n0, nL, m, setting.rows, setting.form)
            program.settings["m"] = m

    def fixed_input(self, error, attempt):
        """The attempt with as many features as the code takes, where an exception says how many those are."""
        setting, n0 = attempt.setting, attempt.program.sizes.n0
        if setting.fixed or attempt.stage not in ("forward", "cost", "backward", "train"):
            return None
        found = re.search(r"not aligned: (\d+) \(dim \d\) != (\d+) \(dim \d\)", str(error))
        wide = re.search(r"cannot reshape array of size \d+ into shape \(.*?(\d{2,})(?:,1)?\)", str(error))
        wanted = None
        if found and str(n0) in found.groups():
            wanted = int(found.group(1)) if int(found.group(2)) == n0 else int(found.group(2))
        elif wide:
            wanted = int(wide.group(1))
        if wanted is None or wanted in (1, n0, attempt.program.data.m) or wanted in attempt.program.sizes.dims or wanted > 4096:
            return None
        other = Setting([wanted] + setting.sizes.dims[1:], setting.rows, setting.form, setting.m)
        other.fixed = True
        return Attempt(self.code, self.recorder, other, attempt.options)

    @staticmethod
    def misfit(error, program):
        """Two widths that the file itself fixes do not fit in a product: no samples make this run."""
        found = re.search(r"not aligned: (\d+) \(dim \d\) != (\d+) \(dim \d\)|\(size (\d+) is different from (\d+)\)", str(error))
        weights = [leaf for leaf in program.leaves if leaf.kind == "W" and len(leaf.shape) == 2]
        if not found or len(weights) < 2:
            return False
        one, other = [int(each) for each in found.groups() if each]
        inner = {size for leaf in weights for size in leaf.shape} - {program.data.m, program.sizes.n0, 1}
        return one != other and one in inner and other in inner

    def never_set(self, error):
        """An attribute of an object of theirs that no statement anywhere gives a value: it cannot run, whatever it is given."""
        import re

        found = re.search(r"^'(\w+)' object has no attribute '(\w+)'", str(error))
        if not found or found.group(1) not in {each.name for each in self.code.classes}:
            return False
        if self.named is None:
            self.named = unset.everything_named(self.code) or False
        return self.named is not False and found.group(2) not in self.named

    #: every name that is given a value anywhere; False where that cannot be known
    named = None

    def supply(self, error, attempt):
        """A global that only their script would make (m, X_train, learning_rate): given by its role. False where it has none."""
        import re

        found = re.search(r"name '(\w+)' is not defined", str(error))
        if not found or found.group(1) in self.code.supplied:
            return False
        name = found.group(1)
        if name in ("np", "numpy"):
            return False
        from .pool import Pool

        program = attempt.program
        if name in self.refused:
            return False
        assigned = any(isinstance(each, ast.Name) and each.id == name and isinstance(each.ctx, ast.Store) for tree in self.code.trees.values() for each in ast.walk(tree))
        if not assigned:
            self.refused.add(name)
            return False
        getter = Pool(self.code, program.sizes, program.data.values(), program.settings).by_name(name, "forward", DUMMY, None)
        if getter is None and (names.holds_targets(name) or names.holds_samples(name)):
            role = "Y" if names.holds_targets(name) else "X"
            getter = lambda pool: pool.data[role].copy()
        if getter is None:
            return False
        self.code.supplied[name] = getter
        self.code.namespace[name] = getter(Pool(self.code, program.sizes, program.data.values(), program.settings))
        return True

    def global_parameters(self, attempt, steps):
        """Parameters at module level: W1, b1 = np.random.randn(…), np.zeros(…)."""
        program = attempt.program
        found = []
        for name, value in self.code.namespace.items():
            if isinstance(value, np.ndarray) and value.dtype.kind in "fi" and (names.is_weight(name) or names.is_bias(name)) and not names.is_gradient(name):
                found.append(("global", (("item", name),), name, value))
        if not found:
            raise LookupError("no parameters are made anywhere that was found")
        program.take_leaves(attempt.small(found), random_state())
        self.fit_data(attempt)

    def note(self, attempt, error):
        self.failures.append((ORDER.index(attempt.stage) if attempt.stage in ORDER else 0, len(self.failures), attempt, error, error.__traceback__))


class Dummy:
    title = ""
    name = ""
    arguments = []
    defaults = {}


DUMMY = Dummy()
