"""With and without the memo, Keras says the same: names, shapes, weights, refusals."""

import random

import pytest
from layer_table import CALLS, INPUTS
from making import model

from keras_shapes.model import Settings

PIECES = [f"L.{call}" for call in CALLS if not call.startswith(("Conv3D", "ConvLSTM3D"))] + [
    "keras.Sequential([L.Dense(3), L.Dropout(0.1)])",
    "L.Dense(4, name='dense_1')",
    "L.Dense(4, name='d')",
    "L.Dense(4)",
    "L.Dense(4)",
    "L.Flatten()",
    "L.Flatten()",
    "L.GlobalAveragePooling2D()",
    "L.Reshape((-1, 4))",
    "L.Activation('relu')",
    "L.Dense(units)",
    "L.Conv2D(units, 3, padding='same')",
    "shared",
    "keras.Input((4,))",
]


def random_model(chance):
    pieces = [f"keras.Input({chance.choice(INPUTS)})"] if chance.random() < 0.9 else []
    pieces += [chance.choice(PIECES) for _ in range(chance.randint(1, 6))]
    settings = Settings(image_data_format=chance.choice([None, None, "channels_first"]))
    shared = model("[L.Dense(4)]").nodes[0].expression
    return "[" + ", ".join(pieces) + "]", settings, shared


@pytest.mark.parametrize("seed", range(6))
def test_random_stacks(workers, seed):
    with_memo, without = workers
    chance, in_time = random.Random(seed), 0
    for _ in range(60):
        source, settings, shared = random_model(chance)
        made = model(source, settings=settings, shared=shared)
        verdicts = [each.verdict_in_time(made) for each in (without, with_memo, with_memo)]
        assert len({repr(verdict) for verdict in verdicts if verdict is not None}) <= 1, source
        in_time += None not in verdicts
    assert in_time > 50


EDITS = (
    "[keras.Input((28, 28, 1)), L.Conv2D({0}, 3), L.MaxPooling2D(), L.Flatten(), L.Dense({1}), L.Dense(10)]",
    "[keras.applications.MobileNetV2(weights=None, input_shape=(32, 32, 3)), L.Flatten(), L.Dense({0})]",
    "[keras.Input((9,)), L.Embedding({0}, 8, mask_zero=True), L.LSTM(4), L.Dense({1})]",
    "[L.Dense({0}, input_shape=(4,)), L.Dense(n), L.Dense({1})]",
    "[L.Dense({0}), L.Dense(n), L.Dense({1})]",
    "[keras.Input((8, 8, 3)), L.RandAugment(), L.RandomBrightness(0.2), L.Dense({0})]",
)


@pytest.mark.parametrize("template", EDITS)
def test_edits(workers, template):
    with_memo, without = workers
    for sizes in ((3, 4), (3, 5), (8, 5), (3, 4), ("'x'", 4), (3, 4)):
        made = model(template.format(*sizes))
        assert with_memo.verdict(made) == without.verdict(made)


def test_a_layer_in_another_place_gets_its_number_there(workers):
    with_memo, _ = workers
    for source, names in (
        ("[keras.Input((4,)), L.Dense(3), L.Dense(2)]", ["input_layer", "dense", "dense_1"]),
        ("[keras.Input((4,)), L.Dense(2), L.ReLU(), L.Dense(3)]", ["input_layer", "dense", "re_lu", "dense_1"]),
    ):
        assert [layer.name for layer in with_memo.verdict(model(source)).layers] == names
