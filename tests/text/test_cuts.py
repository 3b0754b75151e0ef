"""Programs cut short, as they are while somebody types: what was whole before and after stays whole."""

from __future__ import annotations

import ast
import io
import tokenize
from itertools import accumulate
from pathlib import Path

import pytest

from keras_shapes.files import python_document, read_document
from keras_shapes.repair import Offsets, parse

EXAMPLES = sorted((Path(__file__).parent.parent.parent / "docs" / "examples").glob("*.py"))

FUNCTIONS = '''
import keras
from keras import layers

def encoder(width=32):
    """Make it smaller."""
    model = keras.Sequential([
        keras.Input((784,)),
        layers.Dense(width, activation="relu"),
    ])
    return model

class Decoder:
    def __init__(self, units):
        self.net = keras.Sequential()
        for size in [64, 128]:
            self.net.add(layers.Dense(
                size, activation="relu"))
        if units:
            self.net.add(layers.Dense(units))
        else:
            pass

first = encoder()
with keras.name_scope("a"):
    second = keras.Sequential([layers.Dense(10), layers.Dense(
        3)])
last = second.summary()
'''


def statements_of(text: str) -> list[tuple[int, int, int]]:
    """Start, end of the first line, and end of each simple statement."""
    document = python_document("a.py", text)
    offsets = Offsets(document)
    simple = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.stmt) and not hasattr(node, "body")]
    spans = [offsets.span(node) for node in simple]
    return [(span.start, document.line_span(document.line(span.start)).end, span.end) for span in spans]


def cuts(text: str, start: int, end: int) -> list[int]:
    """Offsets of the ends of the tokens of a statement, but the last."""
    lines = text.splitlines(keepends=True)
    starts = [0, *accumulate(map(len, lines))]
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    ends = [starts[token.end[0] - 1] + token.end[1] for token in tokens if token.string.strip()]
    return [offset for offset in ends if start < offset < end]


def surviving(text: str) -> set[str]:
    """Sources of the simple statements that were parsed where they stand."""
    document = python_document("a.py", text)
    parsed = parse(document)
    offsets = Offsets(document)
    simple = [node for node in ast.walk(parsed.tree) if isinstance(node, ast.stmt) and not hasattr(node, "body")]
    return {document.slice(offsets.span(node)) for node in simple if ast.unparse(node) != "pass"}


PROGRAMS = {"functions": FUNCTIONS, **{path.stem: read_document(path).text for path in EXAMPLES}}


@pytest.mark.parametrize("name", PROGRAMS)
def test_cut_statement_costs_itself(name):
    text = PROGRAMS[name]
    simple = statements_of(text)
    for start, _, end in simple:
        others = {text[a:b] for a, _, b in simple if (a, b) != (start, end) and text[a:b] != "pass"}
        for cut in cuts(text, start, end):
            kept = surviving(text[:cut] + text[end:])
            assert others <= kept, text[start:cut]


@pytest.mark.parametrize("name", PROGRAMS)
def test_program_cut_at_the_end_keeps_what_is_before(name):
    text = PROGRAMS[name]
    simple = statements_of(text)
    for start, _, end in simple:
        before = {text[a:b] for a, _, b in simple if b <= start and text[a:b] != "pass"}
        for cut in cuts(text, start, end):
            assert before <= surviving(text[:cut]), text[start:cut]
