"""Sizes that are offered while a call is typed: each one that Keras takes, with what comes out of the layer."""

from __future__ import annotations

import pytest
from clients import visual_studio_code
from editor import started
from test_helping import PROGRAM, completion, ready, type_at_end

DATA = """\
import numpy as np
images, labels = np.zeros((60, 28, 28, 1)), np.arange(60) % 10  # keras-shapes: shape (60, 28, 28, 1), (60,) int64 max 9
"""


LIST = """\
import keras
from keras import layers
model = keras.Sequential([
    keras.Input((4,)),
    layers.Dense(
    layers.Dense(2),
])
"""


async def sizes(editor, uri, offset=None):
    found = await completion(editor, uri, offset)
    return [(item.label, item.detail) for item in found if "→" in (item.detail or "")]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("model.add(layers.Dense(", [("16", "→ (None, 26, 26, 16)"), ("256", "→ (None, 26, 26, 256)")]),
        ("model.add(layers.Dense(units=", [("16", "→ (None, 26, 26, 16)"), ("256", "→ (None, 26, 26, 256)")]),
        ("model.add(layers.Conv2D(16, ", [("1", "→ (None, 26, 26, 16)"), ("7", "→ (None, 20, 20, 16)")]),
        ("model.add(layers.MaxPooling2D(", [("2", "→ (None, 13, 13, 8)"), ("4", "→ (None, 6, 6, 8)")]),
        ("model.add(layers.LSTM(", []),
        ("model.add(layers.Dense(3, activation=", []),
        ("layers.Dense(", []),
    ],
)
async def test_sizes_of_a_half_typed_call(vscode, uri, typed, found):
    await ready(vscode, uri)
    type_at_end(vscode, uri, typed)
    known = await sizes(vscode, uri)
    assert ([known[0], known[-1]] if known else []) == found


async def test_a_window_that_does_not_fit_is_not_offered(vscode, uri):
    await ready(vscode, uri)
    vscode.substitute(uri, "(28, 28, 1)", "(6, 6, 1)")
    type_at_end(vscode, uri, "model.add(layers.Conv2D(16, kernel_size=")
    assert [label for label, _ in await sizes(vscode, uri)] == ["1", "3"]


async def test_shapes_that_hold_the_values(vscode, uri):
    await ready(vscode, uri)
    type_at_end(vscode, uri, "model.add(layers.Flatten())\nmodel.add(layers.Reshape(")
    assert await sizes(vscode, uri) == [
        ("(26, 26, 8)", "→ (None, 26, 26, 8) · holds 5,408 values"),
        ("(13, 13, 32)", "→ (None, 13, 13, 32) · holds 5,408 values"),
        ("(5408,)", "→ (None, 5408) · holds 5,408 values"),
    ]


async def test_a_call_in_a_list_is_closed_where_it_has_to_be(vscode, uri):
    await ready(vscode, uri, LIST)
    assert (await sizes(vscode, uri, LIST.index("Dense(") + len("Dense(")))[0] == ("16", "→ (None, 16)")


async def test_what_the_data_say_comes_first(vscode, uri):
    await ready(vscode, uri)
    vscode.replace(uri, 0, 0, DATA)
    await vscode.settled(uri)
    type_at_end(vscode, uri, "model.add(layers.Dense(")
    assert (await sizes(vscode, uri))[0] == ("10", "→ (None, 26, 26, 10) · as many as labels has classes")
    type_at_end(vscode, uri, "1))\nother = keras.Sequential([keras.Input(")
    assert (await sizes(vscode, uri))[0] == ("(28, 28, 1)", "→ (None, 28, 28, 1) · a sample of images")


async def test_the_start_of_keras_is_not_waited_for(vscode, uri):
    await ready(vscode, uri)
    text = f"{PROGRAM}model.add(layers.Dense("
    vscode.replace(uri, 0, len(PROGRAM), text)
    assert await sizes(vscode, uri)
    async with started(visual_studio_code(), settings={"delay": 0}) as fresh:
        fresh.open(uri, text)
        answer = await fresh.until_true(lambda: completion(fresh, uri), lambda items: items)
        assert "units=" in [item.label for item in answer]
        assert not await sizes(fresh, uri)
        assert (await fresh.models(uri)).keras != "ready"
