"""Random typing, deleting, pasting, undoing and moving of cells: in the end all is as in a server that starts then.

KERAS_SHAPES_EDITS says how many sequences; KERAS_SHAPES_EDITS_FROM with which one to begin, to see one again.
A few share a fresh server, which opens each document once: starting Keras costs more than a sequence.
"""

from __future__ import annotations

import ast
import asyncio
import itertools
import os
import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio
from clients import minimal, neovim, visual_studio_code
from editor import SECONDS, started
from lsprotocol import types as lsp
from test_notebooks import Notebook
from tests.shares import draws

from keras_shapes.files import read_document
from keras_shapes.notebook import cells_document

EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.py"))
TEXTS = [read_document(path).text for path in EXAMPLES]
TYPED = [
    *"()[]{},.:=\"'# \n",
    *"0123456789",
    "layers.Dense(3),\n",
    "model.add(layers.Flatten())\n",
    'activation="relu"',
    "\n    ",
    '"""',
    "if x:\n",
    "x = 3\n",
    "é🎉",
    "return_sequences=True",
    "\r\n",
]
FIRST = int(os.environ.get("KERAS_SHAPES_EDITS_FROM", "0"))
SEQUENCES = draws("KERAS_SHAPES_EDITS", 6, 60)
AT_ONCE = int(os.environ.get("KERAS_SHAPES_EDITS_AT_ONCE", "3"))
EDITORS = {
    "pushed, no delay": (minimal, {"delay": 0}),
    "pulled, usual delay": (visual_studio_code, {}),
    "pulled, no delay": (neovim, {"delay": 0}),
    "pushed, usual delay": (minimal, {}),
}
LOOKED_AT = 15
"""Places at which hovers are compared."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def editors(cache):
    """Editors that have been open for long, started when they are first needed."""
    open_now = {}

    async def editor(name: str):
        if name not in open_now:
            client, settings = EDITORS[name]
            context = started(client(), settings=settings)
            open_now[name] = context, await context.__aenter__()
        return open_now[name][1]

    yield editor
    for context, _ in open_now.values():
        await context.__aexit__(None, None, None)


@pytest.mark.parametrize("first", range(FIRST, FIRST + SEQUENCES, AT_ONCE))
async def test_what_is_shown_in_the_end_is_what_a_fresh_server_shows(editors, first, tmp_path, monkeypatch):
    name = [*EDITORS][(first // AT_ONCE) % len(EDITORS)]
    editor = await editors(name)
    open_now = [
        document
        for seed in range(first, min(first + AT_ONCE, FIRST + SEQUENCES))
        for document in await edited(random.Random(seed), editor, tmp_path, f"model{seed}")
    ]
    (tmp_path / "cache").mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    client, settings = EDITORS[name]
    async with started(client(), settings=settings) as fresh:
        others = [document.again(fresh) for document in open_now]
        for mine, other in zip(open_now, others, strict=True):
            await same(mine, other, name)
    for document in open_now:
        document.close()


async def edited(dice: random.Random, editor, folder: Path, name: str) -> list[File | Cells]:
    """One sequence: documents that were opened and changed in turn."""
    open_now = [opened(dice, editor, folder, f"{name}_{number}") for number in range(dice.choice([1, 1, 2, 3]))]
    for _ in range(dice.randrange(4, 40)):
        await dice.choice(open_now).change(dice)
    for document in open_now:
        if dice.random() < 0.5:
            document.undo_until_it_parses()
    return open_now


def opened(dice: random.Random, editor, folder: Path, name: str) -> File | Cells:
    """A file or a notebook: one example, or as long as people's files are."""
    text = "\n\n".join(dice.sample(TEXTS, dice.choice([1, 1, 3, 8])))
    uri = (folder / f"{name}.py").as_uri()
    if dice.random() < 0.3:
        return Cells(editor, Notebook(editor, uri, [part + "\n" for part in text.split("\n\n")[:12]]))
    editor.open(uri, text)
    return File(editor, uri)


