"""The result as data: verdict, layers, chain, findings with their places, what was bound and what was not checked."""

import re
import sys
import traceback

import numpy as np

from . import names
from . import numeric as core
from .binding import role_of
from .explain import explain
from .localize import same
from .pool import Missing
from .source import CannotRun

CONVENTIONS = {
    "2": "your gradient is right for twice your cost: MSE without the ½, while your cost has it",
    "1/2": "your gradient is right for ½·MSE; your cost has no ½",
    "m": "your gradient is that of the sum over the samples; your cost is their mean",
    "1/m": "your gradient is averaged over the samples; your cost is their sum",
    "C": "your cost is also averaged over the C outputs; your gradient is not",
    "1/C": "your gradient is also averaged over the C outputs; your cost is not",
    "m/2": "your gradient is that of ½ the sum of squares; your cost is the mean of squares",
    "1/(2m)": "your gradient is that of ½ the mean of squares; your cost is the sum of squares",
    "2/m": "your gradient is that of the mean of squares; your cost is ½ their sum",
    "2m": "your gradient is that of the sum of squares; your cost is ½ their mean",
    "C/2": "your gradient is that of ½ the squares summed over the outputs; your cost is their mean",
    "2/C": "your gradient is averaged over the C outputs; your cost is ½ their sum",
    "m C": "your gradient is that of a sum; your cost is the mean over samples and outputs",
    "m C/2": "your gradient is that of ½ the sum of squares; your cost is the mean of squares over samples and outputs",
    "1/(m C)": "your gradient is averaged over samples and outputs; your cost is a sum",
}


