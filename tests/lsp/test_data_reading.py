"""The shape of data from their file: read when somebody says so, in a trusted workspace, and declared in a comment."""

from __future__ import annotations

import ast

import numpy as np
from clients import visual_studio_code
from editor import started
from lsprotocol import types as lsp
from test_actions import changes

PROGRAM = """\
import keras
import numpy as np

x = np.load("images.npy")
y = np.load("labels.npz")["y"]
model = keras.Sequential([keras.layers.Flatten(), keras.layers.Dense(3)])
model.compile("adam", "mse")
model.fit(x, y)
"""


async def commands(editor, uri: str, line: int) -> list[lsp.Command]:
    """What can be read of the data of a line."""
    await editor.proved(uri)
    place = lsp.Range(lsp.Position(line, 0), lsp.Position(line, 0))
    context = lsp.CodeActionContext([], only=["quickfix"])
    params = lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), place, context)
    found = await editor.client.text_document_code_action_async(params) or ()
    offered = [each for each in found if each.title.startswith("Read the shape")]
    # lsprotocol takes an action that has a command for the command itself
    return [lsp.Command(**ast.literal_eval(str(each.command))) for each in offered]


async def execute(editor, command: lsp.Command):
    params = lsp.ExecuteCommandParams(command=command.command, arguments=command.arguments)
    return await editor.client.workspace_execute_command_async(params)


async def test_the_comment_is_written_with_what_the_file_says(cache, uri, tmp_path):
    async with started(visual_studio_code(), settings={"delay": 0, "trusted": True}) as editor:
        editor.open(uri, PROGRAM)
        [images] = await commands(editor, uri, 3)
        assert images.title == "Read the shape of x from images.npy"
        assert await execute(editor, images) is None, "there is no such file yet"
        assert (
            editor.client.messages[-1].message == f"keras-shapes: {tmp_path / 'images.npy'}: no such file or directory"
        )
        assert not editor.applied
        np.save(tmp_path / "images.npy", np.zeros((7, 4, 4), "uint8"))
        np.savez(tmp_path / "labels.npz", y=np.zeros((7, 3)), z=np.zeros(2))
        assert await execute(editor, images) == "# keras-shapes: shape (7, 4, 4) uint8"
        [(_, version, [edit])] = changes(editor.applied.pop())
        assert (version, edit.new_text) == (1, "  # keras-shapes: shape (7, 4, 4) uint8")
        assert edit.range.start == lsp.Position(3, len('x = np.load("images.npy")'))
        [labels] = await commands(editor, uri, 4)
        assert await execute(editor, labels) == "# keras-shapes: shape (7, 3) float64"
        editor.replace(uri, 0, 0, "\n")
        editor.applied.clear()
        assert await execute(editor, labels) is None, "it is about an older text"
        assert not editor.applied


async def test_nothing_is_read_in_a_workspace_that_is_not_trusted(vscode, uri, tmp_path):
    np.save(tmp_path / "images.npy", np.zeros((7, 4, 4), "uint8"))
    vscode.open(uri, PROGRAM)
    assert await commands(vscode, uri, 3) == []
    data = {"uri": uri, "start": PROGRAM.index("x = ")}
    for revision in range(4):
        command = lsp.Command("Read", "keras-shapes.readShape", arguments=[{**data, "revision": revision}])
        assert await execute(vscode, command) is None
    assert not vscode.applied
