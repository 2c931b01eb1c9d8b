"""Whether the plain gradient descent of a file goes down: P1 = P0 - rate · gradient, not + and not P1 = gradient."""

import ast
import re
import types

import numpy as np

from ..bind import adding
from ..bind import parameters as where
from ..bind.binding import Attempt
from ..bind.gradients import after_values
from ..bind.roles import candidates
from ..certain import steps as written
from ..certain.unset import reached
from ..common import clock
from ..common import names
from ..common import numeric as core
from ..common.sandbox import TimeUp
from ..common.syntax import walk
from ..source.functions import enclosing
from ..source.naming import holder
from . import off_the_way
from .better_predictions import cost_falls_with_error


def look_at_update(best, search, recorder):
    """Whether plain gradient descent of theirs goes down: P1 = P0 - rate · gradient, not + and not P1 = gradient."""
    owner, init, steps = best.parts
    if best.base.gradient_from == "update" or not steps or steps[-1][0] not in ("backward", "both"):
        return
    pool = list(owner.methods.values()) if owner is not None else search.code.functions
    # one that makes the parameters itself is a training
    named = [each for each in candidates(pool)["update"] if init is None or init.name not in each.callees][:2]
    # gradient_descent(params, grads, …): by what it takes
    taking = [each for each in pool if each not in named and any(names.is_name(one, names.GRAD_NAMES) for one in each.arguments) and any(names.is_name(one, names.PARAM_NAMES) for one in each.arguments) and not any(names.holds_samples(one) for one in each.arguments)]
    for update in named or taking[:1]:
        if update is steps[-1][1] or names.like_name(update.name, OTHER_STEPS) or not (update.own or search.code.sites.get(update.name)):
            continue
        options = dict(search.options, **{key: value for key, value in best.program.settings.items() if key in ("base", "l2", "no_l2", "keep", "drop")})
        program = search.attempt(Attempt(search.code, search.recorder, best.setting, options), owner, init, steps + [("update", update)])
        if program is None:
            continue
        try:
            holder = {}
            fill = program.gradient
            program.gradient = lambda program, outcome, roots, pool, theta: (fill(program, outcome, roots, pool, theta), holder.update(after=after_values(program, outcome, roots), still=where_it_was(program, roots)))
            outcome = program.run(record=True)
        except (Exception, TimeUp):
            clock.trace()
            continue
        said = judge_update(program, outcome, holder["after"], recorder, best) or holder["still"] and dropped(update, search.code, recorder) or None
        if said is not None:
            best.verdict, best.update = "wrong", said
        return


def where_it_was(program, roots):
    """Whether every parameter is what it was, where it stands."""
    try:
        return all(np.array_equal(np.asarray(where.get(roots[leaf.path[0]], leaf.path[1:]), dtype=float), program.theta0[leaf.name]) for leaf in program.leaves)
    except (KeyError, IndexError, AttributeError, TypeError, ValueError):
        return False


def dropped(update, code, recorder):
    """The call in a training of an update that changes nothing in place, `update_parameters(parameters, grads, rate)` without `parameters =`."""
    known = {each.node for each in code.every}
    for call, inside, path in code.sites.get(update.name, []) if update.returns else ():
        rounds = [each for each in walk(inside) if isinstance(each, (ast.For, ast.While))] if inside in known and path == code.source.path else []
        if any(isinstance(each, ast.Expr) and each.value is call for loop in rounds for each in walk(loop)):
            text = "What %s gives back is dropped here: it works on copies, so the parameters stay what they are." % update.name
            return site_at(call, recorder, code), "update", text, "parameters = %s" % ast.unparse(call)
    return None


#: Optimizers whose steps are no gradient.
OTHER_STEPS = "momentum|adam|rms|ada|nesterov|velocity"


def read(best, recorder):
    """(site, rule, message, formula) of an update that was not run, such as that of a training method or of the script, told by reading: the gradients are known to be right."""
    if best.factor is None or best.factor <= 0:
        return None
    # the steps that were compared go the right way
    compared = reached(best.program.code, [step.function for step in best.program.steps]) if best.base.gradient_from == "update" else set()
    return first_read(best, recorder, {names.plain(where.base(each.leaf.name)) for each in best.checks if not each.missing}, 1, compared) or upward(best, recorder)


def upward(best, recorder):
    """The same where every step that the file has is added, though its gradients are those of its cost."""
    code = best.program.code
    if not best.program.cost_known or best.base.gradient_from == "update" or best.program.direction() != -1 or turned_before(code) or climbed(best):
        return None
    own = {id(each) for each in walk(code.trees[code.source.path])}
    node = next((each.node for each in adding.moved(code) if id(each.node) in own), None)
    if node is None:
        return None
    return site_at(node, recorder, code), "update", "The step is added, so the cost rises: every gradient is the derivative of the cost, and has to be subtracted.", None


def climbed(best):
    """Whether the cost is one that a training raises: a likelihood."""
    return cost_falls_with_error(best.program) or core.cost_vector(best.program, best.program.theta0).get(best.cost, 0.0) < 0


def turned_before(code):
    """Whether the file turns a gradient or a learning rate round before its steps: `grads[k] = -grads[k]`, `rate = -0.1`."""
    return any(isinstance(each, ast.UnaryOp) and isinstance(each.op, ast.USub) and (adding.gradient_said(each.operand) or isinstance(each.operand, ast.Constant)) for tree in code.trees.values() for statement in walk(tree) if isinstance(statement, ast.Assign) and any(names.is_rate(holder(one)) or adding.gradient_said(one) for one in statement.targets) for each in [statement.value])


