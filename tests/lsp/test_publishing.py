"""When diagnostics come and go while somebody types."""

from __future__ import annotations

import itertools

import pytest_asyncio
from clients import minimal, neovim, visual_studio_code
from editor import started
from lsprotocol import types as lsp

BUILT = """\
import keras
from keras import layers

model = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(8, 3),
    layers.Flatten(),
    layers.Dense(10),
])
"""
TWO = BUILT + BUILT.partition("\n\n")[2].replace("model", "other").replace("layers.Flatten()", "layers.LSTM(4)")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def patient(cache):
    """An editor that shows new diagnostics only after a long pause."""
    async with started(minimal(), settings={"delay": 10_000}) as editor:
        yield editor


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def brisk(cache):
    """An editor that shows new diagnostics after a short pause."""
    async with started(minimal(), settings={"delay": 300}) as editor:
        yield editor


def type_text(editor, uri: str, before: str, text: str) -> None:
    """Type a text behind another one, character by character."""
    start = editor.texts[uri].index(before) + len(before)
    for number, char in enumerate(text):
        editor.replace(uri, start + number, start + number, char)


async def test_opened_document_shows_everything_at_once(patient, uri):
    patient.open(uri, TWO)
    assert [each.code for each in await patient.diagnostics(uri)] == ["incompatible-input"]


async def test_new_diagnostic_waits_and_mended_one_goes_at_once(patient, uri):
    patient.open(uri, TWO)
    assert len(await patient.diagnostics(uri)) == 1
    patient.substitute(uri, "layers.Flatten()", "layers.LSTM(3)")
    (old,) = await patient.diagnostics(uri)
    assert patient.marked(uri, old.range) == "LSTM"
    assert patient.offset(uri, old.range.start) > patient.texts[uri].index("other")
    patient.substitute(uri, "layers.LSTM(4)", "layers.Flatten()")
    assert await patient.diagnostics(uri) == []


async def test_whoever_saves_is_told_at_once(patient, uri):
    patient.open(uri, BUILT)
    assert await patient.diagnostics(uri) == []
    patient.substitute(uri, "layers.Flatten()", "layers.LSTM(3)")
    assert await patient.diagnostics(uri) == []
    patient.client.text_document_did_save(lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(uri)))
    await patient.until(lambda: patient.shown(uri))


async def test_new_diagnostic_comes_after_the_pause(brisk, uri):
    brisk.open(uri, BUILT)
    assert await brisk.diagnostics(uri) == []
    brisk.substitute(uri, "layers.Flatten()", "layers.LSTM(3)")
    assert await brisk.diagnostics(uri) == []
    await brisk.until(lambda: brisk.shown(uri))


async def test_pulling_client_is_told_to_pull_after_the_pause(cache, uri):
    async with started(visual_studio_code(), settings={"delay": 300}) as editor:
        editor.open(uri, BUILT)
        assert await editor.diagnostics(uri) == []
        editor.substitute(uri, "layers.Flatten()", "layers.LSTM(3)")
        assert await editor.diagnostics(uri) == []
        await editor.until(lambda: lsp.WORKSPACE_DIAGNOSTIC_REFRESH in editor.asked)
        assert len(await editor.pulled(uri)) == 1


async def test_client_that_cannot_be_told_to_pull_has_the_last_word_at_once(cache, uri):
    async with started(neovim(), settings={"delay": 300}) as editor:
        editor.open(uri, TWO)
        assert len(await editor.pulled(uri)) == 1
        editor.substitute(uri, "layers.Flatten()", "layers.LSTM(3)")
        assert len(await editor.pulled(uri)) == 2
        assert not editor.published


async def test_diagnostic_of_a_half_typed_model_stays_while_one_types(patient, uri):
    patient.open(uri, TWO)
    assert len(await patient.diagnostics(uri)) == 1
    patient.substitute(uri, "layers.LSTM(4),", "layers.LSTM(4),\n    layers.Dense(3")
    (stays,) = await patient.diagnostics(uri)
    assert patient.marked(uri, stays.range) == "LSTM"


async def test_nothing_is_said_of_the_name_that_is_being_typed(brisk, uri):
    brisk.open(uri, BUILT)
    assert await brisk.diagnostics(uri) == []
    type_text(brisk, uri, "layers.Flatten()", ", layers.De, layers.Drop")
    await brisk.until(lambda: brisk.shown(uri))
    assert [brisk.marked(uri, each.range) for each in brisk.shown(uri)] == ["De"]
    brisk.client.text_document_did_save(lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(uri)))
    await brisk.until(lambda: len(brisk.shown(uri)) == 2)


async def test_flood_of_edits_never_goes_backwards_or_repeats_itself(pushed, uri):
    pushed.open(uri, TWO)
    await pushed.settled(uri)
    type_text(pushed, uri, "layers.Conv2D(8", "0123456789")
    type_text(pushed, uri, "layers.LSTM(4", "4321")
    await pushed.settled(uri)
    published = [each for each in pushed.published if each.uri == uri]
    assert len(published) < 14
    for one, other in itertools.pairwise(published):
        assert one.version <= other.version
        assert one.diagnostics != other.diagnostics


async def test_client_that_drops_older_versions_is_told_again(cache, uri):
    capabilities = lsp.ClientCapabilities(
        text_document=lsp.TextDocumentClientCapabilities(
            publish_diagnostics=lsp.PublishDiagnosticsClientCapabilities(version_support=True)
        )
    )
    async with started(capabilities, settings={"delay": 100}) as editor:
        editor.open(uri, TWO)
        await editor.settled(uri)
        type_text(editor, uri, "layers.Dense(10", "123")
        await editor.until(lambda: editor.published[-1].version == 4)
        assert len(editor.shown(uri)) == 1


async def test_nothing_flickers_while_a_hundred_characters_are_typed(pushed, uri):
    pushed.open(uri, TWO)
    await pushed.settled(uri)
    text = '    layers.Conv2D(16, (3, 3), strides=(2, 2), padding="same", activation="relu", name="typed_in_a_test"),\n'
    start = pushed.texts[uri].index("    layers.Flatten()")
    (before,) = pushed.shown(uri)
    for number, char in enumerate(text):
        pushed.replace(uri, start + number, start + number, char)
        assert await pushed.hints_now(uri)
        assert len(await pushed.lenses_now(uri)) == 2
    await pushed.settled(uri)
    (after,) = pushed.shown(uri)
    assert (after.code, after.message) == (before.code, before.message)
    assert all(len(each.diagnostics) >= 1 for each in pushed.published if each.uri == uri)


async def test_request_for_a_newer_text_waits_for_it(pushed, uri):
    pushed.open(uri, BUILT)
    await pushed.settled(uri)
    for units in range(20, 40):
        pushed.substitute(uri, pushed.texts[uri].split("layers.Dense(")[1].split(")")[0] + "),\n]", f"{units}),\n]")
        assert (await pushed.hints_now(uri))[-1] == (7, f"→ (None, {units})")


async def test_first_answer_about_hints_waits_for_keras(tmp_path, monkeypatch, uri):
    """Neovim 0.11 draws only the first answer that it gets for a text."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    async with started(neovim(), settings={"delay": 0}) as editor:
        editor.open(uri, BUILT)
        assert len(await editor.hints_now(uri)) == 3
