"""What failed once fails again: attempts that begin as one that failed are not made, so that a search stays short."""


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
        at = next((index for index, (_, function) in enumerate(steps) if function is attempt.function), None)
        done = max(inner, 0 if attempt.stage == "init" else len(steps) if attempt.stage == "gradients" or at is None else at + 1)
        self.reached = done
        if owner is None and init is None:
            # what the parameters are then depends on all the steps
            return None
        if self.dead is None or len(self.code.supplied) != self.supplied_then:
            self.dead, self.supplied_then = {}, len(self.code.supplied)
        self.dead[attempt.began + (steps_of(steps[:done]),)] = (done, self.failures[-1])
        return None

    def failed_before(self, attempt, owner, init, steps):
        attempt.began = self.beginning(attempt, owner, init)
        if not self.dead or len(self.code.supplied) != self.supplied_then:
            return False
        for count in range(len(steps) + 1):
            known = self.dead.get(attempt.began + (steps_of(steps[:count]),))
            if known is not None:
                self.reached, failure = known
                self.failures.append((failure[0], len(self.failures)) + failure[2:])
                return True
        return False

    #: {beginning: the failure}, how many globals were supplied when it was made, and how far the last attempt came
    dead, supplied_then, reached = None, 0, 0
