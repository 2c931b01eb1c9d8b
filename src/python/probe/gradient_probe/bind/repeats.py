"""What failed once fails again: attempts that begin as one that failed are not made, so that a search stays short."""

import itertools
import re

from .pool import Missing

#: After the steps of a combination: it failed when all of them had run.
WHOLE = "all"


def steps_of(steps):
    return tuple((role, id(function)) for role, function in steps)


class Repeats:
    """Part of a Search."""

    @staticmethod
    def beginning(attempt, owner, init):
        """All that decides how the steps go, as it is before they run: the setting, the options, what makes the parameters."""
        setting = attempt.setting
        return (id(owner), id(init), tuple(setting.sizes.dims), setting.rows, setting.form, setting.m, setting.fixed, str(sorted(attempt.options.items(), key=str)))

    def remember(self, attempt, owner, init, steps, inner=0):
        """Other combinations that begin with the same steps need not be tried in this setting: they stop at the same place.

        `inner`: how many steps a variant of this attempt came through before it failed too. None is returned, for the caller to return.
        """
        self.renew()
        if isinstance(self.failures[-1][3], Missing) and not any(step.role == "forward" for step in attempt.program.steps):
            # no value for an argument, and nothing ran that the samples decide: it is the same with others
            self.lacking[self.whatever(attempt, owner, init, steps)] = self.failures[-1]
        missing = re.search(r"name '(\w+)' is not defined", str(self.failures[-1][3]))
        if missing is not None and missing.group(1) in self.refused and attempt.function is not None:
            # nothing makes the name, whatever the samples are
            self.nameless[id(attempt.function)] = self.failures[-1]
        at = next((index for index, (_, function) in enumerate(steps) if function is attempt.function), None)
        done = max(inner, 0 if attempt.stage == "init" else len(steps) if attempt.stage == "gradients" or at is None else at + 1)
        self.reached = done
        if owner is None and init is None:
            # what the parameters are then depends on all the steps
            return None
        # no gradient is found after these steps; an update that follows them may show one
        ended = (WHOLE,) if attempt.stage == "gradients" else ()
        self.dead[attempt.began + (steps_of(steps[:done]) + ended,)] = (done, self.failures[-1])
        return None

    def failed_before(self, attempt, owner, init, steps):
        attempt.began = self.beginning(attempt, owner, init)
        self.renew()
        lacking = self.lacking.get(self.whatever(attempt, owner, init, steps)) or next((self.nameless[id(each)] for _, each in steps if id(each) in self.nameless), None)
        if lacking is not None:
            self.reached = 0
            self.failures.append((lacking[0], len(self.failures)) + lacking[2:])
            return True
        for begun in [steps_of(steps[:count]) for count in range(len(steps) + 1)] + [steps_of(steps) + (WHOLE,)]:
            known = self.dead.get(attempt.began + (begun,))
            if known is not None:
                self.reached, failure = known
                self.failures.append((failure[0], len(self.failures)) + failure[2:])
                return True
        return False

    def made(self, attempt, owner, init):
        """Takes down which shapes the parameters have at the widths that were asked for."""
        asked = attempt.setting.asked
        if attempt.program.leaves and (owner is not None or init is not None):
            self.shapes.setdefault((owner, init, attempt.shrunk), {})[asked] = tuple(leaf.shape for leaf in attempt.program.leaves)

    def nothing_new(self, owner, init, outputs):
        """Whether other widths with so many outputs show nothing: the file fixes all widths, or does not ask for the number of layers."""
        for key, found in self.shapes.items():
            if key[:2] == (owner, init):
                # a constructor that takes three of four widths has never seen the last
                same = [(one, other) for one, other in itertools.combinations(found, 2) if found[one] == found[other] and not {size for shape in found[one] for size in shape} <= {1, *one[:-1]}]
                if any(one[-1] != other[-1] for one, other in same) or same and any(each[-1] == outputs for each in found):
                    return True
        return False

    @staticmethod
    def whatever(attempt, owner, init, steps):
        return (id(owner), id(init), steps_of(steps), str(sorted(attempt.options.items(), key=str)))

    def renew(self):
        """Forgets what failed for a global that is there now."""
        if self.dead is None or len(self.code.supplied) != self.supplied_then:
            self.dead, self.lacking, self.nameless, self.supplied_then = {}, {}, {}, len(self.code.supplied)

    #: {function: the failure} of those that read a name which nothing makes
    nameless = None
    #: {beginning: the failure}; {combination: the failure} for an argument without a value; how many globals were supplied then, and how far the last attempt came
    dead, lacking, supplied_then, reached = None, None, 0, 0
