"""The names of a document, with the values that the reader has for them at its end."""

from __future__ import annotations

import logging
from typing import Any

from keras_shapes.reader import Limits, NoProject, _run
from keras_shapes.reader.interpreter import Interpreter
from keras_shapes.reader.limits import Budget
from keras_shapes.reader.project import Modules
from keras_shapes.reader.sources import Source
from keras_shapes.repair import Offsets, parse
from keras_shapes.source import Document


class _Faults(logging.Handler):
    """Keeps what the reader logs: its own faults."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(logging.Formatter().format(record))


def globals_of(document: Document) -> dict[str, Any]:
    """Read a document, and return its module scope; a fault of the reader is an error here."""
    faults, logger = _Faults(), logging.getLogger("keras_shapes.reader")
    logger.addHandler(faults)
    try:
        return _read(document)
    finally:
        logger.removeHandler(faults)
        assert not faults.found, faults.found[0]


def _read(document: Document) -> dict[str, Any]:
    parsed = parse(document)
    it = Interpreter(Source(document, Offsets(document), parsed.tree), Budget(Limits()), Modules(NoProject()))
    _run(it, document, parsed)
    return it.globals.bindings
