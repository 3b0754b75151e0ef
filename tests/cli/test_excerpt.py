"""Marks under source lines."""

from __future__ import annotations

from textwrap import dedent

import pytest
from rich.cells import cell_len

from keras_shapes.api.results import LineResult
from keras_shapes.cli.formats.excerpt import Mark, excerpt
from keras_shapes.cli.safe import safe_line
from keras_shapes.files import python_document
from keras_shapes.notebook import cells_document
from keras_shapes.source import Span


def span(document, text):
    start = document.text.index(text)
    return Span(start, start + len(text))


def mark(document, span, label="", *, primary=False):
    return Mark(document.location(span.start), document.location(span.end), label, primary)


def lines(document, *marks, width=80):
    places = [document.location(start) for start in document.line_starts]
    texts = [document.slice(document.line_span(line)) for line in range(len(places))]
    source = [LineResult(place.row, place.cell, text) for place, text in zip(places, texts, strict=True)]
    return [line.plain for line in excerpt(source, marks, "red", width)]


def shown(text):
    return dedent(text).strip("\n").splitlines()


def test_one_mark():
    document = python_document("a.py", "x = 1\ny = Dense(10)\n")
    assert lines(document, mark(document, span(document, "10"), primary=True)) == shown("""
          |
        2 | y = Dense(10)
          |           ^^
        """)


def test_related_lines_near_and_far():
    document = python_document("a.py", "\n".join(f"line{number}" for number in range(1, 12)))
    marks = (
        mark(document, span(document, "line11"), primary=True),
        mark(document, span(document, "line9"), "near"),
        mark(document, span(document, "line2"), "far"),
    )
    assert lines(document, *marks) == shown("""
           |
         2 | line2
           | ----- far
          ...
         9 | line9
           | ----- near
        10 | line10
        11 | line11
           | ^^^^^^
        """)


def test_two_marks_on_one_line():
    document = python_document("a.py", "f(a, b)")
    assert lines(
        document, mark(document, span(document, "b"), primary=True), mark(document, span(document, "a"), "here")
    ) == shown("""
          |
        1 | f(a, b)
          |      ^
          |   - here
        """)


@pytest.mark.parametrize("before", ["", "\t", "\t\tx = '日本語' + ", "'é' + ", "'e\u0301' + ", "'😀', "])
def test_the_mark_is_under_the_expression_whatever_stands_before(before):
    document = python_document("a.py", f"{before}Dense(1)")
    _, source, under = lines(document, mark(document, span(document, "Dense"), primary=True))
    place = source.index("Dense")
    assert cell_len(source[:place]) == under.index("^")
    assert under.count("^") == 5


def test_wide_characters_are_marked_in_full():
    document = python_document("a.py", "f('日本')")
    assert lines(document, mark(document, span(document, "'日本'"), primary=True))[-1].strip() == "|   ^^^^^^"


def test_an_expression_of_several_lines_is_marked_on_its_first():
    document = python_document("a.py", "f(\n  1,\n)")
    assert lines(document, mark(document, Span(0, len(document.text)), primary=True)) == ["  |", "1 | f(", "  | ^^"]


def test_a_long_line_is_cut_around_the_mark():
    document = python_document("a.py", "x" * 200 + " Dense " + "y" * 200)
    _, source, under = lines(document, mark(document, span(document, "Dense"), primary=True), width=60)
    assert len(source) <= 60
    assert source.startswith("1 | …x")
    assert source.endswith("y…")
    assert source[under.index("^") : under.rindex("^") + 1] == "Dense"


def test_cells_of_a_notebook_are_apart():
    document = cells_document("a.ipynb", ["a = 1\nb = 2", "c = b"])
    marks = (mark(document, span(document, "c"), primary=True), mark(document, span(document, "b"), "made here"))
    assert lines(document, *marks) == shown("""
          |
        1 | c = b
          | ^
          ::: cell 1
        2 | b = 2
          | - made here
        """)


def test_controls_are_not_passed_on():
    assert safe_line("a\x1b[31mb\u202ec\td\ne") == "a�[31mb�c d e"
