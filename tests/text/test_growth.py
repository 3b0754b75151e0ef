"""Twice the text takes about twice as long, whatever is in it: no regular expression of ours tracks back and back."""

from __future__ import annotations

import ast
import importlib
import itertools
import re
import time
from pathlib import Path
from typing import Any

import pytest

import keras_shapes
from keras_shapes.files import python_document
from keras_shapes.notebook import python_of_cell
from keras_shapes.repair import parse
from keras_shapes.source import Span
from keras_shapes.statement_bounds import statements

PACKAGE = Path(keras_shapes.__file__).parent
PIECES = [*" \t\r\n\fax0_.,;=#\"'\\()[]{}:@%!?-", "\r\n", '"""', "'''"]
HOSTILE = [
    *("x = )\n", "  )\n", "x = (\n", 'x = \\"""\n', '"""\\', '"\\\n\\', '\\"\\\n', "\r\n", " \r\n", "\t\n", "([", "]"),
    *(
        "if x\n",
        "  if x\n",
        "@\n",
        "'a\n",
        "\\\n",
        "def f(:\n",
        "  x y\n",
        "%time",
        "%%",
        "?",
        "!ls\n",
        "a.",
        "x=",
        "{[",
    ),
]
SECONDS = 0.1
"""A text of some thousand characters takes less: else it is looked whether a quarter of it takes a quarter."""


def patterns():
    for path in sorted(PACKAGE.rglob("*.py")):
        module = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
        text = path.read_text(encoding="utf-8")
        if "re.compile(" in text and ".worker." not in module:
            for name, value in vars(importlib.import_module(module)).items():
                if isinstance(value, re.Pattern):
                    yield pytest.param(value, uses(ast.parse(text), name), id=f"{module}.{name}")


def uses(tree: ast.Module, name: str) -> set[str]:
    """The methods that a module calls of a pattern."""
    attributes = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    return {each.attr for each in attributes if isinstance(each.value, ast.Name) and each.value.id == name}


def literals(pattern: re.Pattern[Any]) -> list[str]:
    """Words that a pattern asks for."""
    asked = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode()
    return [word for word in re.findall(r"[A-Za-z]{2,}", asked) if word not in {"Za", "NAME"}][:12]


def apply(pattern: re.Pattern[Any], methods: set[str], said: str) -> None:
    text = said if isinstance(pattern.pattern, str) else said.encode()
    if methods & {"search", "finditer", "findall", "sub", "split"}:
        list(pattern.finditer(text))
    if "fullmatch" in methods:
        pattern.fullmatch(text)
    pattern.match(text)


def duration(function, text: str) -> float:
    start = time.thread_time()
    function(text)
    return time.thread_time() - start


def explodes(function, start: str, piece: str, end: str, most: int) -> bool:
    """Whether a text takes more than its length explains. Small ones come first: what explodes never ends."""
    for times in (16, 20, 24, most // 16, most):
        if duration(function, start + piece * times + end) > (SECONDS if times > 24 else SECONDS / 10):
            small, large = (
                min(duration(function, start + piece * n + end) for _ in range(3)) for n in (times // 4, times)
            )
            return large > 8 * small
    return False


@pytest.mark.parametrize(("pattern", "methods"), list(patterns()))
def test_pattern_is_linear(pattern, methods):
    words = literals(pattern)
    for start, piece, end in itertools.product(("", *words[:2]), [*PIECES, *words], ["", "\0"]):
        assert not explodes(lambda text: apply(pattern, methods, text), start, piece, end, 4_096), (start, piece, end)


@pytest.mark.parametrize("start", ["", "if x:\n"])
@pytest.mark.parametrize(
    "function",
    [
        lambda text: parse(python_document("", text)),
        python_of_cell,
        lambda text: list(statements(text, Span(0, len(text)))),
    ],
    ids=["parse", "cell", "statements"],
)
def test_text_is_read_in_linear_time(function, start):
    for piece in [*HOSTILE, *(a + b for a, b in itertools.pairwise(HOSTILE))]:
        assert not explodes(function, start, piece, "!", 1_024), piece


def test_blank_lines_at_the_head_of_a_cell():
    """Each of these keystrokes froze the server."""
    assert duration(python_of_cell, "\r\n" * 100_000 + "x") < 5 * SECONDS
    assert python_of_cell("\r\n \r\n  x\r\n  y") == "\r\n \r\n \fx\r\n \fy"
