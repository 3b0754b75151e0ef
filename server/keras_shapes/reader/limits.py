"""Bounds of the reader: whatever the text holds, reading it ends soon, with what could be read until then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

TOO_MANY = "there are more models, or layers in them, than are read here"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read.

    Steps are statements and expressions; they are counted for each top-level statement, and a loop among them gets
    `loop_steps`, or half of what is left. Nodes are those of all models of a document, each as often as a model, or
    a model inside one, has it.
    """

    steps: int = 20_000
    loop_steps: int = 4_000
    turns: int = 100
    total_steps: int = 400_000
    depth: int = 120
    calls: int = 24
    items: int = 2_000
    nodes: int = 5_000
    models: int = 500
    models_made: int = 1_000
    models_inside: int = 40
    layers_inside: int = 1_000
    combinations: int = 5_000
    variants: int = 4
    text: int = 10_000
    integer_bits: int = 256


class OutOfSteps(Exception):
    """The steps of a statement or loop are used up."""


class Cancelled(Exception):
    """Somebody wants another text read."""


def never() -> bool:
    """Nobody cancels."""
    return False


@dataclass(slots=True)
class Budget:
    """Counts the steps of one reading."""

    limits: Limits
    cancelled: Callable[[], bool] = never
    left: int = 0
    total: int = 0
    nodes: int = 0

    def refill(self) -> None:
        """Begin a new top-level statement."""
        self.left = min(self.limits.steps, max(0, self.limits.total_steps - self.total))

    def step(self) -> None:
        """Count one step; raises OutOfSteps or Cancelled."""
        self.left -= 1
        self.total += 1
        if self.left < 0:
            raise OutOfSteps
        if self.total % 256 == 0:
            self.look()

    def exhaust(self) -> None:
        """End the reading here."""
        self.left, self.total = 0, self.limits.total_steps
        raise OutOfSteps

    @property
    def exhausted(self) -> bool:
        """Whether nothing more can be read."""
        return self.total >= self.limits.total_steps

    def spend(self, count: int) -> None:
        """Count what is looked through besides; that never ends a statement that has begun."""
        self.total += count // 16

    def afford(self, nodes: int) -> bool:
        """Count nodes of a model, and tell whether there are not too many of them yet."""
        self.look()
        self.nodes += nodes + 1
        return self.nodes <= self.limits.nodes

    def look(self) -> None:
        """Raise Cancelled where nobody waits for the reading any more."""
        if self.cancelled():
            raise Cancelled
