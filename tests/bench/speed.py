"""What edits and questions cost beside a server that does nothing: `nox -s bench` writes docs/speed.md's first table.

All of it is measured in one run, because machines differ and are noisy: what counts are the ratios. The exit code is 1
where one is worse than its bound by more than a third.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from lsprotocol import types as lsp
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[1] / "lsp")]

from clients import minimal
from editor import SERVER, Editor, started
from test_server import HEAD, URI, cnn, edits, program, run_in_python

PAGE = Path(__file__).parents[2] / "docs" / "speed.md"
BEGIN, END = "<!-- measured by `nox -s bench` -->\n", "<!-- end of what is measured -->\n"
BARE = [sys.executable, str(Path(__file__).with_name("bare.py"))]
NOTEBOOK = "file:///bench/notebook.ipynb"
CELLS = 60
TIMES = 100
SLACK = 4 / 3


@dataclass(frozen=True)
class Row:
    """Seconds that something took, each time; their ratio to something else (`of`), which is to stay below a bound."""

    what: str
    times: list[float]
    of: str = ""
    ratio: float | None = None
    bound: float | None = None

    @property
    def is_worse(self) -> bool:
        return self.ratio is not None and self.bound is not None and self.ratio > self.bound * SLACK

    def __str__(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:.2g} × {self.of}"
        bound = "" if self.bound is None else f"{self.bound:g}"
        return (
            f"| {self.what} | {shown(statistics.median(self.times))} | {shown(p95(self.times))} | {ratio} | {bound} |"
        )


def shown(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{1e3 * seconds:.1f} ms"


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


async def measured() -> list[Row]:
    bare, echoed = await beside()
    echo = Row("an echo of bare pygls", echoed)

    def against_echo(what: str, times: list[float], bound: float) -> Row:
        return Row(what, times, "an echo (p95)", p95(times) / p95(echo.times), bound)

    rows = [echo, Row("`initialize` of bare pygls, from the start of the process", bare)]
    starts = [await beginning() for _ in bare]
    rows.append(Row("`initialize`, the same", starts, "bare", statistics.median(starts) / statistics.median(bare), 1.4))
    edit = Row("an edit, until its shapes are answered: 20 layers, 500 lines", await typed(program()))
    rows.append(against_echo(edit.what, edit.times, 25))
    rows.append(against_echo(f"the same in a notebook of {CELLS} cells", await typed_in_notebook(), 25))
    rows.append(against_echo("an edit, until its mark is gone, while fixes are proven", await while_proving(), 25))
    rows += [against_echo(f"{name}, of a text that is known", times, 3) for name, times in (await asked()).items()]
    many = [await typed(program(10, 0) + others(count - 1), 30) for count in (1, 100)]
    rows.append(Row("an edit in a file of 100 models", many[1], "in one of 1", ratio(*many), 15))
    long = [await typed(program(count, 0), 30) for count in (20, 500)]
    rows.append(Row("an edit in a model of 500 layers", long[1], "in one of 20", ratio(*long), 20))
    ran, many_edits = [run_in_python() for _ in range(3)], [150 * seconds for seconds in edit.times]
    program_run = "`python file.py` up to `model.summary()`"
    return [*rows, Row(program_run, ran), Row("150 edits", many_edits, program_run, ratio(ran, many_edits), 1)]


def ratio(one: list[float], other: list[float]) -> float:
    return statistics.median(other) / statistics.median(one)


def others(count: int) -> str:
    return "".join(cnn(10, f"other_{number}").replace("(10)", f"({number + 11})") for number in range(count))


async def beside() -> tuple[list[float], list[float]]:
    """Starts and echoes of a server that does nothing."""
    starts, echoes = [], []
    for _ in range(3):
        client = LanguageClient(converter_factory=default_converter)
        begun = time.perf_counter()
        await client.start_io(*BARE)
        await client.initialize_session(lsp.InitializeParams(capabilities=lsp.ClientCapabilities()))
        starts.append(time.perf_counter() - begun)
        echoes += await timed(lambda client=client: client.protocol.send_request_async("bench/echo", {"a": 1}), TIMES)
        await client.shutdown_session()
        await client.stop()
    return starts, echoes


async def beginning() -> float:
    client = LanguageClient(converter_factory=default_converter)
    client.set_configuration({"keras-shapes": {}})
    begun = time.perf_counter()
    await client.start_io(*SERVER)
    await client.initialize_session(lsp.InitializeParams(capabilities=lsp.ClientCapabilities()))
    took = time.perf_counter() - begun
    await client.shutdown_session()
    await client.stop()
    return took


async def timed(work: Callable[[], Awaitable[object]], times: int) -> list[float]:
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        await work()
        took.append(time.perf_counter() - begun)
    return took


async def typed(text: str, times: int = TIMES) -> list[float]:
    """From an edit of a convolution's filters to the hints of the new text; nothing is wrong with any of them."""
    async with started(minimal(), settings={"delay": 0, "timeout": 60}) as editor:
        editor.open(URI, text)
        await editor.settled(URI)
        return [await _typed(editor, URI, number) for number in range(30, 30 + times)]


