"""The order of the axes of images in Keras 1: `K.set_image_dim_ordering("th")`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from keras_shapes.model import Argument, PublicName, TrainingCall
from keras_shapes.reader.choices import settled
from keras_shapes.reader.values import SequentialValue, Trained, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

DIM_ORDERING: Final = "set_image_dim_ordering"
DATA_FORMATS: Final = {"th": "channels_first", "tf": "channels_last"}
"""The words of Keras 1, and what they are called today."""


def set_dim_ordering(it: Interpreter, name: PublicName, arguments: tuple[Argument, ...], node: ast.AST) -> Value:
    """What it was made for holds from here on, so that the shapes are those that the program means.

    Where the program is prepared for a Keras without this function, that is what it meets.
    """
    from keras_shapes.reader.sequential import name_span

    value = settled(arguments[0].value, it.guards) if arguments else None
    if it.caught:
        return it.fails(f"Keras has no {name.last}", node)
    if it.guards or it.source.foreign or name.flavour == "tensorflow.python.keras":
        return None
    call = TrainingCall(name.last, arguments, it.span(node), name_span(it, node), it.expects_error)
    it.removed = it.removed or call
    if isinstance(value, str) and value in DATA_FORMATS:
        it.settings["image_data_format"] = DATA_FORMATS[value]
    return None


def dim_ordering(it: Interpreter) -> str:
    """`K.image_dim_ordering()`."""
    return "th" if it.settings.get("image_data_format") == "channels_first" else "tf"


def note_removed(it: Interpreter, model: SequentialValue) -> None:
    """A model that is made after such a call is made by a program that stops there."""
    if it.removed is not None:
        it.happen(model, Trained(it.removed, None))
