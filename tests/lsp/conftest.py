"""One server with a warm Keras for the tests that only look, and fresh ones for those that do more."""

from __future__ import annotations

import pytest
from editor import started
from lsprotocol import types as lsp

MINIMAL = lsp.ClientCapabilities()


@pytest.fixture
def cache(tmp_path_factory, monkeypatch):
    """An empty folder for what the server remembers."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


@pytest.fixture
async def editor(cache):
    async with started(MINIMAL, settings={"delay": 0}) as each:
        yield each
