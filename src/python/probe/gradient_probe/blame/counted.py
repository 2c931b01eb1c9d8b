"""A number of samples that was taken along the wrong axis, `m = X.shape[0]` of samples in columns: with the true one every gradient is right."""

import re

import numpy as np

from ..common import names

#: What counts along an axis: X.shape[0], len(X), np.size(X, 0).
COUNTING = r"shape|\blen\b|size"


def along_axis(text):
    return re.search(COUNTING, text or "") is not None


def find(finder, wanted):
    """(events, scale, fixed): the first place that counts another number of samples than there are, where that is all that is wrong; None where it is not."""
    m, passed = finder.program.data.m, {}
    for event in finder.events[finder.start:]:
        site = finder.recorder.sites[event.site]
        if site.kind == "assign" and isinstance(event.value, np.ndarray) and event.value.ndim == 0 and float(event.value) not in (m, 0.0) and along_axis(site.value) and names.is_name(site.target.split(".")[-1], names.M_NAMES + "|^n$"):
            passed.setdefault(event.site, []).append(event)
    for events in passed.values():
        fixed, scale = finder.agreeing(finder.right({each.key: float(m) for each in events}))
        if fixed >= wanted and scale is not None and (abs(scale - 1) < 1e-3 and abs(finder.factor - 1) > 1e-3 or not finder.now >= wanted):
            return events, scale, fixed
    return None


def said(event, name, m):
    """A sentence on such a place."""
    return "%s is %d here, and there are %d samples: it counts along another axis." % (name, int(event.value), m)


def formula(name, text):
    """`m = X.shape[1]` for `X.shape[0]`; None of anything else."""
    found = re.match(r"^(.*\.shape\[)([01])(\].*)$", text or "")
    return None if found is None else "%s = %s%d%s" % (name, found.group(1), 1 - int(found.group(2)), found.group(3))
