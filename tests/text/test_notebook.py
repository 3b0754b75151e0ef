from __future__ import annotations

import ast
import json

import pytest

from keras_shapes.notebook import cells_document, notebook_document, python_of_cell


def test_code_cells_in_order_are_one_document():
    cells = [
        {"cell_type": "code", "source": ["import keras\n", "x = 1"]},
        {"cell_type": "markdown", "source": "# Model"},
        {"cell_type": "code", "source": "y = x", "execution_count": 1},
        {"cell_type": "code"},
        {"cell_type": "raw", "source": "raw"},
    ]
    document = notebook_document("a.ipynb", json.dumps({"nbformat": 4, "cells": cells}))
    assert document.text == document.python == "import keras\nx = 1\ny = x\n"
    assert [(cell.number, document.slice(cell.span)) for cell in document.cells] == [
        (1, "import keras\nx = 1"),
        (2, "y = x"),
        (3, ""),
    ]


def test_nbformat_3():
    cells = [{"cell_type": "code", "input": ["x = 1\n", "y"]}, {"cell_type": "heading", "source": ["a"]}]
    document = notebook_document("a.ipynb", json.dumps({"nbformat": 3, "worksheets": [{"cells": cells}, {}]}))
    assert document.text == "x = 1\ny"


def test_place_in_a_notebook_names_the_cell():
    document = cells_document("a.ipynb", ["import keras\n", "x = 1\ny = 2"])
    location = document.location(document.text.index("y"))
    assert (location.cell, location.row, location.column) == (2, 2, 1)


@pytest.mark.parametrize(
    ("cell", "python"),
    [
        ("%matplotlib inline\nx = 1", "\nx = 1"),
        ("!pip install 'keras\nx = 1", "\nx = 1"),
        ("!pip install \\\n  keras\nx = 1", "\n\nx = 1"),
        ("  %cd a\n  x = 1", "\n \fx = 1"),
        ("    if x:\n        !ls -l\n\n    y = 2", "   \fif x:\n   \f    pass\n\n   \fy = 2"),
        ("x = (1\n% 2)\ny = (x\n!= 3)", "x = (1\n% 2)\ny = (x\n!= 3)"),
        ('s = "%d" \\\n % 3', 's = "%d" \\\n % 3'),
        ("s = '''\n%time\n!ls\n'''", "s = '''\n%time\n!ls\n'''"),
        ("if x:\n    !ls -l\n    %cd", "if x:\n    pass\n    0"),
        ("files = !ls", "files = ___"),
        ("a, b = %sql select 1", "a, b = _____________"),
        ("x = %sql select \\\n 1\ny = 2", "x = _____________\n\ny = 2"),
        ("x == 3\nx = y % 3", "x == 3\nx = y % 3"),
        ("model?\n?model\nkeras.layers.Dense??\n%time?", "\n\n\n"),
        ("# what is this?\nprint('really?')", "# what is this?\nprint('really?')"),
        ("%time history = model.fit(x)", "0;    history = model.fit(x)"),
        ("%timeit model.fit(x)", "0;      model.fit(x)"),
        ("%timeit -n 3 -r1 -q build()", "0;                  build()"),
        ("%timeit -x build()", ""),
        ("%%time\nx = 1\n!ls", "\nx = 1\n"),
        ("%%timeit -n 3\nx = 1", "\nx = 1"),
        ("%%capture output\nx = 1", "\nx = 1"),
        ("%%backend tensorflow\nx = 1", "\nx = 1"),
        ("%%unknown\nsome prose", "\n"),
        ("%%bash\nls", "\n"),
        ("%%html\nx=1", "\n"),
        ("%%writefile a.py\nimport keras\nx = 1", "\n\n"),
        ("\n%%sh\nls", "\n\n"),
    ],
)
def test_magics_are_blanked(cell, python):
    result = python_of_cell(cell)
    assert [line.rstrip() for line in result.split("\n")] == python.split("\n")
    assert len(result) == len(cell)
    ast.parse(result)


def test_line_breaks_stay_where_they_are():
    cell = "%%html\r\na\rb\n"
    assert python_of_cell(cell) == " " * 6 + "\r\n \r \n"
