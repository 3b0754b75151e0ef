"""One worker for all tests that do it no harm; nothing is kept in the user's own cache."""

import os
import sys
from pathlib import Path

import pytest

from keras_shapes.keras_process.launch import Launch
from keras_shapes.keras_process.process import WorkerProcess


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory):
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
    yield
    os.environ.pop("XDG_CACHE_HOME")
    if before is not None:
        os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture
def fork(monkeypatch):
    """These tests are about forked children, also where all others do without."""
    if sys.platform != "linux":
        pytest.skip("children are forked on Linux only")
    monkeypatch.delenv("KERAS_SHAPES_NO_FORK", raising=False)


@pytest.fixture(scope="session")
def worker():
    process = WorkerProcess(Launch(Path(sys.executable)))
    yield process
    process.kill()
