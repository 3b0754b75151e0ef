"""Random typing, deleting, pasting, undoing and moving of cells: in the end all is as in a fresh server."""

from __future__ import annotations

import ast
import itertools
import random
from pathlib import Path

import pytest
import pytest_asyncio
from clients import minimal
from editor import started
from lsprotocol import types as lsp
from test_notebooks import Notebook

from keras_shapes.files import read_document

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
SEQUENCES = 460
NOTEBOOK_SEQUENCES = 40
ROUNDS = 20


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def fresh(cache):
    """A second server, which sees final texts only."""
    async with started(minimal(), settings={"delay": 0}) as editor:
        yield editor


def edit(dice: random.Random, text: str) -> tuple[int, int, str]:
    """A random edit: where, until where, and what is there afterwards."""
    start = dice.randrange(len(text) + 1)
    match dice.randrange(5):
        case 0:
            return start, min(len(text), start + dice.choice([1, 1, 1, 2, 5, 30])), ""
        case 1:
            other = dice.randrange(len(text) + 1)
            return start, start, text[other : other + dice.choice([3, 20, 80])]
        case 2:
            numbers = [i for i, char in enumerate(text) if char.isdigit()]
            start = dice.choice(numbers) if numbers else start
            return start, min(len(text), start + 1), dice.choice("123456789")
        case _:
            return start, start, dice.choice(TYPED)


def parses(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


def play(dice: random.Random, editor, uri: str, *, until_it_parses: bool) -> None:
    """Some edits, some of them undone."""
    undo: list[tuple[int, int, str]] = []
    for _ in range(dice.randrange(1, 12)):
        if undo and dice.random() < 0.2:
            editor.replace(uri, *undo.pop())
        else:
            start, end, new = edit(dice, editor.texts[uri])
            undo.append((start, start + len(new), editor.texts[uri][start:end]))
            editor.replace(uri, start, end, new)
    while undo and until_it_parses and not parses(editor.texts[uri]):
        editor.replace(uri, *undo.pop())


async def shown(editor, uri: str):
    """Diagnostics, hints and lenses in the end; the stale hints are those of half-typed statements."""
    diagnostics = sorted(await editor.diagnostics(uri), key=repr)
    hints = await editor.raw_hints(uri)
    stale = [hint for hint in hints if hint.data is not None]
    return diagnostics, [hint for hint in hints if hint.data is None], stale, await editor.lenses(uri)


@pytest.mark.parametrize("seed", range(SEQUENCES // ROUNDS))
async def test_files(pushed, fresh, uri, seed):
    dice = random.Random(seed)
    pushed.open(uri, dice.choice(TEXTS))
    for _ in range(ROUNDS):
        play(dice, pushed, uri, until_it_parses=dice.random() < 0.5)
        await same(pushed, fresh, uri, parses(pushed.texts[uri]))
        if len(pushed.texts[uri]) < 100:
            break
    pushed.close(uri)


async def same(editor, fresh, uri: str, whole: bool) -> None:
    """What is shown is what a fresh server shows of the final text."""
    text = editor.texts[uri]
    fresh.open(uri, text)
    expected, found = await shown(fresh, uri), await shown(editor, uri)
    fresh.close(uri)
    assert found[0] == expected[0], text
    assert found[1] == expected[1], text
    if whole:
        assert not found[2], text
        assert found[3] == expected[3], text
    else:
        assert set(expected[3]) <= set(found[3]), text
    told = [each for each in editor.published if each.uri == uri]
    for one, other in itertools.pairwise(told):
        assert one.version <= other.version
        assert one.diagnostics != other.diagnostics


@pytest.mark.parametrize("seed", range(NOTEBOOK_SEQUENCES // ROUNDS))
async def test_notebooks(pushed, fresh, uri, seed):
    dice = random.Random(seed)
    cells = [part + "\n" for part in dice.choice(TEXTS).split("\n\n")]
    notebook = Notebook(pushed, uri, cells)
    numbers = itertools.count(100)
    for _ in range(ROUNDS):
        for _ in range(dice.randrange(1, 6)):
            change_notebook(dice, pushed, notebook, numbers)
        other = Notebook(fresh, uri, [pushed.texts[cell] for cell in notebook.order])
        for mine, its in zip(notebook.order, other.order, strict=True):
            expected, found = await shown(fresh, its), await shown(pushed, mine)
            assert without_addresses(found[0]) == without_addresses(expected[0])
            assert found[1] == expected[1]
        other.close()
    notebook.close()


def change_notebook(dice: random.Random, editor, notebook: Notebook, numbers) -> None:
    place = dice.randrange(len(notebook.order))
    cell = notebook.order[place]
    match dice.randrange(4):
        case 0:  # moved
            text = editor.texts[cell]
            notebook.splice(place + 1, 1)
            notebook.splice(dice.randrange(len(notebook.order) + 1) + 1, 0, (notebook.cell(next(numbers)), text))
        case 1 if len(notebook.order) > 2:
            notebook.splice(place + 1, 1)
        case 2:
            notebook.splice(place + 1, 0, (notebook.cell(next(numbers)), dice.choice(TYPED)))
        case _:
            start, end, new = edit(dice, editor.texts[cell])
            notebook.replace(place, start, end, new)


def without_addresses(diagnostics: list[lsp.Diagnostic]):
    return [(each.code, each.range, each.message) for each in diagnostics]