def turned(best, recorder):
    """The same where the step itself was compared: some of its parameters move the other way than the rest, and so it is written."""
    compared = [each for each in best.checks if not each.missing and not each.vacuous and each.proportional and each.factor]
    ways = [np.sign(each.factor) for each in compared]
    if best.base.gradient_from != "update" or len(set(ways)) < 2:
        return None
    # of as many one way as the other, those that go down are right
    usual = np.sign(sum(ways)) or 1.0
    return first_read(best, recorder, {names.plain(where.base(each.leaf.name)) for each, way in zip(compared, ways) if way != usual}, usual)


def first_read(best, recorder, wanted, usual, compared=()):
    """`usual`: +1 where the file subtracts what it calls a gradient. `compared`: nodes of functions that are known to be right."""
    code = best.program.code
    # "W" + str(l) is any of them
    wanted = wanted | {re.sub(r"\d+$", "", each) for each in wanted}
    parameters = {names.plain(where.base(leaf.name)) for leaf in best.program.leaves}
    scopes = [each.node.body for each in code.every if each.own and each.node not in compared and not names.like_name(each.name, "check|test")]
    scopes.append([] if compared and best.program.from_script else [each for each in code.script() if not isinstance(each, (ast.FunctionDef, ast.ClassDef))])
    for body in scopes:
        for step, text, formula in written.wrong_ways(body, parameters, usual):
            if written.held(step.target) in wanted or written.of_every(step.target):
                return site_at(step.node, recorder, code), "update", text, formula
    return None


def site_at(node, recorder, code):
    """The site of a statement that was run; its place where it was not."""
    return next((each for each in recorder.sites if each.file == code.source.path and each.line == node.lineno and each.kind in ("assign", "update")), None) or unwatched(node, code)


def unwatched(node, code):
    """The place of a statement of the script, which is not run."""
    return types.SimpleNamespace(file=code.source.path, function=enclosing(code.source.tree, node.lineno) or "<module>", line=node.lineno, end_line=node.end_lineno, column=node.col_offset, end_column=node.end_col_offset)


def overwritten(best, recorder):
    """(site, rule, message, formula) where a training step sets a parameter to a multiple of its gradient: B = rate · dB in the place of B -= rate · dB."""
    if best.base.gradient_from != "update":
        return None
    events = None
    for each in best.checks:
        if each.missing or each.shape is not None or each.agrees or len(each.entries) < 2:
            continue
        events = events or best.base.events or best.program.run(record=True).events
        for event in events:
            site = recorder.sites[event.site]
            if not isinstance(event.value, np.ndarray) or event.value.shape != each.leaf.shape or site.kind != "assign" or names.plain(site.target.split(".")[-1]) != names.plain(each.leaf.name):
                continue
            values = event.value.reshape(-1)[each.entries]
            own = float(np.dot(values, each.numeric) / max(np.dot(each.numeric, each.numeric), 1e-300))
            if np.any(values) and np.linalg.norm(values - own * each.numeric) < 1e-5 * np.linalg.norm(values):
                return site, "update", "%s is set to its gradient instead of being moved against it." % each.leaf.name, "%s = %s - learning_rate * d%s" % (each.leaf.name, each.leaf.name, each.leaf.name)
    return None


def judge_update(program, outcome, after, recorder, best):
    # of a cost with its sign flipped the gradient is right as it is
    sign = 1.0 if best.factor is None or best.factor > 0 or best.reason == "cost sign" else -1.0
    for leaf in program.leaves:
        gradient, new = outcome.grads.get(leaf.name), after.get(leaf.name)
        if outcome.gradient_from == "update" and best.base.gradient_from != "update":
            # where the update clears the gradients, what was read is the step itself
            gradient = best.base.grads.get(leaf.name) if np.array_equal(program.theta0[leaf.name], best.program.theta0.get(leaf.name)) else None
        if gradient is None or new is None or np.shape(gradient) != leaf.shape or np.shape(new) != leaf.shape or not np.any(gradient):
            continue
        old = program.theta0[leaf.name]
        step = old - new
        if not np.any(step):
            continue
        k = float(np.sum(step * gradient) / np.sum(gradient * gradient))
        moved = np.linalg.norm(step - k * gradient) < 1e-6 * np.linalg.norm(step)
        own = float(np.sum(new * gradient) / np.sum(gradient * gradient))
        # one number is a multiple of any other
        if np.size(new) > 1 and np.linalg.norm(new - own * gradient) < 1e-6 * np.linalg.norm(new):
            rule, text = "update", "%s is set to its gradient instead of being moved against it." % leaf.name
        elif moved and k * sign < 0:
            rule, text = "update", "%s is moved along its gradient: the step is added, so the cost rises." % leaf.name
        else:
            continue
        for event in outcome.events[outcome.marks.get("update", 0):]:
            if isinstance(event.value, np.ndarray) and event.value.shape == new.shape and np.allclose(event.value, new, rtol=1e-12, atol=0):
                return recorder.sites[event.site], rule, text, "%s = %s - learning_rate * d%s" % (leaf.name, leaf.name, leaf.name)
    return off_the_way.find(program, outcome, after, recorder)
