"""Classes whose constructor is written nowhere: it is given the fields."""

import dataclasses


def fields(kind):
    """What a dataclass must be given."""
    made = dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ()
    return [each.name for each in made if each.init and each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING]


def made(kind, given):
    """An object, of {field: value}. Raises LookupError where a field has none."""
    lacking = [each for each in fields(kind) if each not in given]
    if lacking:
        raise LookupError("%s needs `%s`, and nothing in the file says what that is" % (kind.__name__, lacking[0]))
    return kind(**given)