async def _typed(editor: Editor, uri: str, number: int) -> float:
    old = editor.texts[uri].partition("layers.Conv2D(")[2].partition(",")[0]
    begun = time.perf_counter()
    editor.substitute(uri, f"layers.Conv2D({old},", f"layers.Conv2D({number},")
    assert await editor.raw_hints(uri)
    took = time.perf_counter() - begun
    await editor.settled(uri)
    return took


async def typed_in_notebook() -> list[float]:
    """The same, where the model stands in one cell of many."""
    cells = [HEAD, cnn(20), *(f"value_{number} = {number} * 2\nprint(value_{number})\n" for number in range(CELLS - 2))]
    uris = [f"{NOTEBOOK}#{number}" for number in range(CELLS)]
    async with started(minimal(), settings={"delay": 0}) as editor:
        open_notebook(editor, uris, cells)
        await editor.settled(NOTEBOOK)
        return [await _typed_in_cell(editor, uris[1], number) for number in range(30, 30 + TIMES)]


def open_notebook(editor: Editor, uris: list[str], cells: list[str]) -> None:
    listed = [lsp.NotebookCell(lsp.NotebookCellKind.Code, uri) for uri in uris]
    texts = [lsp.TextDocumentItem(uri, "python", 1, text) for uri, text in zip(uris, cells, strict=True)]
    notebook = lsp.NotebookDocument(NOTEBOOK, "jupyter-notebook", 1, listed)
    editor.client.notebook_document_did_open(lsp.DidOpenNotebookDocumentParams(notebook, texts))
    editor.texts.update(zip(uris, cells, strict=True))
    editor.versions.update(dict.fromkeys([NOTEBOOK, *uris], 1))


async def _typed_in_cell(editor: Editor, uri: str, number: int) -> float:
    old = editor.texts[uri].partition("layers.Conv2D(")[2].partition(",")[0]
    text = editor.texts[uri].replace(f"layers.Conv2D({old},", f"layers.Conv2D({number},", 1)
    start = editor.texts[uri].index(f"({old},") + 1
    where = lsp.Range(editor.position(uri, start), editor.position(uri, start + len(old)))
    for each in (NOTEBOOK, uri):
        editor.versions[each] += 1
    change = lsp.NotebookDocumentCellContentChanges(
        lsp.VersionedTextDocumentIdentifier(version=editor.versions[uri], uri=uri),
        [lsp.TextDocumentContentChangePartial(range=where, text=str(number))],
    )
    params = lsp.DidChangeNotebookDocumentParams(
        lsp.VersionedNotebookDocumentIdentifier(version=editor.versions[NOTEBOOK], uri=NOTEBOOK),
        lsp.NotebookDocumentChangeEvent(cells=lsp.NotebookDocumentCellChanges(text_content=[change])),
    )
    editor.texts[uri] = text
    begun = time.perf_counter()
    editor.client.notebook_document_did_change(params)
    assert await editor.raw_hints(uri)
    took = time.perf_counter() - begun
    await editor.settled(NOTEBOOK)
    return took


async def while_proving() -> list[float]:
    async with started(minimal(), settings={"delay": 0}) as editor:
        editor.open(URI, program())
        await editor.settled(URI)
        return await edits(editor, 30, TIMES)


async def asked() -> dict[str, list[float]]:
    async with started(minimal(), settings={"delay": 0}) as editor:
        editor.open(URI, program())
        await editor.settled(URI)
        hovers = await timed(lambda: editor.hover(URI, "GlobalAveragePooling2D"), TIMES)
        return {"a hover": hovers, "hints": await timed(lambda: editor.raw_hints(URI), TIMES)}


def write(rows: list[Row]) -> None:
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    head = "| what | median | 95th percentile | ratio | bound |\n|---|---|---|---|---|\n"
    PAGE.write_text(before + BEGIN + head + "".join(f"{row}\n" for row in rows) + END + after, encoding="utf-8")


def main() -> int:
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache  # nothing is known from another run
        rows = asyncio.run(measured())
    print(*rows, sep="\n")
    write(rows)
    worse = [row.what for row in rows if row.is_worse]
    print(*(f"worse than its bound by more than a third: {what}" for what in worse), sep="\n")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
