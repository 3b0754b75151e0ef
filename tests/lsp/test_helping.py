"""Signature help and completion, with what real Keras says of itself."""

from __future__ import annotations

import random

from lsprotocol import types as lsp

PROGRAM = """\
import keras
from keras import layers

model = keras.Sequential()
model.add(keras.Input((28, 28, 1)))
model.add(layers.Conv2D(8, 3))
"""
LAYERS = ("Dense", "Conv2D", "LSTM", "MaxPooling2D", "Dropout", "Embedding", "Reshape", "BatchNormalization")


async def ready(editor, uri, text=PROGRAM):
    """Open the program, and wait for Keras: that of a known model is not waited for."""
    editor.open(uri, text)
    await editor.until_true(lambda: editor.models(uri), lambda answer: answer is not None and answer.keras == "ready")


def end_of(editor, uri):
    return editor.position(uri, len(editor.texts[uri]))


def type_at_end(editor, uri, text):
    end = len(editor.texts[uri])
    editor.replace(uri, end, end, text)


async def signature(editor, uri):
    params = lsp.SignatureHelpParams(lsp.TextDocumentIdentifier(uri), end_of(editor, uri))
    return await editor.client.text_document_signature_help_async(params)


async def completion(editor, uri, offset=None):
    """What is offered at an offset, or at the end."""
    position = end_of(editor, uri) if offset is None else editor.position(uri, offset)
    params = lsp.CompletionParams(lsp.TextDocumentIdentifier(uri), position)
    found = await editor.client.text_document_completion_async(params)
    return found.items if found is not None else []


async def test_signature_of_a_half_typed_call(editor, uri):
    await ready(editor, uri)
    type_at_end(editor, uri, "é = model.add(layers.Conv2D(16, (3, 3), pad")
    found = await signature(editor, uri)
    [told] = found.signatures
    assert told.label.startswith("Conv2D(filters, kernel_size, strides=(1, 1), padding='valid', ")
    assert told.documentation.value == "2D convolution layer."
    assert found.active_parameter == 2
    shown = told.parameters[3]
    label = shown.label if isinstance(shown.label, str) else told.label[slice(*shown.label)]
    assert label == "padding='valid'"
    assert "same" in shown.documentation.value
    type_at_end(editor, uri, "ding=")
    assert (await signature(editor, uri)).active_parameter == 3
    type_at_end(editor, uri, "'same'))\nprint(")
    assert await signature(editor, uri) is None


async def test_signature_says_what_the_layer_does_to_the_shape(vscode, uri):
    await ready(vscode, uri)
    await vscode.settled(uri)
    position = vscode.position(uri, PROGRAM.index("8, 3"))
    params = lsp.SignatureHelpParams(lsp.TextDocumentIdentifier(uri), position)
    [told] = (await vscode.client.text_document_signature_help_async(params)).signatures
    assert told.documentation.value == "2D convolution layer.\n\n`(None, 28, 28, 1) → (None, 26, 26, 8)`"


async def test_arguments_that_are_not_given_yet(vscode, uri):
    await ready(vscode, uri)
    type_at_end(vscode, uri, "model.add(layers.Conv2D(16, kernel_size=3, pa")
    found = {item.label: item for item in await completion(vscode, uri)}
    assert {"padding=", "activation=", "name="} <= set(found)
    assert not {"filters=", "kernel_size="} & set(found)
    padding = found["padding="]
    assert padding.detail == "'valid'"
    assert padding.documentation is None
    resolved = await vscode.client.completion_item_resolve_async(padding)
    assert resolved.documentation.value == 'string, either \\`"valid"\\` or \\`"same"\\` (case-insensitive).'
    assert vscode.marked(uri, padding.text_edit.range) == "pa"


async def test_values_are_those_that_keras_takes(vscode, uri):
    await ready(vscode, uri)
    values = {}
    for typed in (
        *("model.add(layers.Conv2D(16, 3, padding='", "model.add(layers.Conv1D(16, 3, padding='"),
        *("model.add(layers.MaxPooling2D(padding='", "model.add(layers.Dense(3, 'so"),
        *("model.compile(optimizer='", "model.compile('adam', loss='", "model.compile('adam', metrics=['"),
        *("model.add(layers.Dense(3, kernel_initializer='", "model.add(layers.Dense(3, use_bias="),
    ):
        type_at_end(vscode, uri, typed)
        values[typed] = [item.label for item in await completion(vscode, uri)]
        type_at_end(vscode, uri, "'\n")
    words = list(values.values())
    assert words[:3] == [["valid", "same"], ["valid", "same", "causal"], ["valid", "same"]]
    assert {"relu", "softmax"} <= set(words[3])
    assert {"adam", "sgd"} <= set(words[4])
    assert "sparse_categorical_crossentropy" in words[5]
    assert "accuracy" in words[6]
    assert {"he_normal", "zeros"} <= set(words[7])
    assert words[8] == ["True", "False"]


async def test_a_value_takes_the_place_of_what_is_typed(editor, uri):
    await ready(editor, uri)
    type_at_end(editor, uri, "é = layers.Dense(3, activation='re")
    found = next(item for item in await completion(editor, uri) if item.label == "relu")
    assert editor.marked(uri, found.text_edit.range) == "re"


async def test_nothing_is_asked_for_by_itself(vscode):
    abilities = vscode.result.capabilities
    assert not abilities.completion_provider.trigger_characters
    assert not abilities.signature_help_provider.trigger_characters


async def test_any_half_typed_call_is_answered(vscode, uri):
    await ready(vscode, uri)
    rng = random.Random(3)
    chain = "".join(f"model.add(layers.{name}({rng.randrange(1, 9)}, " for name in rng.choices(LAYERS, k=40))
    for size in sorted(rng.sample(range(1, len(chain)), 60)):
        vscode.replace(uri, len(PROGRAM), len(vscode.texts[uri]), chain[:size])
        assert all(item.label for item in await completion(vscode, uri))


async def test_no_candidate_is_one_that_keras_refuses(vscode, uri):
    await ready(vscode, uri)
    calls = []
    for name in ("Conv2D", "LSTM", "MaxPooling2D"):
        vscode.replace(uri, len(PROGRAM), len(vscode.texts[uri]), f"layers.{name}(")
        found = [item for item in await completion(vscode, uri) if item.label.endswith("=")]
        required = {item.label: "(1,)" if "shape" in item.label else "1" for item in found if item.detail == "required"}
        for argument in (item.label for item in found):
            vscode.replace(uri, len(PROGRAM), len(vscode.texts[uri]), f"layers.{name}({argument}")
            for value in [item.label for item in await completion(vscode, uri)][:3]:
                given = {**required, argument: value}
                calls.append(f"keras.Sequential([layers.{name}({', '.join(map(''.join, given.items()))})])")
    assert len(calls) > 70
    wrong = "keras.Sequential([layers.Dense(1, activation='nothing')])"
    vscode.replace(uri, len(PROGRAM), len(vscode.texts[uri]), "\n".join([*calls, wrong]))
    found = [each for each in await vscode.diagnostics(uri) if each.code == "invalid-argument"]
    assert [each.range.start.line for each in found] == [PROGRAM.count("\n") + len(calls)]
