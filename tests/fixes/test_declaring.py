"""The comment that declares unknown data, offered where a name gets data that a model meets."""

from __future__ import annotations

from keras_shapes.analysis import analyse
from keras_shapes.files import python_document
from keras_shapes.fixes.apply import edited
from keras_shapes.fixes.declaring import declarations
from keras_shapes.source import Span

PROGRAM = """import sys
from keras import Input, Sequential, layers
x = load(sys.argv[1])
y = load(sys.argv[2])
z = load(sys.argv[3])
model = Sequential([Input((28, 28)), layers.Flatten(), layers.Dense(10)])
model.compile("adam", "mse")
model.fit(x, y)
"""


def declared(analysis, at):
    offset = PROGRAM.index(at)
    return [edited(analysis.document, fix.edits).text for fix in declarations(analysis, Span(offset, offset))]


def test_the_comment_says_what_the_model_takes(keras):
    analysis = analyse(python_document("program.py", PROGRAM), keras)
    x, y = "x = load(sys.argv[1])", "y = load(sys.argv[2])"
    assert declared(analysis, x) == [PROGRAM.replace(x, x + "  # keras-shapes: shape (?, 28, 28)")]
    assert declared(analysis, y) == [PROGRAM.replace(y, y + "  # keras-shapes: shape (?, 10)")]
    assert declared(analysis, "z = ") == declared(analysis, "x, y)") == []


def test_what_is_declared_is_not_offered_again(keras):
    program = PROGRAM.replace("argv[1])", "argv[1])  # keras-shapes: shape (?, 28, 28)")
    analysis = analyse(python_document("program.py", program), keras)
    [other] = declarations(analysis, Span(0, len(program)))
    assert other.title.startswith("Declare the shape of y (line 4)")
