"""Settings from the client and the repository, wrong ones too; trust; and the generated reference."""

from __future__ import annotations

import json
import sys

import pytest
from clients import minimal, neovim, visual_studio_code
from editor import started
from lsprotocol import types as lsp

REFUSED = "import keras\nmodel = keras.Sequential([keras.Input((3,)), keras.layers.LSTM(5)])\n"
BUILT = REFUSED.replace("LSTM(5)", 'Dense(4),\n keras.layers.Activation("relu")')
NOT_PERMITTED = "running code is off: trust the workspace, or use --run-code"
CUSTOM = """\
import textwrap
import keras

class Twice(keras.layers.Layer):
    def call(self, x):
        return keras.ops.concatenate([x] * int(textwrap.dedent("4")), axis=-1)

model = keras.Sequential([
    keras.Input((3,)),
    Twice(),
])
"""


async def change(editor, **settings) -> None:
    """What editors do when a person changes a setting."""
    editor.client.set_configuration({"keras-shapes": settings})
    editor.client.workspace_did_change_configuration(
        lsp.DidChangeConfigurationParams(settings={"keras-shapes": settings})
    )


@pytest.mark.parametrize("client", [visual_studio_code, neovim, minimal])
async def test_displays_follow_their_settings(cache, client, uri):
    async with started(client(), settings={"delay": 0}) as editor:
        editor.open(uri, BUILT)
        assert len(await editor.hints(uri)) == 2
        await change(editor, delay=0, inlayHints="changes")
        await editor.until_true(lambda: editor.hints(uri), lambda hints: len(hints) == 1)
        await change(editor, delay=0, inlayHints="off", codeLens=False, hover=False, diagnostics=False)
        await editor.until_true(lambda: editor.hints(uri), lambda hints: not hints)
        assert await editor.lenses(uri) == []
        assert await editor.hover(uri, "Dense") is None
        editor.substitute(uri, "Dense(4)", "LSTM(5)")
        assert not await editor.diagnostics(uri)


async def test_severities_follow_the_settings(cache, uri):
    async with started(neovim(), settings={"delay": 0, "rules": {"incompatible-input": "hint"}}) as editor:
        editor.open(uri, REFUSED)
        (diagnostic,) = await editor.diagnostics(uri)
        assert diagnostic.severity == lsp.DiagnosticSeverity.Hint
        await change(editor, delay=0, rules={"incompatible-input": "off"})
        await editor.until_true(lambda: editor.diagnostics(uri), lambda found: not found)


async def test_wrong_setting_is_told_once_and_keeps_its_default(cache, uri):
    wrong = {"delay": "soon", "inlayHint": "all", "rules": {"incompatible-inputs": "off"}}
    async with started(visual_studio_code(), settings=wrong) as editor:
        editor.open(uri, REFUSED)
        assert await editor.diagnostics(uri)
        await change(editor, **wrong)
        await editor.settled(uri)
        assert sorted(message.message for message in editor.client.messages) == [
            "keras-shapes: delay is to be a whole number from 0 to 10000",
            "keras-shapes: inlayHint is no setting; did you mean inlayHints?",
            "keras-shapes: rules: incompatible-inputs is no rule; did you mean incompatible-input?",
        ]


async def test_repository_chooses_what_is_shown_and_not_what_is_run(cache, tmp_path):
    python = tmp_path / "evil"
    python.write_text("#!/bin/sh\n")
    (tmp_path / "pyproject.toml").write_text(
        '[tool.keras-shapes]\ninlay-hints = "off"\ndelay = 0\ntrusted = true\n'
        f'interpreter = {json.dumps(str(python))}\n[tool.keras-shapes.rules]\nincompatible-input = "warning"\n'
    )
    uri = (tmp_path / "model.py").as_uri()
    async with started(neovim(), root=tmp_path.as_uri()) as editor:
        editor.open(uri, REFUSED)
        (diagnostic,) = await editor.diagnostics(uri)
        assert diagnostic.severity == lsp.DiagnosticSeverity.Warning
        assert await editor.hints(uri) == []
        answer = await editor.client.protocol.send_request_async("keras-shapes/environment", {})
        assert (answer.interpreter, answer.trusted) == (sys.executable, False)
        assert sorted(message.message for message in editor.client.messages) == [
            "pyproject.toml: [tool.keras-shapes] interpreter is not for a repository to choose",
            "pyproject.toml: [tool.keras-shapes] trusted is not for a repository to choose",
        ]
        (tmp_path / "pyproject.toml").write_text("[tool.keras-shapes]\ndelay = 0\n")
        changed = lsp.FileEvent((tmp_path / "pyproject.toml").as_uri(), lsp.FileChangeType.Changed)
        editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([changed]))
        found = await editor.until_true(
            lambda: editor.diagnostics(uri), lambda found: found[0].severity == lsp.DiagnosticSeverity.Error
        )
        assert len(found) == 1
        (tmp_path / "pyproject.toml").write_text(
            '[tool.keras-shapes]\ndelay = 0\nper-file-ignores = { "mod*" = ["incompatible-input"] }\n'
        )
        editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([changed]))
        assert await editor.until_true(lambda: editor.diagnostics(uri), lambda found: not found) == []


