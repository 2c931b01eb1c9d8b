"""Binds a training function that does everything in one body: parameters, cost and gradients are found among what it assigns."""

import ast
import re

import numpy as np

from ..bind import constructors, growing, mending, readied
from ..bind import held
from ..bind import parameters as where
from ..bind.held import plain_target
from ..bind.pool import Pool
from ..bind.program import Outcome, Program, Step
from ..common import names
from ..common.sandbox import Timer
from ..source.functions import called_name, method_on
from ..source.recorder import Enough
from . import first_values


class EventProgram(Program):
    """One call of the training function is one run; parameters are set where it first assigns them."""

    owner = None
    construct = ()
    entry = None
    plan = ()
    cost_key = None
    output_key = None
    start_key = None
    parameter_keys = None
    gradient_keys = None

    def call(self, overrides, adds, record, needed=None):
        """Runs the training function; what comes after its first step may fail (plots, files). `needed`: keys after which it may end."""
        pool = Pool(self.code, self.sizes, self.data.values(), self.settings)
        for name, getter in self.code.supplied.items():
            self.code.namespace[name] = getter(pool)
        self.reseed()
        self.recorder.start(record, overrides, adds, needed)
        error = None
        try:
            with Timer(2.0):
                target = self.entry.target
                if self.owner is not None:
                    made = self.owner.made({name: getter(pool) for name, getter in self.construct})
                    readied.to_train(made, self)
                    pool.objects.append(made)
                    if growing.from_outside(self.owner, self.code):
                        growing.grow(self.owner, made, pool)
                    target = method_on(made, self.entry) if self.entry.bound else target
                target(**{name: getter(pool) for name, getter in self.plan})
        except Enough:
            pass
        except Exception as raised:
            error = raised
        finally:
            events = self.recorder.stop()
        return events, error

    def run(self, theta=None, until="end", record=False, overrides=None, adds=None):
        theta = self.theta0 if theta is None else theta
        every = {**held.still(self.held, theta), **(overrides or {})}
        for name, key in self.parameter_keys.items():
            every.setdefault(key, theta[name])
        last = self.cost_key if self.cost_known else self.output_key
        events, error = self.call(every, adds, True, {last} if until == "cost" and last is not None else None)
        found = {each.key: each.value for each in events}
        if until == "cost" and last in found:
            # of what comes after it nothing was asked
            pass
        elif self.cost_key is not None and self.cost_key not in found or any(key not in found for key in self.gradient_keys.values()):
            raise error or ValueError("the training function took another way")
        outcome = Outcome()
        outcome.events = events
        order = {each.key: each.order for each in events}
        outcome.marks = {"backward": order.get(self.start_key, 0), "end": len(events)}
        outcome.AL = found.get(self.output_key)
        if self.cost_key is not None:
            outcome.cost = float(np.sum(found[self.cost_key])) if self.cost_key in found else None
        outcome.grads = {name: found[key] for name, key in self.gradient_keys.items() if key in found}
        outcome.gradient_from = "returned"
        return outcome

    def update_sign(self, events):
        """+1 where the step after the gradients goes down along them, -1 up."""
        signs = []
        for name, key in self.gradient_keys.items():
            gradient = next((each.value for each in events if each.key == key), None)
            for each in reversed(events):
                if plain_target(self.recorder, each) == names.plain(where.base(name)) and isinstance(each.value, np.ndarray) and each.value.shape == np.shape(gradient):
                    step = self.theta0[name] - each.value
                    if np.any(step) and np.any(gradient):
                        signs.append(float(np.sum(step * gradient)))
                    break
        return None if not signs else (1 if all(each > 0 for each in signs) else (-1 if all(each < 0 for each in signs) else None))


