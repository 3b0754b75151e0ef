"""The comment that silences a rule on one line."""

from __future__ import annotations

import pytest

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.files import python_document
from keras_shapes.fixes.silencing import silencing
from keras_shapes.source import Span


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a = Dense(8)", "a = Dense(8)  # keras-shapes: ignore[some-rule]"),
        ("a = Dense(8)  # wide", "a = Dense(8)  # wide  # keras-shapes: ignore[some-rule]"),
        ("a = Dense(8)  ", "a = Dense(8)  # keras-shapes: ignore[some-rule]"),
        ("a = Dense(8)  # keras-shapes: ignore[b]", "a = Dense(8)  # keras-shapes: ignore[b, some-rule]"),
        ("a = Dense(\n    8)", "a = Dense(  # keras-shapes: ignore[some-rule]\n    8)"),
        ('a = Dense("""8\n""")', None),
        ("a = Dense \\\n(8)", None),
    ],
)
def test_where_the_comment_goes(before, after):
    document = python_document("a.py", before)
    start = before.index("Dense")
    fix = silencing(document, Diagnostic("some-rule", "error", "wrong", Span(start, start + 5)))
    if after is None:
        assert fix is None
        return
    [edit] = fix.edits
    assert before[: edit.span.start] + edit.content + before[edit.span.end :] == after
    assert not fix.proven
