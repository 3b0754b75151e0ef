"""The comment that declares the shape of data which nobody can read, where its name gets it."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.analysis import Analysis
from keras_shapes.diagnostic import Edit, Fix
from keras_shapes.fixes.text import Text
from keras_shapes.fixes.undeclared import Undeclared, undeclared
from keras_shapes.source import Span


def declarations(analysis: Analysis, span: Span) -> Iterator[Fix]:
    """`# keras-shapes: shape (?, 784)` behind the assignment of each unknown name that touches the span, and of all.

    The shape begins with what the model takes that the data meet, and the author knows better.
    """
    found = undeclared(analysis, Text(analysis.document))
    here = [each for each in found if each.span.start <= span.end and span.start <= each.span.end]
    for each in here:
        line = analysis.document.line(each.span.start) + 1
        yield Fix(f"Declare the shape of {each.name} (line {line}): {each.comment}", (_edit(each),))
    if here and len(found) > 1:
        title = f"Declare the shapes of all {len(found)} data that cannot be read"
        yield Fix(title, tuple(map(_edit, found)))


def _edit(each: Undeclared) -> Edit:
    return Edit(Span(each.end, each.end), f"  {each.comment}")