def bind(code, recorder, setting, options, owner, entry):
    """An EventProgram, or what stopped it as an exception."""
    program = EventProgram(code, recorder, setting.sizes, setting.data(), options)
    pool = Pool(code, program.sizes, program.data.values(), program.settings)
    program.owner, program.entry = owner, entry
    if owner is not None and "__init__" in owner.methods:
        program.construct = constructors.plan(pool, owner)
    program.plan = pool.plan(entry, "train")
    program.parameter_keys, program.gradient_keys = {}, {}
    events, error = program.call({}, {}, True)
    arrays = [each for each in events if isinstance(each.value, np.ndarray)]
    choose_parameters(program, recorder, arrays)
    if not program.parameter_keys:
        raise error or LookupError("%s assigns no parameters" % entry.title)
    events, error = program.call({key: program.theta0[name] for name, key in program.parameter_keys.items()}, {}, True)
    program.ended = error
    arrays = [each for each in events if isinstance(each.value, np.ndarray)]
    choose_gradients(program, recorder, arrays)
    weights = [leaf.name for leaf in program.leaves if leaf.kind == "W"] or [leaf.name for leaf in program.leaves]
    if not all(name in program.gradient_keys for name in weights):
        raise error or LookupError("%s assigns no gradients" % entry.title)
    costs = costs_among(program, arrays)
    first = min(each.order for each in arrays if each.key in program.gradient_keys.values())
    # a cost that is computed after the step is one of other parameters
    moved = min([each.order for each in arrays if each.order > first and recorder.sites[each.site].kind in ("update", "assign") and plain_target(recorder, each) in {names.plain(name) for name in program.parameter_keys}] or [len(events)])
    late, costs = [each for each in costs if each.order > moved], [each for each in costs if each.order < moved]
    if late and not costs:
        program.held = held.moves(program, arrays, moved)
        costs = late if program.held is not None else []
    if costs:
        program.cost_key = whole_cost(recorder, arrays, costs[0], len(events) + 1).key
        program.cost_known = True
    outputs = [each for each in arrays if each.order < first and each.value.ndim == 2 and program.data.m in each.value.shape and program.sizes.nL in each.value.shape and is_output(recorder.sites[each.site])]
    # sigmoid_backward computes the prediction once more
    outputs = [each for each in outputs if any(each.order < one.order and np.array_equal(each.value, outputs[-1].value) for one in costs)] or outputs
    if outputs:
        program.output_key = outputs[-1].key
    if program.cost_key is None and program.output_key is None:
        raise mending.lacking("%s computes no cost" % entry.title, program.leaves, program.sizes)
    starts = [each for each in arrays if each.order <= first and derivative_name(recorder.sites[each.site]) and each.order > (outputs[-1].order if outputs else 0)]
    program.start_key = (starts[0] if starts else [each for each in arrays if each.order == first][0]).key
    program.steps = [Step("train", entry, program.plan, None)]
    program.adds = {1: False, -1: True}.get(program.update_sign(events))
    return program


def costs_among(program, arrays):
    """Those that are a cost by their name, else by one letter and the formula of a cost, else what is added to one of an epoch: a number, or one for each output."""
    sites, outputs = program.recorder.sites, program.sizes.nL
    found = [each for each in arrays if (each.value.size == 1 or each.value.size == outputs and "axis" in (sites[each.site].value or "")) and np.isfinite(each.value).all()]
    return [each for each in found if is_cost(sites[each.site])] or [each for each in found if is_formula(sites[each.site])] or [each for each in found if is_added(sites[each.site])]


def is_formula(site):
    """c = np.sum(-y * np.log(a)) / m, total_loss = np.sum(error ** 2): a letter or a cost of some kind, and a sum of logarithms or squares."""
    return site.kind == "assign" and (re.match(r"^(self\.)?[celCELJ]\d?$", site.target) is not None or names.like_name(site.target.split(".")[-1], names.COST)) and sums(site)


def is_added(site):
    """epoch_loss += np.mean(loss ** 2): of the first batch it is the cost."""
    return site.kind == "update" and names.like_name(site.target.split(".")[-1], names.COST + "|err") and sums(site)


def sums(site):
    return re.search(r"sum|mean|average", site.value or "") is not None and re.search(r"log|square|\*\*\s*2|power", site.value) is not None


