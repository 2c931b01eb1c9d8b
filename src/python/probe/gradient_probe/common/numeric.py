"""Central differences of the person's own cost against their gradients, layer by layer, and what one factor between them means."""

import numpy as np

from . import seeds

STEP = 1e-5
#: Relative differences below this agree; a mistake is far above it, an epsilon inside a logarithm below.
AGREES = 2e-4
#: An epsilon inside a logarithm or a clipped probability may make this much.
NEARLY = 5e-3
MAX_ENTRIES = 48
#: Entries of each parameter that tell a binding which is none from one that is; the one chosen is compared in full.
FEW_ENTRIES = 8


class Costs:
    """Costs that fit a prediction where the file has none of its own. Each sums over samples: their scale is no matter."""

    @staticmethod
    def all(AL, Y):
        AL = np.asarray(AL, dtype=float)
        out = {}
        with np.errstate(all="ignore"):
            out["½ Σ (AL - Y)²"] = 0.5 * np.sum((AL - Y) ** 2)
            if np.all(AL > 0) and np.all(AL < 1):
                binary = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
                # of two classes whose probabilities sum to 1 both are right
                two = AL.ndim == 2 and 2 in AL.shape and np.allclose(np.sum(AL, axis=AL.shape.index(2)), 1)
                out.update({} if two else {"binary cross-entropy": binary})
                # one column of probabilities is one sample of several classes
                if AL.ndim == 1 or AL.ndim > 1 and AL.size > AL.shape[0] or AL.size > 1 and abs(np.sum(AL) - 1) < 1e-9:
                    out["cross-entropy"] = -np.sum(Y * np.log(AL))
                out.setdefault("binary cross-entropy", binary)
            else:
                axis = None
                if AL.ndim == 2 and min(AL.shape) > 1:
                    axis = 1 if np.allclose(np.sum(Y, axis=1), 1) else 0
                if axis is not None:
                    shifted = AL - np.max(AL, axis=axis, keepdims=True)
                    out["softmax cross-entropy of the scores"] = -np.sum(Y * (shifted - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=True))))
                out["binary cross-entropy of the scores"] = np.sum(np.log1p(np.exp(-np.abs(AL))) + np.maximum(AL, 0) - Y * AL)
        return {name: float(value) for name, value in out.items() if np.isfinite(value)}


def fitting_target(AL, data):
    """Y in the shape of AL, from the labels."""
    labels, m, outputs = data.labels, data.m, data.outputs
    one = data.target()
    shape = np.shape(AL)
    for candidate in (one, one.T):
        if candidate.shape == shape:
            return candidate
    if np.size(AL) == one.size:
        return one.reshape(shape) if outputs == 1 or len(shape) == 1 else None
    if outputs == 1 and m in shape and np.size(AL) % m == 0:
        count = np.size(AL) // m
        wide = np.eye(count)[:, labels % count]
        return wide if wide.shape == shape else wide.T
    return None


def cost_vector(program, theta, overrides=None, adds=None, names=None):
    """Their cost, or the costs inferred, as {name: value}."""
    if program.cost_known:
        outcome = program.run(theta, until="cost", overrides=overrides, adds=adds)
        return {"cost": outcome.cost}
    outcome = program.run(theta, until="forward" if any(step.role == "forward" for step in program.steps) else "cost", overrides=overrides, adds=adds)
    Y = outcome.Y if outcome.Y is not None else fitting_target(outcome.AL, program.data)
    if Y is None:
        raise ValueError("what forward returns does not fit the targets")
    return Costs.all(outcome.AL, Y)


def entries_of(shape, random, most=MAX_ENTRIES):
    size = int(np.prod(shape)) if shape else 1
    return np.arange(size) if size <= most else np.sort(random.permutation(size)[:most])


def difference(evaluate, value, entries, step=STEP):
    """{cost name: derivative at the entries} by central differences; evaluate(array) gives {name: cost}."""
    out = {}
    middle = evaluate(np.array(value, dtype=float))

    def sides(entry, step):
        for sign in (1, -1):
            moved = np.array(value, dtype=float)
            moved.reshape(-1)[entry] += sign * step
            yield evaluate(moved)

    for position, entry in enumerate(entries):
        width, (above, below) = step, sides(entry, step)
        if any(bent(above[name], middle.get(name), below.get(name)) for name in above):
            # a ReLU whose Z is nearer to 0 than the step
            width, (above, below) = step / 100, sides(entry, step / 100)
        for name in above:
            if name in below:
                out.setdefault(name, np.full(len(entries), np.nan))[position] = (above[name] - below[name]) / (2 * width)
    return out


