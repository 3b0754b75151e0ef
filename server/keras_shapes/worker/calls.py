"""One training call on one real model: what Keras says of its data and labels."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Callable, Optional

from . import batches, batches_two, keras_api
from .batches import Array, Batches, Dataset, UndecidedError, UnfitError, refuse_split, split
from .keras_api import keras
from .saying import said
from .training_step import Meeting, Shape, meet, run_loss, sized
from .unreadable import Unreadable

Plain = "dict[str, Any]"

MESSAGE = 2000
"""Characters of one of Keras' messages."""


_feed: Callable[..., Batches] = batches.feed if keras_api.GENERATION == 3 else batches_two.feed
_feed_one: Callable[..., Batches] = batches.feed_one if keras_api.GENERATION == 3 else batches_two.feed_one


@dataclass(frozen=True)
class Method:
    """How a method of `keras.Model` uses its data; `training` is None where the user says it."""

    training: Optional[bool]
    loss: bool
    batches: bool


METHODS = {
    "fit": Method(training=True, loss=True, batches=True),
    "evaluate": Method(training=False, loss=True, batches=True),
    "predict": Method(training=False, loss=False, batches=True),
    "train_on_batch": Method(training=True, loss=True, batches=False),
    "test_on_batch": Method(training=False, loss=True, batches=False),
    "predict_on_batch": Method(training=False, loss=False, batches=False),
    "__call__": Method(training=None, loss=False, batches=False),
}


class Unknown:
    """Data of which nothing is known."""


UNKNOWN = Unknown()


@dataclass(frozen=True)
class Compiled:
    """The `compile` before a call: `loss` and `metrics` give new ones each time, as each call needs its own.

    Raises:
        UndecidedError: the loss cannot be read.
    """

    loss: Callable[[], Any]
    weights: Callable[[], Any]
    metrics: Callable[[], Any]


@dataclass(frozen=True)
class Data:
    """What one step is fed with."""

    x: Any
    y: Any = None
    sample_weight: Any = None

    def parts(self) -> tuple[Any, Any, Any]:
        """In the order of Keras."""
        return self.x, self.y, self.sample_weight


def bind(method: str, args: list[Any], kwargs: dict[str, Any]) -> dict[str, Any]:
    """Arguments by name, as the method of the user's Keras takes them.

    Raises:
        TypeError: it does not take them.
    """
    if method == "__call__":
        return {"x": args[0] if args else kwargs.get("inputs")}
    bound = inspect.signature(getattr(keras.Model, method)).bind(None, *args, **kwargs)
    return dict(bound.arguments)


def judge_call(model: Any, method: str, arguments: dict[str, Any], compiled: Optional[Compiled]) -> dict[str, Any]:
    """The verdict on one call; `arguments` are bound to the names of the method.

    A model without input is built by it, as it would be in the program.
    """
    kind = METHODS[method]
    verdict, argument = None, "x"
    try:
        for argument, data in _parts(arguments):
            step = kind if argument == "x" else replace(kind, training=False)
            found = _judge(model, step, data, arguments, compiled)
            if found["outcome"] == "refused":
                return {**found, "argument": argument}
            verdict = verdict or found
    except UnfitError as unfit:
        return {"outcome": "refused", "argument": argument, "what": unfit.what, **error_facts(unfit.error)}
    except UndecidedError as undecided:
        return unknown(str(undecided))
    return verdict or unknown("the call has no data")


def unknown(reason: str) -> dict[str, Any]:
    """No verdict."""
    return {"outcome": "unknown", "because": reason}


def _parts(arguments: dict[str, Any]) -> Iterator[tuple[str, Data]]:
    """The data of the call itself, then those of its validation, with the argument that gives them."""
    given = _alike(Data(*(arguments.get(name) for name in ("x", "y", "sample_weight"))))
    fraction, validation = arguments.get("validation_split"), arguments.get("validation_data")
    if validation is None and isinstance(fraction, float) and fraction > 0 and not _has_unknown(given.parts()):
        if isinstance(given.x, Dataset):
            refuse_split(given.x, fraction)
        first, second = split(*given.parts(), fraction)
        yield "x", Data(*first)
        yield "validation_split", Data(*second)
        return
    yield "x", given
    if isinstance(validation, (tuple, list)) and 0 < len(validation) <= 3:
        yield "validation_data", _alike(Data(*validation))
    elif isinstance(validation, Dataset):
        yield "validation_data", Data(validation)


