"""Keras is imported when the first document with a `Sequential` opens, and the client shows that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keras_shapes.lsp.progress import progress

if TYPE_CHECKING:
    from keras_shapes.keras_process import Keras
    from keras_shapes.lsp.server import Server


def warm_up(ls: Server) -> None:
    """Start Keras if it is not started, and show it."""
    if ls.warming is not ls.keras and ls.keras.state().phase == "cold":
        ls.warming = ls.keras
        ls.begin(_wait(ls, ls.keras))


async def _wait(ls: Server, keras: Keras) -> None:
    await ls.threads.wait_for(keras.start)
    versions = keras.versions()
    name = f"Keras {versions.keras}" if versions else "Keras"
    async with progress(ls, f"Starting {name}", cancellable=True) as shown:
        shown.when_cancelled(keras.kill)
        await ls.threads.wait_for(keras.wait)
    ls.warming = None
    for document in ls.documents.values():
        document.wake()  # who waits for the start of Keras need wait no longer
