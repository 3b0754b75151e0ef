"""How the diagnostics of the rules become one list: one cause one diagnostic, only what is sure, comments, settings."""

from __future__ import annotations

import json
import logging
from textwrap import dedent

import pytest

from keras_shapes.analysis import analyse
from keras_shapes.files import python_document
from keras_shapes.notebook import notebook_document
from keras_shapes.rules import Rule, Selection, Subject, judge, rules

IMPORTS = """\
from keras import Input, Sequential
from keras.layers import LSTM, Conv2D, Dense, Flatten, Reshape
"""
REFUSED = """\
model = Sequential([
    Input((10, 4)),
    LSTM(8),
    LSTM(8),
])
"""


@pytest.fixture
def check(keras):
    """(row, rule) of each diagnostic of a program, rows counted without the imports."""

    def run(program, selection=None):
        document = python_document("program.py", IMPORTS + dedent(program))
        found = analyse(document, keras, selection=selection).diagnostics
        return [(document.location(each.span.start).row - IMPORTS.count("\n"), each.code) for each in found]

    return run


def test_function_called_twice_is_reported_once(check):
    program = """\
        def build(units):
            return Sequential([
                Input((10, 4)),
                LSTM(units),
                LSTM(8),
            ])
        build(3)
        build(4)
    """
    assert check(program) == [(4, "missing-return-sequences")]


def test_error_of_some_variants_only_is_not_reported(check):
    program = """\
        import sys
        model = Sequential()
        model.add(Input((10, 4)))
        if len(sys.argv) > 1:
            model.add(Flatten())
        model.add(LSTM(8))
    """
    assert check(program) == []


def test_error_that_every_variant_with_the_layer_has_is_reported(check):
    program = """\
        import sys
        model = Sequential()
        model.add(Input((10, 4)))
        if len(sys.argv) > 1:
            model.add(Reshape((3, 5)))
        model.add(Dense(8))
    """
    assert check(program) == [(5, "reshape-size")]


def test_each_refused_constructor_is_a_cause_of_its_own(check):
    program = """\
        model = Sequential([
            Input((10, 4)),
            LSTM(8),
            LSTM(-8),
            Dense(3, actvation="relu"),
        ])
    """
    assert [code for _, code in check(program)] == ["invalid-argument", "invalid-argument"]


def test_refused_model_inside_two_others_is_reported_once(check):
    program = """\
        inner = Sequential([
            Input((4,)),
            Reshape((3,)),
        ])
        one = Sequential([inner, Dense(1)])
        two = Sequential([inner, Dense(2)])
    """
    assert check(program) == [(3, "reshape-size")]


def test_code_that_expects_an_error_is_silent(check):
    program = """\
        import pytest
        with pytest.raises(ValueError):
            Sequential([Input((10, 4)), LSTM(8), LSTM(8)])
        if False:
            Sequential([Input((10, 4)), LSTM(8), LSTM(8)])
    """
    assert check(program) == []


def test_caught_error_is_reported(check):
    program = """\
        try:
            Sequential([Input((10, 4)), LSTM(8), LSTM(8)])
        except ValueError:
            pass
    """
    assert check(program) == [(2, "missing-return-sequences")]


def test_old_keras_is_not_judged_by_the_new_one(check):
    program = """\
        from tensorflow.python.keras import layers, models
        models.Sequential([layers.InputLayer((10, 4)), layers.LSTM(8), layers.LSTM(8)])
    """
    assert check(program) == []


def test_comment_silences_its_rule_on_its_line(check):
    line = "    LSTM(8),  # keras-shapes: ignore[{}]\n"
    silenced = REFUSED.replace("    LSTM(8),\n", line.format("reshape-size, missing-return-sequences"), 1)
    assert check(silenced) == [(3, "unused-suppression")]
    other = REFUSED.replace("    LSTM(8),\n", line.format("reshape-size"), 1)
    assert check(other) == [(3, "missing-return-sequences"), (3, "unused-suppression")]


def test_comment_silences_its_rule_in_the_file(check):
    assert check("# keras-shapes: ignore-file[missing-return-sequences]\n" + REFUSED) == []
    assert check("# keras-shapes: ignore-file[no-such-rule]\nmodel = Sequential([Input((3,)), Dense(1)])\n") == [
        (1, "unused-suppression")
    ]


def test_string_is_no_comment(check):
    text = '"# keras-shapes: ignore-file[missing-return-sequences]"\n'
    assert check(text + REFUSED) == [(4, "missing-return-sequences")]


def test_comment_may_be_needed_where_a_model_is_not_known(check):
    program = """\
        import somewhere
        model = Sequential(somewhere.layers())  # keras-shapes: ignore[reshape-size]
    """
    assert check(program) == []


def test_comment_silences_in_a_notebook(keras):
    cells = [
        IMPORTS,
        REFUSED.replace("    LSTM(8),\n", "    LSTM(8),  # keras-shapes: ignore[missing-return-sequences]\n", 1),
    ]
    source = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": cell} for cell in cells
    ]
    text = json.dumps({"cells": source, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    assert analyse(notebook_document("program.ipynb", text), keras).diagnostics == ()


def test_settings_turn_rules_off_or_down(check, keras):
    off = Selection({"missing-return-sequences": "off"})
    assert check(REFUSED, off) == []
    down = Selection({"missing-return-sequences": "hint"})
    document = python_document("program.py", IMPORTS + REFUSED)
    assert [each.severity for each in analyse(document, keras, selection=down).diagnostics] == ["hint"]


def test_rule_that_fails_leaves_the_others_alone(keras, caplog):
    def fail(_subject):
        raise ZeroDivisionError

    broken = Rule("broken", fail, severity="error", needs="shapes", since="0.1.0")
    document = python_document("program.py", IMPORTS + REFUSED)
    analysis = analyse(document, keras)
    subjects = [Subject(document, each.model, each.verdict) for each in analysis.models]
    with caplog.at_level(logging.ERROR):
        found = judge(subjects, known=(broken, *rules()))
    assert [each.code for each in found] == ["missing-return-sequences"]
    assert "rule broken failed" in caplog.text


def test_mark_is_on_one_line_and_the_words_of_keras_are_carried(keras):
    program = """\
        model = Sequential([
            Conv2D(8, 3, input_shape=(
                28,
                28,
            )),
        ])
    """
    document = python_document("program.py", IMPORTS + dedent(program))
    [diagnostic] = analyse(document, keras).diagnostics
    assert document.slice(diagnostic.span) == "input_shape=("
    assert "expected min_ndim=4" in diagnostic.keras_message
    assert [document.slice(related.span) for related in diagnostic.related] == ["Conv2D"]