def _alike(data: Data) -> Data:
    """Data whose number nobody knows are as many as those beside them."""
    known = [leaf for leaf in _leaves(data.parts()) if isinstance(leaf, Array) and leaf.shape and not leaf.any_rows]
    if not known:
        return data

    def counted(leaf: Any) -> Any:
        if not isinstance(leaf, Array) or not leaf.any_rows:
            return leaf
        return replace(leaf, shape=(known[0].shape[0], *leaf.shape[1:]))

    return Data(*keras.tree.map_structure(counted, data.parts()))


def _judge(
    model: Any, kind: Method, data: Data, arguments: dict[str, Any], compiled: Optional[Compiled]
) -> dict[str, Any]:
    declared = bool(model.built)
    data, missing = _as_far_as_known(model, data)
    if kind.loss and missing is None and compiled is None:
        missing = "the model is not compiled"
    loss, weights, metrics, judged = None, None, None, kind.loss and missing is None
    if judged and compiled is not None:
        try:
            loss, weights = compiled.loss(), compiled.weights()
            metrics = _metrics(model, compiled)
            missing = "the model has no loss" if loss is None else None
            judged = loss is not None
        except UndecidedError as undecided:
            judged, missing = False, str(undecided)
    data = data if judged else _without_labels(data)
    batches = _batches(kind, data, arguments)
    given = batches.data
    if not keras_api.TRACES_OPEN_SIZES and batches.sizes:
        given = sized(given, batches.sizes[0])  # as it runs: the words of a refusal hold a size
    meeting = meet(
        model, given, training=kind.training, judged=judged, loss=loss, loss_weights=weights, metrics=metrics
    )
    _run(model, kind, batches, meeting, judged=judged)
    if isinstance(meeting.error, Unreadable):
        raise UndecidedError("part of the model is not known")
    return {**_report(model, meeting), "declared": declared, "batch": list(batches.sizes), "because": missing}


def _metrics(model: Any, compiled: Compiled) -> Any:
    """The metrics where they may be given for each output, if they can be read."""
    if len(getattr(model, "output_names", None) or ()) < 2:
        return None
    try:
        return compiled.metrics()
    except UndecidedError:
        return None


def _run(model: Any, kind: Method, batches: Batches, meeting: Meeting, *, judged: bool) -> None:
    """What shows only when batches of a known size run: sizes that meet, and models of one batch size."""
    if meeting.refused:
        return
    fixed = _input_shape(model) is not None and _input_shape(model)[0] is not None
    for size in batches.sizes:
        error = None
        if fixed:
            again = meet(model, sized(batches.data, size), training=kind.training)
            meeting.refused, error = again.refused, again.error
        if error is None and judged and isinstance(meeting.output, Shape) and meeting.output.sizes:
            error = run_loss(meeting, meeting.output.sizes, batches.data, size)
            meeting.refused = "y" if error else None
        if error is not None:
            meeting.error, meeting.size = error, size
            return


def _batches(kind: Method, data: Data, arguments: dict[str, Any]) -> Batches:
    if not kind.batches:
        return _feed_one(*data.parts())
    batch_size, steps = arguments.get("batch_size"), arguments.get("steps_per_epoch", arguments.get("steps"))
    if UNKNOWN in (batch_size, steps) or _has_any_rows(data.parts()):
        return _feed(*data.parts()).of_any_size()
    return _feed(*data.parts(), batch_size=batch_size, steps=steps)


