"""Edits of functional models, until the hints are there: `pytest -m bench -s tests/bench/test_graphs.py`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
from lsprotocol import types as lsp

sys.path.append(str(Path(__file__).parents[1] / "lsp"))

from clients import visual_studio_code
from editor import Editor, started
from test_server import cache, memory, milliseconds  # noqa: F401 - `cache` is a fixture

pytestmark = pytest.mark.bench

URI = "file:///bench/graph.py"
EDITS = 60
MANY = 2_000
HEAD = "import keras\nfrom keras import layers\n\n\n"
RESNET = """\
def bottleneck(x, filters, strides):
    y = layers.Conv2D(filters, 1, strides=strides)(x)
    y = layers.Activation("relu")(layers.BatchNormalization()(y))
    y = layers.Conv2D(filters, 3, padding="same")(y)
    y = layers.Activation("relu")(layers.BatchNormalization()(y))
    y = layers.BatchNormalization()(layers.Conv2D(4 * filters, 1)(y))
    if strides != 1 or x.shape[-1] != 4 * filters:
        x = layers.BatchNormalization()(layers.Conv2D(4 * filters, 1, strides=strides)(x))
    return layers.Activation("relu")(layers.Add()([x, y]))


image = keras.Input((224, 224, 3))
x = layers.Activation("relu")(layers.BatchNormalization()(layers.Conv2D(64, 7, strides=2, padding="same")(image)))
x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
for filters, count, strides in ((64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)):
    for number in range(count):
        x = bottleneck(x, filters, strides if number == 0 else 1)
x = layers.GlobalAveragePooling2D()(x)
model = keras.Model(image, layers.Dense(1000)(x))
"""
UNET = """\
def twice(x, filters):
    for _ in range(2):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return x


image = x = keras.Input((128, 128, 3))
skips = []
for filters in (16, 32, 64, 128):
    x = twice(x, filters)
    skips.append(x)
    x = layers.MaxPooling2D()(x)
x = twice(x, 256)
for filters in (128, 64, 32, 16):
    x = layers.Conv2DTranspose(filters, 2, strides=2)(x)
    x = twice(layers.concatenate([x, skips.pop()]), filters)
model = keras.Model(image, layers.Conv2D(1000, 1)(x))
"""


@pytest.mark.parametrize(("name", "text"), [("ResNet-50", RESNET), ("U-Net", UNET)])
async def test_edit(name, text):
    """Another number of outputs in the last layer."""
    async with started(visual_studio_code(), settings={"delay": 0}) as editor:
        editor.open(URI, HEAD + text)
        await editor.settled(URI)
        await hinted(editor, 5)
        print(f"\n{name}: didChange to hints of the last layer: {milliseconds(await hinted(editor, EDITS))}")


async def test_memory():
    """Edits without end."""
    async with started(visual_studio_code(), settings={"delay": 0}) as editor:
        editor.open(URI, HEAD + UNET)
        await editor.settled(URI)
        await hinted(editor, 200)
        before = memory(editor.client._server.pid)
        await hinted(editor, MANY)
        print(f"\n{MANY} edits: {before:.0f} MB, then {memory(editor.client._server.pid):.0f} MB")


async def hinted(editor: Editor, count: int) -> list[float]:
    """Times from an edit of the last layer until the hint behind it says what it gives now."""
    times = []
    for _ in range(count):
        old = editor.texts[URI].rpartition("layers.")[2].partition("(")[2].partition(")")[0].partition(",")[0]
        new = str(int(old) + 1)
        told, begun = len(editor.asked), time.perf_counter()
        editor.substitute(URI, f"({old}", f"({new}")
        while not any(f"{new})" in str(label) for _, label in await editor.hints_now(URI)):
            await editor.until(lambda told=told: lsp.WORKSPACE_INLAY_HINT_REFRESH in editor.asked[told:])
            told = len(editor.asked)
        times.append(time.perf_counter() - begun)
        await editor.settled(URI)
    return times
