"""Diagnostics, hover, hints, lenses and fixes, as each kind of editor gets them."""

from __future__ import annotations

from lsprotocol import types as lsp

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
REFUSED = """\
import keras
from keras import layers

model = keras.Sequential([
    keras.Input((20, 8)),
    layers.LSTM(16),
    layers.LSTM(16),
    layers.Dense(1),
])
"""


async def test_shapes_follow_the_text(editor, uri):
    editor.open(uri, MODEL)
    assert not await editor.diagnostics(uri)
    assert await editor.hints(uri) == [(5, "→ (None, 26, 26, 8)"), (6, "→ (None, 5408)"), (7, "→ (None, 10)")]

    editor.substitute(uri, "Flatten()", "LSTM(10)")
    (diagnostic,) = await editor.diagnostics(uri)
    assert diagnostic.code == "incompatible-input"
    assert editor.marked(uri, diagnostic.range) == "LSTM"
    assert await editor.hints(uri) == [(5, "→ (None, 26, 26, 8)")]

    editor.substitute(uri, "LSTM(10)", "Flatten()")
    assert not await editor.diagnostics(uri)
    assert len(await editor.hints(uri)) == 3
    editor.close(uri)
    assert await editor.hover(uri, "Dense") is None
    assert await editor.hints_now(uri) == []


async def test_diagnostic_says_everything_that_the_client_shows(editor, uri):
    editor.open(uri, REFUSED)
    (diagnostic,) = await editor.diagnostics(uri)
    shows = editor.client.capabilities.text_document
    shows = shows.publish_diagnostics if shows else None
    assert diagnostic.severity == lsp.DiagnosticSeverity.Error
    assert diagnostic.source == "keras-shapes"
    assert bool(diagnostic.related_information) == bool(shows and shows.related_information)
    if shows and shows.code_description_support:
        assert diagnostic.code_description.href.endswith(f"/docs/rules/{diagnostic.code}.md")
    else:
        assert diagnostic.code_description is None


async def test_lens_stands_above_the_model(editor, uri):
    editor.open(uri, f"\n{MODEL}")
    assert await editor.lenses(uri) == [(4, "model · (None, 28, 28, 1) → (None, 10) · 54,170 parameters")]
    editor.substitute(uri, "Flatten()", "LSTM(10)")
    ((line, title),) = await editor.lenses(uri)
    assert (line, title) == (4, "1 error: LSTM, line 8")


async def test_hover_shows_layers_models_and_data(editor, uri):
    editor.open(uri, f"import numpy as np\nx_train = np.zeros((5, 3))\n{MODEL}model.summary()\n")
    await editor.settled(uri)
    assert "54,090" in await editor.hover(uri, "Dense")
    assert "Total params: 54,170" in await editor.hover(uri, "model.summary")
    assert "(5, 3)" in await editor.hover(uri, "x_train")
    assert await editor.hover(uri, "import") is None


async def test_hints_are_those_of_the_range(editor, uri):
    editor.open(uri, MODEL)
    await editor.settled(uri)
    lines = lsp.Range(lsp.Position(6, 0), lsp.Position(7, 0))
    params = lsp.InlayHintParams(text_document=lsp.TextDocumentIdentifier(uri), range=lines)
    (hint,) = await editor.client.text_document_inlay_hint_async(params)
    assert (hint.label, hint.position.line, hint.padding_left) == ("→ (None, 5408)", 6, True)
    assert hint.position.character == len("    layers.Flatten(),")
    everything = await editor.client.text_document_inlay_hint_async(
        lsp.InlayHintParams(
            text_document=lsp.TextDocumentIdentifier(uri), range=lsp.Range(lsp.Position(0, 0), lsp.Position(99, 0))
        )
    )
    assert [hint.tooltip for hint in everything] == ["80 parameters", "0 parameters", "54,090 parameters"]


async def test_half_typed_statement_keeps_its_hints_and_the_other_model(editor, uri):
    editor.open(uri, MODEL + REFUSED.partition("\n\n")[2].replace("model", "other"))
    before = await editor.hints(uri)
    lenses = await editor.lenses(uri)
    editor.substitute(uri, "Conv2D(8, 3),", "Conv2D(8, 3")
    assert await editor.hints(uri) == before
    assert await editor.lenses(uri) == lenses
    assert [each.code for each in await editor.diagnostics(uri)] == ["missing-return-sequences"]
    editor.substitute(uri, "Conv2D(8, 3", "Conv2D(9, 3),")
    assert (await editor.hints(uri))[0] == (5, "→ (None, 26, 26, 9)")


async def test_closed_document_shows_nothing(pushed, uri):
    pushed.open(uri, REFUSED)
    assert await pushed.diagnostics(uri)
    pushed.close(uri)
    await pushed.until(lambda: not pushed.published[-1].diagnostics)
    assert pushed.published[-1].uri == uri
