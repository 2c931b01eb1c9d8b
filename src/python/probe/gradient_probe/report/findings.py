"""What is wrong, or a convention, as findings with their places."""

import re
import types

import numpy as np

from ..bind.parameters import INPUT
from ..blame import by_z, loss_calls
from ..blame.explain import explain
from ..blame.misnamed import RULES, found as misnamed_activation, place as place_of
from ..certain.reading import ARGUMENT, UPDATE, redrawn_masks
from ..common import names
from ..common import numeric as core
from ..judge import slopes

CONVENTIONS = {
    "2": "your gradient is right for twice your cost: MSE without the ½, while your cost has it",
    "1/2": "your gradient is right for ½·MSE; your cost has no ½",
    "m": "your gradient is that of the sum over the samples; your cost is their mean",
    "1/m": "your gradient is averaged over the samples; your cost is their sum",
    "C": "your cost is also averaged over the C outputs; your gradient is not",
    "1/C": "your gradient is also averaged over the C outputs; your cost is not",
    "m/2": "your gradient is that of half the sum over the samples; your cost is their mean",
    "1/(2m)": "your gradient is that of half the mean over the samples; your cost is their sum",
    "2/m": "your gradient is that of the mean over the samples; your cost is half their sum",
    "2m": "your gradient is that of the sum over the samples; your cost is half their mean",
    "C/2": "your gradient is that of ½ the squares summed over the outputs; your cost is their mean",
    "2/C": "your gradient is averaged over the C outputs; your cost is ½ their sum",
    "m C": "your gradient is that of a sum; your cost is the mean over samples and outputs",
    "m C/2": "your gradient is that of half the sum; your cost is the mean over samples and outputs",
    "ln 2": "your cost is in bits, with log2; your gradient is that of the natural logarithm",
    "ln 10": "your cost has log10; your gradient is that of the natural logarithm",
    "m ln 2": "your cost is a mean in bits, with log2; your gradient is that of the sum with the natural logarithm",
    "1/(m C)": "your gradient is averaged over samples and outputs; your cost is a sum",
}
#: {reason of a "wrong" that runs through all layers: its rule}
RIGHT_BUT = {"1/m twice": "factor", "sign": "sign", "both signs": "both-signs", "loss sign": "sign", "other cost": "loss-derivative"}


def number(value):
    """JSON has no NaN."""
    return float(value) if value is not None and np.isfinite(value) else None


def same_name(target, leaf):
    strip = lambda text: names.plain(re.sub(r"^self\.", "", text).split("[")[0])
    return strip(target) == strip(leaf)


