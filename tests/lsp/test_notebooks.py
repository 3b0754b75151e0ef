"""Notebooks: cells that are added, moved, deleted, edited and executed; and JupyterLab's way."""

from __future__ import annotations

import pytest
from clients import minimal
from editor import started
from lsprotocol import types as lsp

IMPORTS = "%matplotlib inline\nimport keras\nfrom keras import layers"
MODEL = "model = keras.Sequential([keras.Input((20, 8))])\nmodel.add(layers.LSTM(size))"
MORE = "model.add(layers.LSTM(4))"


class Notebook:
    """A notebook in an editor, with cells whose URIs are no paths."""

    def __init__(self, editor, uri: str, sources: list[str], order: list[str] | None = None) -> None:
        self.editor, self.uri, self.version = editor, uri.replace(".py", ".ipynb"), 1
        self.order = list(order or [self.cell(number) for number in range(len(sources))])
        for cell, source in zip(self.order, sources, strict=True):
            editor.texts[cell], editor.versions[cell] = source, 1
        cells = [lsp.NotebookCell(lsp.NotebookCellKind.Code, cell) for cell in self.order]
        markdown = lsp.NotebookCell(lsp.NotebookCellKind.Markup, self.cell(99))
        notebook = lsp.NotebookDocument(self.uri, "jupyter-notebook", 1, [markdown, *cells])
        texts = [lsp.TextDocumentItem(cell, "python", 1, editor.texts[cell]) for cell in self.order]
        editor.client.notebook_document_did_open(lsp.DidOpenNotebookDocumentParams(notebook, texts))

    def cell(self, number: int) -> str:
        return f"vscode-notebook-cell://host/{self.uri.rpartition('/')[2]}#W{number}"

    def change(self, cells: lsp.NotebookDocumentCellChanges) -> None:
        self.version += 1
        self.editor.client.notebook_document_did_change(
            lsp.DidChangeNotebookDocumentParams(
                lsp.VersionedNotebookDocumentIdentifier(version=self.version, uri=self.uri),
                lsp.NotebookDocumentChangeEvent(cells=cells),
            )
        )

    def splice(self, start: int, delete: int, *new: tuple[str, str]) -> None:
        """Replace cells; the first is the markdown cell."""
        closed = [lsp.TextDocumentIdentifier(uri) for uri in self.order[start - 1 : start - 1 + delete]]
        self.order[start - 1 : start - 1 + delete] = [uri for uri, _ in new]
        opened = []
        for uri, source in new:
            self.editor.texts[uri], self.editor.versions[uri] = source, 1
            opened.append(lsp.TextDocumentItem(uri, "python", 1, source))
        cells = [lsp.NotebookCell(lsp.NotebookCellKind.Code, uri) for uri, _ in new]
        array = lsp.NotebookCellArrayChange(start=start, delete_count=delete, cells=cells)
        self.change(
            lsp.NotebookDocumentCellChanges(
                structure=lsp.NotebookDocumentCellChangeStructure(array=array, did_open=opened, did_close=closed)
            )
        )

    def edit(self, number: int, old: str, new: str) -> None:
        start = self.editor.texts[self.order[number]].index(old)
        self.replace(number, start, start + len(old), new)

    def replace(self, number: int, start: int, end: int, new: str) -> None:
        uri = self.order[number]
        text = self.editor.texts[uri]
        where = lsp.Range(self.editor.position(uri, start), self.editor.position(uri, end))
        self.editor.texts[uri] = text[:start] + new + text[end:]
        self.editor.versions[uri] += 1
        identifier = lsp.VersionedTextDocumentIdentifier(version=self.editor.versions[uri], uri=uri)
        change = lsp.TextDocumentContentChangePartial(range=where, text=new)
        self.change(
            lsp.NotebookDocumentCellChanges(
                text_content=[lsp.NotebookDocumentCellContentChanges(document=identifier, changes=[change])]
            )
        )

    def execute(self, number: int) -> None:
        summary = lsp.ExecutionSummary(execution_order=7, success=True)
        cell = lsp.NotebookCell(lsp.NotebookCellKind.Code, self.order[number], execution_summary=summary)
        self.change(lsp.NotebookDocumentCellChanges(data=[cell]))

    def close(self) -> None:
        cells = [lsp.TextDocumentIdentifier(uri) for uri in self.order]
        self.editor.client.notebook_document_did_close(
            lsp.DidCloseNotebookDocumentParams(lsp.NotebookDocumentIdentifier(self.uri), cells)
        )


