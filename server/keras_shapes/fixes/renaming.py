"""Another name for a layer, wherever the file imports and uses the old one."""

from __future__ import annotations

import ast

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.mending_case import Case
from keras_shapes.model import Call
from keras_shapes.source import Span


def renamed(case: Case, call: Call, new: str) -> tuple[Edit, ...]:
    """`layers.Old(` becomes `layers.New(`; a name that was imported is renamed in the import and in all its uses."""
    old = case.document.slice(call.name_span)
    if call.name_span.start != call.span.start:
        return (Edit(call.name_span, new),)
    edits = [Edit(Span(start, start + len(old)), new) for start in case.text.uses(old)]
    for node in ast.walk(case.text.tree):
        for alias in node.names if isinstance(node, ast.ImportFrom) else ():
            if (alias.asname or alias.name) == old:
                if alias.asname is not None:
                    return ()
                known = any(other.name == new for other in node.names) if isinstance(node, ast.ImportFrom) else False
                span = case.text.offsets.span(alias)
                edits.append(Edit(span, new))
                if known:
                    return ()
    return tuple(edits)