def _as_far_as_known(model: Any, data: Data) -> tuple[Data, Optional[str]]:
    """Data without unknown parts, and why the labels are missing if they are.

    Unknown inputs of a model that declares its input are taken to fit: what is wrong with the labels stays wrong.
    """
    x, y, sample_weight = data.parts()
    if isinstance(x, Dataset):
        inner, missing = _as_far_as_known(model, Data(*_unpacked(x.element)))
        labels = inner.parts()[: 2 if inner.sample_weight is None else 3]
        element = labels if isinstance(x.element, tuple) else inner.x
        return Data(replace(x, element=element), y, None if _has_unknown(sample_weight) else sample_weight), missing
    missing = "the labels are not known" if _has_unknown(y) else None
    if _has_unknown(x):
        if y is None or missing or _input_shape(model) is None:
            raise UndecidedError("the data are not known")
        rows = next((leaf.shape[:1] for leaf in _leaves(y) if isinstance(leaf, Array)), ())
        if not rows:
            raise UndecidedError("the data are not known")
        x = Array((*rows, *_input_shape(model)[1:]), str(model.inputs[0].dtype))
    return Data(x, None if missing else y, None if _has_unknown(sample_weight) else sample_weight), missing


def _without_labels(data: Data) -> Data:
    if isinstance(data.x, Dataset) and isinstance(data.x.element, tuple):
        return replace(data, x=replace(data.x, element=data.x.element[:1]))
    return data if isinstance(data.x, Dataset) else Data(data.x)


def _unpacked(element: Any) -> tuple[Any, ...]:
    return element if isinstance(element, tuple) and 0 < len(element) <= 3 else (element,)


def _has_unknown(structure: Any) -> bool:
    leaves = [leaf.element if isinstance(leaf, Dataset) else leaf for leaf in _leaves(structure)]
    return any(leaf is UNKNOWN for leaf in _leaves(leaves))


def _has_any_rows(structure: Any) -> bool:
    return any(isinstance(leaf, Array) and leaf.any_rows for leaf in _leaves(structure))


def _leaves(structure: Any) -> list[Any]:
    return list(keras.tree.flatten(structure))


def _input_shape(model: Any) -> Any:
    """The input shape of a built model with one input."""
    try:
        shape = model.input_shape
    except (AttributeError, ValueError):  # it has none yet, says one version or the other
        return None
    return shape if isinstance(shape, tuple) else None


def _report(model: Any, meeting: Meeting) -> dict[str, Any]:
    facts = {
        "outcome": "refused" if meeting.refused else "accepted",
        "x": _plain(meeting.x),
        "y": _plain(meeting.y),
        "input": _listed(_input_shape(model)),
        "output": _plain(meeting.output),
        "loss": meeting.loss,
        "from_logits": meeting.from_logits,
        "compared": [_listed(shape) for shape in meeting.compared] if meeting.compared else None,
        "broadcast": meeting.broadcast,
        "doubtful": meeting.doubtful,
        "unchecked": not keras_api.CHECKS_VALUES,
        "activation": _activation(model),
    }
    if meeting.refused:
        facts.update(what=meeting.refused, run=meeting.size, **error_facts(meeting.error))
    return facts


def error_facts(error: Optional[Exception]) -> dict[str, Any]:
    """What is told of an exception."""
    return {"exception": type(error).__name__, "message": said(error)[:MESSAGE]}


def _plain(structure: Any) -> Any:
    """The shape of a single tensor; several have no place in a verdict."""
    if isinstance(structure, (tuple, list)) and len(structure) == 1:
        structure = structure[0]
    return _listed(structure.sizes) if isinstance(structure, Shape) else None


def _listed(shape: Any) -> Any:
    return None if shape is None else list(shape)


_KEEP_VALUES = (keras.layers.Flatten, keras.layers.Reshape, keras.layers.Dropout, keras.layers.Permute)


def _activation(model: Any) -> Optional[str]:
    """The name of the function that gives the output its values, if the last layers tell."""
    layers = [layer for layer in model.layers if not isinstance(layer, _KEEP_VALUES)]
    last = layers[-1] if layers else None
    while isinstance(last, keras.layers.Wrapper):
        last = last.layer
    if isinstance(last, keras.Sequential):
        return _activation(last)
    if isinstance(last, (keras.layers.Softmax, keras.layers.ReLU, keras.layers.LeakyReLU)):
        return type(last).__name__.lower()
    return getattr(getattr(last, "activation", None), "__name__", None)
