"""Objects of libraries that are neither arrays nor datasets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from keras_shapes.model import Argument
from keras_shapes.reader.values import Value
from keras_shapes.source import Span

FRAME: Final = "pandas.DataFrame"
IMAGE: Final = "PIL.Image.Image"
ARRAY_LIKE: Final = frozenset({FRAME, IMAGE})
"""Objects with an array inside them, under the fact "array"."""
FORGOTTEN: Final = "forgotten"
"""The fact that something was done to an object that was not read: the reason why nothing is known of it."""


@dataclass(frozen=True, slots=True, eq=False)
class LibraryObject:
    """A scaler, a tokenizer, a data frame: an object with a state of its own.

    `kind` is its canonical class name, `arguments` are those of its constructor. `facts` is what is known of its
    state: it is changed in place when the object is, and may then be a Choice between what branches made of it.
    """

    kind: str
    arguments: tuple[Argument, ...] = ()
    facts: dict[str, Value] = field(default_factory=dict)
    span: Span | None = None
