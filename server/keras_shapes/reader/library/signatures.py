"""Which parameter an argument is: the names of library functions' parameters, in their order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Signature:
    """`positional` names in order, `rest` where further positions are taken, plain `defaults` as they are written."""

    positional: tuple[str, ...]
    rest: bool
    defaults: dict[str, str]

    def is_default(self, name: str, value: object) -> bool:
        """Whether a value is what the parameter is without it."""
        plain = value is None or type(value) in {bool, int, float, str}
        return plain and self.defaults.get(name) == repr(value)


NONE = Signature((), rest=False, defaults={})
"""Of a function whose parameters are not known: no position has a name."""


@cache
def signature_of(path: str) -> Signature:
    """The signature of a function or method by its canonical path."""
    line = _table().get(path)
    return NONE if line is None else _read(line)


@cache
def _table() -> dict[str, str]:
    """All signatures by path, unread: few of them are needed in one session."""
    from keras_shapes.reader.library import generated_signatures, written_signatures

    found: dict[str, str] = {}
    for text in (generated_signatures.SIGNATURES, written_signatures.SIGNATURES):
        for line in text.replace("\n ", " ").split("\n"):
            path, _, rest = line.partition(" ")
            found[path] = rest
    return found


def _read(line: str) -> Signature:
    positional: list[str] = []
    defaults: dict[str, str] = {}
    in_order, rest = True, False
    for word in line.split():
        name, _, default = word.partition("=")
        if name.startswith("**"):
            continue
        if name.startswith("*"):
            in_order, rest = False, rest or name != "*"
            continue
        if in_order:
            positional.append(name)
        if default:
            defaults[name] = default
    return Signature(tuple(positional), rest, defaults)
