"""Classes of the user's and their bases: where an attribute comes from, and what they are in the end."""

from __future__ import annotations

from keras_shapes.model import PublicName
from keras_shapes.reader.values import Class, Value


def find_in_class(cls: Class, name: str) -> tuple[Value, Class] | None:
    """The class attribute `name`, and the class that defines it, in the order of the bases."""
    if name in cls.attributes:
        return cls.attributes[name], cls
    for base in cls.bases:
        found = find_in_class(base, name) if isinstance(base, Class) else None
        if found is not None:
            return found
    return None


def public_bases(cls: Class) -> list[PublicName]:
    """The public names that a class derives from, directly or through other classes of the user's."""
    found: list[PublicName] = []
    for base in cls.bases:
        if isinstance(base, PublicName):
            found.append(base)
        elif isinstance(base, Class) and base is not cls:
            found += public_bases(base)
    return found
