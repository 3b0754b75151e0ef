"""Edits applied: to a text, to a document, and where old places are in the new text."""

from __future__ import annotations

from collections.abc import Sequence

from keras_shapes.diagnostic import Edit
from keras_shapes.files import python_document
from keras_shapes.notebook import cells_document
from keras_shapes.source import Document


def applied(text: str, edits: Sequence[Edit], start: int = 0) -> str:
    """The text after the edits, whose spans count from `start`. Raises ValueError where two of them overlap."""
    pieces: list[str] = []
    position = 0
    for edit in ordered(edits):
        if edit.span.start - start < position:
            raise ValueError("two edits change the same text")
        pieces += (text[position : edit.span.start - start], edit.content)
        position = edit.span.end - start
    return "".join([*pieces, text[position:]])


def ordered(edits: Sequence[Edit]) -> list[Edit]:
    """From the first to the last; several insertions at one place keep their order."""
    return sorted(edits, key=lambda edit: edit.span)


def edited(document: Document, edits: Sequence[Edit]) -> Document:
    """The document after the edits. Raises ValueError where they overlap or leave a notebook's cells."""
    if not document.cells:
        return python_document(document.path, applied(document.text, edits))
    return cells_document(document.path, edited_cells(document, edits))


def edited_cells(document: Document, edits: Sequence[Edit]) -> list[str]:
    """The sources of a notebook's code cells after the edits. Raises ValueError as `edited` does."""
    left = list(ordered(edits))
    sources: list[str] = []
    for cell in document.cells:
        inside = [edit for edit in left if cell.span.encloses(edit.span)]
        left = [edit for edit in left if edit not in inside]
        sources.append(applied(document.slice(cell.span), inside, cell.span.start))
    if left:
        raise ValueError("an edit is not inside one cell")
    return sources


def moved(offset: int, edits: Sequence[Edit]) -> int:
    """Where a place of the old text is in the new one."""
    shift = 0
    for edit in ordered(edits):
        if edit.span.end > offset:
            return min(offset, edit.span.start) + shift
        shift += len(edit.content) - (edit.span.end - edit.span.start)
    return offset + shift
