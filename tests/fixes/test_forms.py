"""A chain in its other forms and back, and blocks in functions: the same in real Keras, comments where they were."""

from __future__ import annotations

import os
import random

import pytest

from keras_shapes.analysis import analyse
from keras_shapes.files import python_document
from keras_shapes.fixes.apply import edited
from keras_shapes.fixes.refactoring import keeps_models, refactorings
from keras_shapes.source import Span

PROGRAMS = int(os.environ.get("KERAS_SHAPES_FORMS", "6"))
"""So many made-up programs are tried."""

LIST = """\
import keras
from keras import layers
from keras.models import Sequential

model = Sequential([
    # what comes in
    keras.Input((28, 28, 1)),  # grey

    layers.Conv2D(32, 3,
                  activation="relu"),
    layers.MaxPooling2D(),
    layers.Conv2D(64, 3,
                  activation="relu"),
    layers.MaxPooling2D(),
    layers.Flatten(),
    layers.Dense(
        10,  # ten
        activation="softmax",
    ),
], name="net")
model.compile(loss="mse")
"""

ADDS = """\
import keras
from keras import layers
from keras.models import Sequential

model = Sequential(name="net")
# what comes in
model.add(keras.Input((28, 28, 1)))  # grey

model.add(layers.Conv2D(32, 3,
                        activation="relu"))
model.add(layers.MaxPooling2D())
model.add(layers.Conv2D(64, 3,
                        activation="relu"))
model.add(layers.MaxPooling2D())
model.add(layers.Flatten())
model.add(layers.Dense(
    10,  # ten
    activation="softmax",
))
model.compile(loss="mse")
"""

FUNCTIONAL = """\
import keras
from keras import layers
from keras.models import Model

# what comes in
inputs = keras.Input((28, 28, 1))  # grey

x = layers.Conv2D(32, 3,
                  activation="relu")(inputs)
x = layers.MaxPooling2D()(x)
x = layers.Conv2D(64, 3,
                  activation="relu")(x)
x = layers.MaxPooling2D()(x)
x = layers.Flatten()(x)
outputs = layers.Dense(
    10,  # ten
    activation="softmax",
)(x)
model = Model(inputs, outputs, name="net")
model.compile(loss="mse")
"""


@pytest.fixture(scope="module")
def rewritten(keras):
    """The proven texts that a program may be rewritten to, by the first words of their titles."""

    def run(program):
        analysis = analyse(python_document("program.py", program), keras)
        texts = {}
        for fix in refactorings(analysis, Span(0, len(program))):
            after = edited(analysis.document, fix.edits)
            assert keeps_models(analysis, analyse(after, keras)), after.text
            texts[" ".join(fix.title.split()[:4])] = after.text
        return texts

    return run


def test_there_and_back_with_all_comments(rewritten):
    assert rewritten(LIST)["Write with model.add(…)"] == ADDS
    assert rewritten(ADDS)["Write as a list:"] == LIST
    assert rewritten(ADDS)["Write as a functional"] == FUNCTIONAL
    # The comment above the first layer stays where it is: it may be about the model.
    above = LIST.replace("    # what comes in\n", "").replace("model = Seq", "# what comes in\nmodel = Seq")
    assert rewritten(FUNCTIONAL)["Write as a list:"] == above


@pytest.mark.parametrize(
    ("program", "defined", "called"),
    [
        (
            LIST,
            "def conv_block(filters):\n    return [\n        layers.Conv2D(filters, 3,\n",
            "    *conv_block(32),\n    *conv_block(64),\n    layers.Flatten(),\n",
        ),
        (
            ADDS,
            "def conv_block(model, filters):\n    model.add(layers.Conv2D(filters, 3,\n",
            "\nconv_block(model, 32)\nconv_block(model, 64)\nmodel.add(layers.Flatten())\n",
        ),
        (
            FUNCTIONAL,
            "def conv_block(x, filters):\n    x = layers.Conv2D(filters, 3,\n",
            "\nx = conv_block(inputs, 32)\nx = conv_block(x, 64)\nx = layers.Flatten()(x)\n",
        ),
    ],
)
def test_layers_that_repeat_become_a_function(program, defined, called, rewritten):
    after = rewritten(program)["Extract 2 times 2"]
    assert f"\n\n\n{defined}" in after
    assert called in after


def test_an_input_shape_becomes_the_input_of_a_functional_model(rewritten):
    program = (
        "from keras.models import Sequential\nfrom keras.layers import Dense\n\n"
        "net = Sequential()\nnet.add(Dense(8, input_dim=4))\nnet.add(Dense(1))\n"
    )
    assert rewritten(program)["Write as a functional"] == (
        "from keras.models import Model\nfrom keras.layers import Input, Dense\n\n"
        "inputs = Input(shape=(4,))\nx = Dense(8)(inputs)\noutputs = Dense(1)(x)\nnet = Model(inputs, outputs)\n"
    )


