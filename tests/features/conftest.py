"""Programs analysed with one real Keras."""

from __future__ import annotations

from textwrap import dedent

import pytest

from keras_shapes.analysis import analyse
from keras_shapes.environments import choose_interpreter
from keras_shapes.files import python_document
from keras_shapes.keras_process import start_keras

IMPORTS = "import keras\nfrom keras import Input, Model, Sequential, layers\n"


@pytest.fixture(scope="session")
def keras(tmp_path_factory):
    """Real Keras, which remembers no answers of earlier runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        process = start_keras(choose_interpreter())
    yield process
    process.close()


@pytest.fixture(scope="session")
def analysed(keras):
    """The analysis of a program, whose imports are written already, in two lines."""
    return lambda program: analyse(python_document("program.py", IMPORTS + dedent(program)), keras)
