"""Training functions and methods whose parameters are made elsewhere: where those are, and the one step that is traced."""

import numpy as np

from ..bind import fitted, parameters as where
from ..bind.binding import Attempt
from ..bind.elsewhere import lazily
from ..bind.objects import maker_of_list
from ..bind.pool import Pool
from ..bind.roles import candidates
from ..common import names
from .traced import TracedProgram, bind


def of_method(code, recorder, setting, options, owner, entry, costs):
    """A training method or function whose parameters are made elsewhere: by the constructor, or given as an argument."""
    if owner is not None:
        attempt = Attempt(code, recorder, setting, options)
        fitted.instance(attempt, owner, lambda: parameters(attempt, owner, entry))
    else:
        attempt = initialized(code, recorder, setting, options, entry)
    made = attempt.program
    program = TracedProgram(code, recorder, made.sizes, made.data, options)
    program.roots, program.globals = made.roots, made.globals
    program.shrunk = attempt.shrunk
    for leaf in made.leaves:
        # what moves from these values is a parameter; from equal ones some would not
        for root, *path in where.places(leaf) if len(leaf.path) > 1 else ():
            where.put(program.roots[root], path, made.theta0[leaf.name])
    pool = Pool(code, program.sizes, program.data.values(), program.settings)
    if "self" in program.roots:
        pool.objects.append(program.roots["self"])
    if "params" in program.roots:
        program.know_params(pool, program.roots["params"])
    plan = pool.plan(entry, "train")
    rate = attempt.kept_rate or any(names.is_rate(name) for name, _ in plan)
    return bind(program, entry, plan, "self" if entry.bound else None, rate, costs)


def parameters(attempt, owner, entry):
    """Of an instance whose constructor makes none; a training that makes them itself is another case."""
    if not attempt.program.leaves and any(names.like_name(each, names.INIT) and each in owner.methods for each in entry.callees):
        raise LookupError("%s makes its parameters itself" % entry.title)
    lazily(attempt, owner)


def initialized(code, recorder, setting, options, entry):
    """Parameters of an initializer, for a training function that is given them; made up where the file has none."""
    if not any(names.is_name(each, names.PARAM_NAMES) or names.is_weight(each) for each in entry.arguments):
        return of_list(code, recorder, setting, options, entry)
    error = None
    for init in candidates(code.functions)["init"][:2]:
        attempt = Attempt(code, recorder, setting, options)
        try:
            attempt.parameters(init, None)
            return attempt
        except Exception as raised:
            error = raised
    if error is not None:
        raise error
    attempt = Attempt(code, recorder, setting, options)
    attempt.one_by_one(entry)
    return attempt


def of_list(code, recorder, setting, options, entry):
    """Layers as objects, for a training function that is given them in a list under whatever name, `red[l].W`."""
    for argument in entry.arguments:
        maker = maker_of_list(code, entry, argument)
        if maker is not None:
            attempt = Attempt(code, recorder, setting, options)
            try:
                attempt.parameters(maker, None)
            except Exception:
                break
            attempt.program.globals["called"] = [[argument]]
            return attempt
    raise LookupError("%s assigns no parameters" % entry.title)


def of_globals(code, recorder, setting, options, entry, costs):
    """A training function that changes parameters which stand at module level."""
    found = [(name, value) for name, value in code.namespace.items() if (isinstance(value, np.ndarray) and value.dtype.kind in "fi" or isinstance(value, list) and value and all(isinstance(each, np.ndarray) for each in value)) and (names.is_weight(name) or names.is_bias(name)) and not names.is_gradient(name)]
    if not found:
        raise LookupError("no parameters are made anywhere that was found")
    attempt = Attempt(code, recorder, setting, options)
    program = TracedProgram(code, recorder, attempt.program.sizes, attempt.program.data, options)
    program.lifted = True
    program.roots = {"globals": dict(found)}
    leaves = [("globals", path, name, value) for path, name, value in where.leaves(program.roots["globals"])]
    small = attempt.small(leaves)
    program.shrunk = attempt.shrunk
    attempt.program.take_leaves(small, np.random.RandomState(11))
    for leaf in attempt.program.leaves:
        for _, *path in where.places(leaf):
            where.put(program.roots["globals"], path, attempt.program.theta0[leaf.name])
    fitted.fit(attempt)
    program.sizes, program.data = attempt.program.sizes, attempt.program.data
    program.settings["m"] = program.data.m
    pool = Pool(code, program.sizes, program.data.values(), program.settings)
    for name, value in program.roots["globals"].items():
        pool.keep(name, value)
    plan = pool.plan(entry, "train")
    return bind(program, entry, plan, None, any(names.is_rate(name) for name, _ in plan), costs)
