"""The comment that declares the shape of data which nobody can read, where its name gets it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from keras_shapes.analysis import Analysis
from keras_shapes.data import Array
from keras_shapes.diagnostic import Edit, Fix
from keras_shapes.fixes.text import Text
from keras_shapes.model import TrainingCall, Unknown
from keras_shapes.rules import Subject
from keras_shapes.source import Span
from keras_shapes.verdict import Built, Shape


def declarations(analysis: Analysis, span: Span) -> Iterator[Fix]:
    """`# keras-shapes: shape (?, 784)` behind the assignment of each unknown name that touches the span.

    Only data that meet a model are offered: its shape is what the comment begins with, and the author knows better.
    """
    text = Text(analysis.document)
    for seen in analysis.reading.names:
        touches = seen.span.start <= span.end and span.start <= seen.span.end
        end = _end_of_assignment(text, seen.span) if touches and _is_unknown(seen.value) else None
        shape = _shape_wanted(analysis, seen.name) if end is not None else None
        if end is not None and shape is not None:
            comment = f"# keras-shapes: shape {shape}"
            line = analysis.document.line(seen.span.start) + 1
            title = f"Declare the shape of {seen.name} (line {line}): {comment}"
            yield Fix(title, (Edit(Span(end, end), f"  {comment}"),))


def _is_unknown(value: object) -> bool:
    return isinstance(value, Unknown) or (isinstance(value, Array) and value.shape is None)


def _end_of_assignment(text: Text, span: Span) -> int | None:
    """Where the comment goes: behind `name = …`, if that ends its line."""
    name = text.expression(span)
    statement = text.parent(name) if name is not None else None
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1 or statement.targets[0] is not name:
        return None
    document, end = text.document, text.offsets.span(statement).end
    behind = document.slice(Span(end, document.line_span(document.line(end)).end))
    return None if behind.strip() else end


def _shape_wanted(analysis: Analysis, name: str) -> str | None:
    """What the first model that meets the name takes or gives."""
    for subject in analysis.subjects:
        for call in subject.model.training:
            shape = _met_by(subject, call, name, analysis)
            if shape is not None:
                return _written(shape)
    return None


def _met_by(subject: Subject, call: TrainingCall, name: str, analysis: Analysis) -> Shape | None:
    verdict = subject.verdict
    if not isinstance(verdict, Built) or call.method not in {"fit", "evaluate", "predict"}:
        return None
    for argument, shape in (
        (call.argument("x", 0), verdict.input_shape),
        (call.argument("y", 1), verdict.output_shape),
    ):
        if argument is not None and analysis.document.slice(argument.value_span) == name:
            return shape
    return None


def _written(shape: Shape) -> str | None:
    if not isinstance(shape, tuple):
        return None
    sizes = [str(size) if isinstance(size, int) else "?" for size in shape[1:]]
    return f"(?, {', '.join(sizes)})" if sizes else None
