"""The user's own code whose state the program sets after it has made an object: never a refusal of Keras."""

import sys
from textwrap import dedent

import pytest

from keras_shapes.analysis import analyse
from keras_shapes.environments import choose_interpreter
from keras_shapes.files import python_document
from keras_shapes.keras_process import start_keras

LATE = {
    "an attribute": """
        class Late(layers.Layer):
            def call(self, x):
                return x * self.k
        late = Late()
        late.k = 2.0
        """,
    "a method of the class": """
        class Late(layers.Layer):
            def __init__(self):
                super().__init__()
                self.inner = None
            def setup(self, n):
                self.inner = layers.Dense(n)
            def call(self, x):
                return self.inner(x)
        late = Late()
        late.setup(5)
        """,
    "adapt": """
        class Late(layers.Layer):
            def adapt(self, data):
                self.mean = data.mean(axis=0)
            def call(self, x):
                return x - self.mean
        late = Late()
        late.adapt(np.zeros((10, 4)))
        """,
    "a global name": """
        SIZE = None
        def init():
            global SIZE
            SIZE = 3
        class Late(layers.Layer):
            def build(self, shape):
                self.inner = layers.Dense(SIZE)
            def call(self, x):
                return self.inner(x)
        init()
        late = Late()
        """,
}
NEVER_SET = """
class Late(layers.Layer):
    def call(self, x):
        return x * self.k
late = Late()
"""


@pytest.fixture(scope="module")
def found():
    if sys.platform != "linux":
        pytest.skip("children are forked on Linux only")
    keras = start_keras(choose_interpreter(), run_code=True)

    def run(program):
        head = "import numpy as np\nfrom keras import Input, Sequential, layers\n"
        tail = "model = Sequential([Input((4,)), late, layers.Dense(2)])\n"
        return analyse(python_document("program.py", head + dedent(program) + tail), keras)

    yield run
    keras.close()


@pytest.mark.parametrize("program", LATE.values(), ids=LATE)
def test_what_is_set_after_it_is_made_is_not_known(found, program):
    analysis = found(program)
    assert analysis.diagnostics == ()
    assert analysis.models[-1].status.reason == "Late depends on what the program sets after it is made"


def test_what_is_never_set_is_refused(found):
    assert [each.code for each in found(NEVER_SET).diagnostics] == ["incompatible-input"]
