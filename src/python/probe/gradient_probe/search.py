"""Tries every plausible binding, the likelier first, and yields each Program that runs through."""

import ast
import re

from . import clock
from . import names
from .binding import Attempt, settings_for
from .roles import candidates
from .data import RATE
from .inline import endings, inline_costs
from .trying import Trying
from .whole import Whole

#: Once one binding of a backward pass ran, so long may others be tried for it.
RESCUE_SECONDS = 1.5


class Search(Whole, Trying):
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
        for name, value in list(code.namespace.items()):
            if isinstance(value, int) and not isinstance(value, bool) and value > 1 and names.is_name(name, names.ITER_NAMES):
                # one round tells the gradient
                code.namespace[name] = 1
        self.trials = 0
        #: globals that nothing of theirs makes
        self.refused = set()
        #: set by whoever evaluates: something was bound that says something; the last program did
        self.any_bound = False
        self.counted = True
        #: set too: it is wrong, but may be so because the targets lie the other way
        self.doubted = False

    def late(self):
        self.cut = self.cut or clock.late(self.deadline)
        return self.cut

    #: time was up before everything was tried: what is not found may still be there
    cut = False

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
            for forward in (([None] + forwards[:2]) if alone else forwards or [None]):
                for cost in self.costs(found["cost"], backward, forward):
                    own = [each for each in (forward, backward) if each is not None]
                    given = any(names.is_name(each, names.PARAM_NAMES) or names.is_weight(each) for function in own for each in function.arguments)
                    for init in self.affine(inits if given or inits == [None] else [None] + inits, backward):
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
            self.doubted = False
            for setting in settings_for(self.code, steps, outputs, depth, None, square):
                if self.doubted and setting.m == 1 and not single:
                    # one sample hides too much to be a second opinion
                    break
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
                    made += 1 if self.counted and not self.doubted else 0
                    if not self.doubted:
                        break
            made += 1 if self.doubted else 0
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
