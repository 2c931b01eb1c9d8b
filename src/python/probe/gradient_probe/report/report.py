"""The result as data: verdict, layers, chain, findings with their places, what was bound and what was not checked."""

import re
import sys

import numpy as np

from ..bind.parameters import INPUT
from ..bind.roles import role_of
from ..blame import by_z
from ..certain import outdated
from ..common import internal
from ..common import names
from ..common import numeric as core
from ..source import lifting
from ..source.functions import enclosing
from . import scaling
from .failures import Failures
from .findings import Findings, number


class Report(Findings, Failures):
    def __init__(self, path):
        self.path = path
        self.source = None
        self.code = None
        self.search = None
        self.recorder = None
        self.loader = None
        self.others = []
        #: a backward pass with L2 was left, for the cost with L2 did not run; every way to put the functions together was tried
        self.unpaired = self.searched = False
        #: titles of the backward passes that are right by themselves
        self.alone = []
        #: the evaluation that stands for the file so far
        self.best = None
        #: what reading alone tells
        self.mistakes = []
        #: CannotRun of an exercise that nobody filled in
        self.unfilled = None

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
        return len(text.encode("utf-16-le")) // 2 + 1 + source.indent(line)

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
        for each in self.code.every:
            if each.own:
                roles = [role for role, _ in role_of(each)]
                out.append(dict({"function": each.title, "roles": roles, "arguments": each.arguments}, **self.place(each.file, each.line)))
        return out

    def cannot_run(self, problem, explanation="Nothing could be checked: the code stops here before a gradient is there."):
        if problem.function == "lifted":
            problem.function = "<module>"
        place = self.place(problem.file or self.path, problem.line)
        where = ("cell %d, line %d" % (place["cell"] + 1, place["line"]) if "cell" in place else "line %d" % problem.line) if problem.line else "the file"
        if self.source is None and problem.line is not None:
            place = {"file": self.path, "line": problem.line}
        what = "%s in %s" % (problem.function, where) if problem.function else where
        out = self.base("cannot run", "It cannot run: %s (%s)." % (problem.message.rstrip("."), what))
        out["findings"] = [dict({"rule": "cannot-run", "severity": "error", "function": problem.function, "factor": None, "message": "This cannot run: %s." % problem.message.rstrip("."), "explanation": explanation, "formula": None, "replacement": None, "line": None}, **place)]
        return out

    # -- a network that ran

    def result(self, best):
        verdict = best.verdict if best.verdict != "unclear" else "not bound"
        out = self.base(verdict, "")
        scaling.shown(best)
        out["bound"] = self.bound(best)
        if verdict == "not bound":
            # no numbers: nothing is known to be wrong where nothing could be compared
            out["missing"] = ["a cost whose derivative could be compared"] + internal.caught
            out["summary"] = "No cost was found whose derivative could be compared with the gradient."
            return out
        out["layers"] = self.layers(best)
        out["findings"] = self.findings(best)
        for each in out["findings"]:
            if each["function"] == "<module>" and each.get("line") and "cell" not in each and each.get("file") in self.code.trees:
                # a script that stands in main()
                each["function"] = enclosing(self.code.trees[each["file"]], each["line"]) or "<module>"
        out["findings"] += self.outdated()
        out["chain"] = self.chain(best)
        out["checked"], out["notChecked"] = self.scope_of(best)
        out["summary"] = self.summary(best, out)
        return out

    def outdated(self):
        """A remark for each name that NumPy has dropped: it was taken as it was meant."""
        return [dict({"rule": "note", "severity": "information", "function": enclosing(self.source.tree, node.lineno) or "<module>", "factor": None, "message": "np.%s is gone from newer NumPy, which stops there; it was taken as it was meant." % name, "explanation": "", "formula": None, "replacement": None}, **self.place(self.path, node.lineno)) for name, node in outdated.given_back(self.source.tree).items()]

    def bound(self, best):
        program = best.program
        out = {}
        for role, each in self.bound_functions(best):
            out[role] = dict({"function": each.title}, **self.place(each.file, each.line))
        owner, init, _ = best.parts
        if init is not None:
            out["init"] = dict({"function": init.title}, **self.place(init.file, init.line))
        return {
            "functions": out,
            "class": owner.name if owner is not None else None,
            "parameters": [leaf.name for leaf in program.leaves],
            "cost": best.cost if not program.cost_known else None,
            "widths": scaling.widths(program),
            "samples": program.data.m,
            "samplesAre": "rows" if program.data.rows else "columns",
            "gradient": best.base.gradient_from,
        }

    @staticmethod
    def bound_functions(best):
        """[(role, function)]; of a network that was put together here of their layers, those of the dense layer and of the loss."""
        chain = getattr(best.program, "chain", None)
        if chain:
            return [("forward", chain[0]), ("cost", chain[-1 - (len(chain) % 2 == 0)]), ("backward", chain[1])]
        return [(step.role, step.function) for step in best.program.steps]

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

    def chain(self, best):
        """The backward pass link by link, from dAL down: what agrees, the first broken one, and what comes after."""
        finder = getattr(best, "localizer", None)
        if finder is None:
            return []
        out, seen = [], set()
        early = [each[0].number for each in [by_z.handed(finder, one) for one in best.broken[:1]] if each is not None]
        bad = set(early) or {each.event.site for each in best.broken}
        reached = False
        for event in finder.events[finder.start:]:
            site = self.recorder.sites[event.site]
            if site.kind in ("factor", "tuple") and event.site not in bad or not isinstance(event.value, np.ndarray) or (event.site, event.index) in seen:
                continue
            seen.add((event.site, event.index))
            match = finder.match(event)
            if match is None and event.site not in bad and not (reached and site.kind in ("assign", "update", "mutate") and event.value.size > 1):
                continue
            state = "broken" if event.site in bad and (early or any(event.key == each.key for one in best.broken for each in one.events)) else ("after" if reached else "right")
            reached = reached or state == "broken"
            out.append(dict({"name": site.target, "function": site.function.split(".")[-1], "is": match, "state": state}, **self.place(site.file, site.line)))
            if len(out) >= 60:
                break
        return out

    def scope_of(self, best):
        program = best.program
        data = program.data
        entries = sum(len(each.entries) for each in best.checks)
        checked = ["dW and db of %s at %d entries against central differences of %s" % (counted(len(self.layers(best)), "layer"), entries, "your cost" if program.cost_known else best.cost if best.scaled else "%s, inferred because %s" % (best.cost, self.no_cost())), "%s (%s), widths %s" % (counted(data.m, "sample"), "rows" if data.rows else "columns", " - ".join(str(each) for each in scaling.widths(program)))]
        if any(each.leaf.kind == INPUT for each in best.checks):
            checked[0] = "%s by itself, at %d entries against central differences of %s" % (program.chain[-1].title, entries, best.cost)
        alone = [each for each in self.alone if each not in bound_titles(program)]
        checked.extend(["by itself, against its own forward pass: %s" % ", ".join(alone)] if alone else [])
        if self.source.python2 is not None:
            checked.append("as Python 2 runs it: Python 3 stops in line %s (%s)" % (self.source.place(self.source.python2.line).get("line"), self.source.python2.message))
        missing = [each.leaf.name for each in best.checks if each.missing]
        unchecked = []
        if missing:
            unchecked.append("no gradient was found for %s" % ", ".join(missing))
        also = [best] + [each for each in self.others if each.verdict in ("correct", "convention")]
        bound = {title for one in also for title in bound_titles(one.program)} | set(self.alone)
        if program.from_script:
            bound |= {each.title for each in lifting.reached(self.code, program.steps[-1].function.node, set())}
        called = {step.function.name for one in also for step in one.program.steps if step.role in ("backward", "both")}
        for each in self.code.functions:
            if each.own and names.like_name(each.name, names.BACKWARD) and each.title not in bound and not each.callees & called and not self.reached(each, bound) and "check" not in each.name:
                unchecked.append("%s is not reached from the backward pass that was checked" % each.title)
        if self.loader.helped:
            unchecked.append("%s: the module they come from is not here, so what everyone means by them was taken" % ", ".join(sorted(self.loader.helped)))
        if best.on_data is not None:
            checked.extend(best.on_data.checked)
            unchecked.extend(best.on_data.not_checked)
        unchecked.extend(program.remarks())
        unchecked.extend(internal.caught)
        return checked, unchecked

    def no_cost(self):
        """Why a cost was inferred."""
        every = self.code.every
        costs = [each.title for each in every if each.own and any(role == "cost" for role, _ in role_of(each))]
        return "the file has no cost function" if not costs else "%s could not be compared with it" % ", ".join(costs[:3])

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
        if best.verdict == "wrong":
            return "The gradient is wrong" + "".join(": %s, line %s. %s" % (first["function"], first.get("line"), first["message"]) for first in errors[:1])
        if best.verdict == "convention":
            return out["findings"][0]["message"]
        inferred = "" if best.program.cost_known else " (%s; %s was inferred from its gradient)" % (self.no_cost(), best.cost)
        return "The gradient is the derivative of the cost in every layer%s." % inferred


def bound_titles(program):
    return {step.function.title for step in program.steps} | {each.title for each in getattr(program, "chain", ())}


def counted(number, noun):
    return "%d %s%s" % (number, noun, "" if number == 1 else "s")


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
