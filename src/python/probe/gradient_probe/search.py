"""Tries every plausible binding, the likelier first, and yields each Program that runs through."""

import re

from .bind import becoming, constructors, objects, separate, supplying
from .bind.binding import Attempt, settings_for
from .bind.choices import ways_of
from .bind.companions import Companions
from .bind.depth import depths, made_wide, own as own_widths
from .bind.made_up import makers
from .bind.one_sample import of_one, vectors_first
from .bind.roles import candidates, gives_gradients, used_first
from .bind.table_rows import of_rows
from .bind.trying import Trying
from .common import clock
from .common import names
from .common.data import RATE, SINGLE, WRITTEN_OUT, Data, of_classes
from .common.syntax import walk
from .shapes.whole import Whole
from .source.functions import turned
from .source.inline import inline_costs

#: Once one binding of a backward pass ran, so long may others be tried for it.
RESCUE_SECONDS = 1.5
#: Kept for putting layers together, or for the training loop of a script, where the file has some: that is quickly done, and tells much.
SPARE_SECONDS = 1.5
#: Widths at which a product that is written the wrong way round runs through.
SQUARE = [4, 4, 4, 4]


class Search(Whole, Trying, Companions, becoming.Becoming):
    def __init__(self, code, recorder, options, deadline, bind=None):
        self.code, self.recorder, self.options, self.deadline = code, recorder, options, deadline
        Data.framed = Data.matrices = False
        #: the attempt that came furthest: (stage, function, error)
        self.failures = []
        #: what the person said: {role: function name, "class": name}
        self.bind = bind or {}
        self.found = self.by_hand(candidates(code.functions), code.functions)
        used_first(self.found["backward"], code)
        whole = separate.initializer(code)
        self.found["init"] = ([whole] if whole is not None else []) + self.found["init"] + objects.makers_of_lists(code) + constructors.initializers(code)
        if not self.found["backward"] + self.found["both"]:
            self.found["backward"] = [each for each in [separate.backward(code)] if each is not None]
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
        for name in supplying.counted(code.namespace):
            # samples = X.shape[1], of the file's own X
            code.supplied[name] = lambda pool: pool.settings["m"]
        #: {functions: whether they transpose the targets}
        self.turning = {}
        #: {(owner, init, small or not): {widths: shapes of the parameters}}
        self.shapes = {}
        #: {function: weights that it uses without being given them}
        self.free = {}
        #: those of them of which the script does not tell what they are
        self.worthless = set()
        #: (backward pass, on one sample) that stopped though everything before it ran; their failures; functions that ran in a step
        self.stopped, self.halted, self.ran = set(), [], set()
        #: errors of layers that were put together here
        self.halted_layers = []
        #: globals that nothing of theirs makes
        self.refused = set()
        #: their code ran to its end, though nothing could be judged
        self.came_through = False
        #: set by whoever evaluates: something was bound that says something; the last program did
        self.any_bound = False
        self.counted = True
        #: the last program that was evaluated is right, or right but for a convention
        self.settled = False

    def late(self):
        up = clock.late(self.deadline - self.spare, clock.WALL - self.spare)
        self.cut = self.cut or up
        return up

    #: seconds kept for what is tried last
    spare = 0.0
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
        for backward in found["backward"][:6]:
            inits = makers(found["init"], backward, self.code)
            forwards = self.forwards(backward)
            alone = any(names.holds_samples(each) for each in backward.arguments) and any(names.is_name(each, names.PARAM_NAMES) for each in backward.arguments)
            fed = [each for each in forwards if self.feeds(each, backward)]
            for forward in (fed + [None] if fed else [None] + forwards[:2]) if alone else forwards or [None]:
                for cost in self.costs(found["cost"], backward, forward):
                    own = [each for each in (forward, backward) if each is not None]
                    given = any(names.is_name(each, names.PARAM_NAMES) or names.is_weight(each) for function in own for each in function.arguments)
                    for init in self.affine(inits if given or inits == [None] else [None] + inits, backward):
                        steps = [("forward", forward)] if forward else []
                        steps += [("cost", cost)] if cost else []
                        out.append((None, init, steps + [("backward", backward)]))
                        for update in found["update"][:1] if backward not in found["update"] and not gives_gradients(backward) else []:
                            # delta_j is kept in the neurons, or given back, and only the update multiplies it with what came in
                            out.append((None, init, steps + [("backward", backward), ("update", update)]))
        for both in found["both"][:5]:
            for forward in [None] + found["forward"][:2]:
                for init in makers(found["init"], both, self.code):
                    out.append((None, init, ([("forward", forward)] if forward not in (None, both) else []) + [("both", both)]))
        return out

    def feeds(self, forward, backward):
        """Whether the backward pass is given what forward returns, by the names that the file has for it."""
        given = {names.plain(each) for each in forward.returned + [one for given in self.code.unpacked.get(forward.name, []) for one in given] if each}
        return any(names.plain(each) in given for each in backward.arguments if not names.is_name(each, names.PARAM_NAMES))

    def of_class(self, owner):
        out = []
        found = self.by_hand(candidates(list(owner.methods.values())), list(owner.methods.values()))
        outer = self.cost_classes(owner) + self.found["cost"]
        backwards = found["backward"][:3]
        forwards = [each for each in found["forward"] if each.name != "__init__"][:3]
        for both in found["both"][:2]:
            for forward in forwards[:1] + [None]:
                out.append((owner, None, ([("forward", forward)] if forward not in (None, both) else []) + [("both", both)]))
        for backward in backwards:
            if self.one_of_layers(owner, backward):
                continue
            for forward in self.beside(self.affine(forwards, backward), backward) or [None]:
                costs = self.costs(found["cost"] + outer, backward, forward)
                for cost in costs:
                    steps = [("forward", forward)] if forward and forward is not backward else []
                    steps += [("cost", cost)] if cost else []
                    out.append((owner, None, steps + [("backward", backward)]))
                    for update in found["update"][:1]:
                        if update is not backward:
                            out.append((owner, None, steps + [("backward", backward), ("update", update)]))
        return out

    def one_of_layers(self, owner, backward):
        """Whether a class is one layer among several, Linear beside Tanh and SoftMax: the same methods, and nothing but the derivative that comes from above, beside what went in and a rate."""
        given = [each for each in backward.needed if not names.is_rate(each) and not names.holds_samples(each)] or backward.needed
        alike = [each for each in self.code.classes if each is not owner and backward.name in each.methods and len(each.methods[backward.name].needed) == len(backward.needed)]
        return len(alike) > (0 if self.spare else 1) and len(given) == 1 and backward.name not in backward.callees and not names.holds_targets(given[0]) and not self.bind.get("class")

    # -- trying

    def groups(self):
        """For each backward function a generator of (Program, parts, setting), in order of trust."""
        self.spare = SPARE_SECONDS if self.has_layers() or self.has_script() else 0.0
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
            if self.any_bound:
                return
            if self.late():
                break
        self.spare = 0.0
        # a script that goes through its layers by their names says what stands between them
        for tried in (self.of_script, self.of_layers) if self.joined() else (self.of_layers, self.of_script):
            if not self.any_bound and (tried == self.of_layers or not self.late()):
                yield None, tried()
        if not self.any_bound:
            # what took all the time has not said anything
            self.spare = -becoming.SECONDS
            yield from self.of_unknowns()

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
            if first is not None and not self.settled:
                yield from self.other_ways(owner, init, steps, last)
            if self.late() or (first is not None and clock.now() > first + RESCUE_SECONDS):
                return

    def other_ways(self, owner, init, steps, last):
        """What ran and is not right, with what else the use of an argument may mean."""
        before = self.options
        constructor = owner.methods.get("__init__") if owner is not None else None
        for uses in ways_of(self.code, [constructor, init] + [function for _, function in steps]):
            if self.late() or self.settled or uses == before.get("uses"):
                continue
            self.options = dict(before, uses=uses)
            for program, setting in self.attempts(owner, init, steps, last, 1):
                yield program, (owner, init, steps), setting
        self.options = before

    def single(self, parts):
        """The same binding on one sample: code that updates after every sample has no gradient of several."""
        owner, init, steps = parts
        for program, setting in self.attempts(owner, init, steps, True, 1, True):
            yield program, parts, setting

    def laid_otherwise(self, parts, setting):
        """The same binding with the samples and targets in every other layout."""
        owner, init, steps = parts
        for other in settings_for(self.code, steps, setting.sizes.nL, setting.sizes.L):
            if (other.form, other.rows) == (setting.form, setting.rows) or other.m != setting.m or other.form == "vector" or self.late():
                continue
            program = self.attempt(Attempt(self.code, self.recorder, other, self.options), owner, init, steps)
            if program is not None:
                yield program, parts, other

    def attempts(self, owner, init, steps, last=False, limit=2, single=False):
        made, alone = 0, of_one(self.code, steps) or of_rows(steps)
        widths = list(self.widths(owner, init, steps))
        for number, (outputs, depth, fixed) in enumerate(sorted(widths, key=lambda each: (bool(each[2]), each[0] == 1)) if single else widths):
            # what lies which way shows in a forward pass that is not theirs at unequal widths only
            if fixed and (not last or any(hasattr(function, "implied") for _, function in steps)) or number and fixed in (None, SQUARE[:depth + 1]) and self.nothing_new(owner, init, outputs):
                continue
            fitting = None
            for setting in vectors_first(settings_for(self.code, steps, outputs, depth, None, fixed), alone and not last):
                if setting.form in ("flat", "int") and self.turns_targets(steps):
                    continue
                if fitting is not None and (setting.form != "same" or (setting.m == 1) != fitting):
                    continue
                one = setting.form in SINGLE or setting.m == 1
                if not last and one != alone or single and not one:
                    continue
                if self.late():
                    return
                attempt = Attempt(self.code, self.recorder, setting, self.options)
                program = self.attempt(attempt, owner, init, steps)
                if program is not None:
                    self.counted = True
                    yield program, setting
                    made += 1 if self.counted else 0
                    if self.settled or setting.form in ("same", "label") or outputs == 1:
                        break
                    # numbers of classes that are only subtracted broadcast, as a vector and a column do: targets of the shape of the prediction may be meant
                    fitting = setting.m == 1 or setting.form in SINGLE
            else:
                continue
            if made >= limit:
                return

    def turns_targets(self, steps):
        """Whether the functions, or their calls in the file, take Y.T: targets of one dimension are not meant then."""
        key = tuple(id(function) for _, function in steps)
        if key not in self.turning:
            nodes = [each for _, function in steps for each in walk(function.node)] + [each for _, function in steps for call, _, _ in self.code.sites.get(function.name, []) for each in walk(call)]
            self.turning[key] = any(turned(each) for each in nodes)
        return self.turning[key]

    def widths(self, owner, init, steps):
        """(outputs, layers, all widths where they are fixed) to try: C > 1 where the file allows."""
        wide = of_classes("\n".join(self.code.source.lines)) or made_wide(self.code, owner)
        # of one output, [i == label for i in range(1)] is 1 - label
        several = re.search(WRITTEN_OUT, self.code.text, re.I) is not None
        for outputs in ((3,) if several else (3, 1) if wide else (1, 3)):
            for depth in depths([function for _, function in steps]):
                yield outputs, depth, None
        yield from ((4, depth, SQUARE[:depth + 1]) for depth in (3, 2))
        # `reshape(2, 1)`: what it makes may fit at the file's own alone
        yield from own_widths(self.code, init, owner)
