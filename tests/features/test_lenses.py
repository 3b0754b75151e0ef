"""The line above each `Sequential`."""

from __future__ import annotations

import pytest

from keras_shapes.analysis import analyse
from keras_shapes.features.lenses import lenses
from keras_shapes.files import python_document
from keras_shapes.keras_process import no_keras


def texts(analysis, **kwargs):
    return [lens.text for lens in lenses(analysis, **kwargs)]


@pytest.mark.parametrize(
    ("program", "text"),
    [
        (
            "Sequential([Input((28, 28, 1)), layers.Conv2D(8, 3), layers.Flatten(), layers.Dense(10)])",
            "Sequential · (None, 28, 28, 1) → (None, 10) · 54,170 parameters",
        ),
        (
            "Sequential([Input((8,)), layers.Dense(4), layers.Conv2D(8, 3), layers.Dense(10)])",
            "1 error: Conv2D, line 3",
        ),
        ("Sequential([layers.Flatten(), layers.Dense(10)])", "the input shape is not known"),
        (
            "n = int(input())\nSequential([Input((8,)), layers.Dense(n)])",
            "Sequential · (None, 8) → (None, n) · parameters need n",
        ),
        ("Sequential([Input((8,)), layers.Flatten()])", "Sequential · (None, 8) → (None, 8) · 0 parameters"),
    ],
)
def test_one_model(analysed, program, text):
    assert texts(analysed(program)) == [text]


def test_models_of_one_site_share_a_lens(analysed):
    program = "def f(n):\n    return Sequential([Input((8,)), layers.Dense(n)])\nf(1)\nf(2)"
    assert texts(analysed(program)) == ["Sequential · (None, 8) → (None, 1|2) · 9–18 parameters"]


def test_without_keras():
    document = python_document("a.py", "from keras import Sequential, layers\nSequential([layers.Dense(1)])")
    analysis = analyse(document, no_keras("no TensorFlow here"))
    assert texts(analysis, starting=True) == ["starting Keras…"]
    assert texts(analysis, problem="no TensorFlow here") == ["choose interpreter · no TensorFlow here"]
    assert texts(analysis) == ["no TensorFlow here"]


def test_the_last_word_is_of_the_data(analysed):
    program = """
        import numpy as np
        x_train, y_train = np.zeros((60, 8)), np.zeros((60,))
        model = Sequential([Input((8,)), layers.Dense(10, activation="softmax")])
        model.compile(loss="sparse_categorical_crossentropy")
        model.fit(x_train, y_train)
    """
    assert texts(analysed(program)) == ["model · (None, 8) → (None, 10) · 90 parameters · fits y_train"]
    wrong = program.replace("sparse_categorical", "categorical")
    assert texts(analysed(wrong)) == ["1 error: categorical_crossentropy, line 7"]
    silent = wrong.replace('entropy")', 'entropy")  # keras-shapes: ignore[labels-rank]')
    assert texts(analysed(silent)) == ["model · (None, 8) → (None, 10) · 90 parameters · error in fit, line 8"]


def test_a_click_leads_to_the_first_mistake(analysed):
    program = "m = Sequential([Input((8,)), layers.Dense(4), layers.LSTM(4), layers.Dense(2, foo=1)])"
    analysis = analysed(program)
    [lens] = lenses(analysis)
    assert lens.text == "2 errors: LSTM, line 3"
    assert analysis.document.slice(lens.target) == "LSTM"


def test_a_warning_is_said(analysed):
    analysis = analysed("model = Sequential([Input((8,)), layers.Dense(1, activation='softmax')])")
    [lens] = lenses(analysis)
    assert lens.text.startswith("model · (None, 8) → (None, 1) · 9 parameters · 1 warning: ")
    assert lens.target is not None


def test_a_mistake_that_the_program_expects(analysed):
    program = """
        import pytest
        with pytest.raises(ValueError):
            m = Sequential([Input((8,)), layers.LSTM(4)])
    """
    assert texts(analysed(program)) == ["error at the 1st layer (LSTM), as the program expects"]


def test_an_unclosed_bracket_says_why_a_model_is_missing(analysed):
    analysis = analysed("""
        x = 1
        model = Sequential([Input((8,)), layers.Dense(10)
        print(x)
    """)
    [lens] = lenses(analysis)
    assert lens.text == "not read: '[' was never closed (line 5)"
    assert lens.unfinished
    assert analysis.document.text[lens.target.start] == "["


def test_a_mistake_is_that_of_the_model_that_it_stands_in(analysed):
    program = """
        generator = Sequential([Input((10,)), layers.Dense(196), layers.Reshape((14, 14, 1))])
        judge = Sequential([Input((28, 28, 1)), layers.Flatten(), layers.Dense(1)])
        gan = Sequential([generator, judge])
    """
    assert [text.partition(":")[0] for text in texts(analysed(program))] == [
        "generator · (None, 10) → (None, 14, 14, 1) · 2,156 parameters",
        "judge · (None, 28, 28, 1) → (None, 1) · 785 parameters",
        "1 error",
    ]


def test_a_mistake_in_the_loading_of_data_is_that_of_the_model(analysed):
    program = """
        train = keras.utils.image_dataset_from_directory("pictures", image_size=(180, 180))
        model = Sequential([Input((150, 150, 3)), layers.Flatten(), layers.Dense(1)])
        model.compile(loss="binary_crossentropy")
        model.fit(train)
    """
    [text] = texts(analysed(program))
    assert text.startswith("1 error: ")
    assert text.endswith(", line 4")