class Findings:
    """Part of a Report."""

    def findings(self, best):
        out = []
        finder = getattr(best, "localizer", None)
        backward = next((step.function for step in best.program.steps if step.role in ("backward", "both", "train")), None)
        if backward.file not in self.loader.sources:
            # a network that was put together here of their layers
            backward = next((each for each in getattr(best.program, "chain", ()) if names.like_name(each.name, names.BACKWARD)), backward)
        place = self.place(backward.file, backward.line)
        whole = {"function": backward.name, "factor": None, "formula": None, "replacement": None, "explanation": ""}
        if best.verdict == "convention":
            name = getattr(best, "label", None)
            if best.reason == "cost sign":
                text = "Your gradient is right for minus your cost: the cost has its sign flipped."
            elif best.reason == "other cost":
                text = "Your gradient is right for %s; the cost you print is another." % best.cost
            elif best.reason == "shifted logarithms":
                text = "Your cost adds a number inside its logarithms that is too large for an epsilon; your gradient is that of the cost without it."
            elif best.reason == "twice":
                text = "Every gradient is twice that of the %s, which is AL - Y at the output: the 2 belongs to a square." % best.inferred
            elif best.reason == "l2":
                text = "Your gradient has an L2 term that your cost has not; apart from it they agree."
            else:
                text = "Every gradient is %s times the derivative of your cost: %s." % (name or "%.6g" % best.factor, CONVENTIONS.get(name, "a matter of convention, because one constant runs through all layers"))
            out.append(dict(whole, rule="convention", severity="information", message=text, **place))
            out[-1]["factor"] = number(2.0 if best.reason == "twice" else best.factor)
            out[-1]["explanation"] = "Gradient descent goes the same way; only the learning rate means something else."
        if best.verdict == "wrong" and best.reason in RIGHT_BUT:
            said = {"other cost": "This is the gradient of %s; the cost of the file is another, and has another derivative." % best.cost, "1/m twice": "Every gradient is m times too small: 1/m is there twice, so it shrinks as samples are added.", "sign": "Every gradient points the wrong way: gradient descent with it raises the cost.", "loss sign": "The derivative of this loss has the wrong sign: gradient descent with it raises the loss.", "both signs": "Cost and gradient both have their sign flipped: they agree with each other, and a step of gradient descent makes the predictions worse."}[best.reason]
            line = self.top_link(best)
            out.append(dict(whole, rule=RIGHT_BUT[best.reason], severity="error", message=said, **place))
            out[-1]["factor"] = number(best.factor)
            if line is not None:
                out[-1].update(line)
        if best.update is not None:
            site, rule, text, formula = best.update
            out.append(dict(whole, rule=rule, severity="error", message=text, **(self.site_place(site))))
            out[-1].update(function=site.function.split(".")[-1], formula=formula)
        for broken in best.broken:
            finder.look_at(broken)
            site = self.recorder.sites[broken.event.site]
            said = explain(broken, finder)
            if said.rule == "l2":
                site = finder.last_with(broken) or site
            read = next((each for each in self.mistakes if (said.rule == "wrong-value" or said.rule in ("loss-derivative", "activation-derivative", "order") and each.rule == "order") and each.node.lineno == site.line and site.file == self.path), None)
            if read is not None:
                # what is wrong was proved by running; why, reading tells
                said.rule, said.message, said.formula = read.rule, read.message, read.formula
            handed = finder.l2_left_out(broken) if said.rule == "l2" else finder.handed_another(broken, said.rule)
            if said.rule == "axis" and any(finder.handed_another(each, "shape") is not None and finder.recorder.sites[each.event.site].function == site.function for each in best.broken if each is not broken):
                # the same call: what it was given is the fault
                continue
            function, place = self.blame(broken, finder, site)
            adding = next((step.function for step in best.program.steps if step.role == "update"), None)
            if said.passed_on and finder.passing_on(broken) is not None:
                site = finder.passing_on(broken)
                function, place = site.function.split(".")[-1], self.site_place(site)
            early = by_z.handed(finder, broken, said) or loss_calls.wrong(finder, broken)
            if early is not None:
                site, said.message, said.formula = early
                function, place, said.rule, said.replacement = site.function.split(".")[-1], self.site_place(site), "loss-derivative" if finder.is_output(broken) else said.rule, None
            if said.rule == "upstream-dropped" and finder.without_upstream(broken) is not None:
                name, line, file = finder.without_upstream(broken)
                function, place, said.formula, said.replacement = "<module>" if name == "lifted" else name, dict(self.place(file, line)), None, None
                said.message = "Only the derivative of the activation is here: the upstream dA is dropped."
            if said.rule == "dropout-mask" and finder.without_mask(broken) is not None:
                function, line, file = finder.without_mask(broken)
                place, said.formula, said.replacement = dict(self.place(file, line)), None, None
            if said.rule == "l2" and adding is not None:
                # the other weights get their L2 term in the update: there it is missing
                leaf = finder.leaf_of(broken)
                line = next((one for one in self.recorder.sites if one.function.split(".")[-1] == adding.name and leaf is not None and same_name(one.target, leaf.name)), None)
                function, place = adding.name, self.site_place(line) if line is not None else self.place(adding.file, adding.line)
            if said.rule != "dropout-mask" and function != site.function.split(".")[-1] and place.get("line") != self.site_place(site).get("line") and finder.given_wrong(broken) is not None:
                said.rule, said.message, said.formula, said.replacement, said.factor = "activation-derivative", finder.given_wrong(broken), None, None, None
            if handed is not None:
                function, place = handed[0], dict(self.place(handed[2], handed[1]))
                said.message, said.formula, said.replacement, said.factor = handed[3], None, None, None
            misnamed = misnamed_activation(best.program) if said.rule in RULES and broken is best.broken[0] else None
            if misnamed is not None:
                function, place = misnamed[0].name, self.site_place(place_of(misnamed[0]))
                said.rule, said.message, said.formula, said.replacement, said.factor = "activation-derivative", misnamed[1], None, None, None
            drawn = next((each for each in redrawn_masks(self.code.trees[self.path]) if each.function == function), None) if getattr(best, "dropout", False) else None
            if drawn is not None:
                place = self.place(self.path, drawn.node.lineno)
                said.rule, said.message, said.formula, said.replacement, said.factor = drawn.rule, drawn.message, None, None, None
            out.append(dict({"rule": said.rule, "severity": "error", "function": function, "factor": number(said.factor), "message": said.message, "explanation": self.after_text(broken, best), "formula": said.formula, "replacement": said.replacement}, **place))
        if best.broken:
            finder.look_at(best.broken[0])
        if best.verdict == "wrong" and not out:
            bad = [each for each in best.checks if not each.agrees and not each.missing]
            wrong, factor = [each.leaf.name for each in bad], core.uniform_factor(bad) if bad else None
            said = None if factor is None or not best.program.cost_known else core.name_factor(factor, best.program.data.m, best.program.sizes.nL)
            message = "The gradient of %s is not the derivative of the cost; no single assignment explains it." if said is None else "The gradient of %s has the right direction, but is " + said.replace("%", "%%") + " times the derivative of the cost, and that of the others is not."
            if any(each.leaf.kind == INPUT for each in bad):
                message = "What this hands down is not the derivative by what the layer was given: what comes from above times that of its own forward pass.%.0s"
            out.append(dict(whole, rule="wrong-gradient" if said is None else "factor", severity="error", message=message % ", ".join(wrong), **place))
            out[-1]["factor"] = None if said is None else number(factor)
            read = next((each for each in self.mistakes + slopes.mistakes(self.code) + list(redrawn_masks(self.code.trees[self.path])) if not each.fatal and self.code.runs(each.function, best.program.steps)), None)
            if read is not None:
                # that it is wrong was proved by running; where, reading tells
                out[-1].update(rule=read.rule, message=read.message, formula=read.formula, function=read.function, **self.place(self.path, read.node.lineno))
            elif wrong and self.assigning(best, wrong[0]) is not None:
                site = self.assigning(best, wrong[0])
                out[-1].update(self.site_place(site), function=site.function.split(".")[-1])
        for note in best.notes:
            out.append(dict(whole, rule="note", severity="information", message=note, **place))
        for rule, severity, message, explanation, site in best.on_data.findings if best.on_data is not None else ():
            out.append(dict(whole, rule=rule, severity=severity, message=message, **(place if site is None else self.site_place(site))))
            out[-1].update(explanation=explanation, function=backward.name if site is None else site.function.split(".")[-1])
        return out

    def misplaced(self, rules=(ARGUMENT, UPDATE)):
        """(site, rule, message, formula) of a call that hands a right function the wrong value, or of a step that moves a parameter by another's gradient; None where there is none."""
        read = next((each for each in self.mistakes if each.rule in rules), None)
        return None if read is None else (types.SimpleNamespace(file=self.path, function=read.function, line=read.node.lineno, end_line=read.node.end_lineno, column=read.node.col_offset, end_column=read.node.end_col_offset), read.rule, read.message, read.formula)

    def assigning(self, best, parameter):
        """The last assignment of a parameter's gradient, by its name, else where the one function that trains changes the parameter itself, or one that a script calls; None where no name says so."""
        finder = getattr(best, "localizer", None)
        sites = [self.recorder.sites[each.site] for each in finder.events[finder.start:]] if finder is not None else []
        found = [each for each in sites if each.kind in ("assign", "update", "unpack", "change", "mutate") and names.is_gradient(each.target.split(".")[-1].split("['")[-1]) and names.stem(each.target.split(".")[-1])[0] == names.plain(parameter)]
        stepped = [each for each in sites if each.kind in ("update", "change") and same_name(each.target.split("[")[0] if best.program.from_script else each.target, parameter) and (best.program.from_script or any(each.function.split(".")[-1] == step.function.name for step in best.program.steps))] if best.base.gradient_from == "update" else []
        return (found or stepped or [None])[-1]

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
            if k is None or site.kind in ("factor", "tuple", "unpack") or (site.kind == "return" and (site.value is None or site.value.isidentifier())):
                continue
            (links if kind == "link" else weights).append((site, k)) if not update or kind == "link" else None
        m = best.program.data.m
        bad = None
        if best.reason == "1/m twice":
            bad = next((site for site, k in links if abs(abs(k) - 1) < 0.02 or abs(abs(k) * m - 1) < 0.02), None) or next((each[0] for each in weights if isinstance(each, tuple)), None)
        elif best.reason == "other cost":
            bad = next((site for site, _ in links), None)
        elif best.reason in ("sign", "loss sign"):
            bad = next((site for site, k in links if k < 0), None)
            if bad is None and weights:
                bad = weights[0] if update and not isinstance(weights[0], tuple) else weights[0][0]
        elif best.reason == "both signs" and next((site for site, k in links if isinstance(k, float)), None) is not None:
            # the first link has the wrong sign; the cost has it too
            bad = links[0][0]
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
            function = "<module>" if function == "lifted" else function
            return function, dict(self.place(file, line))
        name = site.function.split(".")[-1]
        return "<lambda>" if name == "<module>" and site.kind == "return" else name, self.site_place(site)

    @staticmethod
    def after_text(broken, best):
        rest = getattr(best, "remaining", set())
        return "Everything after it is right, given its input." if not rest else "With it set right, %s would still be wrong." % ", ".join(sorted(rest))
