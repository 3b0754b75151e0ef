"""Whatever a text holds, reading it and asking about it takes a bounded time: here as processor time of the thread."""

from __future__ import annotations

import threading
import time

import pytest

from keras_shapes.analysis import conclude
from keras_shapes.features.hints import hints
from keras_shapes.features.lenses import lenses
from keras_shapes.files import python_document
from keras_shapes.keras_process.recipe import encode_model
from keras_shapes.keras_process.training_recipe import encode_training
from keras_shapes.reader import Cancelled, read
from keras_shapes.verdict import Unavailable

HEAD = """\
import numpy as np
import pandas as pd
import tensorflow as tf
import sys
import keras
from keras import Input, Sequential
from keras.layers import Conv2D, Dense
m = Sequential([Input((4,)), Dense(3)])
"""
SECONDS = 3
"""On a busy machine: what is longest here takes less than a third of it on one that is at rest."""


def doubled(start: str, step: str, times: int, end: str) -> str:
    """A value that grows with each line."""
    return f"a = {start}\n" + f"a = {step}\n" * times + end


TEXTS = {
    "lists in lists, as data": doubled("['x'] * 10", "[a] * 10", 12, "m.fit(a, a)"),
    "tuples in tuples, as data": doubled("('x',)", "(a, a)", 40, "m.fit(a, a)"),
    "dictionaries in dictionaries, as data": doubled("1", "{'x': a, 'y': a}", 40, "m.fit(a, a)"),
    "a loss": doubled("['mse'] * 10", "[a] * 10", 12, "m.compile(loss=a, metrics=a)\nm.fit(a, callbacks=a)"),
    "an argument of a layer": doubled("(1,)", "(a, a)", 40, "m.add(Dense(a, activation=a))"),
    "an array": doubled("[1] * 10", "[a] * 10", 12, "x = np.array(a)\nm.fit(x, x)\ny = np.concatenate(a)"),
    "an array by different ways": doubled("[1]", "[[a, a], [a, a]]", 30, "m.fit(np.array(a))"),
    "a key": doubled("(1,)", "(a, a)", 60, "d = {a: 1}\ns = {a}\nt = set([a])\nx = a in d\nd[a] = 2"),
    "compared": doubled("(1,)", "(a, a)", 60, "") + doubled("[2]", "[a, a]", 60, "b = a\n") + "x = a == [a]\ny = a < b",
    "sorted": doubled("(1,)", "(a, a)", 60, "x = sorted([a, a])\ny = max(a, a)\nz = min([a], key=lambda b: b)"),
    "alike": doubled(
        "(1,)", "(a, a)", 60, "b = a\nif sys.argv[1]:\n  a = (b, 1)\nfor a in foo:\n  b = (a, b)\nm.fit(b)"
    ),
    "a dataset": doubled("[1]", "[a] * 5", 20, "m.fit(tf.data.Dataset.from_tensor_slices((a, a)).batch(2))"),
    "datasets": doubled("tf.data.Dataset.range(5)", "tf.data.Dataset.zip((a, a, a))", 30, "m.fit(a.batch(2))"),
    "itself": "a = [1]\na.append(a)\nm.fit(a, np.array(a))\nx = a == [a]\nm.add(Dense(a))",
    "deep": doubled("[1]", "[a]", 3_000, "m.fit(np.array(a), a)"),
    "a literal": "x = np.array([[0] * 1000] * 1000)\nm.fit(x, x)",
    "a larger literal": "x = np.array([[[[[0] * 1000] * 1000] * 1000] * 1000] * 1000)\nm.fit(x, x)",
    "a list of lists as data": "x = [[0] * 1000] * 1000\nm.fit(x, x)",
    "numbers": "n = int(sys.argv[1])\n" + "n = n * n\n" * 60 + "m.add(Dense(n))\nk = 3\n" + "k = k * k\n" * 60,
    "quotients": "n = int(sys.argv[1])\n" + "n = n // (n + 1)\n" * 60 + "m.add(Dense(n))",
    "axes": "a = np.arange(10**18)\nm.fit(np.meshgrid(*[a] * 1000))",
    "columns": "d = pd.DataFrame({i: [0] for i in range(1000)})\n"
    + "d = pd.concat([d] * 1000, axis=1)\n" * 9
    + "m.fit(d)",
    "bases": "class A: pass\n" + "class A(A, A): pass\n" * 60 + "A().x\nm.add(A())",
    "loops": "".join("  " * i + f"for i{i} in range(1000):\n" for i in range(15)) + "  " * 15 + "m.add(Dense(4))",
    "conditions": "".join(f"if sys.argv[{i}] > '1': m.add(Dense(3))\n" for i in range(1_000)),
    "layers": "m.add(Dense(3))\n" * 5_000,
    "fits": "m.fit(np.zeros((3, 4)))\n" * 3_000,
    "models": "Sequential([Input((4,)), Conv2D(3, 3)])\n" * 2_000,
    "functions": "".join(f"def f{i}(n):\n  m = Sequential([Input((n,))])\n  m.fit(n)\n" for i in range(1_000)),
    "a graph": doubled("i = Input((4,))", "keras.layers.Add()([a, a])", 60, "keras.Model(i, a)"),
    "a graph of operators": doubled("i = Input((4,))", "a + a", 60, "keras.Model(i, a)"),
    "tensors in lists": doubled("[Input((4,))]", "[a, a]", 40, "b = keras.layers.Concatenate()(a)\nkeras.Model(b, b)"),
    "nothing in lists": doubled(
        "[1]", "[a, a]", 40, "b = keras.layers.Concatenate()(a)\nc = keras.ops.add(a, a)\nm(a)"
    ),
    "sizes of tensors": doubled(
        "Input((4,)).shape[1]", "a * a", 60, "m.add(Dense(a))\nkeras.Model(a, Dense(a)(Input((4,))))"
    ),
    "asked sizes": doubled(
        "keras.backend.int_shape(Dense(3)(Input((4,))))[1]", "a + a", 60, "m.add(Dense(a))\nkeras.ops.add(a, a)"
    ),
    "choices by shapes": doubled(
        "Dense(3)(Input((4,)))", "Dense(3)(a) if a.shape[1] == 3 else Dense(4)(a)", 40, "keras.Model(a, a)"
    ),
    "a graph in a call": "class M(keras.Model):\n  def call(self, a):\n"
    + "    a = a * a + Dense(4)(a)\n" * 60
    + "    return a[0] + a[1]\nM()(Input((4,)))",
    "gates": doubled("i = Input((8, 8, 4))", "a * Dense(4)(a) + a", 60, "keras.Model(i, [a, a])"),
    "parts of tensors": doubled("Input((4, 4))", "a[0] + a[1]", 60, "keras.Model(a, a)"),
    "blocks": "def f(x): return keras.layers.Add()([Dense(4)(x), x])\n"
    + doubled("Input((4,))", "f(f(a)) + f(a)", 40, "keras.Model(a, a)"),
    "models in models": doubled("Sequential([Dense(3)])", "Sequential([a, a])", 40, "a.summary()\na.fit(a, a)"),
    "models of models": "i = Input((4,))\n"
    + doubled("keras.Model(i, Dense(4)(i))", "keras.Model(i, a(a(i)))", 40, "a.summary()"),
    "broken lines": "if a\n" * 20_000,
    "broken brackets": "x = (\n" * 20_000,
    "broken blocks": "class A\n  x y\n" * 10_000,
    "operators in a row": doubled("i = Input((4,))", "a + a", 3_000, "keras.Model(i, a)"),
    "parts of parts": doubled("i = Input((4,))", "a[0]", 3_000, "keras.Model(i, a)"),
    "a layer again and again": "d = Dense(4)\n" + doubled("i = Input((4,))", "d(a)", 10_000, "keras.Model(i, a)"),
    "a graph in pieces": "def f(a):\n"
    + "  a = keras.layers.ReLU()(a)\n" * 90
    + "  return a\n"
    + doubled("i = Input((4,))", "f(a)", 1_000, "keras.Model(i, a)"),
    "models in a row": doubled("Sequential([Input((4,)), Dense(4)])", "Sequential([a])", 1_000, "a.summary()"),
    "functional models in a row": "i = Input((4,))\na = keras.Model(i, Dense(4)(i))\n"
    + "i = Input((4,))\na = keras.Model(i, a(i))\n" * 1_000,
    "a model at each layer": "i = a = Input((4,))\n" + "a = Dense(4)(a)\nm = keras.Model(i, a)\n" * 1_000,
    "models with one layer": "d = Dense(4)\n" + "i = d(Input((4,)))\nkeras.Model(i, i)\n" * 1_000,
    "functional models": "i = Input((4,))\n" + "keras.Model(i, Dense(3)(Dense(4)(i)))\n" * 2_000,
    "a model in many": "a = Sequential([Dense(4)] * 500)\n" + "Sequential([a])\n" * 1_000,
    "classes in each other": "class A(keras.layers.Layer):\n  def call(self, a): return B()(a)\n"
    "class B(keras.layers.Layer):\n  def call(self, a): return A()(a)\nB()(Input((4,)))",
    "a call that calls itself": "class M(keras.Model):\n  def call(self, a): return self.call(Dense(4)(a)) + self(a)\n"
    "M()(Input((4,)))",
    "subclasses of subclasses": "class A(keras.Model): pass\n"
    + "class A(A):\n  def call(self, a): return super().call(super().call(a))\n" * 200
    + "A()(Input((4,)))",
    "shapes that double": "a = Input((4,))\n"
    + "if a.shape[-1] < 10**9:\n  a = keras.layers.Concatenate()([a, a])\n" * 60
    + "keras.Model(a, a)",
    "functions in a row": "".join(f"def f{i}(): f{i - 1}(); Sequential()\n" for i in range(1_000)),
}


