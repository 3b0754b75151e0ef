"""Hyperparameters that a search will choose: Keras Tuner's `hp`, Optuna's `trial`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.model import Argument, PublicName, Unknown
from keras_shapes.reader.choices import choose
from keras_shapes.reader.values import Decision, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keras_shapes.reader.interpreter import Interpreter

_INTEGERS = frozenset({"Int", "suggest_int"})
_FLOATS = frozenset({"Float", "suggest_float", "suggest_uniform", "suggest_loguniform"})
_CHOICES = frozenset({"Choice", "suggest_categorical"})


def hyperparameter(it: Interpreter, function: Unknown, arguments: Sequence[Argument], node: ast.AST) -> Value | None:
    """`hp.Int(…)` and its like, told by the method's name: the object itself is a parameter of the user's function."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return None
    return _value(it, node.func.attr, arguments, node)


def is_tuner(path: str) -> bool:
    """Whether a public name is a hyperparameter of Keras Tuner's own object."""
    return path.startswith(("keras_tuner.", "kerastuner.")) and path.endswith(".HyperParameters")


def tuner(it: Interpreter, _name: PublicName, _arguments: Sequence[Argument], node: ast.AST) -> Value:
    """`keras_tuner.HyperParameters()`: its methods are told by their names."""
    return it.unknown("a hyperparameter search decides", node, name="hp", key=("hp",))


def _value(it: Interpreter, method: str, arguments: Sequence[Argument], node: ast.AST) -> Value | None:
    name = _argument(arguments, "name", 0)
    label = name if isinstance(name, str) else it.source.text(node)[:40]
    reason = f"{label} is chosen by a hyperparameter search"
    key = ("hp", label)
    if method in _INTEGERS:
        low = _argument(arguments, "min_value", 1) or _argument(arguments, "low", 1)
        high = _argument(arguments, "max_value", 2) or _argument(arguments, "high", 2)
        return Unknown(reason, it.span(node), label, "int", key, _integer(low), _integer(high))
    if method in _FLOATS:
        return Unknown(reason, it.span(node), label, "float", key)
    if method == "Boolean":
        return _choice(it, label, [False, True], node)
    if method == "Fixed":
        return _argument(arguments, "value", 1)
    if method in _CHOICES:
        values = _argument(arguments, "values", 1) or _argument(arguments, "choices", 1)
        if isinstance(values, (list, tuple)) and 0 < len(values) <= it.budget.limits.variants:
            return _choice(it, label, list(values), node)
        kinds = {type(value) for value in values} if isinstance(values, (list, tuple)) else set()
        return Unknown(reason, it.span(node), label, "int" if kinds == {int} else None, key)
    return None


def _choice(it: Interpreter, label: str, values: list[Value], node: ast.AST) -> Value:
    key = ("hp", label, len(values))
    if key not in it.decisions:
        it.decisions[key] = Decision(len(values), label, it.span(node))
    return choose(it.decisions[key], values)


def _argument(arguments: Sequence[Argument], name: str, position: int) -> Value:
    for argument in arguments:
        if argument.name == name:
            return argument.value
    positional = [argument.value for argument in arguments if argument.name is None]
    return positional[position] if position < len(positional) else None


def _integer(value: Value) -> int | None:
    return value if isinstance(value, int) else None
