"""Comments are found in any text; what looks like one in a string is none."""

from __future__ import annotations

import io
import tokenize
from pathlib import Path

import pytest

from keras_shapes.statement_bounds import comments


def found(text):
    return [text[span.start : span.end] for span in comments(text)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a = 1  # one\n# two", ["# one", "# two"]),
        ("s = '# none'\nt = \"it's # none\"  # one", ["# one"]),
        ("s = '''\n# none\n'''  # one", ["# one"]),
        ("s = r'\\'  # none'", []),
        ("f(1,  # one\n", ["# one"]),
        ("x = (]  # one\ny = 'open\nz  # two", ["# one", "# two"]),
        ("a = 1 # one\r\nb = f'{a:#x}'\r# two", ["# one", "# two"]),
    ],
)
def test_comments(text, told):
    assert found(text) == told


def test_those_that_python_finds():
    text = Path(__file__).read_text(encoding="utf-8")  # this very line
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    assert found(text) == [token.string for token in tokens if token.type == tokenize.COMMENT] != []
