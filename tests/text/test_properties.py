from __future__ import annotations

import ast
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from keras_shapes.files import python_document
from keras_shapes.notebook import cells_document
from keras_shapes.repair import Offsets, parse
from keras_shapes.source import Span
from keras_shapes.statement_bounds import statements

BLANK = re.compile(r"(?:[ \t\f\r\n]|#[^\r\n]*)*")
CODE = """( ) [ ] { } : , ; . = == \\ ' " \'\'\' # % ! ? %% @ $ é 🎉 x y = model.add( if else elif for in while def
class try except with match case pass return lambda print keras.Sequential([ Dense(10) 'a' 1""".split()
SPACE = ["\n", "\n    ", "\n\t", "\r\n", "\r", " ", "\f"]
STRANGE = ['"""', "\n%%time\n", "\n!ls", "x = !ls", "\ufeff", "\0", "\ud800"]
PIECES = st.sampled_from([*CODE, *SPACE, *STRANGE])
TEXT = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=60)

NAMES = st.sampled_from(["x", "model", "é", "größe", "数"])
STRINGS = st.text("aé🎉\u0301 ", max_size=4).map(repr)
VALUES = st.recursive(
    NAMES | STRINGS | st.integers(0, 99).map(str),
    lambda inner: st.builds("{}({}, {})".format, NAMES, inner, inner) | st.builds("[{},\n {}]".format, inner, inner),
    max_leaves=6,
)
PROGRAMS = st.lists(st.builds("{} = {}".format, NAMES, VALUES), max_size=8).map("\n".join)


@given(TEXT)
def test_any_text_is_parsed(text):
    document = python_document("a.py", text)
    parsed = parse(document)
    offsets = Offsets(document)
    assert len(document.python) == len(text)
    assert all(0 <= span.start < span.end <= len(text) for span in parsed.broken)
    for node in ast.walk(parsed.tree):
        if isinstance(node, ast.stmt):
            assert 0 <= offsets.span(node).start <= offsets.span(node).end <= len(text)


@given(st.lists(TEXT, max_size=4))
def test_cells_keep_their_length(sources):
    document = cells_document("a.ipynb", sources)
    assert len(document.python) == len(document.text)
    assert [document.slice(cell.span) for cell in document.cells] == sources
    parse(document)


@given(TEXT)
def test_statements_follow_each_other(text):
    position = 0
    for statement in statements(text, Span(0, len(text))):
        assert position <= statement.span.start < statement.span.end
        assert BLANK.fullmatch(text, position, statement.span.start)
        position = statement.span.end


@given(PROGRAMS)
def test_statements_are_those_of_python(program):
    found = [program[s.span.start : s.span.end] for s in statements(program, Span(0, len(program)))]
    assert found == [ast.get_source_segment(program, node) for node in ast.parse(program).body]


@settings(max_examples=200)
@given(PROGRAMS)
def test_offsets_are_those_of_python(program):
    document = python_document("a.py", program)
    offsets = Offsets(document)
    for node in ast.walk(parse(document).tree):
        if isinstance(node, ast.expr | ast.stmt):
            assert document.slice(offsets.span(node)) == ast.get_source_segment(program, node)


@given(PROGRAMS, st.data())
def test_broken_statement_is_the_only_loss(program, data):
    lines = program.split("\n")
    place = data.draw(st.integers(0, len(lines)))
    before, after = "\n".join(lines[:place]), "\n".join(lines[place:])
    try:
        ast.parse(before), ast.parse(after)
    except SyntaxError:  # the place is inside a statement
        return
    document = python_document("a.py", f"{before}\nbroken = foo(\n{after}")
    parsed = parse(document)
    assert [document.slice(span) for span in parsed.broken] == ["broken = foo("]
    assert len(parsed.tree.body) == len(ast.parse(program).body) + 1
