"""The beginning and the end: `initialize`, `initialized`, `shutdown`, and a client that dies."""

from __future__ import annotations

import asyncio
import gc
import os

from lsprotocol import types as lsp

from keras_shapes.lsp.client import read_client
from keras_shapes.lsp.ending import end_now
from keras_shapes.lsp.server import Server
from keras_shapes.lsp.texts import Texts
from keras_shapes.settings import SECTION

WATCHED = ("**/*.py", "**/*.ipynb", "**/pyproject.toml")
LOOK_SECONDS = 3.0
"""How often it is looked whether the client is still there. Most are noticed at once: their pipe closes."""


def initialize(ls: Server, params: lsp.InitializeParams) -> None:
    """Take note of the client; pygls answers."""
    before = ls.workspace
    ls.protocol._workspace = Texts(  # noqa: SLF001 - pygls has no other place for a workspace of one's own
        before.root_uri, workspace_folders=list(before.folders.values()), position_encoding=before.position_encoding
    )
    ls.client = read_client(params.capabilities)
    options = params.initialization_options
    if isinstance(options, dict):
        nested = options.get("settings", options.get(SECTION))
        ls.sent_settings = nested if isinstance(nested, dict) else options


async def initialized(ls: Server, _: lsp.InitializedParams) -> None:
    """Ask for the settings, and to be told of changes."""
    from keras_shapes.lsp.configuring import configure  # loads all the rest

    gc.freeze()  # what is loaded stays: looking through it would take longer than an edit
    if ls.process_id is not None:
        _end_with(ls, ls.process_id)
    registrations = [*_registrations(ls)]
    if registrations:
        await ls.ask_client(ls.client_register_capability_async(lsp.RegistrationParams(registrations)))
    await configure(ls)


def shutdown(ls: Server, _: None) -> None:
    """End Keras; the process ends with `exit`."""
    ls.orderly = True
    ls.close()


def _registrations(ls: Server) -> list[lsp.Registration]:
    found = []
    if ls.client.registers_configuration:
        options = lsp.DidChangeConfigurationRegistrationOptions(section=SECTION)
        found.append(lsp.Registration("configuration", lsp.WORKSPACE_DID_CHANGE_CONFIGURATION, options))
    if ls.client.registers_watchers:
        watchers = [lsp.FileSystemWatcher(glob) for glob in WATCHED]
        watch = lsp.DidChangeWatchedFilesRegistrationOptions(watchers)
        found.append(lsp.Registration("files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, watch))
    return found


def _end_with(ls: Server, client: int) -> None:
    """End when the client's process has ended, though somebody else still holds its end of the pipe."""
    if _is_alive(client):
        asyncio.get_running_loop().call_later(LOOK_SECONDS, _end_with, ls, client)
        return
    end_now(ls, 1)  # a thread waits for input that may never end


def _is_alive(process: int) -> bool:
    if os.name == "nt":  # there, asking after a process this way would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