@dataclass
class File:
    """A Python file in an editor, and how to undo what was done to it."""

    editor: object
    uri: str
    undo: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def uris(self) -> list[str]:
        return [self.uri]

    @property
    def python(self) -> str:
        return self.editor.texts[self.uri]

    async def change(self, dice: random.Random) -> None:
        match dice.randrange(10):
            case 0 | 1 if self.undo:
                for _ in range(dice.choice([1, 1, 3, 100])):
                    self.undo_one()
            case 2:  # letter by letter
                start = dice.randrange(len(self.python) + 1)
                for offset, letter in enumerate(dice.choice(TYPED[-11:])):
                    self.replace(start + offset, start + offset, letter)
            case 3:
                await dice.choice([self.editor.hints_now, self.editor.lenses_now])(self.uri)
            case 4:
                await self.editor.settled(self.uri)
            case 5:
                self.editor.client.text_document_did_save(lsp.DidSaveTextDocumentParams(self.identifier))
            case 6 if dice.random() < 0.3:
                text = self.python
                self.editor.close(self.uri)
                self.editor.open(self.uri, text, self.editor.versions[self.uri] + 1)
            case _:
                self.replace(*edit(dice, self.python))

    @property
    def identifier(self) -> lsp.TextDocumentIdentifier:
        return lsp.TextDocumentIdentifier(self.uri)

    def replace(self, start: int, end: int, new: str) -> None:
        self.undo.append((start, start + len(new), self.python[start:end]))
        self.editor.replace(self.uri, start, end, new)

    def undo_one(self) -> None:
        if self.undo:
            self.editor.replace(self.uri, *self.undo.pop())

    def undo_until_it_parses(self) -> None:
        while self.undo and not parses(self.python):
            self.undo_one()

    def again(self, fresh) -> File:
        fresh.open(self.uri, self.python)
        return File(fresh, self.uri)

    def close(self) -> None:
        self.editor.close(self.uri)


@dataclass
class Cells:
    """A notebook in an editor."""

    editor: object
    notebook: Notebook
    numbers: itertools.count = field(default_factory=lambda: itertools.count(100))

    @property
    def uris(self) -> list[str]:
        return self.notebook.order

    @property
    def python(self) -> str:
        return cells_document("n.ipynb", [self.editor.texts[uri] for uri in self.uris]).python

    async def change(self, dice: random.Random) -> None:
        place = dice.randrange(len(self.uris))
        cell, notebook = self.uris[place], self.notebook
        match dice.randrange(6):
            case 0:  # moved
                text = self.editor.texts[cell]
                notebook.splice(place + 1, 1)
                notebook.splice(dice.randrange(len(self.uris) + 1) + 1, 0, (notebook.cell(next(self.numbers)), text))
            case 1 if len(self.uris) > 2:
                notebook.splice(place + 1, 1)
            case 2:
                notebook.splice(place + 1, 0, (notebook.cell(next(self.numbers)), dice.choice(TYPED)))
            case 3:
                notebook.execute(place)
            case 4:
                await self.editor.hints_now(cell)
            case _:
                notebook.replace(place, *edit(dice, self.editor.texts[cell]))

    def undo_until_it_parses(self) -> None:
        pass

    def again(self, fresh) -> Cells:
        texts = [self.editor.texts[uri] for uri in self.uris]
        return Cells(fresh, Notebook(fresh, self.notebook.uri, texts, self.uris))

    def close(self) -> None:
        self.notebook.close()