def is_cost(site):
    name = site.target.split(".")[-1].split("[")[0]
    if re.match(r"^[\s\d.e+-]*$", site.value or "-") or (site.value or "").startswith(("np.inf", "float(")):
        # a start value
        return False
    if names.passes_back(name, site.value):
        return False
    if names.like_name(name, "err") and not re.search(r"sum|mean|norm|average|cost|loss|entropy|mse", site.value or ""):
        # y - a, the error of each sample, is no cost
        return False
    return site.kind in ("assign", "unpack") and (names.like_name(name, names.COST) or names.plain(name) == "j") and not names.like_name(name, "deriv|grad|delta|^d|total|epoch|costs|losses|prev|best") or (site.kind == "return" and names.like_name(site.function.split(".")[-1], names.COST) and not names.like_name(site.function, "deriv|grad|prime"))


def whole_cost(recorder, arrays, first, changed):
    """`loss += L2` belongs to the loss: the last of the statements on the same name, unless it sums over iterations; and what a cost function returns is the cost, not a part of it."""
    site = recorder.sites[first.site]
    after = [each for each in arrays if first.order < each.order < changed and each.value.size == 1]
    known = {site.target}
    if names.like_name(site.function.split(".")[-1], names.COST):
        returned = [first] if site.kind == "return" else [each for each in after if recorder.sites[each.site].kind == "return" and recorder.sites[each.site].function == site.function]
        if returned:
            first = returned[0]
            known |= {recorder.sites[each.site].target for each in after if each.order > first.order and recorder.sites[each.site].kind in ("assign", "unpack") and np.array_equal(each.value.reshape(-1), first.value.reshape(-1))}
    for each in after:
        # loss = data_loss + reg_loss, loss = cross_entropy(A, Y) + reg_loss
        one = recorder.sites[each.site]
        if each.order > first.order and one.kind == "assign" and names.like_name(one.target, names.COST) and "+" in (one.value or "") and one.target not in known and (reads(one.value, known) or site.kind == "return" and adds_to(one.value, site.function.split(".")[-1])) and not reads(one.value, {one.target}):
            first, known = each, known | {one.target}
    later = [each for each in after if each.order > first.order and recorder.sites[each.site].kind == "update" and recorder.sites[each.site].target in known and each.index == first.index]
    return later[-1] if later else first


def adds_to(text, function):
    """Whether something is added to what a function gives back, in an expression that is such a sum."""
    try:
        sum_of = ast.parse(text.strip(), mode="eval").body
    except SyntaxError:
        return False
    terms = []
    while isinstance(sum_of, ast.BinOp) and isinstance(sum_of.op, ast.Add):
        terms.append(sum_of.right)
        sum_of = sum_of.left
    return any(isinstance(each, ast.Call) and called_name(each) == function for each in terms + [sum_of]) and bool(terms)


def reads(text, wanted):
    """Whether one of these names, or attributes, stands in an expression."""
    return any(re.search(r"(?<![\w.])%s(?!\w)" % re.escape(each), text) for each in wanted)


def is_output(site):
    name = site.target.split(".")[-1].split("[")[0]
    return site.kind in ("assign", "unpack") and (names.is_name(name, names.AL_NAMES) or re.match(r"^(a|l|y_?)\w*\d*$", name.lower()) is not None)


def derivative_name(site):
    name = site.target.split(".")[-1].split("[")[0].lower()
    if re.match(r"^(dot|data|dense|dim|depth|dict|df$|dist|drop|dtype|dev|do$|dummy|digit|y_?pred|error_?rate|dropout)", name):
        return False
    return re.match(r"^(d[a-z_]|delta|error|grad|slope|.*(_error|_delta|error|delta|gradient)\d*$)", name) is not None


