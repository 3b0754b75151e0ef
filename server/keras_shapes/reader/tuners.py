"""Keras Tuner: `tuner.search(x, y)` fits the models that the function which was given to the tuner builds."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from keras_shapes.model import Argument
from keras_shapes.reader.choices import each_way
from keras_shapes.reader.inheritance import find_in_class
from keras_shapes.reader.values import Bound, Choice, Function, Instance, Partial, SequentialValue, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

Arguments = tuple[Argument, ...]
_ROOTS: Final = ("keras_tuner.", "kerastuner.")
_TUNERS: Final = frozenset({"RandomSearch", "Hyperband", "BayesianOptimization", "GridSearch"})
_COMPILING: Final = frozenset({"optimizer", "loss", "metrics", "*", "**"})
"""Arguments with which a tuner compiles the models again, and such that may be among them."""


@dataclass(eq=False, slots=True)
class Tuner:
    """A tuner and what builds its models: a function, or an object with a method `build`."""

    hypermodel: Value


def make_tuner(path: str, arguments: Arguments) -> Tuner | None:
    """`RandomSearch(build_model, …)`; None where its models cannot be read."""
    if not path.startswith(_ROOTS) or path.rpartition(".")[2] not in _TUNERS:
        return None
    given = next((each.value for each in arguments if each.name in {"hypermodel", None}), None)
    known = isinstance(given, (Function, Partial, Bound)) or (isinstance(given, Instance) and _method(given, "build"))
    return Tuner(given) if known and not any(each.name in _COMPILING for each in arguments) else None


def attribute_of_tuner(tuner: Tuner, name: str) -> Value:
    """`tuner.hypermodel` has a method `build`, whatever was given to the tuner."""
    if name == "hypermodel":
        return tuner.hypermodel if isinstance(tuner.hypermodel, Instance) else tuner
    return Bound(tuner, name)


def method_of_tuner(it: Interpreter, tuner: Tuner, name: str, arguments: Arguments, node: ast.AST) -> Value:
    """`tuner.search(…)`, and `tuner.hypermodel.build(…)` where a function builds."""
    match name:
        case "search":
            _fit(it, tuner, _built(it, tuner, node), arguments, node)
            return None
        case "build":
            return _built(it, tuner, node)
        case "search_space_summary" | "results_summary" | "reload":
            return None
        case _:
            return it.unknown(f"{name}() of a tuner", node)


def _built(it: Interpreter, tuner: Tuner, node: ast.AST) -> Value:
    """A model with hyperparameters of which nothing is known but their bounds."""
    maker = tuner.hypermodel
    function = _method(maker, "build") if isinstance(maker, Instance) else maker
    return it.call(function, [_hyperparameters(it, node)], node, it.globals)


def _fit(it: Interpreter, tuner: Tuner, model: Value, arguments: Arguments, node: ast.AST) -> Value:
    """The model is trained with the arguments of `search`; an object may have a `fit` of its own for that."""
    from keras_shapes.reader.training import note_training

    if isinstance(model, Choice):
        return each_way(it, model, lambda option: _fit(it, tuner, option, arguments, node))
    own = _method(tuner.hypermodel, "fit") if isinstance(tuner.hypermodel, Instance) else None
    if own is not None:
        span = it.span(node)
        given = [_hyperparameters(it, node), Argument(None, model, span, span), *arguments]
        return it.call(own, given, node, it.globals)
    if isinstance(model, SequentialValue):
        note_training(it, model, "fit", arguments, node)
    return None


def _method(value: Value, name: str) -> Bound | None:
    found = find_in_class(value.cls, name) if isinstance(value, Instance) else None
    return Bound(value, name, found[0]) if found is not None and isinstance(found[0], Function) else None


def _hyperparameters(it: Interpreter, node: ast.AST) -> Argument:
    span = it.span(node)
    hp = it.unknown("a hyperparameter search decides", node, name="hp", key=("hp",))
    return Argument(None, hp, span, span)
