"""The size of the images that a loader gives."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.inputs import tuple_text
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.source import Span


def loader_sized(case: Case, size: tuple[object, ...]) -> Iterator[Candidate]:
    """The size of the images that the marked loader gives."""
    span, new = case.diagnostic.span, tuple_text(size)
    for node in ast.walk(case.text.tree):
        if not isinstance(node, ast.Call):
            continue
        for keyword in node.keywords:
            if keyword.arg and case.text.offsets.span(keyword).start == span.start:
                edit = Edit(case.text.offsets.span(keyword.value), new)
                yield Candidate(f"Change {keyword.arg} to {new}", (edit,), rank=1)
        if case.text.offsets.span(node.func).end == span.end and node.args:
            name = "target_size" if case.text.slice(node.func).rpartition(".")[2].startswith("flow") else "image_size"
            last = case.text.offsets.span(node.keywords[-1].value if node.keywords else node.args[-1]).end
            yield Candidate(f"Add {name}={new}", (Edit(Span(last, last), f", {name}={new}"),), rank=-1)
