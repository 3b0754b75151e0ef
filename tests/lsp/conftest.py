"""Servers with a warm Keras that many tests share, and what they hold in common."""

from __future__ import annotations

import contextlib
import inspect
import itertools

import pytest
import pytest_asyncio
from clients import CLIENTS
from editor import started

NUMBERS = itertools.count(1)


def pytest_collection_modifyitems(items):
    """All tests of this folder run in one event loop, because they share servers."""
    for item in items:
        if "/lsp/" in item.path.as_posix() and inspect.iscoroutinefunction(item.function):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory):
    """A folder of its own for what servers remember on disk; and no environment is active, whoever runs the tests."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        for variable in ("VIRTUAL_ENV", "CONDA_PREFIX"):
            patch.delenv(variable, raising=False)
        yield folder


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def kept(cache):
    """Gives the editor of a name, with its server, which is started for the first test that asks. No delay."""
    editors = {}
    async with contextlib.AsyncExitStack() as stack:

        async def editor_of(name):
            if name not in editors:
                editors[name] = await stack.enter_async_context(started(CLIENTS[name](), settings={"delay": 0}))
            return editors[name]

        yield editor_of


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def pushed(kept):
    """An editor that announces nothing: diagnostics are pushed."""
    return await kept("minimal")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def vscode(kept):
    """VS Code: it pulls diagnostics."""
    return await kept("vscode")


@pytest_asyncio.fixture(scope="session", loop_scope="session", params=CLIENTS)
async def editor(request, kept):
    """Each kind of editor in turn."""
    return await kept(request.param)


@pytest.fixture
def uri(tmp_path):
    """A file that no other test opens."""
    return (tmp_path / f"model{next(NUMBERS)}.py").as_uri()
