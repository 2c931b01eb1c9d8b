"""Whether a step is that of an optimizer, Adam or momentum, and no multiple of the gradient or one that says nothing."""

import re

from ..bind.parameters import is_buffer


def not_plain(program):
    """Whether the step passes through an optimizer that is more than gradient descent."""
    try:
        events = program.run(record=True).events
    except Exception:
        return False
    sites = program.recorder.sites
    return any(re.search(r"adam|adagrad|rmsprop|rms_prop|momentum|nesterov|adadelta", sites[each.site].function, re.I) or re.search(r"(^|[._])(m|v)_?hat|velocity|momentum", sites[each.site].target, re.I) for each in events)


def gathers(program):
    """Whether the step goes through what is kept of the steps before, `v[i] = beta * v[i] + (1 - beta) * dW[i]`: its first one is a multiple of the gradient."""
    try:
        events = program.run(record=True).events
    except Exception:
        return False
    sites = [program.recorder.sites[each.site] for each in events]
    return any(is_buffer(each.target.split("[")[0].split(".")[-1]) and re.search(r"%s\s*[*+]|[*+]\s*%s" % ((re.escape(each.target),) * 2), each.value or "") for each in sites)
