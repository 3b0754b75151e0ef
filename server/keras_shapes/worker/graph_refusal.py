"""What Keras refuses in a graph: the layer or the operation of a node, and what went in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from . import code, keras_api, shortage
from .blame import blame, constructor_parameters
from .describe import Plain, config_of, layers_inside, name_of, refuses_rank, shape_of
from .forms import chosen
from .keras_api import keras
from .objects import Objects
from .own_layers import GivenLayer, ShapeLayer, TracedFunction
from .recipes import resolve
from .roles import kinds_of, roles_of
from .saying import said
from .sequential import Step
from .unreadable import Unreadable

_APPLICATIONS = ("apply", "call", "operation", "item")


def refusal_of(objects: Objects, node: Any, error: Exception) -> Plain | None:
    """What is told of a node that Keras refuses; None where the error is no word of Keras on this node.

    With `stage`, `call` and the like as in a `Sequential`, `inputs` (shapes), `tensors`, and facts of the layer.
    """
    if not is_refusal(error):
        return None
    found = _taken(objects, node)
    if not isinstance(found, dict) or not any(form in found for form in _APPLICATIONS):
        return None
    layer = None
    if found.get("call") == "keras.Input":
        return _of_constructor(objects, found, objects.failed, error)
    if "apply" in found:
        target = resolve(found["apply"], objects.definitions)
        failed = objects.failed
        try:
            layer = objects.make(target)
        except Exception:  # noqa: BLE001 - it was said before: this is the error that is told
            return _of_constructor(objects, target, failed, error)
        if not isinstance(layer, keras.Layer) or hasattr(layer, "get_vocabulary"):
            return None  # what the program has adapted a lookup to is not known here
    return _of_call(objects, found, layer, error)


def is_refusal(error: Exception) -> bool:
    """Whether an exception is Keras' word on what the program does.

    Raises:
        Shortage: there was too little of something.
    """
    if any(isinstance(cause, (Unreadable, NotImplementedError)) for cause in shortage.causes(error)):
        return False
    try:
        code.check(error)
    except code.HeldBack:
        return False
    # what TensorFlow says of tables and files that are not there is no word on shapes
    return not isinstance(error, keras_api.OF_TENSORFLOW) or isinstance(error, keras_api.INVALID)


def plain_error(error: Exception) -> Plain:
    """The exception as it is told."""
    return {"exception": type(error).__name__, "message": said(error)}


def is_believed(step: Step) -> bool:
    """Whether a shape is only believed: Keras never tries what a layer says of its output.

    Functions of TensorFlow are traced one by one here: sizes may be lost that are known where Keras traces all of them.
    """
    if isinstance(step.layer, (TracedFunction, GivenLayer)):
        sizes = [size for tensor in step.outputs for size in tensor.shape[1:]]
        return None in sizes
    if hasattr(step.layer, "adapt") and any(None in tensor.shape[1:] for tensor in step.outputs):
        return True  # what the program lets it learn decides a size
    return any(_says_its_shape(each) for each in (step.layer, *layers_inside(step.layer)))


def _says_its_shape(layer: Any) -> bool:
    if isinstance(layer, ShapeLayer):
        return True
    if isinstance(layer, keras.layers.Lambda):
        return getattr(layer, "_output_shape", None) is not None
    own = [cls for cls in type(layer).__mro__ if not cls.__module__.startswith(keras_api.NOT_THE_USERS)]
    return any(
        name in vars(cls)
        for cls in own
        if issubclass(cls, keras.layers.Layer) and cls.__module__ != ShapeLayer.__module__
        for name in ("compute_output_shape", "compute_output_spec")
    )


def _taken(objects: Objects, node: Any) -> Any:
    """The node itself, on the way that the program takes."""
    found = resolve(node, objects.definitions)
    while isinstance(found, dict) and "choose" in found:
        try:
            found = resolve(chosen(objects, found), objects.definitions)
        except Exception:  # noqa: BLE001 - what is chosen by is not known
            return None
    return found


def _of_constructor(objects: Objects, target: Any, failed: int | None, error: Exception) -> Plain | None:
    if not isinstance(target, dict) or "call" not in target or failed is None:
        return None
    if "call" not in objects.definitions.get(failed, {}):
        return None  # it is no constructor that fails, but what it is given
    found = blame(objects, failed)
    return {
        **plain_error(error),
        "stage": "constructor",
        "call": failed,
        "parameters": found.parameters,
        "missing": found.missing,
        "blamed": found.blamed,
        "certain": found.certain,
        "tensors": [],
    }


def _of_call(objects: Objects, node: Plain, layer: Any, error: Exception) -> Plain | None:
    try:
        given = objects.make(_given(node))
    except Exception:  # noqa: BLE001 - what goes in is not known
        return None
    target = resolve(node["apply"], objects.definitions) if "apply" in node else node
    tensors = [tensor for tensor in keras.tree.flatten(given) if isinstance(tensor, keras.KerasTensor)]
    known = {} if layer is None else _facts(layer)
    unknown = bool(roles_of(target)) or bool(kinds_of(_given(node)))
    ranks = len(tensors) == 1 and refuses_rank(layer, len(tensors[0].shape))
    return {
        **plain_error(error),
        "stage": "build",
        "call": target.get("id") if isinstance(target, dict) else None,
        "certain": not unknown or ranks,
        "input": shape_of(tensors[0]) if len(tensors) == 1 else None,
        "config": config_of(layer) if known else [],
        "parameters": known.get("parameters", []),
        "layer": known,
        "inputs": list(map(shape_of, tensors)),
        "tensors": tensors,
    }


def _given(node: Plain) -> Sequence[Any]:
    if "operation" in node:
        return list(node["operands"])
    if "item" in node:
        return list(node["item"])
    return [*node["args"], *(value for _, value in node["kwargs"])]


def _facts(layer: Any) -> Plain:
    plain = name_of(layer)
    del plain["layer"]
    return {**plain, "parameters": constructor_parameters(type(layer))}
