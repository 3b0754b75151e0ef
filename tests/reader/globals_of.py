"""The names of a document, with the values that the reader has for them at its end."""

from __future__ import annotations

from typing import Any

from keras_shapes.reader import Limits, NoProject, _run
from keras_shapes.reader.interpreter import Interpreter
from keras_shapes.reader.limits import Budget
from keras_shapes.reader.project import Modules
from keras_shapes.reader.sources import Source
from keras_shapes.repair import Offsets, parse
from keras_shapes.source import Document


def globals_of(document: Document) -> dict[str, Any]:
    """Read a document, and return its module scope."""
    parsed = parse(document)
    it = Interpreter(Source(document, Offsets(document), parsed.tree), Budget(Limits()), Modules(NoProject()))
    _run(it, document, parsed)
    return it.globals.bindings
