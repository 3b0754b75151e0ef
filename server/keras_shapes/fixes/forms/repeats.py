"""Which layers of a chain repeat: the same calls in the same order, but for some of their arguments."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from keras_shapes.fixes.forms.chain import Piece

_MAX_PIECES = 200
_PLAIN = (ast.Constant, ast.Tuple, ast.List, ast.Name, ast.Attribute, ast.UnaryOp, ast.BinOp, ast.operator, ast.unaryop)
"""What may be computed where the block is called as well as inside it."""


class _Differ(Exception):
    """The calls do more than differ in arguments."""


@dataclass(frozen=True, slots=True)
class Difference:
    """An argument that is not the same every time: its name, and its value in each group."""

    name: str
    values: tuple[ast.expr, ...]


@dataclass(frozen=True, slots=True)
class Repeats:
    """Groups of neighbours that do the same, and what differs; a value that comes twice in each group does so once."""

    groups: tuple[tuple[Piece, ...], ...]
    differences: tuple[Difference, ...]


def repeats(pieces: Sequence[Piece], signatures: Mapping[str, Sequence[str]]) -> Repeats | None:
    """The groups of at least two layers that cover the most of a chain; `signatures` name positional arguments."""
    if len(pieces) > _MAX_PIECES:
        return None
    kinds = [_kind(piece.layer) for piece in pieces]
    runs = sorted(_runs(kinds), key=lambda run: (-run[1] * run[2], run[1], run[0]))
    for start, length, times in runs:
        ends = range(start, start + length * times, length)
        groups = tuple(tuple(pieces[at : at + length]) for at in ends)
        try:
            differences = tuple(_differences(groups, signatures))
        except _Differ:
            continue
        return Repeats(groups, differences)
    return None


def _runs(kinds: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Where kinds repeat: from which one, how many of them, how often."""
    for length in range(2, len(kinds) // 2 + 1):
        for start in range(len(kinds) - 2 * length + 1):
            times = 1
            while kinds[start : start + length] == kinds[start + times * length : start + (times + 1) * length]:
                times += 1
            if times > 1 and "" not in kinds[start : start + length]:
                yield start, length, times


def _kind(layer: ast.expr) -> str:
    """The call without its values; empty for what is no call, as one layer in two places is one layer."""
    if not isinstance(layer, ast.Call) or any(isinstance(each, ast.Starred) for each in layer.args):
        return ""
    return f"{ast.dump(layer.func)} {len(layer.args)} {[keyword.arg for keyword in layer.keywords]}"


def _differences(groups: Sequence[Sequence[Piece]], signatures: Mapping[str, Sequence[str]]) -> Iterator[Difference]:
    for column in zip(*groups, strict=True):
        yield from _of([piece.layer for piece in column], signatures)


def _of(layers: Sequence[ast.expr], signatures: Mapping[str, Sequence[str]]) -> Iterator[Difference]:
    """What differs among calls of one kind."""
    calls = [layer for layer in layers if isinstance(layer, ast.Call)]
    if len(calls) != len(layers) or len({_kind(call) for call in calls}) != 1:
        raise _Differ
    names = signatures.get(_class_name(calls[0]), ())
    for index, values in enumerate(zip(*(call.args for call in calls), strict=True)):
        yield from _argument(names[index] if index < len(names) else "", values, signatures)
    for keywords in zip(*(call.keywords for call in calls), strict=True):
        yield from _argument(keywords[0].arg or "", tuple(keyword.value for keyword in keywords), signatures)


def _argument(name: str, values: tuple[ast.expr, ...], signatures: Mapping[str, Sequence[str]]) -> Iterator[Difference]:
    if len({ast.dump(value) for value in values}) == 1:
        return
    if all(isinstance(value, ast.Call) for value in values):
        yield from _of(values, signatures)
    elif name.isidentifier() and all(
        isinstance(node, (*_PLAIN, ast.expr_context)) for each in values for node in ast.walk(each)
    ):
        yield Difference(name, values)
    else:
        raise _Differ


def _class_name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
