"""Commands and requests of our own, in editors that can show documents, and in others."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlparse
from urllib.request import url2pathname

from lsprotocol import types as lsp

MODEL = "import keras\nmodel = keras.Sequential([keras.Input((3,)), keras.layers.Dense(5)], name='small')\n"


async def execute(editor, command: str, *arguments):
    params = lsp.ExecuteCommandParams(command=f"keras-shapes.{command}", arguments=list(arguments))
    return await editor.client.workspace_execute_command_async(params)


def content(uri: str) -> str:
    return Path(url2pathname(urlparse(uri).path)).read_text(encoding="utf-8")


async def test_lens_shows_the_summary(editor, uri):
    editor.open(uri, MODEL)
    await editor.settled(uri)
    (lens,) = await editor.client.text_document_code_lens_async(lsp.CodeLensParams(lsp.TextDocumentIdentifier(uri)))
    messages, documents = len(editor.client.messages), len(editor.client.shown_documents)
    params = lsp.ExecuteCommandParams(command=lens.command.command, arguments=lens.command.arguments)
    text = await editor.client.workspace_execute_command_async(params)
    assert "Total params: 20 (80.00 B)" in text
    if len(editor.client.shown_documents) > documents:
        assert content(editor.client.shown_documents[-1].uri) == f"{text}\n"
        assert len(editor.client.messages) == messages
    else:
        assert editor.client.messages[-1].message == text


async def test_summary_is_of_the_model_at_the_position(pushed, uri):
    pushed.open(uri, MODEL + MODEL.replace("small", "large").replace("5", "50"))
    await pushed.settled(uri)
    at = {"line": 3, "character": 10}
    assert 'Model: "large"' in await execute(pushed, "summary", uri, at)
    assert 'Model: "small"' in await execute(pushed, "summary", uri)
    assert "no Keras model" in await execute(pushed, "summary", "file:///not/open.py")


async def test_environment_says_which_keras_and_why(pushed, uri):
    pushed.open(uri, MODEL)
    await pushed.settled(uri)
    text = await execute(pushed, "showEnvironment")
    assert f"interpreter: {sys.executable} (it runs keras-shapes)" in text
    assert "Keras 3." in text
    assert "workspace: not trusted" in text
    answer = await pushed.client.protocol.send_request_async("keras-shapes/environment", {})
    assert (answer.phase, answer.interpreter) == ("ready", sys.executable)
    assert list(answer.lines) == text.splitlines()


async def test_models_as_data(pushed, uri):
    pushed.open(uri, f"\n{MODEL}")
    answer = await pushed.settled(uri)
    (model,) = answer.models
    assert (answer.version, answer.counts.models, answer.counts.built) == (1, 1, 1)
    assert (model.name, model.status, model.params, model.bytes) == ("model", "built", 20, 80)
    assert (list(map(list, model.inputShapes)), list(map(list, model.outputShapes))) == ([[None, 3]], [[None, 5]])
    assert model.location.range.start.line == 2
    (layer,) = model.layers
    assert (layer.className, layer.outputText, layer.params) == ("Dense", "(None, 5)", 20)
    assert [(weight.name, weight.shape) for weight in layer.weights] == [("kernel", "(3, 5)"), ("bias", "(5,)")]
    assert await pushed.models("file:///not/open.py") is None


async def test_page_names_every_field(pushed, uri):
    page = (Path(__file__).parents[2] / "docs" / "editors" / "protocol.md").read_text(encoding="utf-8")
    pushed.open(uri, MODEL)
    answer = await pushed.settled(uri)
    (model,) = answer.models
    (layer,) = model.layers
    environment = await pushed.client.protocol.send_request_async("keras-shapes/environment", {})
    parts = (answer, answer.counts, model, model.inputs[0], layer, layer.inputs[0], layer.weights[0], environment)
    fields = {field for part in parts for field in part._fields}
    assert {"final", "summary", "dtype", "trainable", "codeOff"} <= fields
    assert {field for field in fields if f"`{field}`" not in page} == set()


async def test_restarted_keras_answers_again(pushed, uri):
    pushed.open(uri, MODEL)
    before = await pushed.hints(uri)
    assert "started again" in await execute(pushed, "restart")
    pushed.substitute(uri, "Dense(5)", "Dense(77)")
    assert await pushed.hints(uri) == [(line, text.replace("5", "77")) for line, text in before]


async def test_pictures_are_returned_as_text(pushed, uri):
    pushed.open(uri, MODEL + MODEL.replace("small", "large").replace("5", "50"))
    await pushed.settled(uri)
    both = await execute(pushed, "picture", uri)
    assert both.startswith("<svg ")
    assert "<title>small, large</title>" in both
    assert "<title>large</title>" in await execute(pushed, "picture", uri, {"line": 3, "character": 10}, "svg")
    assert "<title>small</title>" in await execute(pushed, "picture", uri, 0, "svg")
    assert (await execute(pushed, "picture", uri, 1, "mermaid")).startswith("flowchart TD")
    assert "`large`" in await execute(pushed, "picture", uri, 1, "markdown")
    for wrong in ((uri, 2, "svg"), (uri, 0, "gif"), ("file:///not/open.py", 0, "svg")):
        assert await execute(pushed, "picture", *wrong) is None


async def test_a_click_on_a_lens_leads_to_the_mistake(vscode, uri):
    vscode.open(uri, MODEL.replace("(3,)", "(3, 4)").replace("Dense(5)", "Conv2D(5, 3)"))
    await vscode.settled(uri)
    (lens,) = await vscode.client.text_document_code_lens_async(lsp.CodeLensParams(lsp.TextDocumentIdentifier(uri)))
    assert lens.command.title == "1 error: Input, line 2"
    shown = len(vscode.client.shown_documents)
    params = lsp.ExecuteCommandParams(command=lens.command.command, arguments=lens.command.arguments)
    await vscode.client.workspace_execute_command_async(params)
    [params] = vscode.client.shown_documents[shown:]
    assert (params.uri, params.selection.start.line, params.take_focus) == (uri, 1, True)
