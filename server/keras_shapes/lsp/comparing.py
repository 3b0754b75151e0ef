"""Compare a document with its text in git's HEAD, until somebody says that it is enough."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp

from keras_shapes.analysis import Analysis, conclude, look
from keras_shapes.committed import NotCommittedError, committed
from keras_shapes.features.changes import Changes, Earlier
from keras_shapes.files import UnreadableFile, document_of
from keras_shapes.lsp.analysing import Means
from keras_shapes.lsp.documents import OpenDocument, path_of
from keras_shapes.lsp.scheduling import asked_document, make_means
from keras_shapes.lsp.server import Server
from keras_shapes.watchdog import TookTooLong

UNTRUSTED = "git is run only in a trusted workspace"


async def compare_with_head(ls: Server, uri: Any = None, *_: Any) -> str | None:
    """Tell in hovers and in `keras-shapes/models` what changed since HEAD; asked again, since the last edit as before.

    What is different now is shown and returned, or why it cannot be told.
    """
    document = asked_document(ls, uri) if isinstance(uri, str) else None
    if document is None:
        return None
    if document.head is not None:
        document.head = None
        return _say(ls, "what changed is told of the last edit again")
    if not ls.settings.trusted:
        return _say(ls, UNTRUSTED)
    means = make_means(ls, set())
    try:
        earlier = await ls.threads.wait_for(functools.partial(_head, path_of(document.snapshot.uri), means))
    except (NotCommittedError, UnreadableFile, TookTooLong) as reason:
        return _say(ls, str(reason) or "the text in HEAD takes too long")
    document.head = earlier
    return _say(ls, await _words(document, earlier))


def _head(path: str, means: Means) -> Earlier:
    """The file in HEAD, with what Keras says of its models."""
    found = committed(Path(path))
    old = document_of(path, found.data)
    reading = look(old, means.project, means.bounds)
    verdicts = means.keras.evaluate(reading.models, timeout=means.bounds.seconds)
    return Earlier(conclude(old, reading, verdicts, means.selection), f"HEAD {found.revision}")


async def _words(document: OpenDocument, earlier: Earlier) -> str:
    """`since HEAD 1a2b3c4: model: 3 layers changed, +1.2 M parameters`."""
    result = await document.wait_for_all()
    told = [] if result is None else list(_changes(result.analysis, earlier))
    return f"since {earlier.since}: {'; '.join(told) or 'no shape and no number of parameters changed'}"


def _changes(analysis: Analysis, earlier: Earlier) -> list[str]:
    found, changes = [], Changes(earlier, analysis)
    for model in analysis.models:
        change = changes.of(model) if model.model.kind != "open" else None
        if change is not None and change.words:
            found.append(f"{model.model.name or 'model'}: {change.words}")
    return found


def _say(ls: Server, text: str) -> str:
    ls.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Info, f"keras-shapes: {text}"))
    return text
