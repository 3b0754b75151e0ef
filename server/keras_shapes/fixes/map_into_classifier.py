"""Make a vector of the map: `Flatten`, or a pooling over the whole of it; at the end of the model, with a head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import prod

from keras_shapes.fixes.edits import insert_after
from keras_shapes.fixes.imports import spelled
from keras_shapes.fixes.labels import head_for
from keras_shapes.fixes.layers import calls_of, inserted
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.model import Argument, Call, Model
from keras_shapes.rules.label_causes import Placed, clash_of, map_head, placed
from keras_shapes.rules.training_views import class_name, units_of, wrapped
from keras_shapes.verdict import Shape

_MOST_WEIGHTS = 10_000_000


def candidates(case: Case) -> Iterator[Candidate]:
    """Before the first `Dense` of the head, or behind the last layer where there is no head."""
    first = map_head(case.subject)
    if first is None:
        return
    if class_name(wrapped(first.element.expression)) != "Dense":
        yield from _with_head(case, first)
        return
    shape = first.verdict.input_shape
    pooling = _pooling(shape)
    rank = 1 if pooling is None or not _pooling_first(case, first, shape) else -1
    name = class_name(wrapped(first.element.expression))
    for layer, order in (("Flatten", 0), (pooling, rank)):
        edits = inserted(case, first.element, layer) if layer else None
        if edits is not None:
            yield Candidate(f"Insert {layer}() before {name}", edits, rank=order)


def _pooling(shape: Shape | None) -> str | None:
    if not isinstance(shape, tuple) or not 3 <= len(shape) <= 5:
        return None
    return f"GlobalAveragePooling{len(shape) - 2}D"


def _pooling_first(case: Case, first: Placed, shape: Shape | None) -> bool:
    """After a base model or an `Embedding`, over open sizes, and where `Flatten` would make too many weights."""
    elements = case.subject.model.nodes
    before = [each.element for each in placed(case.subject)]
    above = [each.expression for each in before[: before.index(first.element)]]
    above += [each.expression for each in elements if isinstance(each.expression, Model)]
    base = any(isinstance(each, Call) and each.target.path.startswith("keras.applications.") for each in above)
    embedded = any(class_name(each) == "Embedding" for each in above)
    if base or embedded or not isinstance(shape, tuple) or None in shape[1:]:
        return True
    units: Argument | None = units_of(first.layer)
    count = units.value if units is not None and isinstance(units.value, int) else 1
    return prod(size for size in shape[1:] if isinstance(size, int)) * count > _MOST_WEIGHTS


def _with_head(case: Case, last: Placed) -> Iterator[Candidate]:
    trial = clash_of(case.subject, "map")
    head = head_for(trial) if trial is not None else None
    near = next((call for call in calls_of(case.subject.model) if call.target.path.startswith("keras.layers.")), None)
    if head is None:
        return
    units, activation = head
    at = last.element.span.end
    flatten, imports = spelled(case.text, "keras.layers.Flatten", at, near)
    dense, more = spelled(case.text, "keras.layers.Dense", at, near)
    written = f", activation={case.text.quoted(activation, near.span if near else None)}" if activation else ""
    edit = insert_after(case.text, last.element, [f"{flatten}()", f"{dense}({units}{written})"])
    if edit is not None:
        title = re.sub('"', "'", f"Add Flatten() and Dense({units}{written}) at the end")
        yield Candidate(title, (*imports, *more, edit))
