"""What an edit changed, and what changed since git's HEAD: in hovers, lenses and the answer about models."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
import pytest_asyncio
from clients import minimal
from editor import started
from lsprotocol import types as lsp
from test_commands import execute

from keras_shapes.committed import NotCommittedError, committed

MODEL = """\
import keras
from keras import layers
model = keras.Sequential([
    keras.Input((32,)),
    layers.Dense(64),
    layers.Dense(10),
])
"""
MORE = 33 * 64 + 64 * 10
"""Parameters that 64 more units bring."""


async def test_an_edit_marks_what_it_changed(pushed, uri):
    pushed.open(uri, MODEL)
    assert changes(await pushed.settled(uri)) == [None, None]
    pushed.substitute(uri, "Dense(64)", "Dense(128)")
    answer = await pushed.settled(uri)
    assert changes(answer) == [
        "(None, 64) → (None, 128), +2,112 parameters",
        "+640 parameters",
    ]
    change = answer.models[0].change
    assert (change.params, change.removed, change.since) == (MORE, 0, None)
    assert change.text == "2 layers changed, +2,752 parameters"
    text = await hover(pushed, uri, "Dense(128)")
    assert text.endswith(r"changed: (None, 64) → (None, 128), +2,112 parameters")
    assert "changed: 2 layers changed" in await hover(pushed, uri, "Sequential")


async def test_a_lens_says_the_sum_for_a_while(pushed, uri):
    pushed.open(uri, MODEL)
    await pushed.settled(uri)
    (before,) = await titles(pushed, uri)
    pushed.substitute(uri, "Dense(64)", "Dense(128)")
    await pushed.until_true(lambda: titles(pushed, uri), lambda found: found[0].endswith(" · +2,752 parameters"))
    (after,) = await pushed.until_true(lambda: titles(pushed, uri), lambda found: " · +" not in found[0])
    assert after == before.replace("2,762", "5,514")


async def test_what_is_typed_in_one_go_is_one_edit(pushed, uri):
    pushed.open(uri, MODEL)
    await pushed.settled(uri)
    pushed.substitute(uri, "Dense(64)", "Dense(6)")
    await pushed.settled(uri)
    pushed.substitute(uri, "Dense(6)", "Dense(60)")
    assert changes(await pushed.settled(uri))[0] == "(None, 64) → (None, 60), -132 parameters"
    pushed.substitute(uri, "Dense(60)", "Dense(64)")
    answer = await pushed.settled(uri)
    assert (changes(answer), answer.models[0].change) == ([None, None], None)


async def test_after_a_save_another_edit_begins(pushed, uri):
    pushed.open(uri, MODEL)
    await pushed.settled(uri)
    pushed.substitute(uri, "Dense(64)", "Dense(128)")
    await pushed.settled(uri)
    pushed.client.text_document_did_save(lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(uri)))
    await pushed.settled(uri)
    pushed.substitute(uri, "Dense(10)", "Dense(11)")
    assert changes(await pushed.settled(uri)) == [None, "(None, 10) → (None, 11), +129 parameters"]


async def test_a_layer_that_is_put_in_is_new_and_the_others_are_as_they_were(pushed, uri):
    pushed.open(uri, MODEL)
    await pushed.settled(uri)
    pushed.substitute(uri, "    layers.Dense(64),\n", "    layers.Dense(32),\n    layers.Dense(64),\n")
    answer = await pushed.settled(uri)
    assert changes(answer) == ["new, +1,056 parameters", None, None]
    pushed.substitute(uri, "    layers.Dense(10),\n", "")
    answer = await pushed.settled(uri)
    assert (changes(answer), answer.models[0].change.removed) == (["new, +1,056 parameters", None], 1)


async def test_a_statement_that_is_half_typed_is_no_change(pushed, uri):
    pushed.open(uri, MODEL)
    await pushed.settled(uri)
    pushed.substitute(uri, "Dense(64)", "Dense(64")
    await pushed.settled(uri)
    pushed.substitute(uri, "Dense(64", "Dense(65)")
    assert changes(await pushed.settled(uri))[0] == "(None, 64) → (None, 65), +33 parameters"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def trusted(cache):
    async with started(minimal(), settings={"delay": 0, "trusted": True}) as editor:
        yield editor


async def test_what_changed_since_head(trusted, repository):
    uri = repository.as_uri()
    trusted.open(uri, MODEL.replace("Dense(64)", "Dense(128)"))
    await trusted.settled(uri)
    said = await execute(trusted, "compareWithHead", uri)
    revision = git(repository.parent, "rev-parse", "--short", "HEAD").strip()
    assert said == f"since HEAD {revision}: model: 2 layers changed, +2,752 parameters"
    answer = await trusted.settled(uri)
    assert changes(answer)[0] == "(None, 64) → (None, 128), +2,112 parameters"
    assert answer.models[0].change.since == f"HEAD {revision}"
    assert f"changed since HEAD {revision}: (None, 64)" in await hover(trusted, uri, "Dense(128)")
    assert "last edit" in await execute(trusted, "compareWithHead", uri)
    assert changes(await trusted.settled(uri)) == [None, None]
    assert not (repository.parent / "ran").exists()
    git(repository.parent, "status")
    assert (repository.parent / "ran").exists(), "the repository does run something where git lets it"


async def test_why_there_is_nothing_to_compare_with(trusted, pushed, repository, tmp_path):
    new = (repository.parent / "new.py").as_uri()
    (repository.parent / "new.py").write_text(MODEL, encoding="utf-8")
    (tmp_path / "elsewhere.py").write_text(MODEL, encoding="utf-8")
    for editor, asked, expected in (
        (trusted, "untitled:one", "untitled:one is not on the disk"),
        (trusted, new, "new.py is not in HEAD"),
        (trusted, (tmp_path / "elsewhere.py").as_uri(), "git says: fatal: not a git repository"),
        (pushed, repository.as_uri(), "git is run only in a trusted workspace"),
    ):
        editor.open(asked, MODEL)
        await editor.settled(asked)
        said = await execute(editor, "compareWithHead", asked)
        assert expected in said
        assert "\n" not in said
        editor.close(asked)


def test_a_git_that_is_not_there_or_lies_in_the_repository(repository, monkeypatch):
    folder = repository.parent
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(NotCommittedError, match="git is not on PATH"):
        committed(repository)
    (folder / "git").write_text(f"#!/bin/sh\ntouch {folder / 'ran'}\n", encoding="utf-8")
    (folder / "git").chmod(0o755)
    with pytest.raises(NotCommittedError, match="lies in the repository itself"):
        committed(repository)
    assert not (folder / "ran").exists()


@pytest.fixture
def repository(tmp_path):
    """A committed file, in a repository that would run a program in every way that it can."""
    folder = tmp_path / "repository"
    folder.mkdir()
    file = folder / "train.py"
    file.write_text(MODEL, encoding="utf-8")
    git(folder, "init", "-q")
    git(folder, "add", "train.py")
    git(folder, "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-qm", "one")
    evil = f"touch {folder / 'ran'}; cat"
    (folder / ".gitattributes").write_text("*.py filter=evil diff=evil\n", encoding="utf-8")
    for name in ("filter.evil.smudge", "filter.evil.clean", "diff.evil.textconv", "diff.evil.command", "core.pager"):
        git(folder, "config", name, evil)
    git(folder, "config", "core.fsmonitor", f"touch {folder / 'ran'}")
    return file


def git(folder: Path, *arguments: str) -> str:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    run = subprocess.run(["git", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return run.stdout


def changes(answer):
    return [layer.change.text if layer.change else None for layer in answer.models[0].layers]


async def titles(editor, uri):
    found = await editor.client.text_document_code_lens_async(lsp.CodeLensParams(lsp.TextDocumentIdentifier(uri)))
    return [lens.command.title for lens in found]


async def hover(editor, uri, text):
    place = editor.position(uri, editor.texts[uri].index(text) + 1)
    found = await editor.client.text_document_hover_async(lsp.HoverParams(lsp.TextDocumentIdentifier(uri), place))
    return found.contents.value
