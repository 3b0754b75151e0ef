"""The check of the workspace: every file of its folders, as `keras-shapes check` would, shown in the editor."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from keras_shapes.analysis import Analysis
from keras_shapes.features.totals import kinds_of, totals_text
from keras_shapes.files import UnreadableFile, read_document
from keras_shapes.ignoring import Patterns, read_patterns
from keras_shapes.lsp.analysing import analyse
from keras_shapes.lsp.documents import key
from keras_shapes.lsp.progress import progress
from keras_shapes.lsp.scheduling import make_means
from keras_shapes.lsp.server import CheckedFile
from keras_shapes.lsp.snapshots import Part, Snapshot
from keras_shapes.python_files import find_files
from keras_shapes.reader.limits import never
from keras_shapes.source import Span

if TYPE_CHECKING:
    from keras_shapes.lsp.server import Server

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Totals:
    """What a check has come to."""

    files: int = 0
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
    totals = Totals()
    async with progress(ls, "Checking the workspace", cancellable=True, percentage=0) as shown:
        for number, path in enumerate(files):
            if shown.cancelled:
                break
            shown.report(path.name, 100 * number // len(files))
            await _check(ls, path, totals)
    if ls.client.refreshes_diagnostics:
        await ls.ask_client(ls.workspace_diagnostic_refresh_async(None))
    return totals.text()


def _files(folders: Sequence[Path], exclude: Sequence[str]) -> list[Path]:
    excluded = read_patterns(exclude)
    found = [path for folder in folders for path in find_files([folder]) if isinstance(path, Path)]
    return [path for path in found if not any(_is_below(path, folder, excluded) for folder in folders)]


def _is_below(path: Path, folder: Path, excluded: Patterns) -> bool:
    return path.is_relative_to(folder) and excluded.ignores(path.relative_to(folder).as_posix())


async def _check(ls: Server, path: Path, totals: Totals) -> None:
    totals.files += 1
    opened = ls.documents.get(key(path.as_uri()))
    if opened is not None:
        if opened.result is not None:
            totals.add(opened.result.analysis)
        return
    try:
        document = await ls.threads.wait_for(lambda: read_document(path))
    except UnreadableFile as error:
        logger.info("%s: %s", path, error)
        return
    snapshot = Snapshot(path.as_uri(), 0, document, (Part(path.as_uri(), None, Span(0, len(document.text))),))
    async for step in analyse(snapshot, make_means(ls, set()), never):
        if step.final:
            totals.add(step.analysis)
            _show(ls, CheckedFile(snapshot, step.analysis.diagnostics))


def _show(ls: Server, checked: CheckedFile) -> None:
    """Show what was found in a file; the cells of a notebook have an address only while it is open."""
    uri = checked.snapshot.uri
    if checked.snapshot.document.cells or not (checked.diagnostics or key(uri) in ls.checked):
        return
    ls.checked[key(uri)] = checked
    if ls.settings.diagnostics and not ls.client.pulls_diagnostics:
        places = ls.places(checked.snapshot)
        found = [places.diagnostic(each, ls.client.diagnostics) for each in checked.diagnostics]
        ls.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, found))
