"""How the code of this room says that it does not know."""

from __future__ import annotations

from keras_shapes.model import Unknown
from keras_shapes.source import Span


class GiveUp(Exception):
    """What is asked for is not known; `because` is the unknown value that it depends on, or a reason for people."""

    def __init__(self, because: Unknown | str) -> None:
        super().__init__(because)
        self.because = because

    def count(self, span: Span | None) -> Unknown:
        """The unknown number of items, where the number of items is what was asked for."""
        if isinstance(self.because, Unknown) and self.because.kind == "int":
            return self.because
        return self.unknown(span)

    def unknown(self, span: Span | None) -> Unknown:
        """The unknown value that stands for the result."""
        if isinstance(self.because, Unknown):
            return Unknown(self.because.reason, self.because.span)
        return Unknown(self.because, span)


class Uneven(GiveUp):
    """A list of so many arrays of different shape: numpy makes no array of numbers of it."""

    def __init__(self, items: int) -> None:
        super().__init__("a list of arrays of different shape")
        self.items = items
