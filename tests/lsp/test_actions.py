"""Quick fixes: titles first, edits when asked for, never for another text than the newest."""

from __future__ import annotations

import ast
import re

import pytest
from lsprotocol import types as lsp

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
FIX_ALL = "source.fixAll.keras-shapes"


async def actions(editor, uri: str, *, only: list[str] | None = None) -> list[lsp.CodeAction | lsp.Command]:
    """The actions for the first diagnostic of a document."""
    await editor.proved(uri)
    (diagnostic, *_) = await editor.diagnostics(uri)
    params = lsp.CodeActionParams(
        lsp.TextDocumentIdentifier(uri), diagnostic.range, lsp.CodeActionContext([diagnostic], only=only)
    )
    return list(await editor.client.text_document_code_action_async(params))


async def apply(editor, action: lsp.CodeAction | lsp.Command) -> None:
    """What an editor does when an action is chosen."""
    if isinstance(action, lsp.Command):
        params = lsp.ExecuteCommandParams(command=action.command, arguments=action.arguments)
        await editor.client.workspace_execute_command_async(params)
        edit = editor.applied.pop()
    else:
        edit = action.edit or (await editor.client.code_action_resolve_async(action)).edit
    for uri, version, edits in changes(edit):
        assert version in {None, editor.versions[uri]}
        for each in sorted(edits, key=lambda each: (each.range.start.line, each.range.start.character), reverse=True):
            start, end = editor.offset(uri, each.range.start), editor.offset(uri, each.range.end)
            editor.replace(uri, start, end, each.new_text)


def changes(edit: lsp.WorkspaceEdit):
    if edit.document_changes is not None:
        return [(each.text_document.uri, each.text_document.version, each.edits) for each in edit.document_changes]
    return [(uri, None, edits) for uri, edits in edit.changes.items()]


async def test_proven_fix_comes_first_and_mends_the_model(editor, uri):
    editor.open(uri, REFUSED)
    first, *_ = await actions(editor, uri, only=["quickfix"])
    assert "return_sequences=True" in first.title
    if isinstance(first, lsp.CodeAction):
        assert first.kind == lsp.CodeActionKind.QuickFix
        assert first.diagnostics[0].code == "missing-return-sequences"
        abilities = editor.client.capabilities.text_document.code_action
        assert bool(first.is_preferred) == bool(abilities.is_preferred_support)
        assert (first.edit is None) == (abilities.resolve_support is not None)
    await apply(editor, first)
    assert editor.texts[uri] == REFUSED.replace("LSTM(16)", "LSTM(16, return_sequences=True)", 1)
    assert not await editor.diagnostics(uri)


async def test_all_safe_fixes_at_once(editor, uri):
    other = REFUSED.partition("\n\n")[2].replace("model", "other")
    editor.open(uri, REFUSED + other)
    (fix,) = await actions(editor, uri, only=["source.fixAll"])
    await apply(editor, fix)
    assert editor.texts[uri].count("return_sequences=True") == 2
    assert not await editor.diagnostics(uri)


@pytest.mark.parametrize(("only", "kinds"), [
    (["quickfix"], {"quickfix"}),
    (["source"], {FIX_ALL}),
    ([FIX_ALL], {FIX_ALL}),
    (["source.organizeImports"], set()),
    (["refactor.inline"], set()),
    ([""], {"quickfix", FIX_ALL}),
    (None, {"quickfix", FIX_ALL}),
])  # fmt: skip
async def test_actions_are_of_the_kinds_that_are_asked_for(vscode, uri, only, kinds):
    vscode.open(uri, REFUSED)
    found = [each for each in await actions(vscode, uri, only=only) if isinstance(each, lsp.CodeAction)]
    assert {action.kind for action in found} == kinds


async def test_action_of_an_older_text_has_no_edit(vscode, uri):
    vscode.open(uri, REFUSED)
    first, *_ = await actions(vscode, uri)
    vscode.replace(uri, 0, 0, "\n")
    assert (await vscode.client.code_action_resolve_async(first)).edit is None
    again, *_ = await actions(vscode, uri)
    assert again.title == first.title
    await apply(vscode, again)
    assert not await vscode.diagnostics(uri)


