"""Layers that are offered where a layer is about to be written: each takes what comes, and says what comes out."""

from __future__ import annotations

import pytest
from lsprotocol import types as lsp
from test_helping import PROGRAM, completion, ready, type_at_end

LIST = """\
import keras
from keras.layers import Dense, Input

model = keras.Sequential([
    Input((8,)),
    Dense(4),

])
"""


async def offered(editor, uri, offset=None):
    return {item.label: item for item in await completion(editor, uri, offset)}


async def test_layers_for_a_map_in_add(vscode, uri):
    await ready(vscode, uri)
    type_at_end(vscode, uri, "model.add(")
    found = await offered(vscode, uri)
    assert next(iter(found)) == "MaxPooling2D()", "which often follows a convolution"
    assert found["MaxPooling2D()"].detail == "→ (None, 13, 13, 8)"
    assert found["Flatten()"].detail == "→ (None, 5408)"
    assert found["Flatten()"].text_edit.new_text == "layers.Flatten()"
    assert not any(label.startswith(("LSTM", "Conv1D", "Dense")) for label in found)
    type_at_end(vscode, uri, "layers.Ma")
    [pooling] = (await offered(vscode, uri)).values()
    assert vscode.marked(uri, pooling.text_edit.range) == "layers.Ma"


async def test_layers_in_a_list_with_their_import(vscode, uri):
    await ready(vscode, uri, LIST)
    found = await offered(vscode, uri, LIST.index("\n])"))
    dropout = found["Dropout(0.5)"]
    assert (dropout.detail, dropout.text_edit.new_text) == ("→ (None, 4)", "Dropout(0.5)")
    [added] = dropout.additional_text_edits
    assert added.new_text.strip(", ") == "Dropout"
    assert found['Dense(64, activation="relu")'].additional_text_edits is None


async def test_as_many_units_as_the_labels_have_classes(vscode, uri):
    labels = "import numpy as np\ny = np.arange(60) % 7  # keras-shapes: shape (60,) int64 max 6\n"
    await ready(vscode, uri, labels + PROGRAM)
    type_at_end(vscode, uri, "model.add(layers.Flatten())\nmodel.add(")
    head = (await offered(vscode, uri))['Dense(7, activation="softmax")']
    assert head.detail == "→ (None, 7) · as many as y has classes"


@pytest.mark.parametrize("typed", ["model.add(layers.", "model.add(layers.Conv2D(8, 3), ", "print(", "other.add("])
async def test_nothing_where_no_layer_of_a_known_chain_is_written(vscode, uri, typed):
    await ready(vscode, uri)
    type_at_end(vscode, uri, typed)
    labels = list(await offered(vscode, uri))
    assert any(label.endswith(")") for label in labels) == (typed == "model.add(layers.")


async def test_no_layer_is_one_that_keras_refuses(vscode, uri):
    await ready(vscode, uri)
    for layers in ("", "layers.Flatten()", "layers.Reshape((26, 208))", "layers.Reshape((2, 13, 26, 8))"):
        begin = PROGRAM + (f"model.add({layers})\n" if layers else "")
        vscode.replace(uri, 0, len(vscode.texts[uri]), f"{begin}model.add(")
        found = await offered(vscode, uri)
        assert found
        chain = begin.removeprefix("import keras\nfrom keras import layers\n")
        chains = [f"{chain}model.add({item.text_edit.new_text})\n" for item in found.values()]
        vscode.replace(uri, 0, len(vscode.texts[uri]), "import keras\nfrom keras import layers\n" + "".join(chains))
        assert not [each for each in await vscode.diagnostics(uri) if each.severity == lsp.DiagnosticSeverity.Error]
        models = (await vscode.models(uri)).models
        assert [item.detail.split(" · ")[0] for item in found.values()] == [
            f"→ ({', '.join(map(str, model.layers[-1].outputShape))})" for model in models
        ]
