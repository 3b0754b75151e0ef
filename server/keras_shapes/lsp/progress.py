"""Work-done progress: what takes long, where the client shows it."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from keras_shapes.lsp.server import Server

TOKEN_SECONDS = 3.0
"""A client that does not answer is not shown progress."""


class Progress:
    """One piece of work as the client shows it; shows nothing where `token` is None."""

    def __init__(self, ls: Server, token: str | None) -> None:
        self._ls = ls
        self._token = token

    @property
    def cancelled(self) -> bool:
        """Whether a person does not want it any more."""
        future = self._ls.work_done_progress.tokens.get(self._token) if self._token else None
        return future is not None and future.cancelled()

    def when_cancelled(self, stop: Callable[[], object]) -> None:
        """Call `stop` as soon as a person does not want it any more."""
        future = self._ls.work_done_progress.tokens.get(self._token) if self._token else None
        if future is not None:
            future.add_done_callback(lambda done: stop() if done.cancelled() else None)

    def report(self, message: str, percentage: int) -> None:
        """Say how far it is."""
        if self._token is not None:
            value = lsp.WorkDoneProgressReport(message=message, percentage=percentage)
            self._ls.work_done_progress.report(self._token, value)


@asynccontextmanager
async def progress(
    ls: Server, title: str, *, cancellable: bool = False, percentage: int | None = None
) -> AsyncIterator[Progress]:
    """Show that something is being done, until the block ends."""
    token = await _token(ls)
    if token is not None:
        begin = lsp.WorkDoneProgressBegin(title=title, cancellable=cancellable, percentage=percentage)
        ls.work_done_progress.begin(token, begin)
    try:
        yield Progress(ls, token)
    finally:
        if token is not None:
            ls.work_done_progress.end(token, lsp.WorkDoneProgressEnd())
            ls.work_done_progress.tokens.pop(token, None)


async def _token(ls: Server) -> str | None:
    if not ls.client.progress:
        return None
    token = f"keras-shapes {uuid.uuid4()}"
    answer = ls.work_done_progress.create_async(token)
    try:
        await asyncio.wait_for(answer, TOKEN_SECONDS)
    except (asyncio.TimeoutError, JsonRpcException):
        return None
    return token