def edit(dice: random.Random, text: str) -> tuple[int, int, str]:
    """A random edit: where, until where, and what is there afterwards."""
    start = dice.randrange(len(text) + 1)
    lines = text.splitlines(keepends=True)
    match dice.randrange(7):
        case 0:
            return start, min(len(text), start + dice.choice([1, 1, 1, 2, 5, 30])), ""
        case 1:
            other = dice.randrange(len(text) + 1)
            return start, start, text[other : other + dice.choice([3, 20, 80])]
        case 2:
            numbers = [i for i, char in enumerate(text) if char.isdigit()]
            start = dice.choice(numbers) if numbers else start
            return start, min(len(text), start + 1), dice.choice("123456789")
        case 3 if len(lines) > 2:  # two lines change places
            number = dice.randrange(len(lines) - 1)
            first = len("".join(lines[:number]))
            one, other = lines[number : number + 2]
            return first, first + len(one + other), other + one
        case 4:
            return start, start, dice.choice(dice.choice(TEXTS).splitlines(keepends=True))
        case _:
            return start, start, dice.choice(TYPED)


def parses(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


async def same(mine: File | Cells, other: File | Cells, name: str) -> None:
    """Wait until both show the same: a new mistake waits for a pause. Half-typed text keeps old hints and lenses."""
    whole = parses(mine.python)
    for uri, its in zip(mine.uris, other.uris, strict=True):
        expected = await picture(other.editor, its, whole=whole)
        deadline = asyncio.get_running_loop().time() + 2 * SECONDS
        while (found := await picture(mine.editor, uri, whole=whole)) != expected:
            # What a server that has just been opened shows may be waiting for its pause too.
            expected = await picture(other.editor, its, whole=whole)
            assert asyncio.get_running_loop().time() < deadline, told(mine, name, found, expected)
        published = [each for each in mine.editor.published if each.uri == uri and each.version is not None]
        for one, next_one in itertools.pairwise(published):
            assert one.version <= next_one.version


def told(mine: File | Cells, name: str, found: dict, expected: dict) -> str:
    differing = [key for key in expected if found[key] != expected[key]]
    lines = [f"{key}:\n  {found[key]}\n  {expected[key]}" for key in differing]
    return "\n".join([name, str(mine.uris), *lines, mine.python])


async def picture(editor, uri: str, *, whole: bool) -> dict:
    """All that an editor shows of a document once all is known."""
    diagnostics = sorted(await editor.diagnostics(uri), key=repr)
    hints = await editor.raw_hints(uri)
    found = {"diagnostics": diagnostics, "hints": [hint for hint in hints if hint.data is None]}
    if whole:
        found["stale"] = [hint for hint in hints if hint.data is not None]
        found["lenses"] = await editor.lenses_now(uri)
        found["hovers"] = [await editor.hover_at(uri, offset) for offset in places(editor.texts[uri])]
        found["actions"] = await actions(editor, uri, diagnostics)
    return found


def places(text: str) -> range:
    return range(0, len(text), max(1, len(text) // LOOKED_AT))


async def actions(editor, uri: str, diagnostics: list[lsp.Diagnostic]) -> list:
    """Titles, kinds and edits of what is offered, once fixes have been tried."""
    await editor.proved(uri)
    everywhere = lsp.Range(lsp.Position(0, 0), editor.position(uri, len(editor.texts[uri])))
    context = lsp.CodeActionContext(diagnostics)
    params = lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), everywhere, context)
    offered = await editor.client.text_document_code_action_async(params) or []
    return [await resolved(editor, each) for each in offered]


async def resolved(editor, action: lsp.CodeAction | lsp.Command) -> tuple:
    """What an editor knows of an action when it is chosen; one that announces nothing gets commands."""
    if isinstance(action, lsp.Command):
        return action.title, action.command
    if action.edit is None and action.command is None:
        action = await editor.client.code_action_resolve_async(action)
    return action.title, action.kind, action.is_preferred, edits(action)


def edits(action: lsp.CodeAction) -> list:
    if action.edit is None:
        return []
    changes = dict(action.edit.changes or {})
    for each in action.edit.document_changes or ():
        changes.setdefault(each.text_document.uri, []).extend(each.edits)
    return sorted((uri, repr([(edit.range, edit.new_text) for edit in found])) for uri, found in changes.items())