@pytest.fixture
def notebook(editor, uri):
    found = Notebook(editor, uri, [IMPORTS, "size = 16", MODEL, MORE])
    yield found
    found.close()


async def test_cells_are_one_document(notebook):
    editor, (_, _, model, more) = notebook.editor, notebook.order
    (diagnostic,) = await editor.diagnostics(model)
    assert diagnostic.code == "missing-return-sequences"
    assert editor.marked(model, diagnostic.range) == "LSTM"
    assert not await editor.diagnostics(more)
    notebook.edit(2, "LSTM(size)", "LSTM(size, return_sequences=True)")
    assert not await editor.diagnostics(model)
    assert await editor.hints(model) == [(1, "→ (None, 20, 16)")]
    assert await editor.hints(more) == [(0, "→ (None, 4)")]
    assert [line for line, _ in await editor.lenses(model)] == [0]
    assert await editor.lenses(more) == []
    assert "20, 16" in await editor.hover(more, "LSTM")


async def test_cells_are_moved_added_and_deleted(notebook):
    editor, (_, size, model, more) = notebook.editor, notebook.order
    notebook.splice(4, 1)  # the last layer goes
    assert not await editor.diagnostics(model)
    assert await editor.hints(model) == [(1, "→ (None, 16)")]
    new = notebook.cell(7)
    notebook.splice(4, 0, (new, "\nmodel.add(layers.Dense(size))"))
    assert await editor.hints(new) == [(1, "→ (None, 16)")]
    notebook.splice(2, 1)  # and `size` below: the author ran the cells out of order
    notebook.splice(4, 0, (size, "size = 16"))
    assert not await editor.diagnostics(model)
    assert await editor.hints(model) == [(1, "→ (None, size)")]
    assert more not in notebook.order


async def test_executing_a_cell_changes_nothing(notebook):
    editor, (*_, model, _) = notebook.editor, notebook.order
    before = await editor.diagnostics(model)
    published = len(editor.published)
    notebook.execute(2)
    assert await editor.diagnostics(model) == before
    assert len(editor.published) == published


async def test_deleted_cell_loses_its_diagnostics(pushed, uri):
    notebook = Notebook(pushed, uri, [IMPORTS, "size = 16", MODEL, MORE])
    model = notebook.order[2]
    assert await pushed.diagnostics(model)
    notebook.splice(3, 1)
    await pushed.until(lambda: not pushed.shown(model))
    notebook.close()


async def test_edits_of_fixes_are_of_the_cell(notebook):
    model = notebook.order[2]
    assert (await notebook.editor.settled(model)).models[0].location.uri == model


async def test_plain_python_under_the_address_of_a_notebook(pushed, uri):
    """What JupyterLab's client sends."""
    uri = uri.replace(".py", ".ipynb")
    pushed.open(uri, f"import keras\nfrom keras import layers\n\nsize = 16\n{MODEL}\n\n{MORE}\n", version=0)
    (diagnostic,) = await pushed.diagnostics(uri)
    assert (diagnostic.code, diagnostic.range.start.line) == ("missing-return-sequences", 5)


async def test_notebook_of_jupyterlab_imports_what_lies_beside_it(cache, tmp_path):
    """Its client puts workspace and notebooks into a folder that is not there."""
    (tmp_path / "sizes.py").write_text("units = 7\n")
    (tmp_path / "pyproject.toml").write_text('[tool.keras-shapes]\nrules = {incompatible-input = "off"}\n')
    root = (tmp_path / ".virtual_documents").as_uri()
    layers = "keras.Input((3,)), keras.layers.Dense(units), keras.layers.LSTM(2)"
    text = f"import keras\nfrom sizes import units\nmodel = keras.Sequential([{layers}])\n"
    async with started(minimal(), settings={"delay": 0}, root=root) as editor:
        editor.open(f"{root}/model.ipynb", text, version=0)
        assert await editor.hints(f"{root}/model.ipynb") == [(2, "→ (None, 7)")]
        assert await editor.diagnostics(f"{root}/model.ipynb") == []