class Report:
    def __init__(self, path):
        self.path = path
        self.source = None
        self.code = None
        self.search = None
        self.recorder = None
        self.loader = None
        self.others = []

    # -- places

    def place(self, file, line):
        if file == self.path and self.source is not None:
            return dict(self.source.place(line), file=self.path)
        return {"line": line, "file": file} if line is not None else {"file": file}

    def site_place(self, site):
        """File, line and range of an expression; columns and lines count from 1, `cell` from 0."""
        out = self.place(site.file, site.line)
        end = self.place(site.file, site.end_line)
        out["column"] = self.column(site.file, site.line, site.column)
        out["endLine"] = end.get("line", site.end_line)
        out["endColumn"] = self.column(site.file, site.end_line, site.end_column)
        return out

    def column(self, file, line, offset):
        """ast counts bytes of UTF-8; an editor counts UTF-16 units."""
        source = self.loader.sources.get(file)
        if source is None or not 0 < line <= len(source.lines):
            return offset + 1
        text = source.lines[line - 1].encode("utf-8")[:offset].decode("utf-8", "ignore")
        return len(text.encode("utf-16-le")) // 2 + 1

    # -- results

    def base(self, verdict, summary):
        return {
            "file": self.path,
            "verdict": verdict,
            "summary": summary,
            "python": {"version": sys.version.split()[0], "numpy": np.__version__},
            "bound": None,
            "layers": [],
            "chain": [],
            "findings": [],
            "checked": [],
            "notChecked": [],
            "found": self.found(),
            "missing": [],
        }

    def found(self):
        if self.code is None:
            return []
        out = []
        for each in self.code.functions + [method for owner in self.code.classes for method in owner.methods.values()]:
            if each.own:
                roles = [role for role, _ in role_of(each)]
                out.append(dict({"function": each.title, "roles": roles, "arguments": each.arguments}, **self.place(each.file, each.line)))
        return out

    def cannot_run(self, problem):
        where = "line %d" % problem.line if problem.line else "the file"
        place = self.place(problem.file or self.path, problem.line)
        if self.source is None and problem.line is not None:
            place = {"file": self.path, "line": problem.line}
        what = "%s in %s" % (problem.function, where) if problem.function else where
        out = self.base("cannot run", "It cannot run: %s (%s)." % (problem.message.rstrip("."), what))
        out["findings"] = [dict({"rule": "cannot-run", "severity": "error", "function": problem.function, "factor": None, "message": "This cannot run: %s." % problem.message.rstrip("."), "explanation": "Nothing could be checked: the code stops here before a gradient is there.", "formula": None, "replacement": None, "line": None}, **place)]
        return out

    def not_run(self):
        """No binding ran through: their own exception where that is the reason, else what is missing."""
        problem = self.their_exception()
        if problem is not None:
            return self.cannot_run(problem)
        out = self.base("not bound", "")
        missing = self.missing()
        out["missing"] = missing
        roles = {}
        for each in out["found"]:
            for role in each["roles"][:1]:
                roles.setdefault(role, []).append(each["function"])
        listed = ", ".join("%s (%s)" % (", ".join(values[:3]), {"both": "cost and gradient"}.get(role, role)) for role, values in roles.items() if role != "link")
        out["summary"] = "%s. %s." % ("Found " + listed if listed else "No function of it has the name of a forward or backward pass", "Missing: " + "; ".join(missing[:3]) if missing else "They could not be put together into a network")
        return out

    def missing(self):
        out = []
        found = self.search.found if self.search is not None else {}
        methods = {role for owner in self.code.classes for method in owner.methods.values() for role, _ in role_of(method)} if self.code is not None else set()
        for role, said in (("forward", "a function that computes the prediction"), ("backward", "a function that computes the gradients")):
            if not found.get(role) and not found.get("both") and role not in methods and "both" not in methods:
                out.append(said)
        if self.search is not None:
            for stage, _, attempt, error, _ in sorted(self.search.failures, key=lambda each: (-each[0], each[1]))[:2]:
                text = str(error)
                if text not in out:
                    out.append(text)
        return out

    def their_exception(self):
        """The exception in their own code that every deepest attempt ends in, where it is no matter of our data."""
        failures = self.search.failures if self.search is not None else []
        problems = [each for each in self.loader.problems if each.file == self.path and each.function is not None]
        ours = (Missing, LookupError, TimeoutError)
        deepest = max([stage for stage, _, _, error, _ in failures if not isinstance(error, Missing)] or [-1])
        theirs = []
        for stage, _, attempt, error, tb in failures:
            frame = self.their_frame(tb)
            if stage < deepest or isinstance(error, Missing):
                continue
            if isinstance(error, AttributeError) and attempt is not None and "module '" not in str(error) and not any(step.role == "forward" for step in getattr(getattr(attempt, "program", None), "steps", [])):
                # what forward would have kept is not there, because forward was not run
                frame = None
            theirs.append((type(error), str(error), frame))
        named = [each for each in theirs if each[2] is not None]
        if named:
            # the one that came furthest in their code
            hard = [each for each in named if issubclass(each[0], (NameError, ImportError, UnboundLocalError, SyntaxError)) or (issubclass(each[0], AttributeError) and not re.search(r"^'(int|float|list|dict|tuple|str|NoneType|numpy\.\w+|bool|Stub|function)' object", each[1])) or (issubclass(each[0], TypeError) and not self.ours_to_blame(each))]
            undefined = [each for each in hard if issubclass(each[0], (NameError, ImportError))]
            hard = undefined or hard
            if undefined or (hard and len(hard) >= 0.5 * len(named)):
                kind, text, (function, line, file) = hard[0]
                return CannotRun("%s: %s" % (kind.__name__, text), line, function, file)
            # the same line whatever the data: not a matter of shapes chosen here
            lines = {(each[2][1], each[2][2]) for each in named}
            if len(lines) == 1 and deepest >= 3 and len(named) == len(theirs):
                kind, text, (function, line, file) = named[0]
                return CannotRun("%s: %s" % (kind.__name__, text), line, function, file)
        if problems and not failures:
            return problems[0]
        return None

    @staticmethod
    def ours_to_blame(failure):
        """A TypeError that may come from what was given, not from the code."""
        return re.search(r"unsupported operand|subscriptable|not iterable|unpack|has no len|indices must be|only integer|only length-1|NoneType|not callable|cannot be interpreted", failure[1]) is not None

    def their_frame(self, tb):
        """(function, line, file) of the innermost frame in their code."""
        out = None
        while tb is not None:
            file = tb.tb_frame.f_code.co_filename
            if file in self.loader.sources:
                out = (tb.tb_frame.f_code.co_name, tb.tb_lineno, file)
            tb = tb.tb_next
        return out

    # -- torch.autograd.Function

    def torch(self, checked):
        if checked is None:
            return self.cannot_run(CannotRun("ModuleNotFoundError: No module named 'torch': its functions are checked with torch's own gradcheck"))
        bad = [each for each in checked if each[2] is not None]
        tried = [each for each in checked if not each[3].startswith("no input")]
        verdict = "wrong" if bad else ("correct" if tried else "not bound")
        out = self.base(verdict, "")
        for name, line, message, note in bad:
            out["findings"].append(dict({"rule": "torch-gradcheck", "severity": "error", "function": name + ".backward", "factor": None, "message": message, "explanation": "torch.autograd.gradcheck compares backward with differences of forward, in float64 (%s)." % note, "formula": None, "replacement": None}, **self.place(self.path, line)))
        out["checked"] = ["%s with torch.autograd.gradcheck (%s)" % (name, note) for name, _, _, note in tried]
        out["notChecked"] = ["%s: %s" % (name, note) for name, _, _, note in checked if note.startswith("no input")]
        out["missing"] = [] if tried else list(out["notChecked"])
        out["summary"] = "The gradient is wrong: %s, line %s. %s" % (bad[0][0] + ".backward", bad[0][1], bad[0][2]) if bad else ("Every torch.autograd.Function passes torch's gradcheck." if tried else "No input was found that its torch functions take.")
        return out

    # -- a network that ran

    def result(self, best):
        verdict = best.verdict if best.verdict != "unclear" else "not bound"
        out = self.base(verdict, "")
        out["bound"] = self.bound(best)
        out["layers"] = self.layers(best)
        out["findings"] = self.findings(best)
        out["chain"] = self.chain(best)
        out["checked"], out["notChecked"] = self.scope_of(best)
        out["summary"] = self.summary(best, out)
        if verdict == "not bound":
            out["missing"] = ["a cost whose derivative could be compared"]
        return out

    def bound(self, best):
        program = best.program
        out = {}
        for step in program.steps:
            each = step.function
            out[step.role] = dict({"function": each.title}, **self.place(each.file, each.line))
        owner, init, _ = best.parts
        if init is not None:
            out["init"] = dict({"function": init.title}, **self.place(init.file, init.line))
        return {
            "functions": out,
            "class": owner.name if owner is not None else None,
            "parameters": [leaf.name for leaf in program.leaves],
            "cost": best.cost if not program.cost_known else None,
            "widths": [program.sizes.n0] + program.sizes.dims[1:-1] + [program.sizes.nL],
            "samples": program.data.m,
            "samplesAre": "rows" if program.data.rows else "columns",
            "gradient": best.base.gradient_from,
        }

    def layers(self, best):
        rows = []
        weights = [each for each in best.checks if each.leaf.kind == "W"] or list(best.checks)
        biases = [each for each in best.checks if each not in weights]
        for index, each in enumerate(weights):
            bias = partner(each, biases, index)
            rows.append((index + 1, each, bias))
        out = []
        for layer, weight, bias in rows:
            dW, db = self.parameter(weight, best), self.parameter(bias, best) if bias is not None else None
            verdicts = [one["verdict"] for one in (dW, db) if one is not None]
            state = "wrong" if "wrong" in verdicts else ("factor" if "factor" in verdicts else verdicts[0])
            factors = [one["factor"] for one in (dW, db) if one is not None and one["factor"] is not None]
            out.append({"layer": layer, "dW": dW, "db": db, "factor": factors[0] if factors and all(abs(each - factors[0]) < 2e-3 * abs(factors[0]) for each in factors) else None, "verdict": state})
        return out

    def parameter(self, each, best):
        agrees = each.agrees or (best.factor is not None and best.verdict == "correct")
        state = "missing" if each.missing else ("vacuous" if each.vacuous else ("agrees" if agrees else ("factor" if each.proportional and each.factor and core.name_factor(each.factor, best.program.data.m, best.program.sizes.nL) else "wrong")))
        worst = None
        if not each.missing and each.shape is None and len(each.numeric):
            entry = int(np.argmax(np.abs(each.analytic - each.numeric)))
            columns = each.leaf.shape[1] if len(each.leaf.shape) > 1 else 1
            flat = int(each.entries[entry])
            worst = {"i": flat // columns, "j": flat % columns, "analytic": number(each.analytic[entry]), "numeric": number(each.numeric[entry])}
        return {
            "name": each.leaf.name,
            "shape": list(each.leaf.shape),
            "gradientShape": list(each.shape) if each.shape is not None else None,
            "relativeDifference": number(each.relative),
            "factor": number(each.factor) if each.proportional and not each.vacuous else None,
            "factorName": core.name_factor(each.factor, best.program.data.m, best.program.sizes.nL) if each.proportional and each.factor else None,
            "verdict": state,
            "worst": worst,
            "checked": int(len(each.entries)),
            "of": int(np.prod(each.leaf.shape)) if each.leaf.shape else 1,
        }

    def findings(self, best):
        out = []
        finder = getattr(best, "localizer", None)
        backward = next((step.function for step in best.program.steps if step.role in ("backward", "both", "train")), None)
        place = self.place(backward.file, backward.line)
        whole = {"function": backward.name, "factor": None, "formula": None, "replacement": None, "explanation": ""}
        if best.verdict == "convention":
            name = getattr(best, "label", None)
            if best.reason == "cost sign":
                text = "Your gradient is right for minus your cost: the cost has its sign flipped."
            elif best.reason == "other cost":
                text = "Your gradient is right for %s; the cost you print is another." % best.cost
            elif best.reason == "l2":
                text = "Your gradient has an L2 term that your cost has not; apart from it they agree."
            else:
                text = "Every gradient is %s times the derivative of your cost: %s." % (name or "%.6g" % best.factor, CONVENTIONS.get(name, "a matter of convention, because one constant runs through all layers"))
            out.append(dict(whole, rule="convention", severity="information", message=text, **place))
            out[-1]["factor"] = number(best.factor)
            out[-1]["explanation"] = "Gradient descent goes the same way; only the learning rate means something else."
        if best.reason in ("1/m twice", "sign", "both signs"):
            said = {"1/m twice": "Every gradient is m times too small: 1/m is there twice, so it shrinks as samples are added.", "sign": "Every gradient points the wrong way: gradient descent with it raises the cost.", "both signs": "Cost and gradient both have their sign flipped: they agree with each other, and a step of gradient descent makes the predictions worse."}[best.reason]
            line = self.top_link(best)
            out.append(dict(whole, rule={"1/m twice": "factor", "sign": "sign", "both signs": "both-signs"}[best.reason], severity="error", message=said, **place))
            out[-1]["factor"] = number(best.factor)
            if line is not None:
                out[-1].update(line)
        if best.update is not None:
            site, rule, text, formula = best.update
            out.append(dict(whole, rule=rule, severity="error", message=text, **(self.site_place(site))))
            out[-1].update(function=site.function.split(".")[-1], formula=formula)
        for broken in best.broken:
            site = self.recorder.sites[broken.event.site]
            said = explain(broken, finder)
            if said.rule == "l2":
                site = finder.last_with(broken) or site
            function, place = self.blame(broken, finder, site)
            out.append(dict({"rule": said.rule, "severity": "error", "function": function, "factor": number(said.factor), "message": said.message, "explanation": self.after_text(broken, best), "formula": said.formula, "replacement": said.replacement}, **place))
        if best.verdict == "wrong" and not out:
            wrong = [each.leaf.name for each in best.checks if not each.agrees and not each.missing]
            out.append(dict(whole, rule="wrong-gradient", severity="error", message="The gradient of %s is not the derivative of the cost; no single assignment explains it." % ", ".join(wrong), **place))
        for note in best.notes:
            out.append(dict(whole, rule="note", severity="information", message=note, **place))
        return out

    def top_link(self, best):
        """Where an all-through factor or sign comes in: the first link that has it already, else where dW is computed."""
        finder = getattr(best, "localizer", None)
        if finder is None:
            return None
        update = best.base.gradient_from == "update"
        links, weights = [], []
        for event in finder.events[finder.start:]:
            site = self.recorder.sites[event.site]
            if update and best.reason == "sign" and site.kind in ("update", "assign") and any(same_name(site.target, leaf.name) for leaf in best.program.leaves):
                weights.append(site)
            k, kind = finder.factor_of(event)
            if k is None or site.kind in ("factor", "tuple", "return", "unpack"):
                continue
            (links if kind == "link" else weights).append((site, k)) if not update or kind == "link" else None
        m = best.program.data.m
        bad = None
        if best.reason == "1/m twice":
            bad = next((site for site, k in links if abs(abs(k) - 1) < 0.02 or abs(abs(k) * m - 1) < 0.02), None) or next((each[0] for each in weights if isinstance(each, tuple)), None)
        elif best.reason == "sign":
            bad = next((site for site, k in links if k < 0), None)
            if bad is None and weights:
                bad = weights[0] if update and not isinstance(weights[0], tuple) else weights[0][0]
        elif best.reason == "both signs":
            cost = next((step.function for step in best.program.steps if step.role in ("cost", "both")), None)
            if cost is not None:
                return dict({"function": cost.name}, **self.place(cost.file, cost.returns and getattr(cost.node.body[-1], "lineno", cost.line) or cost.line))
        if bad is None:
            return None
        return dict({"function": bad.function.split(".")[-1]}, **self.site_place(bad))

    def blame(self, broken, finder, site):
        """Function and place to show: the caller's, where a right function is given the wrong value."""
        stored = finder.stored_wrong(broken)
        if stored is not None:
            return stored.function.split(".")[-1], self.site_place(stored)
        moved = finder.caller_to_blame(broken)
        if moved is not None:
            function, line, file = moved
            return function, dict(self.place(file, line))
        return site.function.split(".")[-1].replace("<module>", "<lambda>"), self.site_place(site)

    @staticmethod
    def after_text(broken, best):
        rest = getattr(best, "remaining", set())
        return "Everything after it is right, given its input." if not rest else "With it set right, %s would still be wrong." % ", ".join(sorted(rest))

    def chain(self, best):
        """The backward pass link by link, from dAL down: what agrees, the first broken one, and what comes after."""
        finder = getattr(best, "localizer", None)
        if finder is None:
            return []
        out, seen = [], set()
        bad = {each.event.site for each in best.broken}
        reached = False
        for event in finder.events[finder.start:]:
            site = self.recorder.sites[event.site]
            if site.kind in ("factor", "tuple") and event.site not in bad or not isinstance(event.value, np.ndarray) or (event.site, event.index) in seen:
                continue
            seen.add((event.site, event.index))
            match = finder.match(event)
            if match is None and event.site not in bad and not (reached and site.kind in ("assign", "update", "mutate") and event.value.size > 1):
                continue
            state = "broken" if event.site in bad and any(event.key == each.key for one in best.broken for each in one.events) else ("after" if reached else "right")
            reached = reached or state == "broken"
            out.append(dict({"name": site.target, "function": site.function.split(".")[-1], "is": match, "state": state}, **self.place(site.file, site.line)))
            if len(out) >= 60:
                break
        return out

    def scope_of(self, best):
        program = best.program
        data = program.data
        checked = ["dW and db of %d layers at %d entries against central differences of %s" % (len(self.layers(best)), sum(len(each.entries) for each in best.checks), "your cost" if program.cost_known else best.cost + ", inferred because the file has no cost function"), "%d samples (%s), widths %s" % (data.m, "rows" if data.rows else "columns", " - ".join(str(each) for each in [program.sizes.n0] + program.sizes.dims[1:-1] + [program.sizes.nL]))]
        missing = [each.leaf.name for each in best.checks if each.missing]
        unchecked = []
        if missing:
            unchecked.append("no gradient was found for %s" % ", ".join(missing))
        bound = {step.function.title for step in program.steps}
        for each in self.code.functions:
            if each.own and names.like_name(each.name, names.BACKWARD) and each.title not in bound and not self.reached(each, bound) and "check" not in each.name:
                unchecked.append("%s is not reached from the backward pass that was checked" % each.title)
        return checked, unchecked

    def reached(self, function, bound):
        todo, seen = [each for each in self.code.functions if each.title in bound], set()
        while todo:
            each = todo.pop()
            if each.name in seen:
                continue
            seen.add(each.name)
            todo.extend(other for other in self.code.functions if other.name in each.callees)
        return function.name in seen or any(function.name in method.callees for owner in self.code.classes for method in owner.methods.values())

    def summary(self, best, out):
        errors = [each for each in out["findings"] if each["severity"] == "error"]
        if best.verdict == "wrong" and errors:
            first = errors[0]
            return "The gradient is wrong: %s, line %s. %s" % (first["function"], first.get("line"), first["message"])
        if best.verdict == "convention":
            return out["findings"][0]["message"]
        if best.verdict == "correct":
            inferred = "" if best.program.cost_known else " (the file has no cost function; %s was inferred from its gradient)" % best.cost
            return "The gradient is the derivative of the cost in every layer%s." % inferred
        return "No cost was found whose derivative could be compared with the gradient."


def same_name(target, leaf):
    strip = lambda text: names.plain(re.sub(r"^self\.", "", text).split("[")[0])
    return strip(target) == strip(leaf)


def partner(weight, biases, index):
    digits = re.findall(r"\d+", weight.leaf.name)
    for each in biases:
        if digits and re.findall(r"\d+", each.leaf.name) == digits and each.leaf.path[:-2] == weight.leaf.path[:-2]:
            return each
    for each in biases:
        if each.leaf.path[:-1] == weight.leaf.path[:-1] and len(weight.leaf.path) > 2 and len([one for one in biases if one.leaf.path[:-1] == weight.leaf.path[:-1]]) == 1:
            return each
    for each in biases:
        if digits and re.findall(r"\d+", each.leaf.name) == digits:
            return each
    return biases[index] if index < len(biases) else None


def number(value):
    """JSON has no NaN."""
    return float(value) if value is not None and np.isfinite(value) else None
