"""What Keras 2 accepts is not reported where it is asked, or where nobody knows which Keras is."""

from dataclasses import replace

import pytest

from keras_shapes.analysis import analyse, conclude
from keras_shapes.files import python_document
from keras_shapes.keras_process import no_keras
from keras_shapes.reader import read
from keras_shapes.verdict import Built, LayerVerdict, Named

OLD = """
import keras
import tensorflow.python.keras.layers as old
from keras.layers import Dense, LocallyConnected1D

first = keras.Sequential([keras.Input((8, 3)), LocallyConnected1D(4, 3)])
second = keras.Sequential([keras.Input((8,)), old.Dense(3)])
third = keras.Sequential([keras.Input((8,)), Dense(3), keras.Input((8,))])
third.predict_classes(x)
"""


def codes(program, generation):
    """What is said where a Keras of this generation has built everything."""
    document = python_document("program.py", program)
    reading = read(document)
    verdicts = [
        Built(tuple(LayerVerdict("Dense", "d", (None, 3)) for _ in model.nodes), 0, None, None, complete=True)
        for model in reading.models
    ]
    verdicts = [replace(verdict, generation=generation) for verdict in verdicts]
    return {each.code for each in conclude(document, reading, verdicts).diagnostics}


def test_keras_3_has_no_such_things():
    assert codes(OLD, 3) == {"mixed-keras", "misplaced-input", "removed-name"}


@pytest.mark.parametrize("generation", [2, None])
def test_keras_2_has_them(generation):
    assert codes(OLD, generation) == set()


def test_nothing_is_guessed_without_a_keras():
    analysis = analyse(python_document("program.py", OLD), no_keras("not here"))
    assert analysis.diagnostics == ()


def test_a_name_that_a_keras_2_lacks_is_told():
    document = python_document("program.py", "import keras\nm = keras.Sequential([keras.layers.Merge(3)])\n")
    reading = read(document)
    missing = LayerVerdict("", "", named=Named("missing", "keras.layers"))
    verdict = Built((missing,), None, None, None, complete=False, generation=2)
    assert [each.code for each in conclude(document, reading, [verdict]).diagnostics] == ["removed-name"]
