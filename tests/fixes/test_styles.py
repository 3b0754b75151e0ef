"""Whatever the style of a file, it gets the same fixes, in its own style, and nothing else of it changes."""

from __future__ import annotations

import ast
import difflib
import itertools
import json
import subprocess
import sys
from functools import cache

import pytest
from styles import FORMS, IMPORTS, TEXTS, Program, written

from keras_shapes.analysis import analyse
from keras_shapes.files import python_document
from keras_shapes.fixes.apply import edited
from keras_shapes.fixes.proof import prove
from keras_shapes.notebook import notebook_document

IMAGES = 'model.compile(loss="sparse_categorical_crossentropy")\nmodel.fit(np.zeros((8, 28, 28, 1)), np.arange(8))\n'
PROGRAMS = {
    "steps": Program(("LSTM(8, input_shape=(10, 4))", "Dropout(0.2)", "LSTM(8)", "Dense(1)")),
    "map": Program(
        ("Conv2D(8, 3, input_shape=(28, 28, 1))", "MaxPooling2D()", 'Dense(10, activation="softmax")'), IMAGES
    ),
    "vector": Program(("Dense(8, input_shape=(28, 28))", 'Dense(10, activation="softmax")'), IMAGES),
    "windows": Program(
        ("Conv2D(8, 3, input_shape=(12, 12, 1))", "MaxPooling2D()", "Conv2D(8, 3)", "MaxPooling2D()", "Conv2D(8, 3)")
    ),
    "rank": Program(("Conv2D(8, 3, input_shape=(28, 28))", "Flatten()")),
    "batch": Program(("LSTM(8, batch_input_shape=(4, 10, 3))", "Dense(1)")),
    "comma": Program(("Dense(8, input_shape=(3))", "Dense(1)")),
    "class": Program(("Conv2D(8, 3, input_shape=(28, 28, 1))", "Flatten()", "Dense(10, actvation='relu')")),
    "code": Program(
        ("Dense(8, input_shape=(4,))", 'Dense(3, activation="softmax")'),
        'model.compile(loss="categorical_crossentropy")\nmodel.fit(np.zeros((6, 4)), np.array([0, 1, 2] * 2))\n',
    ),
}
CASES = [
    (name, form, IMPORTS[(number + FORMS.index(form)) % len(IMPORTS)], text)
    for (number, name), form, text in itertools.product(enumerate(PROGRAMS), FORMS, TEXTS)
    if TEXTS.index(text) % 2 == (number + FORMS.index(form)) % 2
]


@pytest.mark.parametrize(("name", "form", "imports", "text"), CASES, ids=lambda value: value)
def test_same_fixes_in_every_style(name, form, imports, text, keras):
    source = written(PROGRAMS[name], form, imports, text)
    document = python_document("program.py", source) if text != "notebook" else _notebook(source)
    [diagnostic] = [each for each in prove(analyse(document, keras), keras).diagnostics if each.severity != "hint"]
    assert [fix.title for fix in diagnostic.fixes] == _titles(keras, name)
    for fix in diagnostic.fixes:
        after = edited(document, fix.edits)
        ast.parse(after.python)
        assert after.text.count("\r") == (after.text.count("\n") if text == "crlf" else 0)
        assert _touched(document, fix) <= _changed(document.text, after.text)
        assert _formatted(after.python) or not _formatted(document.python)


_known: dict[str, list[str]] = {}


def _titles(keras, name):
    """The titles of the fixes of the plainest style."""
    if name not in _known:
        document = python_document("program.py", written(PROGRAMS[name], "lines", "names", "plain"))
        [diagnostic] = [each for each in prove(analyse(document, keras), keras).diagnostics if each.severity != "hint"]
        assert diagnostic.fixes
        _known[name] = [fix.title for fix in diagnostic.fixes]
    return _known[name]


def _notebook(source):
    head, _, rest = source.partition("\n\n")
    cells = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": part}
        for part in (head, rest)
    ]
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    return notebook_document("program.ipynb", text)


def _touched(document, fix):
    """The lines whose text an edit replaces."""
    texts = [(edit.span, document.slice(edit.span)) for edit in fix.edits if document.slice(edit.span).strip()]
    places = [(span.end - len(text.lstrip()), span.start + len(text.rstrip()) - 1) for span, text in texts]
    return {line for first, last in places for line in range(document.line(first), document.line(last) + 1)}


def _changed(before, after):
    matcher = difflib.SequenceMatcher(None, before.splitlines(), after.splitlines(), autojunk=False)
    blocks = [range(low, high) for tag, low, high, _, _ in matcher.get_opcodes() if tag != "equal"]
    return {line for block in blocks for line in block}


@cache
def _formatted(text):
    command = [
        sys.executable,
        "-m",
        "ruff",
        "format",
        "--check",
        "--no-cache",
        "--isolated",
        "-q",
        "--line-length=320",
        "-",
    ]
    return subprocess.run(command, input=text.encode(), capture_output=True, check=False).returncode == 0