async def test_custom_layers_run_only_in_a_trusted_workspace(cache, uri):
    async with started(neovim(), settings={"delay": 0}) as editor:
        editor.open(uri, CUSTOM)
        ((_, shown),) = await editor.hints(uri)
        assert shown == "→ ?"
        await change(editor, delay=0, trusted=True)
        answer = await editor.until_true(
            lambda: editor.client.protocol.send_request_async("keras-shapes/environment", {}),
            lambda answer: answer.trusted and answer.phase == "ready" and answer.codeOff != NOT_PERMITTED,
        )
        expected = "→ (None, 12)" if answer.codeOff is None else "→ ?"
        await editor.until_true(lambda: editor.hints(uri), lambda hints: hints == [(9, expected)])
        await change(editor, delay=0, trusted=True, runCode=False)
        await editor.until_true(lambda: editor.hints(uri), lambda hints: hints[0][1] == "→ ?")


async def test_interpreter_in_an_untrusted_workspace_is_not_started(cache, tmp_path):
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/sh\ntouch {tmp_path}/started\n")
    python.chmod(0o755)
    uri = (tmp_path / "model.py").as_uri()
    settings = {"delay": 0, "interpreter": str(python)}
    async with started(neovim(), root=tmp_path.as_uri(), settings=settings) as editor:
        editor.open(uri, REFUSED)
        ((_, title),) = await editor.lenses(uri)
        assert title == f"choose interpreter · {python} lies in this workspace, which is not trusted"
        assert not await editor.diagnostics(uri)
        assert not list(tmp_path.glob("started"))


@pytest.mark.parametrize("opened", [["first", "second"], ["other", "second/package"]])
async def test_trust_is_a_matter_of_every_folder(cache, tmp_path, opened):
    """Also of a folder that is added later, and of the repository that a folder lies in."""
    for folder in ("first", "other", "second/.git", "second/package"):
        (tmp_path / folder).mkdir(parents=True)
    python = tmp_path / "second" / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/sh\ntouch {tmp_path}/started\n")
    python.chmod(0o755)
    for name in ("keras-3.15.1.dist-info", "tensorflow-2.21.0.dist-info"):
        (tmp_path / "second/.venv/lib/python3.12/site-packages" / name).mkdir(parents=True)
    uri = (tmp_path / opened[0] / "model.py").as_uri()
    settings = {"delay": 0, "interpreter": str(python)}
    folders = [(tmp_path / name).as_uri() for name in opened]
    async with started(neovim(), root=folders[0], others=folders[1:], settings=settings) as editor:
        editor.open(uri, REFUSED)
        ((_, title),) = await editor.lenses(uri)
        assert title == f"choose interpreter · {python} lies in this workspace, which is not trusted"
        assert not list(tmp_path.glob("started"))


async def test_interpreter_without_keras_is_said_in_the_lens(cache, tmp_path, uri):
    (tmp_path / "bin").mkdir()
    python = tmp_path / "bin" / "python3.12"
    python.write_text("")
    async with started(neovim(), settings={"delay": 0, "interpreter": str(python)}) as editor:
        editor.open(uri, REFUSED)
        await editor.settled(uri)
        (lens,) = await editor.client.text_document_code_lens_async(lsp.CodeLensParams(lsp.TextDocumentIdentifier(uri)))
        assert "no TensorFlow in" in lens.command.title
        assert lens.command.command == "keras-shapes.showEnvironment"
        assert not await editor.diagnostics(uri)
