"""Layers that may come next in a chain, the likeliest first: to be tried with Keras before anybody sees them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from keras_shapes.features.sizes import sizes_for
from keras_shapes.model import Argument, Call, Model, Node, PublicName
from keras_shapes.reader import Reading
from keras_shapes.source import Span
from keras_shapes.verdict import Shape

MOST = 10

_BY_RANK: Mapping[int, tuple[str, ...]] = {
    2: ('Dense(64, activation="relu")', "Dropout(0.5)", "BatchNormalization()", "LayerNormalization()"),
    3: (
        *("LSTM(64)", "GRU(64)", 'Conv1D(64, 3, activation="relu")', "MaxPooling1D()", "GlobalAveragePooling1D()"),
        *("Dropout(0.5)", 'Dense(64, activation="relu")', "Flatten()", "LayerNormalization()"),
    ),
    4: (
        *('Conv2D(32, 3, activation="relu")', "MaxPooling2D()", "Flatten()", "GlobalAveragePooling2D()"),
        *("BatchNormalization()", "Dropout(0.25)", "UpSampling2D()", 'Conv2DTranspose(32, 3, padding="same")'),
    ),
    5: (
        *('Conv3D(32, 3, activation="relu")', "MaxPooling3D()", "Flatten()", "GlobalAveragePooling3D()"),
        *("BatchNormalization()", "ConvLSTM2D(32, 3)", "Dropout(0.25)"),
    ),
}
"""What takes a sample of so many axes, the batch counted."""

_BEHIND: Mapping[str, tuple[str, ...]] = {
    "Conv1D": ("MaxPooling1D", "Conv1D", "GlobalAveragePooling1D"),
    "Conv2D": ("MaxPooling2D", "Conv2D", "BatchNormalization"),
    "Conv3D": ("MaxPooling3D", "Conv3D", "BatchNormalization"),
    "Flatten": ("Dense", "Dropout"),
    "GlobalAveragePooling2D": ("Dense", "Dropout"),
    "Dense": ("Dropout", "Dense", "BatchNormalization"),
    "LSTM": ("Dense", "Dropout"),
    "GRU": ("Dense", "Dropout"),
}
"""What often follows a layer."""

_NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class NextLayer:
    """A layer as a program would write it behind the module's name, and why it may be meant."""

    class_name: str
    arguments: str
    why: str = ""

    @property
    def label(self) -> str:
        """`Dense(64)`."""
        return f"{self.class_name}({self.arguments})"


def next_layers(shape: Shape | None, before: str, reading: Reading) -> tuple[NextLayer, ...]:
    """Layers for what has this shape and comes out of a layer of the class `before`."""
    rank = len(shape) if isinstance(shape, tuple) else 0
    usual = [_parsed(each) for each in _BY_RANK.get(rank, ())]
    likely = {name: number for number, name in enumerate(_BEHIND.get(before, ()))}
    usual.sort(key=lambda each: likely.get(each.class_name, len(likely)))
    found = [*usual[:2], *_head(rank, reading), *usual[2:]]
    return tuple({each.label: each for each in found if each.class_name != before or before in likely}.values())[:MOST]


def with_next(model: Model, nodes: Sequence[Node], layer: NextLayer) -> Model:
    """The model with these nodes and one layer more, and nothing behind it."""
    target = PublicName(f"keras.layers.{layer.class_name}", model.flavour)
    call = Call(target, tuple(_arguments(layer.arguments)), _NOWHERE, _NOWHERE)
    return replace(model, nodes=(*nodes, Node(call, _NOWHERE)), training=())


def _head(rank: int, reading: Reading) -> Iterator[NextLayer]:
    """A layer with as many units as the labels have classes."""
    for size in sizes_for("units", reading) if rank == 2 else ():
        if size.why:
            yield NextLayer("Dense", f'{size.value}, activation="softmax"', size.why)


def _parsed(written: str) -> NextLayer:
    name, _, rest = written.partition("(")
    return NextLayer(name, rest.removesuffix(")"))


def _arguments(written: str) -> Iterator[Argument]:
    call = ast.parse(f"f({written})", mode="eval").body
    if isinstance(call, ast.Call):
        for value in call.args:
            yield Argument(None, ast.literal_eval(value), _NOWHERE, _NOWHERE)
        for keyword in call.keywords:
            yield Argument(keyword.arg, ast.literal_eval(keyword.value), _NOWHERE, _NOWHERE)


def alone(model: Model, shape: Sequence[int | None], dtype: str | None) -> list[Node]:
    """An input of this shape, batch counted, in the place of the layers that give it: Keras has less to build."""
    values: list[tuple[str, object]] = [("shape", tuple(shape[1:])), ("dtype", dtype)]
    given = tuple(Argument(name, value, _NOWHERE, _NOWHERE) for name, value in values if value is not None)
    return [Node(Call(PublicName("keras.Input", model.flavour), given, _NOWHERE, _NOWHERE), _NOWHERE)]
