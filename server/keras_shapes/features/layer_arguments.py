"""The arguments of a layer in few words, for a block of a picture: `3×3, relu`, `64`, `rate 0.5`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from keras_shapes.analysis import LayerAnalysis
from keras_shapes.features.applications import applied_at, made_by
from keras_shapes.features.shapes import says_something
from keras_shapes.model import Argument, Call, Expression, NumpyNumber, PublicName, Unknown, UserCode
from keras_shapes.rules.refusal_facts import bound_arguments

LONGEST = 36

_DIMENSIONS = re.compile(r"([123])D(Transpose)?$")
_FIRST: Mapping[str, tuple[str, ...]] = {
    "Dense": ("units", "activation"),
    "Dropout": ("rate",),
    "Embedding": ("input_dim", "output_dim"),
    "Conv": ("filters", "kernel_size", "strides"),
    "LSTM": ("units", "activation"),
    "GRU": ("units", "activation"),
    "SimpleRNN": ("units", "activation"),
}
"""The first parameters of layers that are put into a wrapper: of these Keras tells nothing by itself."""


def arguments_text(layer: LayerAnalysis) -> str:
    """What a block says of a layer beside its class; the number of filters only where the shape does not tell it."""
    expression = made_by(layer.element.expression)
    if layer.is_input or applied_at(layer) != "layer":
        return ""
    verdict = layer.verdict
    known = verdict is not None and says_something(verdict.output_shape)
    match expression:
        case Call():
            named = verdict is not None and expression.target.last[:1].isupper()
            parameters = verdict.parameters if verdict and named else ()
            window = verdict.window if verdict else ()
            return _short(_of_call(expression, parameters, filters=not known, window=window))
        case UserCode(arguments=tuple() as arguments):
            return _short(", ".join(filter(None, map(_of_user, arguments))))
        case _:
            return ""


def _of_call(call: Call, parameters: tuple[str, ...], *, filters: bool, window: tuple[int, ...] = ()) -> str:
    """`window` is the `pool_size` that Keras has where none is written."""
    rank = _DIMENSIONS.search(call.target.last)
    given: dict[str, Expression] = {"pool_size": window} if window else {}
    given |= {name: each.value for name, each in bound_arguments(call, parameters).items()}
    if not filters:
        given.pop("filters", None)
    return ", ".join(_parts(given, int(rank[1]) if rank else 1))


def _parts(given: dict[str, Expression], rank: int) -> Iterator[str]:
    if "input_dim" in given and "output_dim" in given:
        yield f"{_number(given['input_dim'])} → {_number(given['output_dim'])}"
    if "height" in given and "width" in given:
        yield f"{_number(given['height'])}×{_number(given['width'])}"
    if given.get("strides") == given.get("pool_size"):
        given.pop("strides", None)
    for name, words in _WORDS.items():
        if name in given and (text := words(given[name], rank)) and "?" not in text:
            yield text


def _of_user(argument: Argument) -> str:
    """An argument of a class of the user's: whatever is a constant."""
    if argument.name in {"name", "dtype", "trainable"} or not isinstance(argument.value, bool | int | float | str):
        return ""
    text = _number(argument.value)
    return f"{argument.name} {text}" if argument.name else text


def _number(value: Expression) -> str:
    match value:
        case bool() | None:
            return str(value)
        case int():
            return f"{value:,}"
        case float():
            return f"{value:.4g}"
        case NumpyNumber(value=number):
            return _number(number)
        case str():
            return value
        case Unknown(name=str(name)):
            return name
        case PublicName() as name:
            return name.last
        case Call(target=target):
            return target.last
        case UserCode(name=name):
            return name
        case tuple() | list():
            return f"({', '.join(map(_number, value))}{',' if len(value) == 1 else ''})"
        case _:
            return "?"


def _window(value: Expression, rank: int) -> str:
    """`3×3`; one number stands for each of the axes."""
    if isinstance(value, tuple | list):
        return "×".join(map(_number, value))
    return "×".join([_number(value)] * rank)


def _steps(word: str) -> Callable[[Expression, int], str]:
    """`stride 2`; nothing where it is one in each direction."""

    def words(value: Expression, _: int) -> str:
        sizes = list(value) if isinstance(value, tuple | list) else [value]
        if all(size == 1 for size in sizes) or value is None:
            return ""
        texts = list(map(_number, sizes))
        return f"{word} {texts[0] if len(set(texts)) == 1 else '×'.join(texts)}"

    return words


def _named(form: str, *silent: object) -> Callable[[Expression, int], str]:
    """The value put into a form, unless it is one that goes without saying."""
    return lambda value, _: "" if value is None or value in silent else form.format(_number(value))


def _flag(word: str) -> Callable[[Expression, int], str]:
    return lambda value, _: word if value is True else ""


def _wrapped(value: Expression, _: int) -> str:
    if not isinstance(value, Call):
        return ""
    name = value.target.last
    parameters = next((names for start, names in _FIRST.items() if start in name), ())
    inside = _of_call(value, parameters, filters=True)
    return f"{name} {inside}".strip()


def _padding(value: Expression, _: int) -> str:
    """How much `ZeroPadding2D` adds; of a convolution the shape says whether it is `same`."""
    return "" if value in {"same", "valid"} else _number(value)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


_WORDS: Mapping[str, Callable[[Expression, int], str]] = {
    "layer": _wrapped,
    "units": _named("{}"),
    "filters": _named("{}"),
    "kernel_size": _window,
    "pool_size": _window,
    "size": _window,
    "cropping": _named("{}"),
    "padding": _padding,
    "strides": _steps("stride"),
    "dilation_rate": _steps("dilation"),
    "groups": _named("{} groups", 1),
    "target_shape": _named("{}"),
    "dims": _named("{}"),
    "n": _named("×{}"),
    "axis": _named("axis {}", -1),
    "axes": _named("axes {}"),
    "rate": _named("rate {}"),
    "stddev": _named("stddev {}"),
    "num_heads": _named("{} heads"),
    "key_dim": _named("key {}"),
    "value_dim": _named("value {}"),
    "scale": _named("× {}", True, False),
    "offset": _named("+ {}", 0, 0.0),
    "max_tokens": _named("{} tokens"),
    "output_sequence_length": _named("length {}"),
    "mode": _named("{}"),
    "factor": _named("{}"),
    "negative_slope": _named("slope {}"),
    "alpha": _named("alpha {}"),
    "max_value": _named("up to {}"),
    "return_sequences": _flag("return_sequences"),
    "return_state": _flag("return_state"),
    "stateful": _flag("stateful"),
    "activation": _named("{}", "linear"),
}
"""The parameters that are worth a place in a block, in the order in which they stand there."""
