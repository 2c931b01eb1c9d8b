"""The same network with another of the activations that it can be told by a word, `activation="tanh"`: a branch that the default does not take."""

import re

from ..bind.activations import NAMED, last_of
from ..bind.entry_words import of_entries, plural
from ..bind.usage import use_of
from ..common import clock
from ..common import names
from .variations import again, unless_late
from .on_top import top_agrees

#: What is said of one, in the words that files compare with.
HIDDEN = r"^(relu|sigmoid|sigm|sig|logistic|tanh|leaky_?relu|elu|swish|softplus|identity|linear)$"
#: So many are tried.
MOST = 4


def others(best, search):
    """Evaluations that are wrong, one for each word; (evaluation, argument, word)."""
    for argument, word in words(best, search.code)[:MOST]:
        if clock.late(search.deadline, clock.WALL):
            return
        other = unless_late(lambda: again(best, search, words={argument: given(best, argument, word, search.code)}), None)
        if other is not None and other.verdict == "wrong" and other.reason is None:
            yield other, argument, word


def meant(best, word):
    """Of the broken links of a network that is told a word those that say something of it: all where its output layer is right, else those in the derivative that the word asks for, else those of hidden layers; the output may not be meant to have this activation."""
    asked = [each for each in best.broken if slope_of(word, best.program.recorder.sites[each.event.site].function.split(".")[-1], best.localizer)]
    return best.broken if top_agrees(best) else asked or [each for each in best.broken if not best.localizer.is_output(each)]


def slope_of(word, name, localizer):
    """Whether a function is the derivative that is named after a word, tanh_derivative, or one that the word tells which it is."""
    function = localizer.function_called(name)
    return names.like_name(name, names.DERIVATIVE) and (word.lower() in names.plain(name) or function is not None and len(function.needed) == 1 and word in function.strings)


def given(best, argument, word, code):
    """A word, or for `activations` one for each layer, with that of the output as it is known."""
    sizes = best.program.sizes
    return [word] * (sizes.L - 1) + [last_of([each for each in NAMED if each in code.strings], sizes, code.text)] if plural(argument) else word


def words(best, code):
    """[(argument, word)] beside the defaults of what the functions of the check are given, and the network when it is made."""
    owner, init, steps = best.parts
    functions = [each for each in [owner.methods.get("__init__") if owner is not None else None, init] + [function for _, function in steps] if each is not None and hasattr(each, "node")]
    out = []
    for function in functions:
        for argument in function.arguments:
            default, texts = getattr(function.defaults.get(argument), "value", None), use_of(code, function, argument).texts
            told = [each for each in list(texts) + of_entries(code, argument) if re.match(HIDDEN, each.lower())]
            if names.like_name(argument, "out|last|final") or not (isinstance(default, str) and re.match(HIDDEN, default.lower()) or argument not in function.defaults and (len(told) > 1 or told and names.like_name(argument, "activ"))):
                continue
            # `if activation == "relu": … else: …`
            told = told if set(told) - {default} and len(told) > 1 or not told else told + [beside(told[0], code)]
            out += [(argument, each) for each in told if each != default and (argument, each) not in out]
    return out


def beside(word, code):
    """The activation that stands for every other word than this one: of the usual ones the first that the file has a function of that name of, else a ReLU, or beside one a sigmoid."""
    own = {names.plain(each.name) for each in code.functions} | {names.plain(each) for owner in code.classes for each in owner.methods}
    return next((each for each in ("relu", "sigmoid", "tanh") if each != word.lower() and each in own), "sigmoid" if word.lower() == "relu" else "relu")
