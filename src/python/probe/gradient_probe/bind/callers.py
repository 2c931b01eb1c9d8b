"""What a function is given by its callers, and theirs, under names of their own: `train(hidden_weights)` in `run(w_hidden)`, which is called with what the initializer made."""

from ..common import names
from ..source.functions import label


class Callers:
    """Part of a Pool."""

    def handed_on(self, function, argument, phase, depth=3):
        """Parameters for a function that calls them otherwise than whoever made them: by the names that its callers, and theirs, have for them."""
        if self.making(phase) or names.plain(argument) in self.named or not (names.is_weight(argument) or names.is_bias(argument)):
            return None
        for expression, inside, _ in self.code.argument_at_site(function, argument) if depth else ():
            name = label(expression)
            if name is not None and names.plain(name) in self.named:
                return lambda pool, key=names.plain(name): pool.named[key]
            caller = next((each for each in self.code.functions if each.node is inside and name in each.arguments), None)
            found = self.handed_on(caller, name, phase, depth - 1) if caller is not None else None
            if found is not None:
                return found
        return None
