"""The end of reading: what happened to each model becomes models as the program would build them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from keras_shapes.model import Model
from keras_shapes.reader.chains import variants_of
from keras_shapes.reader.classes import kind_of_base
from keras_shapes.reader.graphs import graphs_of
from keras_shapes.reader.inheritance import public_bases
from keras_shapes.reader.nesting import too_many
from keras_shapes.reader.values import Instance
from keras_shapes.source import Span

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
    return tuple(_numbered(_read_ones(found, it.budget.limits.models), freezes=it.freezes))


def unread_models(it: Interpreter) -> tuple[Span, ...]:
    """Where subclassed models are made of which nothing can be shown."""
    shown = {function.owner for one in it.applied for function in one.calls}
    unread = [instance for cls, instance in it.instances.items() if cls not in shown and _is_subclassed(instance)]
    return tuple(sorted(instance.span for instance in unread if instance.span is not None))


def _is_subclassed(instance: Instance) -> bool:
    """Whether an object is a model that is neither a `Sequential` nor makes itself a functional one."""
    kinds = map(kind_of_base, public_bases(instance.cls))
    return instance.model is None and instance.graph is None and "model" in kinds


def _read_ones(models: list[Model], most: int) -> list[Model]:
    """Of very many models, those beyond the first ones are not known."""
    return [*models[:most], *(too_many(model) for model in models[most:])]


def _numbered(models: list[Model], *, freezes: bool) -> Iterator[Model]:
    counts: dict[int, int] = {}
    for model in models:
        counts[model.span.start] = counts.get(model.span.start, 0) + 1
        yield replace(model, variant=counts[model.span.start], freezes=freezes)
