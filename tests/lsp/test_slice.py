"""Shapes in an editor: opened, edited, closed."""

from __future__ import annotations

URI = "file:///somewhere/model.py"
MODEL = """\
import keras
from keras import layers

model = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(8, 3),
    layers.Flatten(),
    layers.Dense(10),
])
"""


async def test_shapes_follow_the_text(editor):
    editor.open(URI, MODEL)
    assert await editor.diagnostics(URI) == []
    assert await editor.hints(URI) == [(5, "→ (None, 26, 26, 8)"), (6, "→ (None, 5408)"), (7, "→ (None, 10)")]
    assert "5408, 10" in await editor.hover(URI, "Dense")

    editor.substitute(URI, "Flatten()", "LSTM(10)")
    (diagnostic,) = await editor.diagnostics(URI)
    assert diagnostic.code == "incompatible-input"
    assert editor.texts[URI].splitlines()[diagnostic.range.start.line].strip().startswith("layers.LSTM")
    assert editor.published[-1].version == 2

    editor.substitute(URI, "LSTM(10)", "Flatten()")
    assert await editor.diagnostics(URI) == []
    editor.close(URI)
    await editor.until(lambda: len(editor.published) == 4)
    assert not editor.published[-1].diagnostics
    assert await editor.hover(URI, "Dense") is None
