"""The end of reading: what happened to each model becomes models as the program would build them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from keras_shapes.model import Model, Unknown
from keras_shapes.reader.chains import variants_of
from keras_shapes.reader.graphs import graphs_of

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter


def finish(it: Interpreter) -> tuple[Model, ...]:
    """All models of the shown document in source order; the variants of one are numbered."""
    found: list[Model] = []
    for value in it.models:
        it.budget.look()
        if not value.foreign:
            found += variants_of(it, value)
    found += graphs_of(it)
    found.sort(key=lambda model: model.span.start)
    return tuple(_numbered(_read_ones(found, it.budget.limits.models)))


def _read_ones(models: list[Model], most: int) -> list[Model]:
    """Of very many models, those beyond the first ones are not known."""
    reason = "there are more models than are read here"
    beyond = (replace(model, nodes=(), training=(), incomplete=Unknown(reason, model.span)) for model in models[most:])
    return [*models[:most], *beyond]


def _numbered(models: list[Model]) -> Iterator[Model]:
    counts: dict[int, int] = {}
    for model in models:
        counts[model.span.start] = counts.get(model.span.start, 0) + 1
        yield replace(model, variant=counts[model.span.start])