def bent(above, middle, below):
    """Whether a cost goes on in another direction on the other side of a point: more than any curve does within so small a step."""
    return middle is not None and below is not None and abs(above + below - 2 * middle) > 1e-9 * max(1.0, abs(middle)) + 1e-3 * abs(above - below)


class LeafCheck:
    """One parameter: analytic and numeric derivatives at the entries compared. `shape`: their gradient's own, where it differs."""

    def __init__(self, leaf, entries, analytic, numeric, shape):
        self.leaf = leaf
        self.entries = entries
        self.analytic = analytic
        self.numeric = numeric
        self.shape = shape
        self.missing = analytic is None
        self.factor, self.residual, self.relative = None, None, None
        if analytic is not None and shape is None:
            self.against(numeric)

    def against(self, numeric):
        """Compares with these derivatives."""
        self.numeric, analytic = numeric, self.analytic
        norm_a, norm_n = np.linalg.norm(analytic), np.linalg.norm(numeric)
        self.vacuous = norm_a < 1e-12 and norm_n < 1e-9
        distance = np.linalg.norm(analytic - numeric)
        self.relative = 0.0 if self.vacuous else distance / (norm_a + norm_n)
        if norm_n > 1e-9:
            self.factor = float(np.dot(analytic, numeric) / np.dot(numeric, numeric))
            self.residual = float(np.linalg.norm(analytic - self.factor * numeric) / max(norm_a, 1e-300)) if norm_a > 0 else 1.0
        else:
            # below what a difference can show
            self.residual = 0.0 if norm_a < 1e-7 else 1.0

    vacuous = False

    @property
    def agrees(self):
        return not self.missing and self.shape is None and (self.vacuous or self.relative < AGREES)

    @property
    def proportional(self):
        return not self.missing and self.shape is None and (self.vacuous or (self.residual is not None and self.residual < 4 * AGREES))


def check(program, deadline=None):
    """{cost name: [LeafCheck]}: every parameter against every cost in question."""
    random = seeds.LEGACY(2)
    base = program.run()
    out = {}
    gradients = base.grads
    for leaf in program.leaves:
        value = program.theta0[leaf.name]
        entries = entries_of(leaf.shape, random, FEW_ENTRIES if program.quick else MAX_ENTRIES)

        def evaluate(moved):
            theta = dict(program.theta0)
            theta[leaf.name] = moved
            return cost_vector(program, theta)

        numeric = difference(evaluate, value, entries)
        given = gradients.get(leaf.name)
        for name, values in numeric.items():
            analytic, shape = None, None
            if given is not None:
                given_array = shared(program, leaf, np.asarray(given, dtype=float))
                if given_array.shape != leaf.shape and given_array.size == int(np.prod(leaf.shape)) and (not as_before(leaf.shape, given_array.shape, program.data.m) or given_array.ndim > len(leaf.shape) > 0 and program.moves_in_place(leaf.name) and not of_number(program, leaf.shape, given_array.shape)):
                    # b - rate · db would become a matrix, or b -= rate · db stop
                    analytic, shape = given_array.reshape(-1)[:1], given_array.shape
                elif given_array.shape == leaf.shape:
                    analytic = given_array.reshape(-1)[entries]
                elif given_array.size == int(np.prod(leaf.shape)) and sorted(given_array.shape) != sorted(leaf.shape) or given_array.size == 1 == int(np.prod(leaf.shape)):
                    # (n,) for (n, 1): no mistake by itself
                    analytic = given_array.reshape(-1)[entries]
                elif given_array.size == int(np.prod(leaf.shape)) and 1 in leaf.shape:
                    analytic = given_array.reshape(-1)[entries]
                else:
                    analytic, shape = given_array.reshape(-1)[:1], given_array.shape
            if analytic is not None and shape is None and "clip" in program.code.text:
                values = within(analytic, values)
            out.setdefault(name, []).append(LeafCheck(leaf, entries, analytic, values, shape))
    return out, base


