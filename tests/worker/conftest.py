"""What the tests of building share: importing Keras takes seconds."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from layer_table import pairs
from making import Worker


@pytest.fixture(scope="session")
def worker():
    started = Worker()
    yield started
    started.close()


@pytest.fixture(scope="session")
def workers(worker):
    """One that remembers what it was asked, and one that does not."""
    without = Worker(memo=False)
    yield worker, without
    without.close()


@pytest.fixture(scope="session")
def eager():
    """What an eager build says of every layer on every input."""
    sources = [f"[{given}, {layer}]" for given, layer in pairs()]
    finished = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("eager.py"))],
        input="\n".join(sources),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"},
    )
    return dict(zip(pairs(), map(json.loads, finished.stdout.splitlines()), strict=True))
