"""Objects of libraries that are neither arrays nor datasets."""

from __future__ import annotations

from dataclasses import dataclass, field

from keras_shapes.model import Argument
from keras_shapes.reader.values import Value
from keras_shapes.source import Span


@dataclass(frozen=True, slots=True, eq=False)
class LibraryObject:
    """A scaler, a tokenizer, a data frame: an object with a state of its own.

    `kind` is its canonical class name, `arguments` are those of its constructor. `facts` is what is known of its
    state: it is changed in place when the object is. The fact "array" is the array that the object is (a data frame).
    """

    kind: str
    arguments: tuple[Argument, ...] = ()
    facts: dict[str, Value] = field(default_factory=dict)
    span: Span | None = None
