"""The table of a model, against `model.summary()` itself."""

from __future__ import annotations

import gc
import os
import re
import subprocess
import sys
import time

import pytest

from keras_shapes.features.summary import Row, Summary, summary

PROGRAM = """
model = Sequential([Input((28, 28, 1)), layers.Conv2D(8, 3), layers.BatchNormalization(name="bn")], name="net")
model.add(layers.Flatten())
model.add(layers.Dense(10, trainable=False))
"""

BASE = """
from keras.applications import VGG16, VGG19
model = Sequential(name="net")
for layer in {}:
    model.add(layer)
"""
BASES = (
    "VGG16(weights=None, include_top=False, input_shape=(64, 64, 3)).layers",
    "VGG19(include_top=False, weights=None).layers[:-1]",
    "VGG16(weights=None).layers[:-1]",
)
"""All layers of each, and of the top: their number is written in the reader."""


@pytest.mark.parametrize("source", [PROGRAM, *map(BASE.format, BASES)])
def test_as_model_summary_prints_it(analysed, source):
    analysis = analysed(source)
    table = summary(analysis, analysis.models[0])
    program = f"{analysis.document.text}\nmodel.summary()"
    environment = {**os.environ, "COLUMNS": "200", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONIOENCODING": "utf-8"}
    printed = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, encoding="utf-8", check=True
    ).stdout
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in printed.splitlines() if line.startswith("│")]
    assert [[row.layer, row.output, row.params] for row in table.rows] == rows
    assert list(table.totals) == [line.strip() for line in re.findall(r"^ *.*params: .*$", printed, re.MULTILINE)]
    assert f'Model: "{table.name}"' in printed


def test_up_to_the_refusal(analysed):
    analysis = analysed("m = Sequential([layers.LSTM(4, input_shape=(3, 2)), layers.LSTM(4), layers.Dense(1)])")
    table = summary(analysis, analysis.models[0])
    assert [(row.layer, row.output) for row in table.rows] == [
        ("lstm (LSTM)", "(None, 4)"),
        ("lstm_1 (LSTM)", "error"),
    ]
    assert table.message == analysis.diagnostics[0].message
    assert table.totals == ()


def test_unknown_sizes(analysed):
    analysis = analysed("n = int(input())\nm = Sequential([Input((4,)), layers.Dense(n), layers.Dense(2)])")
    table = summary(analysis, analysis.models[0])
    assert [(row.output, row.params) for row in table.rows] == [("(None, n)", "?"), ("(None, 2)", "?")]
    assert table.totals == ("Total params: ? (depends on n)",)
    assert table.message is None


def test_as_plain_text(analysed):
    analysis = analysed("m = Sequential([Input((4,)), layers.Dense(2)])")
    assert summary(analysis, analysis.models[0]).lines()[:5] == (
        'Model: "m"',
        "────────────────────────────────────",
        "Layer (type)   Output Shape  Param #",
        "────────────────────────────────────",
        "dense (Dense)  (None, 2)          10",
    )


def test_what_is_frozen_is_not_told_where_the_program_sets_it(analysed):
    [model] = (
        analysis := analysed("""
        model = Sequential([Input((8,)), layers.Dense(4)])
        for layer in model.layers:
            layer.trainable = False
        """)
    ).models
    assert summary(analysis, model).totals == ("Total params: 36 (144.00 B)",)


def test_a_long_table_takes_no_longer_for_each_line():
    def seconds(count: int) -> float:
        table = Summary("m", (Row("dense (Dense)", "(None, 4)", "20", "built"),) * count, ())
        start = time.thread_time()
        table.lines()
        return time.thread_time() - start

    gc.freeze()  # what other tests have left is not looked through meanwhile
    assert seconds(8_000) < 32 * seconds(1_000)
    gc.unfreeze()
