"""The class of a model under its other name: `keras.Sequential` and `keras.Model` come from one place."""

from __future__ import annotations

import ast

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.text import Text
from keras_shapes.source import Span


def renamed(text: Text, made: Span, old: str, new: str) -> tuple[str, tuple[Edit, ...]] | None:
    """How `new` is written where `old` stands, and the edits of the import that it takes; None under another name."""
    written = text.document.slice(made)
    if not written.endswith(old):
        return None
    if written != old:
        return written.removesuffix(old) + new, ()
    found = _imported(text, old)
    if found is None:
        return None
    alone, known = len(list(text.uses(old))) == 1, _imported(text, new) is not None
    if known:
        return new, _without(text, *found) if alone else ()
    place = text.offsets.span(found[1])
    return new, (Edit(place, new) if alone else Edit(Span(place.end, place.end), f", {new}"),)


def _imported(text: Text, name: str) -> tuple[ast.ImportFrom, ast.alias] | None:
    for node in ast.walk(text.tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if alias.name == name and alias.asname is None:
                    return node, alias
    return None


def _without(text: Text, node: ast.ImportFrom, alias: ast.alias) -> tuple[Edit, ...]:
    """The name out of its import, if it follows another one there, which is where `renamed` puts it."""
    index = node.names.index(alias)
    if not index:
        return ()
    return (Edit(Span(text.offsets.span(node.names[index - 1]).end, text.offsets.span(alias).end), ""),)
