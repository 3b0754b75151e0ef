"""The comment that declares unknown data, offered where a name gets data that a model meets."""

from __future__ import annotations

from keras_shapes.analysis import analyse
from keras_shapes.files import python_document
from keras_shapes.fixes.apply import edited
from keras_shapes.fixes.data_paths import data_files
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
    found = declarations(analysis, Span(offset, offset))
    return [edited(analysis.document, fix.edits).text for fix in found if " all " not in fix.title]


def test_the_comment_says_what_the_model_takes(keras):
    analysis = analyse(python_document("program.py", PROGRAM), keras)
    x, y = "x = load(sys.argv[1])", "y = load(sys.argv[2])"
    assert declared(analysis, x) == [PROGRAM.replace(x, x + "  # keras-shapes: shape (?, 28, 28)")]
    assert declared(analysis, y) == [PROGRAM.replace(y, y + "  # keras-shapes: shape (?, 10)")]
    assert declared(analysis, "z = ") == declared(analysis, "x, y)") == []


def test_what_is_declared_is_not_offered_again(keras):
    program = PROGRAM.replace("argv[1])", "argv[1])  # keras-shapes: shape (?, 28, 28)")
    analysis = analyse(python_document("program.py", program), keras)
    [other] = declarations(analysis, Span(0, len(program)))  # that of all would be the same
    assert other.title.startswith("Declare the shape of y (line 4)")


FILES = """import keras
import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split
FOLDER = "data"
frame = pd.read_csv(f"{FOLDER}/a.csv")
part = frame.drop("y", axis=1)
images = np.load(FOLDER + "/images.npy")
arrays = np.load("b.npz")
labels = arrays["y"]
few = pd.read_csv("a.csv", nrows=3)
far = np.load("//other/share/a.npy")
x, x_test, y, y_test = train_test_split(images, labels)
model = keras.Sequential([keras.Input((8, 8)), keras.layers.Flatten(), keras.layers.Dense(4)])
model.compile("adam", "mse")
model.fit(x, y)
"""


def test_all_data_of_a_file_at_once_and_where_they_come_in(keras):
    """A size that nobody knows is a placeholder; what has no rank declares nothing before it is filled in."""
    analysis = analyse(python_document("program.py", FILES), keras)
    *_, every = declarations(analysis, Span(0, len(FILES)))
    assert every.title == "Declare the shapes of all 5 data that cannot be read"
    after = edited(analysis.document, every.edits).text
    assert [line.partition(" =")[0] + line.partition("  #")[2] for line in after.splitlines() if "  #" in line] == [
        "frame keras-shapes: shape (?, ?)",
        "images keras-shapes: shape (?, 8, 8)",
        "labels keras-shapes: shape (?, 4)",
        "few keras-shapes: shape (?, ?)",
        "far keras-shapes: shape (…)",
    ]
    assert analyse(python_document("program.py", after), keras).diagnostics == analysis.diagnostics == ()


def test_files_are_found_where_the_source_names_them(keras):
    found = data_files(analyse(python_document("program.py", FILES), keras))
    assert [(data.name, path.path, path.member) for data, path in found] == [
        ("frame", "data/a.csv", None),
        ("images", "data/images.npy", None),
        ("labels", "b.npz", "y"),
    ]
