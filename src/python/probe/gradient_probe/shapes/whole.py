"""Bindings of code that is not split into forward, cost and backward: training functions and methods, layers."""

import ast
import itertools
import os
import traceback

from ..bind import losses, mending
from ..bind.binding import Attempt, Setting, settings_for
from ..bind.choices import MOST_DETOURS, ways_of
from ..bind.pool import Missing, Sizes
from ..bind.program import Program
from ..bind.roles import candidates
from ..common import names
from ..common.data import SINGLE, STACKED, of_vectors, takes_tables
from ..common.sandbox import TimeUp, Timer
from ..common.syntax import walk
from ..source.functions import called_name
from ..source.inline import REDUCING, named_cost
from ..source.lifting import lift, loaded, loops, stored
from . import alone
from . import events
from . import journal
from . import layer_losses
from . import layers
from . import scalars
from . import script
from . import trained
from .step_values import OneByOne


def moves_weights(node, step):
    """Whether a loop, or with `step` the body itself, goes on from the weights that it has, by their names: `w1 -= …`, `W = W - …`; a training, whatever it is called."""
    moved = set()
    for each in walk(node) if step else [one for loop in walk(node) if isinstance(loop, (ast.For, ast.While)) for one in walk(loop)]:
        target = each.target if isinstance(each, ast.AugAssign) else each.targets[0] if isinstance(each, ast.Assign) else None
        while isinstance(target, ast.Subscript):
            target = target.value
        name = getattr(target, "id", getattr(target, "attr", ""))
        if name and names.is_weight(name) and (isinstance(each, ast.AugAssign) or isinstance(each.value, ast.BinOp) and isinstance(each.value.op, (ast.Add, ast.Sub)) and any(name in (getattr(one, "id", ""), getattr(one, "attr", "")) for one in walk(each.value))):
            moved.add(name)
    return len(moved) > 1


def has_cost(node):
    """Whether a function makes one number of a whole cost, under its name."""
    return any(isinstance(each, ast.Assign) and named_cost(each.targets[0], ast.unparse(each.value)) and any(isinstance(one, ast.Call) and called_name(one) in REDUCING for one in walk(each.value)) for each in walk(node))


def takes_gradients(function):
    """Whether a function is given gradients, and no samples: it moves the weights, and computes nothing of what is to be judged."""
    return any(names.is_gradient(each) or names.is_name(each, names.GRAD_NAMES) for each in function.arguments if each not in function.defaults) and not any(names.holds_samples(each) for each in function.arguments)


def keeps_samples(owner):
    """Whether the constructor of a class is given samples and targets, which its training takes from there."""
    given = owner.methods["__init__"].arguments if owner is not None and "__init__" in owner.methods else []
    return any(map(names.holds_samples, given)) and any(map(names.holds_targets, given))