async def test_elsewhere_there_is_nothing_to_do(vscode, uri):
    vscode.open(uri, REFUSED)
    await vscode.settled(uri)
    nowhere = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
    params = lsp.CodeActionParams(
        lsp.TextDocumentIdentifier(uri), nowhere, lsp.CodeActionContext([], only=["quickfix"])
    )
    assert not await vscode.client.text_document_code_action_async(params)


async def test_fixes_are_proven_and_what_is_wrong_is_explained_and_silenced(editor, uri):
    editor.open(uri, REFUSED)
    first, *others = await actions(editor, uri, only=["quickfix"])
    assert re.fullmatch(r"Add return_sequences=True \(proven with Keras 3\.\d+\)", first.title)
    explain, ignore = others[-2:]
    assert explain.title == "Explain missing-return-sequences"
    if explain.command.startswith("{"):  # lsprotocol takes an action that has a command for the command itself
        explain = lsp.Command(**ast.literal_eval(explain.command))
    params = lsp.ExecuteCommandParams(command=explain.command, arguments=explain.arguments)
    page = await editor.client.workspace_execute_command_async(params)
    assert page.endswith("/docs/rules/missing-return-sequences.md")
    assert ignore.title == "Ignore missing-return-sequences on this line"
    await apply(editor, ignore)
    assert (
        "    layers.LSTM(16),  # keras-shapes: ignore[missing-return-sequences]\n    layers.LSTM" in editor.texts[uri]
    )
    assert not await editor.diagnostics(uri)


async def test_fixes_are_offered_anywhere_on_the_line(vscode, uri):
    vscode.open(uri, REFUSED)
    await vscode.proved(uri)
    start = lsp.Range(lsp.Position(5, 0), lsp.Position(5, 0))
    params = lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), start, lsp.CodeActionContext([], only=["quickfix"]))
    first, *_ = await vscode.client.text_document_code_action_async(params)
    assert first.title.startswith("Add return_sequences=True")


DECLARED = """\
import keras
from keras import layers

model = keras.Sequential()
model.add(layers.Dense(SIZE, input_shape=(7,)))
model.add(layers.Dense(2))
"""


@pytest.mark.parametrize(("size", "offered"), [("5", 1), ("-5", 0)])
async def test_an_input_in_the_place_of_input_shape_where_keras_builds_the_same(vscode, uri, size, offered):
    vscode.open(uri, DECLARED.replace("SIZE", size))
    await vscode.proved(uri)
    place = lsp.Range(lsp.Position(4, 18), lsp.Position(4, 18))
    context = lsp.CodeActionContext([], only=["refactor.rewrite"])
    params = lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), place, context)
    found = [
        each for each in await vscode.client.text_document_code_action_async(params) if each.title.startswith("Replace")
    ]
    assert len(found) == offered
    for action in found:
        await apply(vscode, action)
        assert "model.add(layers.Input(shape=(7,)))\nmodel.add(layers.Dense(5))" in vscode.texts[uri]


TWO_CHAINS = (
    DECLARED.replace("SIZE", "5") + "\nother = keras.Sequential([\n    keras.Input((3,)),\n    layers.Dense(2),\n])\n"
)


async def test_forms_of_the_model_under_the_caret_are_proven_when_somebody_asks(vscode, uri):
    """An editor that asks by itself, as the cursor moves, makes nobody prove anything."""
    vscode.open(uri, TWO_CHAINS)
    await vscode.proved(uri)
    place = lsp.Range(lsp.Position(7, 3), lsp.Position(7, 3))

    async def titles(trigger):
        context = lsp.CodeActionContext([], only=["refactor"], trigger_kind=trigger)
        params = lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), place, context)
        return {each.title: each for each in await vscode.client.text_document_code_action_async(params) or ()}

    assert await titles(lsp.CodeActionTriggerKind.Automatic) == {}
    asked = await titles(lsp.CodeActionTriggerKind.Invoked)
    assert set(asked) == {"Write with other.add(…)", "Write as a functional model"}
    assert set(await titles(lsp.CodeActionTriggerKind.Automatic)) == set(asked)
    await apply(vscode, asked["Write as a functional model"])
    functional = "inputs = keras.Input((3,))\noutputs = layers.Dense(2)(inputs)\nother = keras.Model(inputs, outputs)\n"
    assert vscode.texts[uri] == DECLARED.replace("SIZE", "5") + "\n" + functional
