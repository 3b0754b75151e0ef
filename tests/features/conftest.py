"""Programs analysed with one real Keras."""

from __future__ import annotations

from textwrap import dedent

import pytest

from keras_shapes.analysis import analyse
from keras_shapes.files import python_document

IMPORTS = "import keras\nfrom keras import Input, Model, Sequential, layers\n"


@pytest.fixture(scope="session")
def analysed(keras):
    """The analysis of a program, whose imports are written already, in two lines."""
    return lambda program: analyse(python_document("program.py", IMPORTS + dedent(program)), keras)
