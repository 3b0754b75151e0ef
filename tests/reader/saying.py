"""What the reader says of a program, as short text that tests can compare."""

from __future__ import annotations

from keras_shapes.data import Array, Dataset
from keras_shapes.files import python_document
from keras_shapes.model import Call, Declared, Expression, Model, NumpyNumber, PublicName, Unknown, UserCode
from keras_shapes.reader import Limits, Reading, read

IMPORTS = "import keras\nfrom keras import Sequential, layers, Input\nfrom keras.layers import *\n"


def reading(program: str, limits: Limits | None = None) -> Reading:
    """Read a program behind the usual imports."""
    return read(python_document("program.py", IMPORTS + program), limits=limits)


def models(program: str) -> list[str]:
    """Each model of a program: its name and its layers."""
    return [model_text(model) for model in reading(program).models]


def model_text(model: Model) -> str:
    """`name: Dense(3) Dense(units=2)`."""
    layers = " ".join(text(element.expression) for element in model.nodes)
    return f"{model.name}: {layers}" + (f" … {model.incomplete.reason}" if model.incomplete is not None else "")


def text(value: Expression) -> str:
    """An expression as one would write it; an unknown is its name behind a question mark."""
    match value:
        case Call(target=target, arguments=arguments):
            given = (f"{one.name}={text(one.value)}" if one.name else text(one.value) for one in arguments)
            return f"{target.last}({', '.join(given)})"
        case UserCode(name=name):
            return f"<{name}>"
        case Declared(expression=expression, shape=shape):
            return f"{text(expression)} is {text(shape)}"
        case Model():
            return f"[{' '.join(text(element.expression) for element in value.nodes)}]"
        case Unknown(name=name):
            return f"?{name or ''}"
        case Array(shape=shape):
            return f"array{text(shape)}"
        case Dataset():
            return "dataset"
        case NumpyNumber(dtype=dtype, value=number):
            return f"{dtype}({number})"
        case PublicName(path=path):
            return path
        case tuple() | list():
            return f"({', '.join(map(text, value))})"
        case _:
            return repr(value)
