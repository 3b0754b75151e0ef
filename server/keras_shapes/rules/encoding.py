"""Where labels were made one-hot."""

from __future__ import annotations

import ast

from keras_shapes.repair import Offsets, parse
from keras_shapes.rules.training_views import Side
from keras_shapes.source import Document, Span

_ENCODERS = frozenset({"to_categorical", "one_hot"})


def last_encoding(document: Document, labels: Side, before: int) -> Span | None:
    """The name of the function in the last call that made these labels one-hot before an offset, if there is one."""
    offsets = Offsets(document)
    found: list[Span] = []
    for node in ast.walk(parse(document).tree):
        if not isinstance(node, ast.Assign | ast.Call):
            continue
        span = offsets.span(node)
        inside = labels.span.encloses(span)
        assigned = isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == labels.name for target in node.targets
        )
        call = node.value if isinstance(node, ast.Assign) else node
        if (inside or (assigned and span.end <= before)) and isinstance(call, ast.Call):
            name = _encoder(call)
            if name is not None:
                found.append(Span(offsets.span(call.func).end - len(name), offsets.span(call.func).end))
    return max(found, default=None)


def _encoder(call: ast.Call) -> str | None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", None)
    return name if name in _ENCODERS else None
