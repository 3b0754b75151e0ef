"""Files that change outside the editor: modules that open documents import, and the repository's settings."""

from __future__ import annotations

from lsprotocol import types as lsp

from keras_shapes.lsp.configuring import configure
from keras_shapes.lsp.documents import path_of
from keras_shapes.lsp.scheduling import schedule_all, schedule_users
from keras_shapes.lsp.server import Server


async def did_change_watched_files(ls: Server, params: lsp.DidChangeWatchedFilesParams) -> None:
    """Read anew what depends on the files; one that came or went may be what an import means."""
    changed = [change.uri for change in params.changes]
    if any(path_of(uri).endswith("pyproject.toml") for uri in changed):
        await configure(ls)
    if any(change.type != lsp.FileChangeType.Changed for change in params.changes):
        ls.project.forget()
        schedule_all(ls)
        return
    for uri in changed:
        schedule_users(ls, uri)