class Whole:
    def build(self, attempt, owner, init, steps):
        """What Trying builds; of a backward pass that stands alone also the prediction that it makes itself. Parameters that were made up tell of one that is given nothing but them and the samples."""
        program = super().build(attempt, owner, init, steps)
        return program if attempt.made_up and not alone.makes_all(program) else alone.observed(program, self.found["cost"])

    def trainings(self):
        """Classes whose training method does everything, and training functions: their one step is the gradient."""
        out = []
        for owner in self.code.classes:
            found = candidates(list(owner.methods.values()))
            for method in owner.methods.values():
                if names.like_name(method.name, names.TRAIN + "|study|" + names.UPDATE) and method.name != "__init__" and not names.like_name(method.name, "plot|save|load|init|test"):
                    if takes_gradients(method) or not any(names.is_name(each, names.X_NAMES) or "data" in each.lower() for each in method.arguments) and not owner.methods.get("__init__"):
                        continue
                    for forward in [each for each in found["forward"] if each is not method][:2]:
                        for cost in self.costs(found["cost"] + self.found["cost"], method, forward)[:3]:
                            out.append((owner, None, [("forward", forward)] + ([("cost", cost)] if cost else []) + [("train", method)]))
        # functions that are given the weights, and change them: beside a forward pass that is given the same
        for each in self.code.functions:
            if each.own and names.like_name(each.name, names.TRAIN + "|" + names.UPDATE) and sum(map(names.is_weight, each.arguments)) > 1 and any(map(names.holds_samples, each.arguments)) and any(map(names.holds_targets, each.arguments)):
                for forward in [one for one in self.found["forward"] if one is not each and any(map(names.is_weight, one.arguments))][:2]:
                    out += [(None, init, [("forward", forward), ("train", each)]) for init in self.found["init"][:2]]
        return out

    def trained_with(self, parts):
        """The trainings that call the backward pass of a binding."""
        owner, _, steps = parts
        return [each for each in self.trainings() if each[0] is owner and steps[-1][1].name in each[2][-1][1].callees]

    def has_layers(self):
        """Whether there are layers of theirs that layers.bind could put together."""
        try:
            return bool(layers.dense_parts(self.code, Sizes([2, 2, 2])) and (losses.losses(self.code) or layer_losses.none_of_theirs(self.code)))
        except Exception:
            return False

    def has_script(self):
        """Whether a loop at the top level of the file goes over samples, or is given them and their targets."""
        try:
            return any(each.pairs or each.x and each.y for each in (lift(self.code, statements, index, loop, False) for statements, index, loop in loops(self.code)))
        except Exception:
            return False

    def joined(self):
        """Whether the script goes backward through several layers by their names, `dA1 = l2.backward(dZ2)`, `l1.backward(dZ1)`, of the one class that has such a method: what stands between them the script writes."""
        owners = [(owner, each) for owner in self.classes() for each in owner.methods if names.like_name(each, names.BACKWARD)]
        calls = [call.func.value for _, name in owners for call, inside, _ in self.code.sites.get(name, []) if inside is None and isinstance(call.func, ast.Attribute)]
        return len(owners) == 1 and len({each.id for each in calls if isinstance(each, ast.Name)}) > 1

    def of_layers(self):
        """The layers of the file, put together in every way until one is right."""
        for outputs in (3, 1):
            for setting in settings_for(self.code, [], outputs, 2):
                if self.late() or (self.any_bound and setting.m == 1):
                    return
                if setting.form in SINGLE:
                    continue
                try:
                    for program, functions in layers.bind(self.code, self.recorder, setting, self.options):
                        if program is None:
                            # in its place the error
                            self.halted_layers.append(functions)
                            continue
                        yield program, (None, None, [("layers", each) for each in functions]), setting
                except TimeUp:
                    continue
                except Exception:
                    continue
            if self.any_bound:
                return

    def entries(self):
        """Functions and methods that train, where everything is in one body; those first that have a cost to compare with, and of them the longest."""
        out = []
        for owner in [None] + self.classes():
            for each in self.code.functions if owner is None else owner.methods.values():
                # the targets may be a global that it reads
                takes_both = any(names.holds_samples(one) for one in each.arguments) and any(names.holds_targets(one) for one in each.arguments + sorted(loaded(each.node) - stored(each.node)))
                if (each.loops or takes_both) and each.own and (names.like_name(each.name, names.TRAIN + "|" + names.BACKWARD) or moves_weights(each.node, takes_both)) and not names.like_name(each.name, "plot|load|predict|init|test|check") and each.name != "__init__" and not (owner is not None and self.one_of_layers(owner, each)) and (each.arguments or keeps_samples(owner) or any(isinstance(one, ast.Global) for one in walk(each.node))):
                    out.append((owner, each))
        costs = {each.name for each in self.found["cost"]}
        # one that is given no samples is a part of the one that calls it, and is looked at last: backprop(label) of fit(X, y)
        part = lambda owner, each: not any(names.holds_samples(one) for one in each.arguments) and any(each.name in other.callees for one, other in out if one is owner and other is not each)
        return sorted(out, key=lambda each: (part(*each), not (costs & each[1].callees or has_cost(each[1].node)), -len(list(walk(each[1].node)))))[:6]

    def beside_it(self, best):
        """Training functions that go through parts of the backward pass of a network, and not through that itself: two_layer_model beside L_model_backward."""
        ran = {step.function.name for step in best.program.steps if step.role not in ("cost", "update")}
        parts = {each.name for each in self.code.functions if each.own and each.name not in ran and names.like_name(each.name, names.BACKWARD) and self.code.runs(each.name, best.program.steps)}
        return [entry for owner, entry in self.entries() if owner is None and parts & entry.callees and not ran & (entry.callees | {entry.name})][:1]

    def of_entry(self, owner, entry):
        self.supply_counted(entry)
        for outputs, depth, fixed in self.widths(owner, None, []):
            settings = list(settings_for(self.code, [], outputs, depth, None, fixed))
            while settings:
                setting = settings.pop(0)
                if self.late():
                    return
                if setting.form in SINGLE or fixed:
                    continue
                try:
                    with Timer(3.0):
                        program = self.small_or_full(setting, owner, entry)
                    yield program, (owner, None, [("train", entry)]), setting
                    # numbers of classes that are only subtracted broadcast: targets of the shape of the prediction may be meant
                    settings = [each for each in settings if (each.form, each.m) == ("same", setting.m)] if setting.form.startswith("int") and not self.settled else []
                except TimeUp:
                    continue
                except Exception as error:
                    attempt = Attempt.__new__(Attempt)
                    attempt.stage, attempt.function, attempt.setting = "init", entry, setting
                    if isinstance(error, NameError):
                        attempt.program = Program(self.code, self.recorder, setting.sizes, setting.data(), self.options)
                        if self.supply(error, attempt):
                            settings.insert(0, setting)
                            continue
                    # it ran to its end with several samples, though it moves nothing along a gradient: a perceptron's steps
                    self.came_through = self.came_through or type(error) is LookupError and setting.m > 1
                    if takes_tables(error):
                        settings.insert(0, setting.anew())
                        continue
                    if of_vectors(error) and setting.rows and setting.form == "same" and setting.m > 1:
                        # x_train[i] is a matrix of one row
                        settings.insert(0, Setting(setting.asked, True, STACKED, 1))
                    self.note(attempt, error)
                    if "used as indices must be of integer" in str(error):
                        settings = [each for each in settings if each.form.startswith("int")]
                    if isinstance(error, OneByOne):
                        settings.sort(key=lambda each: (each.m != 1, each.rows != setting.rows))
                    program = self.by_other_ways(setting, owner, entry)
                    if program is not None:
                        yield program, (owner, None, [("train", entry)]), setting
                        break
                    ends = mending.wanted(error, setting.sizes, setting.data())
                    if ends is not None and setting.may_become(*ends):
                        other = setting.resized(*ends)
                        settings = self.with_outputs(other) if isinstance(error, mending.OtherEnds) else [other] + settings

    def entry_otherwise(self, best):
        """A training function whose step has another shape than its parameter, (1, m) less (m, 1) being a matrix of all pairs: with the samples and targets in every other layout."""
        (owner, _, steps), setting = best.parts, best.setting
        if best.verdict != "wrong" or [role for role, _ in steps] != ["train"] or not steps[0][1].own or best.program.from_script or not any(each.shape is not None for each in best.checks):
            return
        for other in settings_for(self.code, [], setting.sizes.nL, setting.sizes.L):
            if self.late() or other.m != setting.m or other.form in SINGLE or (other.form, other.rows) == (setting.form, setting.rows):
                continue
            try:
                with Timer(3.0):
                    yield self.small_or_full(other, owner, steps[0][1]), best.parts, other
            except (Exception, TimeUp):
                continue

    def with_outputs(self, setting):
        """The same setting with every form that targets of so many outputs have."""
        out = []
        for each in settings_for(self.code, [], setting.sizes.nL, setting.sizes.L, setting.rows):
            if each.form not in SINGLE and each.m == setting.m:
                out.append(Setting(setting.sizes.dims, each.rows, each.form, each.m))
                out[-1].fixed = setting.fixed
        return out

    def by_other_ways(self, setting, owner, entry):
        """The same with what else the use of an argument may mean."""
        for uses in ways_of(self.code, [entry, owner.methods.get("__init__") if owner is not None else None]):
            if self.late() or self.detours >= MOST_DETOURS:
                return None
            self.detours += 1
            try:
                with Timer(3.0):
                    program = self.bind_entry(setting, owner, entry, dict(self.options, uses=uses))
                self.options = dict(self.options, uses=uses)
                return program
            except (Exception, TimeUp):
                continue
        return None

    def small_or_full(self, setting, owner, entry):
        """At small widths, else at those of the file, where it has them as numbers."""
        try:
            return self.bind_entry(setting, owner, entry, self.options)
        except (ValueError, IndexError):
            return self.bind_entry(setting, owner, entry, dict(self.options, full=True))
        except TypeError as error:
            if "NoneType" not in str(error):
                raise
            # fit(X, Y, layer_dims=None): the default is none that it runs with
            return self.bind_entry(setting, owner, entry, dict(self.options, fill_none=True))

    def bind_entry(self, setting, owner, entry, options):
        """What the body assigns is looked at first; then what it changes."""
        error = None
        if setting.m != 1:
            try:
                return events.bind(self.code, self.recorder, setting, options, owner, entry)
            except TimeUp:
                raise
            except Exception as raised:
                error = raised
        own = candidates(list(owner.methods.values()))["cost"] if owner is not None else []
        costs = own + self.found["cost"]
        try:
            if owner is None:
                try:
                    return trained.of_globals(self.code, self.recorder, setting, options, entry, costs)
                except LookupError:
                    # what stops it with parameters made elsewhere says more
                    pass
            return trained.of_method(self.code, self.recorder, setting, options, owner, entry, costs)
        except (Missing, OneByOne):
            raise
        except (LookupError, ValueError, TypeError) as raised:
            if os.environ.get("GRADIENT_PROBE_TRACE"):
                traceback.print_exc()
            try:
                return journal.of_entry(self.code, self.recorder, setting, options, owner, entry, costs)
            except OneByOne:
                raise
            except LookupError:
                raise error or raised

    def of_script(self, below=0):
        """A training loop at the top level of the file, below a line of it."""
        numbers = scalars.bind(self.code, self.recorder, self, self.options) if not below else ()
        for program, step in itertools.chain(script.bind(self.code, self.recorder, self, self.options, below), numbers):
            if program is None:
                attempt = Attempt.__new__(Attempt)
                attempt.stage, attempt.function, attempt.program = "init", None, None
                attempt.shrunk, attempt.options = False, {}
                self.note(attempt, step)
                continue
            yield program, (None, None, [("train", step)]), Setting(program.sizes.dims, program.data.rows, program.data.form, program.data.m)
