"""Several files: modules that change in a buffer and on disk, folders, and the check of a whole workspace."""

from __future__ import annotations

import json

import pytest
import pytest_asyncio
from clients import minimal, visual_studio_code
from editor import started
from lsprotocol import types as lsp
from test_commands import execute

MODULE = "units = 5\n"
USER = (
    "import keras\nfrom sizes import units\nmodel = keras.Sequential([keras.Input((3,)), keras.layers.Dense(units)])\n"
)
REFUSED = "import keras\nmodel = keras.Sequential([keras.Input((3,)), keras.layers.LSTM(5)])\n"


@pytest_asyncio.fixture(loop_scope="session", params=[minimal, visual_studio_code])
async def workspace(request, cache, tmp_path):
    """An editor with a folder of two files."""
    (tmp_path / "sizes.py").write_text(MODULE)
    (tmp_path / "model.py").write_text(USER)
    async with started(request.param(), settings={"delay": 0}, root=tmp_path.as_uri()) as editor:
        yield editor


def watched(editor, uri: str, kind: lsp.FileChangeType) -> None:
    params = lsp.DidChangeWatchedFilesParams([lsp.FileEvent(uri, kind)])
    editor.client.workspace_did_change_watched_files(params)


async def shown(editor, uri: str, text: str) -> None:
    """Wait until a hint is shown."""
    await editor.until_true(lambda: editor.hints(uri), lambda hints: [label for _, label in hints] == [text])


async def test_model_follows_the_module_that_it_imports(workspace, tmp_path):
    module, user = (tmp_path / "sizes.py").as_uri(), (tmp_path / "model.py").as_uri()
    workspace.open(user, USER)
    await shown(workspace, user, "→ (None, 5)")

    workspace.open(module, MODULE)
    workspace.substitute(module, "5", "6")
    await shown(workspace, user, "→ (None, 6)")
    workspace.close(module)
    await shown(workspace, user, "→ (None, 5)")

    (tmp_path / "sizes.py").write_text("units = 77\n")
    watched(workspace, module, lsp.FileChangeType.Changed)
    await shown(workspace, user, "→ (None, 77)")
    (tmp_path / "sizes.py").unlink()
    watched(workspace, module, lsp.FileChangeType.Deleted)
    await workspace.until_true(lambda: workspace.hints(user), lambda hints: not any("77" in text for _, text in hints))
    (tmp_path / "sizes.py").write_text("units = 8\n")
    watched(workspace, module, lsp.FileChangeType.Created)
    await shown(workspace, user, "→ (None, 8)")


async def test_file_outside_every_folder_and_unsaved_buffer(workspace, tmp_path_factory):
    for uri in ((tmp_path_factory.mktemp("elsewhere") / "model.py").as_uri(), "untitled:Untitled-1"):
        workspace.open(uri, REFUSED)
        assert [each.code for each in await workspace.diagnostics(uri)] == ["incompatible-input"]
        workspace.close(uri)


async def test_renamed_file_is_another_document(workspace, tmp_path):
    old, new = (tmp_path / "old.py").as_uri(), (tmp_path / "new.py").as_uri()
    workspace.open(old, REFUSED)
    assert await workspace.diagnostics(old)
    workspace.close(old)
    workspace.open(new, REFUSED)
    assert await workspace.diagnostics(new)
    assert await workspace.models(old) is None


async def test_check_of_the_workspace(workspace, tmp_path):
    (tmp_path / "bad.py").write_text(REFUSED)
    (tmp_path / "broken.py").write_bytes(b"\xff\xfe")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "inside.py").write_text(REFUSED)
    cell = {"cell_type": "code", "source": REFUSED}
    (tmp_path / "notebook.ipynb").write_text(json.dumps({"nbformat": 4, "cells": [cell]}))
    text = await execute(workspace, "checkWorkspace")
    assert text == "keras-shapes: 5 files, 3 models: 1 built, 2 with errors"
    bad = (tmp_path / "bad.py").as_uri()
    if workspace.pulls:
        assert lsp.WORKSPACE_DIAGNOSTIC_REFRESH in workspace.asked
        report = await workspace.client.workspace_diagnostic_async(lsp.WorkspaceDiagnosticParams([]))
        (found,) = [each for each in report.items if each.uri == bad]
        assert [each.code for each in found.items] == ["incompatible-input"]
        again = await workspace.client.workspace_diagnostic_async(
            lsp.WorkspaceDiagnosticParams([lsp.PreviousResultId(bad, found.result_id)])
        )
        assert [each.kind for each in again.items if each.uri == bad] == [lsp.DocumentDiagnosticReportKind.Unchanged]
        assert [reports[-1].kind for reports in workspace.client.progress_reports.values()].count("end") >= 1
    else:
        assert [each.code for each in workspace.shown(bad)] == ["incompatible-input"]


@pytest.mark.parametrize("pattern", ["bad.py", "*.py"])
async def test_excluded_files_are_not_checked(cache, tmp_path, pattern):
    (tmp_path / "bad.py").write_text(REFUSED)
    (tmp_path / "pyproject.toml").write_text(f'[tool.keras-shapes]\nexclude = ["{pattern}"]\n')
    async with started(minimal(), root=tmp_path.as_uri()) as editor:
        await editor.open_something()
        assert await execute(editor, "checkWorkspace") == "keras-shapes: 0 files, no Keras model"


@pytest.mark.parametrize("client", [minimal, visual_studio_code])
async def test_check_shows_nothing_where_diagnostics_are_off(cache, tmp_path, client):
    (tmp_path / "bad.py").write_text(REFUSED)
    bad = (tmp_path / "bad.py").as_uri()
    async with started(client(), root=tmp_path.as_uri(), settings={"diagnostics": False}) as editor:
        await editor.open_something()
        assert await execute(editor, "checkWorkspace") == "keras-shapes: 1 file, 1 model: 1 with an error"
        assert [each for each in editor.published if each.uri == bad] == []
        if editor.pulls:
            report = await editor.client.workspace_diagnostic_async(lsp.WorkspaceDiagnosticParams([]))
            assert [list(each.items) for each in report.items if each.uri == bad] == [[]]


async def test_unchanged_diagnostics_are_not_sent_again(cache, uri):
    async with started(visual_studio_code(), settings={"delay": 0}) as editor:
        editor.open(uri, REFUSED)
        await editor.settled(uri)
        params = lsp.DocumentDiagnosticParams(text_document=lsp.TextDocumentIdentifier(uri))
        first = await editor.client.text_document_diagnostic_async(params)
        params.previous_result_id = first.result_id
        second = await editor.client.text_document_diagnostic_async(params)
        assert second.kind == lsp.DocumentDiagnosticReportKind.Unchanged
        editor.substitute(uri, "LSTM(5)", "Dense(5)")
        await editor.settled(uri)
        third = await editor.client.text_document_diagnostic_async(params)
        assert (third.kind, list(third.items)) == (lsp.DocumentDiagnosticReportKind.Full, [])
        assert not editor.published
