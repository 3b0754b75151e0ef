"""Outline, definition and references, as editors ask for them."""

from __future__ import annotations

from lsprotocol import types as lsp
from test_notebooks import Notebook

MODEL = """\
import keras
from keras import layers
import numpy as np

x, y = np.zeros((9, 28, 28, 1)), np.zeros((9,))
model = keras.Sequential()
model.add(keras.Input((28, 28, 1)))
model.add(layers.Conv2D(8, 3, name="first"))
model.add(layers.Flatten())
model.add(layers.Dense(10, "softmax"))
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(x, y)
model.get_layer("first").trainable = False
other = keras.Sequential([keras.Input((2,)), layers.Dense(3, name="first")])
other.get_layer(name='first')
"""


async def symbols(editor, uri):
    await editor.settled(uri)
    params = lsp.DocumentSymbolParams(lsp.TextDocumentIdentifier(uri))
    return await editor.client.text_document_document_symbol_async(params)


def at(editor, uri, text):
    position = editor.position(uri, editor.texts[uri].index(text))
    return {"text_document": lsp.TextDocumentIdentifier(uri), "position": position}


async def test_models_hold_their_layers_and_calls(vscode, uri):
    vscode.open(uri, MODEL)
    first, second = await symbols(vscode, uri)
    assert (first.name, first.detail) == ("model", "(None, 28, 28, 1) → (None, 10) · 54,170 parameters · fits y")
    assert (first.range.start.line, first.range.end.line, first.selection_range.start.line) == (5, 11, 5)
    assert [(each.name, each.detail) for each in first.children] == [
        ("Input", "(None, 28, 28, 1)"),
        ("Conv2D", "(None, 26, 26, 8)"),
        ("Flatten", "(None, 5408)"),
        ("Dense", "(None, 10)"),
        ("compile", None),
        ("fit", None),
    ]
    assert (second.name, [each.name for each in second.children]) == ("other", ["Input", "Dense"])
    vscode.substitute(uri, "layers.Flatten()", "layers.LSTM(4)")
    first, _ = await symbols(vscode, uri)
    assert [(each.name, each.detail) for each in first.children][2:4] == [("LSTM", "error"), ("Dense", "?")]


async def test_ranges_lie_inside_each_other(editor, uri):
    editor.open(uri, MODEL + "print('é')\n")
    found = await symbols(editor, uri)
    if isinstance(found[0], lsp.SymbolInformation):
        assert [(each.name, each.container_name) for each in found][:2] == [("model", None), ("Input", "model")]
        return
    for each in found:
        for child in each.children:
            assert each.range.start <= child.range.start <= child.selection_range.start
            assert child.selection_range.end <= child.range.end <= each.range.end


async def test_a_loop_and_a_function_have_one_symbol_a_place(pushed, uri):
    pushed.open(
        uri,
        """\
import keras
from keras import layers
def block(x, n):
    return layers.Dense(n)(x)
a = keras.Input((4,))
model = keras.Model(a, block(block(a, 5), 6))
chain = keras.Sequential([keras.Input((4,))] + [layers.Dense(3) for _ in range(4)])
""",
    )
    found = await symbols(pushed, uri)
    dense = [each for each in found if each.name == "Dense"]
    assert [each.container_name for each in dense] == ["model", "chain"]


async def test_a_name_leads_to_its_layer_and_back(editor, uri):
    editor.open(uri, MODEL)
    await editor.settled(uri)

    def lines(places):
        return [(place.range.start.line, editor.marked(uri, place.range)) for place in places]

    async def definition(text):
        return lines(await editor.client.text_document_definition_async(lsp.DefinitionParams(**at(editor, uri, text))))

    async def references(text):
        context = lsp.ReferenceContext(include_declaration=True)
        asked = lsp.ReferenceParams(context=context, **at(editor, uri, text))
        return lines(await editor.client.text_document_references_async(asked))

    conv = 'layers.Conv2D(8, 3, name="first")'
    assert await definition('first").trainable') == [(7, conv)]
    assert await definition("first')") == [(13, 'layers.Dense(3, name="first")')]
    assert await definition("import") == []
    assert await references("Conv2D(8") == [(7, conv), (12, "first")]
    assert await references('first").trainable') == [(7, conv), (12, "first")]
    assert await references("import") == []
    editor.substitute(uri, "import numpy as np\n", "import numpy as np\n\n")
    assert await definition('first").trainable') == [(8, conv)]


async def test_cells_have_their_own_outline(vscode, uri):
    before, name, after = MODEL.partition("model.compile")
    notebook = Notebook(vscode, uri, [before, name + after])
    await vscode.settled(notebook.uri)
    (first,) = await symbols(vscode, notebook.order[0])
    assert [each.name for each in first.children] == ["Input", "Conv2D", "Flatten", "Dense"]
    assert [each.name for each in await symbols(vscode, notebook.order[1])] == ["compile", "fit", "other"]
    notebook.close()


NET = """\
import keras
from keras import layers

model = keras.Sequential([keras.Input((4,)), layers.Dense(2)])


def build(units):
    return keras.Sequential([keras.Input((4,)), layers.Dense(units)])
"""
USER = """\
from net import build, model
import net
mine = build(3)
model.summary()
mine.summary()
net.model.summary()
other = 3
print(other)
"""


async def test_a_model_of_another_file_leads_to_where_it_is_made(editor, uri, tmp_path):
    (tmp_path / "net.py").write_text(NET)
    editor.open(uri, "import keras\n" + USER)
    await editor.settled(uri)

    async def leads(text):
        params = lsp.DefinitionParams(**at(editor, uri, text))
        found = await editor.client.text_document_definition_async(params) or []
        return [(each.uri, each.range.start.line, each.range.start.character) for each in found]

    place = (tmp_path / "net.py").as_uri()
    assert await leads("model.summary") == [(place, 3, 0)]
    assert await leads("mine.summary") == [(place, 7, NET.splitlines()[7].index("Sequential"))]
    assert await leads("other)") == await leads("print(") == []
