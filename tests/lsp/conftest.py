"""Servers with a warm Keras that many tests share, and what they hold in common."""

from __future__ import annotations

import inspect
import itertools

import pytest
import pytest_asyncio
from clients import CLIENTS, minimal, visual_studio_code
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
async def pushed(cache):
    """An editor that announces nothing: diagnostics are pushed. No delay."""
    async with started(minimal(), settings={"delay": 0}) as editor:
        yield editor


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def vscode(cache):
    """VS Code: it pulls diagnostics. No delay."""
    async with started(visual_studio_code(), settings={"delay": 0}) as editor:
        yield editor


@pytest_asyncio.fixture(scope="session", loop_scope="session", params=CLIENTS)
async def editor(request, cache):
    """Each kind of editor in turn. No delay."""
    async with started(CLIENTS[request.param](), settings={"delay": 0}) as each:
        yield each


@pytest.fixture
def uri(tmp_path):
    """A file that no other test opens."""
    return (tmp_path / f"model{next(NUMBERS)}.py").as_uri()
