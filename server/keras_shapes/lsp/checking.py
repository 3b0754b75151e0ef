"""The check of the workspace: every file of its folders, as `keras-shapes check` would, shown in the editor."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lsprotocol import types as lsp

from keras_shapes.analysis import Analysis
from keras_shapes.api.driver import Checked, check_files
from keras_shapes.features.totals import kinds_of, totals_text
from keras_shapes.ignoring import Patterns, read_patterns
from keras_shapes.lsp.documents import key
from keras_shapes.lsp.progress import progress
from keras_shapes.lsp.publishing import forgotten
from keras_shapes.lsp.scheduling import make_means
from keras_shapes.lsp.server import CheckedFile, Server
from keras_shapes.lsp.snapshots import Part, Snapshot
from keras_shapes.python_files import Problem, find_files
from keras_shapes.source import Span

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Totals:
    """What a check has come to."""

    files: int
    models: Counter[str] = field(default_factory=Counter)

    def add(self, analysis: Analysis) -> None:
        """Count the models of a file."""
        self.models.update(kinds_of(analysis))

    def text(self) -> str:
        """One line for people."""
        return totals_text(self.files, self.models)


async def check_workspace(ls: Server) -> str:
    """Check all files of the folders that are open; what it came to, in a line."""
    await ls.configured.wait()
    files = await ls.threads.wait_for(lambda: _files(ls.folders, ls.settings.exclude))
    totals = Totals(len(files))
    closed = [path for path in files if not _is_open(ls, path, totals)]
    async with progress(ls, "Checking the workspace", cancellable=True, percentage=0) as shown:
        async for number, result in _results(ls, closed):
            if isinstance(result, Problem):
                logger.info("%s: %s", result.path, result.reason)
            elif result.analysis is not None:
                totals.add(result.analysis)
                _show(ls, result.path, result.analysis)
            if shown.cancelled:
                break
            shown.report(closed[number].name, 100 * (number + 1) // len(closed))
    if ls.client.refreshes_diagnostics:
        await ls.ask_client(ls.workspace_diagnostic_refresh_async(None))
    return totals.text()


async def _results(ls: Server, files: Sequence[Path]) -> AsyncIterator[tuple[int, Checked | Problem]]:
    """What `keras-shapes check` finds in each file, in order."""
    means = make_means(ls, set())
    results = check_files(files, means.keras, selection=means.selection, project=means.project, bounds=means.bounds)
    try:
        for number in range(len(files)):
            yield number, await ls.threads.wait_for(lambda: next(results))
    finally:
        await ls.threads.wait_for(results.close)


def _is_open(ls: Server, path: Path, totals: Totals) -> bool:
    """Whether a file is open, and analysed already."""
    opened = ls.documents.get(key(path.as_uri()))
    if opened is not None and opened.result is not None:
        totals.add(opened.result.analysis)
    return opened is not None


def _files(folders: Sequence[Path], exclude: Sequence[str]) -> list[Path]:
    excluded = read_patterns(exclude)
    found = [path for folder in folders for path in find_files([folder]) if isinstance(path, Path)]
    return [path for path in found if not any(_is_below(path, folder, excluded) for folder in folders)]


def _is_below(path: Path, folder: Path, excluded: Patterns) -> bool:
    return path.is_relative_to(folder) and excluded.ignores(path.relative_to(folder).as_posix())


def _show(ls: Server, path: Path, analysis: Analysis) -> None:
    """Show what was found in a file; the cells of a notebook have an address only while it is open."""
    uri, document = path.as_uri(), analysis.document
    if document.cells or not (analysis.diagnostics or key(uri) in ls.checked):
        return
    whole = Part(uri, None, Span(0, len(document.text)))
    checked = CheckedFile(Snapshot(uri, 0, document, (whole,)), tuple(map(forgotten, analysis.diagnostics)))
    ls.checked[key(uri)] = checked
    if ls.settings.diagnostics and not ls.client.pulls_diagnostics:
        places = ls.places(checked.snapshot)
        found = [places.diagnostic(each, ls.client.diagnostics) for each in checked.diagnostics]
        ls.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, found))