def timed(text: str) -> float:
    """Processor seconds for all that is done in front of the worker; the rules and readers are loaded before."""
    document = python_document("/model.py", text)
    start = time.thread_time()
    reading = read(document)
    for model in reading.models:
        encode_model(model)
        encode_training(model)
    analysis = conclude(document, reading, [Unavailable("not asked")] * len(reading.models))
    hints(analysis, "all")
    lenses(analysis)
    return time.thread_time() - start


def in_thread(function):
    """The result of a function in a thread with the stack of the server's."""
    found = []
    threading.stack_size(64 << 20)
    thread = threading.Thread(target=lambda: found.append(function()), daemon=True)
    thread.start()
    thread.join(60)
    threading.stack_size(0)
    return found.pop()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_reading_is_bounded(text):
    timed(HEAD)
    assert in_thread(lambda: timed(HEAD + text)) < SECONDS


def model_of(text: str):
    return read(python_document("/model.py", HEAD + text)).models[0]


@pytest.mark.parametrize(
    "text",
    [
        "for i in range(10**12): m.add(Dense(4))",
        TEXTS["loops"],
        "x = 0\n"
        + TEXTS["loops"].replace("m.add(Dense(4))", "f()").replace("for i0", "def f(): m.add(Dense(4))\nfor i0"),
        "x = [" + "f(1), " * 30_000 + "m.add(Dense(4))]",
        "Sequential()\n" * 10_000 + "m.add(Dense(4))",
    ],
    ids=["turns", "nested", "in a function", "a long statement", "a long file"],
)
def test_what_is_not_read_to_its_end_leaves_no_known_model(text):
    assert model_of(text).incomplete is not None


