from __future__ import annotations

import ast

import pytest

from keras_shapes.files import python_document
from keras_shapes.notebook import cells_document
from keras_shapes.repair import BROKEN_NAME, Broken, Offsets, parse


def unparsed(text: str) -> str:
    return ast.unparse(parse(python_document("a.py", text)).tree)


def broken(text: str) -> list[str]:
    document = python_document("a.py", text)
    return [document.slice(span) for span in parse(document).broken]


@pytest.mark.parametrize(
    ("text", "costs"),
    [
        ("x = 1\ny = foo(\nz = 2\n", ["y = foo("]),
        ("x = 1\ny = 'abc\nz = 2\n", ["y = 'abc"]),
        ("x = 1\ny = x.\nz = 2\n", ["y = x."]),
        ("x = 1\ny = \nz = 2\n", ["y ="]),
        ("x = 1\nimport\nz = 2\n", ["import"]),
        ("x = 1\nprint 'a' % (\n  3)\nz = 2\n", ["print 'a' % (\n  3)"]),
        ("x = 1\ny = [\n  foo(3,\n  foo(4),\n]\nz = 2\n", ["y = [\n  foo(3,\n  foo(4),\n]"]),
        ("x = 1\ny = foo(])\nz = 2\n", ["y = foo(])"]),
        ("x = 1\n)\nz = 2\n", [")"]),
        ("x = 1\n$\nz = 2\n", ["$"]),
        ('x = 1\ny = """abc\nz = 2\n', ['y = """abc']),
        ('x = 1\ny = """abc\nz = 2\ndef f():\n    """Doc.\n\n    More.\n    """\n', ['y = """abc']),
        ("x = 1\n    y = 3\nz = 2\n", ["y = 3"]),
        ("x = 1; y = (\nz = 2\n", ["x = 1; y = ("]),
    ],
)
def test_half_typed_statement_costs_itself(text, costs):
    assert broken(text) == costs
    assert unparsed(text).endswith("z = 2") or "z = 2" in unparsed(text)
    assert unparsed(text).startswith("x = 1") or costs[0].startswith("x = 1")


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("def f(a, b=\n    return a\n", "def f(a, b):\n    return a"),
        ("class A(\n    x = 1\n", f"class A({BROKEN_NAME}):\n    x = 1"),
        ("for i, j in\n    x = 1\n", f"for i, j in {BROKEN_NAME}:\n    x = 1"),
        ("for\n    x = 1\n", f"if {BROKEN_NAME}:\n    x = 1"),
        ("if x == 3\n    y = 1\nelif\n    y = 2\nelse\n    y = 3\n",
         f"if {BROKEN_NAME}:\n    y = 1\nelif {BROKEN_NAME}:\n    y = 2\nelse:\n    y = 3"),
        ("with strategy.scope(:\n    x = 1\n", f"with {BROKEN_NAME}:\n    x = 1"),
        ("wit\n    x = 1\n", f"if {BROKEN_NAME}:\n    x = 1"),
        ("else:\n    x = 1\n", f"if {BROKEN_NAME}:\n    x = 1"),
        ("try:\n    x = 1\ny = 2\n", "if 1:\n    x = 1\ny = 2"),
        ("try:\n    x = \nexcept A:\n    y = 2\n", "try:\nexcept A:\n    y = 2"),
        ("if x:\ny = 1\n", "if x:\n    pass\ny = 1"),
        ("while x:  # why\n", "while x:\n    pass"),
        ("match x:\ny = 1\n", f"if {BROKEN_NAME}:\n    pass\ny = 1"),
        ("match x:\n  case 1 if:\n    y = 1\n", "match x:\n    case _:\n        y = 1"),
        ("match x:\n  case 1:\ny = (\n", "match x:\n    case 1:\n        pass"),
    ],
)  # fmt: skip
def test_half_typed_header_keeps_its_body(text, repaired):
    assert unparsed(text).split() == repaired.split()


def test_broken_statement_says_what_it_touches():
    parsed = parse(python_document("a.py", "self.model = Sequential([Dense(10, 'a.b'\nmodel.add(  # c.d\nx.y\n"))
    first, second, _ = parsed.tree.body
    assert isinstance(first, Broken)
    assert (first.targets, first.mentions) == (("self.model",), ("self.model", "Sequential", "Dense"))
    assert isinstance(second, Broken)
    assert (second.targets, second.mentions) == ((), ("model.add",))


def test_cell_ends_what_it_begins():
    document = cells_document("a.ipynb", ["model = Sequential([", "Dense(3)", "x = '''", "y = 2"])
    parsed = parse(document)
    assert [document.slice(span) for span in parsed.broken] == ["model = Sequential([", "x = '''"]


def test_kept_statements_keep_their_place():
    text = "def é(\n    x = 'ü' + y\n  # c\nif a:\nz = '🎉', w\nq = (\n"
    document = python_document("a.py", text)
    parsed, offsets = parse(document), Offsets(document)
    names = [node for node in ast.walk(parsed.tree) if isinstance(node, ast.Name) and node.id in "xyzw"]
    assert sorted(node.id for node in names) == ["w", "x", "y", "z"]
    assert all(document.slice(offsets.span(node)) == node.id for node in names)


HOSTILE = {
    "parentheses": "(" * 10_000 + ")" * 10_000,
    "minus": "-" * 100_000 + "1",
    "sum": "1" + "+1" * 100_000,
    "attributes": "a" + ".b" * 100_000,
    "elif": "if 1:\n pass\n" + "elif 1:\n pass\n" * 5_000,
    "long line": "x=" + "a" * 1_000_000,
    "open calls": "x=foo(\n" * 5_000,
    "open strings": "x='''a\n" * 5_001,
    "Python 2": "print 'x'\n" * 5_000,
    "indentation": "".join(" " * level + "if 1:\n" for level in range(1_500)),
    "surrogates": "\ud800" * 1_000,
    "null": "\0" * 1_000,
    "brackets": "([{" * 50_000,
    "quotes": "'''" * 50_001,
    "backslashes": "'\\" * 50_000,
    "power": "1" + "**1" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_itself(name):
    parsed = parse(python_document("a.py", f"first = 1\n{HOSTILE[name]}\nlast = 2\n"))
    names = [node.targets[0].id for node in parsed.tree.body if isinstance(node, ast.Assign)]
    assert (names[0], names[-1]) == ("first", "last")