BEGIN = "import keras\nfrom keras import layers\n"


@pytest.mark.parametrize(
    "program",
    [
        "m = keras.Sequential([keras.Input((4,)), *[layers.Dense(2)] * 2])\n",
        "m = keras.Sequential()\nm.add(keras.Input((4,)))\nprint(m)\nm.add(layers.Dense(2))\n",
        "m = keras.Sequential()\nm.add(keras.Input((4,)))\nfor n in (3, 2):\n    m.add(layers.Dense(n))\n",
        "a = keras.Input((4,))\nx = layers.ReLU()(a)\ny = layers.ReLU()(x)\nm = keras.Model(a, y)\nprint(x)\n",
        "a = keras.Input((4,))\nx = layers.Dense(4)(a)\nx = layers.add([a, x])\nm = keras.Model(a, x)\n",
        "a = keras.Input((4,))\nx = layers.Dense(4)(a)\nm = keras.Model(a, x)\nn = keras.Model(a, layers.ReLU()(x))\n",
        "a = keras.Input((4,))\nx = layers.Dropout(0.5)(a, training=True)\nm = keras.Model(a, x)\n",
        "a = keras.Input((4,))\nx = layers.Dense(4)(a)\nm = keras.Model(a, x)\nprint(m.layers[1].units)\n",
        "a = keras.Input((4,))\nx = layers.Dense(4)(a)\nm = keras.Model(a, x)\n\n\ndef feature():\n    return x\n",
    ],
)
def test_nothing_where_it_is_no_chain_or_a_tensor_is_used_elsewhere(program, rewritten):
    assert rewritten(BEGIN + program) == {}


def _layers(rng: random.Random) -> list[str]:
    """Layers that take what comes, with texts of several lines among them."""
    made = [f"keras.Input(({rng.randint(6, 9)}, {rng.randint(1, 4)}))"]
    kinds = (
        "layers.Dense({n})",
        "layers.Dense(\n{i}    {n},  # units\n{i}    activation='relu',\n{i})",
        "layers.Conv1D({n}, 3, padding='same')",
        "layers.LSTM({n}, return_sequences=True)",
        "layers.BatchNormalization()",
        "layers.Dropout(0.{n})",
    )
    made += [rng.choice(kinds).replace("{n}", str(rng.randint(1, 4))) for _ in range(rng.randint(2, 7))]
    return made + made[1:3] * rng.randint(0, 2) + ["layers.GlobalAveragePooling1D()"]


def made_up(seed: int) -> str:
    """A program with one chain in the form of a list, with comments and blank lines."""
    rng = random.Random(seed)
    indent = rng.choice(("", "    "))
    lines = [BEGIN] + (["\n\ndef make():\n"] if indent else [])
    lines.append(f"{indent}model = keras.Sequential([\n")
    for number, layer in enumerate(_layers(rng)):
        above = rng.choice(("", "", "", f"{indent}    # before\n", "\n")) if number else ""
        behind = rng.choice(("", "", "  # here", "      # there, and on"))
        lines.append(f"{above}{indent}    {layer.replace('{i}', indent + '    ')},{behind}\n")
    lines.append(f"{indent}]{rng.choice(('', ', name=' + chr(34) + 'net' + chr(34)))})\n")
    return "".join([*lines, f"{indent}return model\n\n\nmodel = make()\n" if indent else ""])


@pytest.mark.parametrize("seed", range(PROGRAMS))
def test_made_up_programs_give_the_same_model_when_they_are_run(seed, rewritten):
    program = made_up(seed)
    others = rewritten(program)
    assert {"Write with model.add(…)", "Write as a functional"} <= set(others)
    assert {title: ran(text) for title, text in others.items()} == dict.fromkeys(others, ran(program))
    assert rewritten(others["Write with model.add(…)"])["Write as a list:"] == program
    assert rewritten(others["Write as a functional"])["Write as a list:"] == program
    for text in others.values():
        assert sorted(_comments(text)) == sorted(_comments(program)) or "def " in text


def ran(program: str) -> list[tuple[str, object, int]]:
    """The layers of the model that the program makes when it is run."""
    space: dict[str, object] = {}
    exec(program, space)
    return [
        (type(layer).__name__, layer.output.shape, layer.count_params())
        for layer in space["model"].layers
        if type(layer).__name__ != "InputLayer"
    ]


def _comments(program: str) -> list[str]:
    return [line.partition("#")[2] for line in program.splitlines() if "#" in line]
