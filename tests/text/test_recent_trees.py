"""An edited text is parsed where it was touched: the tree is the one that it has when it is parsed as a whole."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from keras_shapes.files import python_document, read_document
from keras_shapes.reader import read
from keras_shapes.repair import parse
from keras_shapes.repair.recent import MOST, MOST_CHARACTERS, RecentTrees

EXAMPLES = [read_document(path).text for path in sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.py"))]
JOINED = (
    "a = 1; b = (1,\n 2); c = (\n3)\n@f\n@g\ndef h():\n    '''\n    x\n    '''\nx = 1; \\\ny = 2\nif x:\n    z = 3\n"
)
CARRIAGES = JOINED.replace("\n", "\r\n")
NEW = st.sampled_from(
    [
        *(
            "",
            "x",
            "(",
            ")",
            "\n",
            "\r",
            "\r\n",
            "\\\n",
            ";",
            '"""',
            "'''",
            "#",
            "    ",
            ":",
            "= 1",
            "é",
            "\f",
            "\0",
            "@f\n",
        ),
        *("if x:\n    y\n", "else:\n    z\n", "elif z: pass\n", "a; b = (1,\n2); c", "except:\n    z\n", "'", ","),
    ]
)
EDITS = st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0, 0, 1, 2, 5, 40, 200]), NEW), min_size=1, max_size=8)


def dumped(tree: ast.AST) -> str:
    return ast.dump(tree, include_attributes=True)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([*EXAMPLES, JOINED, CARRIAGES]), EDITS)
@example(JOINED, [(0.72, 5, "if a: pass")])
@example("x = 1; \\\ny = 2\nz = 3\n", [(0.4, 5, "if a: pass")])
@example("a = (1,\n2); b = 3\nc = 4\n", [(0.1, 1, "b")])
def test_an_edited_text_has_the_tree_that_it_has_as_a_whole(text, edits):
    recent = RecentTrees(parse)
    recent.parse(python_document("a.py", text))
    for place, length, new in edits:
        start = round(place * len(text))
        edited = text[:start] + new + text[start + length :]
        document = python_document("a.py", edited)
        found, whole = recent.parse(document), parse(document)
        assert dumped(found.tree) == dumped(whole.tree)
        assert found.broken == whole.broken
        text = edited if not whole.broken else text


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [("b = 2", "b = 20", 3), ("b = 2", "b = 2\n", 2), ("a = 1", "a = 3", 3), ("d = 4", "d = 5", 3)],
)
def test_what_was_not_touched_is_not_parsed_again(old, new, kept):
    text = "a = 1\nb = 2\nc = 3\nd = 4\n"
    recent = RecentTrees(parse)
    before = recent.parse(python_document("a.py", text)).tree.body
    after = recent.parse(python_document("a.py", text.replace(old, new))).tree.body
    assert sum(any(each is other for other in before) for each in after) == kept


def test_reading_a_tree_leaves_it_as_it_is():
    for text in EXAMPLES:
        recent = RecentTrees(parse)

        class Project:
            def module(self, *_):
                return None

            def parse(self, document, look, recent=recent):
                return recent.parse(document, look)

        document = python_document("a.py", text)
        before = recent.parse(document).tree
        written = dumped(before)
        read(document, Project())
        assert dumped(before) == written
        assert vars(before.body[0]).keys() == vars(ast.parse(text).body[0]).keys()


def test_few_trees_are_kept():
    recent = RecentTrees(parse)
    trees = [recent.parse(python_document(f"{number}.py", "a = 1\n")).tree.body[0] for number in range(MOST + 1)]
    again = [recent.parse(python_document(f"{number}.py", "a = 1\n")).tree.body[0] for number in (MOST, 0)]
    assert again[0] is trees[MOST]
    assert again[1] is not trees[0]


def test_trees_of_large_texts_are_not_kept_for_long():
    line, recent = "a = 1\n", RecentTrees(parse)
    texts = [python_document(f"{number}.py", line * (MOST_CHARACTERS // 20)) for number in range(MOST)]
    first, *_, last = [recent.parse(document).tree.body[0] for document in texts]
    assert recent.parse(texts[-1]).tree.body[0] is last
    assert recent.parse(texts[0]).tree.body[0] is not first
    long = python_document("long.py", line * MOST_CHARACTERS)
    assert recent.parse(long).tree.body[0] is not recent.parse(long).tree.body[0]
    kept = recent.parse(texts[0]).tree.body[0]
    recent.forget()
    assert recent.parse(texts[0]).tree.body[0] is not kept