def choose_parameters(program, recorder, arrays):
    """The first assignment of each weight and bias, before anything is computed with them."""
    found, seen = [], {}
    for each in arrays:
        site = recorder.sites[each.site]
        if site.kind not in ("assign", "append") or each.value.ndim > 2 or each.value.size < 1:
            continue
        name = plain_target(recorder, each)
        if not (names.is_weight(name) or names.is_bias(name)) or names.is_gradient(name) or where.is_buffer(name) or names.is_name(name, r"^(batch|bs|by_?\w+|bx)$"):
            continue
        # W1 = parameters["W1"] of an initializer that is not theirs is the first that is seen of it
        taken = re.match(r"^(\w+)\[", site.value or "")
        made = re.search("zeros|rand|normal|uniform|ones", site.value or "") is not None or taken is not None and names.is_name(taken.group(1), names.PARAM_NAMES)
        if each.value.ndim == 0 and not single_bias(name, site, arrays, recorder) or (each.value.ndim == 2 and program.data.m in each.value.shape and program.data.m not in program.sizes.dims and not made):
            continue
        same_place = [one.value.shape for one in arrays if one.site == each.site]
        # a statement that makes several layers: one of them alone is no network
        looped = re.search(r"str\(|\[\w+\]|append|%|format|f['\"]", site.target) is not None or len(same_place) > 1 and (site.kind == "append" or len(set(same_place)) > 1)
        # w.append(…), for each hidden layer w.append(…), and w.append(…) once more: they are entries of one list
        lined = [one.key for one in arrays if site.kind == "append" and recorder.sites[one.site].kind == "append" and plain_target(recorder, one) == name]
        looped = looped or len(lined) > 1
        unique = name if not looped else "%s[%d]" % (name, lined.index(each.key) if lined else each.index)
        if unique in seen or (not looped and name in seen):
            continue
        # an alias or an update of one that is there
        if any(shape == each.value.shape and np.array_equal(value, each.value) and np.any(value) for shape, value in seen.values()):
            continue
        if each.value.ndim and not made and not re.search("full|empty|array|linspace", site.value or "") and site.kind != "append":
            continue
        each = first_values.scaled(recorder, arrays, each, program.data) if each.value.ndim else first_values.set_anew(recorder, arrays, each)
        seen[unique] = (each.value.shape, each.value)
        found.append((unique, each))
    state = np.random.RandomState(11)
    for unique, each in found:
        leaf = where.Leaf(("event", ("item", unique)), unique, each.value)
        program.leaves.append(leaf)
        program.theta0[unique] = where.fill(each.value.shape, where.base(unique), state, len(program.leaves))
        program.parameter_keys[unique] = each.key


def single_bias(name, site, arrays, recorder):
    """Whether a number is the one bias of a unit, `self.b = 0`, of which there is a gradient that is one number too."""
    return names.is_bias(name) and first_values.begins(site) and any(each.value.size == 1 and names.is_gradient(called) and names.stem(called)[0] in (name, names.letter(name)) for each in arrays for called in [plain_target(recorder, each)])


def choose_gradients(program, recorder, arrays):
    """Arrays with the name and shape of a parameter's gradient: dW1 for W1."""
    candidates = [((each.key,), plain_target(recorder, each), each) for each in arrays if names.is_gradient(recorder.sites[each.site].target.split(".")[-1].split("['")[-1]) or names.is_gradient(plain_target(recorder, each))]
    for leaf in program.leaves:
        own = names.plain(where.base(leaf.name))
        same = [each for _, name, each in candidates if names.stem(name)[0] in (own, names.letter(own)) and recorder.sites[each.site].kind in ("assign", "update")]
        fits = [each for each in same if each.value.shape == leaf.shape] or same
        if fits:
            # of the first step only: after it the cost is another one, of other samples or of moved parameters
            moved = min([each.order for each in arrays if each.order > fits[0].order and (each.value.shape == leaf.shape or each.value.size == 1 == int(np.prod(leaf.shape))) and plain_target(recorder, each) == own and recorder.sites[each.site].kind in ("assign", "update")] or [len(arrays) + fits[-1].order])
            fits = [each for each in fits if each.order < moved]
        if fits and len(fits) >= 1 and "[" not in leaf.name:
            # an L2 term may be added in a second statement of the same name
            program.gradient_keys[leaf.name] = fits[-1].key if fits[-1].value.shape == fits[0].value.shape else fits[0].key