@pytest.mark.parametrize(
    ("start", "step"),
    [
        ("Sequential([Input((4,)), Dense(4)])", "Sequential([a, a])"),
        ("Sequential([Input((4,)), Dense(4)])", "Sequential([keras.layers.TimeDistributed(a), a])"),
        ("i = Input((4,))\na = keras.Model(i, Dense(4)(i))", "keras.Model(i, a(a(i)))"),
    ],
    ids=["in a list", "in a wrapper", "applied"],
)
def test_models_inside_models_count_as_often_as_keras_makes_them(start, step):
    def unread(times: int) -> bool:
        text = HEAD + doubled(start, step, times, "").replace("a = i =", "i =")
        return any(model.incomplete for model in read(python_document("/model.py", text)).models)

    assert not unread(4)
    assert unread(20)


@pytest.mark.parametrize(
    "text",
    [TEXTS["broken lines"], TEXTS["broken lines"] * 3, TEXTS["a graph in pieces"].replace("m = ", "")],
    ids=["broken", "long and broken", "too much"],
)
def test_a_text_of_which_nothing_is_read_says_so(text):
    text = HEAD.replace("m = Sequential", "print") + text
    reading = read(python_document("/model.py", text))
    assert not [model for model in reading.models if model.kind in ("sequential", "functional")]
    assert reading.problem is not None


def test_literals_keep_their_shapes():
    text = "x = np.array([[[0] * 1000] * 1000] * 1000)\nm.fit(x)\nk = len(range(10**30))\nm.add(Dense(k))"
    model = model_of(text)
    assert model.training[0].arguments[0].value.shape == (1000, 1000, 1000)
    assert model.nodes[-1].expression.arguments[0].value == 10**30


def test_reading_can_be_cancelled_anywhere():
    for text in TEXTS.values():
        with pytest.raises(Cancelled):
            read(python_document("/model.py", HEAD + text + "\n" + "x = 1\n" * 500), cancelled=lambda: True)
