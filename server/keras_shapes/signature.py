"""What a function of Keras takes, as Keras says itself."""

from __future__ import annotations

from dataclasses import dataclass

from keras_shapes.model import PublicName

COMPILE = PublicName("keras.Model.compile")
"""The method of a model that a signature can be asked of, too."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """`default` is what a program would write, None where it is required or no plain value.

    `keyword` says that it has no place among the positional ones. `values` are those that Keras has a set of, as a
    program would write them: `'relu'`, `True`.
    """

    name: str
    required: bool = False
    default: str | None = None
    keyword: bool = False
    documentation: str = ""
    values: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        """The parameter as a signature shows it: `units`, `activation=None`."""
        if self.required:
            return self.name
        return f"{self.name}={'…' if self.default is None else self.default}"


@dataclass(frozen=True, slots=True)
class Signature:
    """`documentation` is one sentence."""

    documentation: str
    parameters: tuple[Parameter, ...]

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of this name."""
        return next((each for each in self.parameters if each.name == name), None)
