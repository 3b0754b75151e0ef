"""What a header tells, and why it does not."""

from __future__ import annotations

from dataclasses import dataclass


class UnreadableData(Exception):
    """Data whose shape is not known; the message says why in a few words, for people."""


@dataclass(frozen=True, slots=True)
class FoundShape:
    """The shape of an array as its file tells it; None for a size that is not known. `dtype` is a name of numpy."""

    sizes: tuple[int | None, ...]
    dtype: str | None = None

    @property
    def text(self) -> str:
        """As a declaration has it: `(1000, 28, 28, 1) uint8`."""
        sizes = ", ".join("?" if size is None else str(size) for size in self.sizes)
        shape = f"({sizes},)" if len(self.sizes) == 1 else f"({sizes})"
        return f"{shape} {self.dtype}" if self.dtype else shape
