"""The call hierarchy of functions that make layers, as editors ask for it."""

from __future__ import annotations

from lsprotocol import types as lsp
from test_navigation import at
from test_notebooks import Notebook

UNET = """\
import keras
from keras import layers

def twice(x, n):
    x = layers.Conv2D(n, 3, padding="same")(x)
    return layers.ReLU()(x)

def down(x, n):
    skip = twice(x, n)
    return layers.MaxPooling2D()(skip), skip

def logged(text):
    return print(text)

inputs = keras.Input((32, 32, 3))
x, first = down(inputs, 8)
x, second = down(x, 16)
outputs = twice(x, 32)
logged("é"); model = keras.Model(inputs, twice(outputs, 4))
"""


async def prepared(editor, uri, text):
    await editor.settled(uri)
    params = lsp.CallHierarchyPrepareParams(**at(editor, uri, text))
    return await editor.client.text_document_prepare_call_hierarchy_async(params)


async def callers(editor, item):
    params = lsp.CallHierarchyIncomingCallsParams(item)
    return await editor.client.call_hierarchy_incoming_calls_async(params)


async def called(editor, item):
    params = lsp.CallHierarchyOutgoingCallsParams(item)
    return await editor.client.call_hierarchy_outgoing_calls_async(params)


async def test_who_calls_a_function_that_makes_layers(editor, uri):
    editor.open(uri, UNET)
    for place in ("twice(x, n):", "twice(x, 32)"):
        (item,) = await prepared(editor, uri, place)
        assert (item.name, item.detail, editor.marked(uri, item.selection_range)) == ("twice", "Conv2D, ReLU", "twice")
    assert editor.marked(uri, item.range).endswith("return layers.ReLU()(x)")
    inner, outer = await callers(editor, item)
    assert (inner.from_.name, inner.from_.kind, inner.from_.detail) == ("down", lsp.SymbolKind.Function, "MaxPooling2D")
    assert [editor.marked(uri, each) for each in inner.from_ranges] == ["twice(x, n)"]
    assert (outer.from_.name, outer.from_.kind) == (uri.rpartition("/")[2], lsp.SymbolKind.Module)
    assert [editor.marked(uri, each) for each in outer.from_ranges] == ["twice(x, 32)", "twice(outputs, 4)"]
    assert not await called(editor, item)
    assert [each.to.name for each in await called(editor, inner.from_)] == ["twice"]
    (top,) = await callers(editor, inner.from_)
    assert [editor.marked(uri, each) for each in top.from_ranges] == ["down(inputs, 8)", "down(x, 16)"]
    assert not await callers(editor, top.from_)


async def test_other_functions_are_left_to_others(pushed, uri):
    pushed.open(uri, UNET)
    for place in ("logged(text)", 'logged("', "import keras", "layers.ReLU"):
        assert not await prepared(pushed, uri, place)


async def test_cells_of_a_notebook_call_on_their_own(vscode, uri):
    functions, program = UNET.split("inputs = ")
    notebook = Notebook(vscode, uri, [functions, f"inputs = {program}"])
    await vscode.settled(notebook.uri)
    (item,) = await prepared(vscode, notebook.order[0], "down(x, n):")
    (caller,) = await callers(vscode, item)
    assert caller.from_.uri == notebook.order[1]
    assert [each.start.line for each in caller.from_ranges] == [1, 2]
    notebook.close()