def shared(program, leaf, given):
    """The gradient of a bias that begins as one number for all units: the sum of those of the units, of which b - rate · db makes one each."""
    units = {size for each in program.leaves if each.kind == "W" for size in each.shape} - {1, program.data.m}
    if leaf.kind == "b" and int(np.prod(leaf.shape)) == 1 and given.size in units and given.size in given.shape and not program.moves_in_place(leaf.name):
        return np.full(leaf.shape, given.sum())
    return given


def of_number(program, shape, other):
    """Whether one axis more may come from the targets, which are an array of one here where they may be a number."""
    return program.sizes.nL == 1 and len(shape) == 1 < shape[0] and tuple(other) == (1,) + tuple(shape)


def within(analytic, numeric):
    """Numeric derivatives limited as the file limits its gradients (np.clip): beyond a bound that is reached nothing is known."""
    for bound in (float(np.max(analytic)), float(np.min(analytic))):
        reached = np.isclose(analytic, bound, rtol=1e-6, atol=0)
        if any(abs(abs(bound) - each) < 1e-9 for each in (0.1, 0.5, 1.0, 5.0, 10.0, 100.0)) or np.sum(reached) > 1:
            beyond = reached & (np.abs(numeric) > abs(bound)) & (numeric * bound > 0)
            numeric = np.where(beyond, analytic, numeric)
    return numeric


def stays(shape, other):
    """Whether an array of `shape` keeps it when one of shape `other` is subtracted."""
    try:
        return np.broadcast(np.empty(shape), np.empty(other)).shape == tuple(shape)
    except ValueError:
        return False


def as_before(shape, other, m):
    """Whether a parameter goes on as it was when an array of shape `other` is subtracted: a vector may become a row, which is added alike, and one number an array of one.
    Of one sample, a row may be a batch that was not summed."""
    return len(other) > 0 and set(other) == {1} and set(shape) <= {1} or stays(shape, other) or m > 1 and len(shape) == 1 and tuple(other) == (1,) + tuple(shape)


def uniform_factor(checks):
    """The one factor between all gradients and their numeric values, or None."""
    factors = [each.factor for each in checks if each.factor is not None and each.proportional and not each.vacuous]
    compared = [each for each in checks if not each.missing and not each.vacuous]
    if not factors or len(factors) < len([each for each in compared if each.factor is not None or each.shape is not None]) or not all(each.proportional for each in compared):
        return None
    middle = float(np.median(factors))
    if abs(middle) < 1e-9 or any(abs(each - middle) > 1e-3 * abs(middle) for each in factors):
        return None
    return middle


def name_factor(k, m, C, extra=()):
    """'1/m', '2', '-m/2' … or None where k is no such number."""
    table = [(1.0, "1")]
    parts = [("m", m), ("C", C)] if C > 1 else [("m", m)]
    simple = [(2.0, "2"), (0.5, "1/2")]
    table += simple
    for name, value in parts:
        table += [(value, name), (1.0 / value, "1/" + name), (2.0 * value, "2" + name), (2.0 / value, "2/" + name), (value / 2.0, name + "/2"), (0.5 / value, "1/(2%s)" % name), (value * value, name + "²"), (1.0 / value ** 2, "1/%s²" % name)]
    if C > 1:
        table += [(m * C, "m C"), (1.0 / (m * C), "1/(m C)"), (m * C / 2.0, "m C/2"), (2.0 / (m * C), "2/(m C)"), (m / float(C), "m/C"), (C / float(m), "C/m"), (2.0 * m * C, "2 m C"), (0.5 / (m * C), "1/(2 m C)")]
    # a logarithm of another base in the cost
    table += [(float(np.log(base)) ** power, ("1/" if power < 0 else "") + "ln %d" % base) for base in (2, 10) for power in (1, -1)]
    # and a sum on one side, a mean on the other
    table += [(float(np.log(base)) * value, name % base) for base in (2, 10) for value, name in ((m, "m ln %d"), (1.0 / m, "ln %d/m"))]
    table += list(extra)
    for value, name in table:
        if abs(abs(k) - value) < 2e-3 * value:
            return name if k > 0 else "-" + name
    return None
