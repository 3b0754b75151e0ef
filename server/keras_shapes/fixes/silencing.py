"""The comment that silences one rule on the line that it marks."""

from __future__ import annotations

import re

from keras_shapes.diagnostic import Diagnostic, Edit, Fix
from keras_shapes.rules.suppression import silences
from keras_shapes.source import Document, Span

_LISTED = re.compile(r"#\s*keras-shapes:\s*ignore\s*\[[^\]\n]*(?=\])")


def silencing(document: Document, diagnostic: Diagnostic) -> Fix | None:
    """`# keras-shapes: ignore[rule]` at the end of the line; None where no comment can stand there, as in a string."""
    line = document.line_span(document.line(diagnostic.span.start))
    if diagnostic.code == "unused-suppression" or document.slice(line).endswith("\\"):
        return None
    listed = _LISTED.search(document.slice(line))
    if listed is not None:
        edit = Edit(Span(line.start + listed.end(), line.start + listed.end()), f", {diagnostic.code}")
    else:
        end = line.start + len(document.slice(line).rstrip())
        edit = Edit(Span(end, line.end), f"  # keras-shapes: ignore[{diagnostic.code}]")
    if not silences(_edited(document, edit), diagnostic):
        return None
    return Fix(f"Ignore {diagnostic.code} on this line", (edit,))


def _edited(document: Document, edit: Edit) -> Document:
    text = document.python[: edit.span.start] + edit.content + document.python[edit.span.end :]
    return Document(document.path, text, text)
