"""The command that reads the shape of data from their file, and writes the comment that declares it."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp

from keras_shapes.data_files import UnreadableData, shape_in
from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.data_paths import DataPath, data_files
from keras_shapes.fixes.undeclared import Undeclared
from keras_shapes.lsp.actions import workspace_edit
from keras_shapes.lsp.documents import OpenDocument
from keras_shapes.lsp.scheduling import asked_document
from keras_shapes.lsp.server import Server
from keras_shapes.source import Span


async def read_shape(ls: Server, data: Any = None, *_: Any) -> str | None:
    """The comment, written into the document; null where it is not, which is said in one line."""
    uri = data.get("uri") if isinstance(data, dict) else None
    document = asked_document(ls, uri) if isinstance(uri, str) else None
    if document is None or not ls.settings.trusted:
        return None
    found = _data_at(document, data)
    if found is None:
        ls.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Info, "keras-shapes: the text has changed"))
        return None
    return await _declare(ls, document, *found)


def _data_at(document: OpenDocument, data: dict[str, Any]) -> tuple[Undeclared, DataPath] | None:
    """The data whose name begins there, in a text that is still the newest."""
    snapshot = document.snapshot
    if document.result is None or not document.current or data.get("revision") != snapshot.revision:
        return None
    files = data_files(document.result.analysis)
    return next((each for each in files if each[0].span.start == data.get("start")), None)


async def _declare(ls: Server, document: OpenDocument, data: Undeclared, path: DataPath) -> str | None:
    snapshot = document.snapshot
    place = _place(ls, snapshot.document.path, path.path)
    try:
        shape = await ls.threads.wait_for(functools.partial(shape_in, place, path.member))
    except UnreadableData as error:
        message = f"keras-shapes: {place}: {error}"
        ls.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Warning, message))
        return None
    if document.snapshot is not snapshot:
        return None
    comment = f"# keras-shapes: shape {shape.text}"
    edit = workspace_edit(ls, snapshot, [Edit(Span(data.end, data.end), f"  {comment}")])
    await ls.ask_client(ls.workspace_apply_edit_async(lsp.ApplyWorkspaceEditParams(edit)))
    return comment


def _place(ls: Server, document: str, path: str) -> Path:
    """Where the program finds the file: from its own folder, else from a folder of the workspace."""
    folders = [Path(document).parent, *ls.folders]
    places = [folder / Path(path).expanduser() for folder in folders]
    return next((place for place in places if place.exists()), places[0])
