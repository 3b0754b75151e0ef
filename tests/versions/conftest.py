"""One environment, which `nox -s keras-versions` names: its interpreter, and what is known of it."""

import json
import os
from pathlib import Path

import pytest
import tomllib

NAME = os.environ.get("KERAS_SHAPES_VERSION")
PYTHON = os.environ.get("KERAS_SHAPES_PYTHON")
RESULTS = os.environ.get("KERAS_SHAPES_RESULTS")


def pytest_collection_modifyitems(items):
    if NAME is None:
        for item in items:
            if "/versions/" in item.path.as_posix():
                item.add_marker(pytest.mark.skip(reason="nox -s keras-versions runs it"))


@pytest.fixture(scope="session")
def environment():
    """What `environments.toml` says of the environment, and its `python`."""
    table = tomllib.loads(Path(__file__).with_name("environments.toml").read_text(encoding="utf-8"))
    return {"variables": {}, **table[NAME], "python": PYTHON}


@pytest.fixture(scope="session")
def variables(environment):
    """The environment of processes that run there, or ask about it."""
    return {**os.environ, **environment["variables"]}


@pytest.fixture(scope="session")
def results():
    """What the table in docs says of the environment; written when all tests have run."""
    found = {}
    yield found
    if RESULTS:
        Path(RESULTS).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
