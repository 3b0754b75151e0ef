"""Data changed where they meet the model: the expression in the call, in every call that gives data of that shape."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from keras_shapes.data import Array, Features
from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.imports import spelled
from keras_shapes.fixes.mending_case import Case
from keras_shapes.rules.training_views import Side, Trial, item_spans
from keras_shapes.source import Span

_NEEDS_NO_PARENTHESES = (ast.Name, ast.Attribute, ast.Subscript, ast.Call)


def wrapped_data(case: Case, side: Side, change: Callable[[str], str]) -> Edit:
    """The expression of some data, put through `change`, which gets its text as something that can be indexed."""
    text = case.document.slice(side.span)
    node = case.text.expression(side.span)
    plain = node is None or isinstance(node, _NEEDS_NO_PARENTHESES)
    return Edit(side.span, change(text if plain else f"({text})"))


def same_data(case: Case, trial: Trial) -> list[Side]:
    """The data of this call, and those of the model's other calls that have the same shape."""
    if trial.x is not None and isinstance(trial.x.value, Features):
        return [trial.x, *(side for side in data_sides(case) if _same_giver(side, trial.x))]
    if trial.x is None or trial.x.array is None or trial.x.array.shape is None:
        return [] if trial.x is None else [trial.x]
    tail = trial.x.array.shape[1:]
    found = {trial.x.span: trial.x}
    for side in data_sides(case):
        array = side.array
        if array is not None and array.shape is not None and len(array.shape) == len(tail) + 1:
            found.setdefault(side.span, side)
    return list(found.values())


def _same_giver(side: Side, other: Side) -> bool:
    """Whether one base model gives both."""
    one, two = side.value, other.value
    same = isinstance(one, Features) and isinstance(two, Features) and one.giver == two.giver
    return same and side.span != other.span


def numpy_function(case: Case, name: str, at: int) -> tuple[str, tuple[Edit, ...]]:
    """How the file spells a function of numpy."""
    return spelled(case.text, f"numpy.{name}", at)


def data_sides(case: Case) -> Iterator[Side]:
    """The data of all training calls of the model."""
    for call in case.subject.model.training:
        given = call.argument("x", 0)
        if call.method != "compile" and given is not None and isinstance(given.value, (Array, Features)):
            yield Side(given.value, given.value_span, case.document.slice(given.value_span))
        validation = call.argument("validation_data", 7) if call.method == "fit" else None
        if validation is not None and isinstance(validation.value, tuple | list):
            for value, span in zip(validation.value, item_spans(case.document, validation.value_span), strict=False):
                yield Side(value, Span(span.start, span.end), case.document.slice(span))
                break
