"""One real `keras.Sequential`, built layer by layer, and what became of each element."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from . import keras_api, shortage
from .forms import sequential_arguments
from .keras_api import keras
from .objects import Objects
from .unreadable import Unreadable


@dataclass
class Step:
    """An element that Keras accepted: the layer, and the tensors that go into and come out of it."""

    layer: Any
    inputs: tuple[Any, ...] = ()
    outputs: tuple[Any, ...] = ()

    @property
    def gives_back_input(self) -> bool:
        """Whether an output is the input itself, which makes a cycle in the graph of a model."""
        return any(output is tensor for output in self.outputs for tensor in self.inputs)


@dataclass
class Outcome:
    """What Keras said: a step for each element that has an output, then perhaps an `error` at the element `position`.

    `stage` is "add" or "build"; `declined` is set where Keras neither refuses an element nor can say what comes out.
    """

    model: Any = None
    layers: Sequence[Any] = ()
    steps: list[Step] = field(default_factory=list)
    declined: bool = False
    error: Exception | None = None
    stage: str = "add"
    position: int = 0


def build(objects: Objects, elements: Sequence[Any], arguments: dict[str, Any], shape: Sequence[Any] | None) -> Outcome:
    """Build the elements (recipes) as one `Sequential`; `shape` is the input of a model that declares none.

    The constructors of all elements are known to succeed.

    Raises:
        Unreadable: Keras refuses the arguments of `Sequential` itself; that is no layer's fault.
    """
    layers = [layer_of(objects.make(element)) for element in elements]
    before = [_calls(layer, index) for index, layer in enumerate(layers)]
    model = _empty_model(objects, arguments)
    outcome = Outcome(model, layers)
    try:
        if keras_api.CALLS_AT_ONCE and layers and not keras_api.declares_input(layers[0]):
            keras_api.put_input_before(model, _input(objects, shape))
        outcome.error = _add_all(model, layers, outcome)
        if outcome.position > 0:
            # Also what stands before an element that is no layer has shapes.
            outcome.stage = "build" if outcome.error is None else outcome.stage
            keras_api.build_now(model, layers[outcome.position - 1])
        given = _input(objects, shape) if not model.built and not _has_input(layers) else None
        if given is not None:
            model.build(given)
    except Exception as error:  # noqa: BLE001 - whatever Keras raises is the verdict
        outcome.error, outcome.stage = error, "build"
    outcome.steps = steps_of(layers, before)
    if outcome.stage == "build":
        outcome.position = _refused_position(outcome.steps, len(layers))
    if outcome.error is not None:
        outcome.steps = outcome.steps[: outcome.position]
    if outcome.stage == "build":
        outcome.declined = outcome.error is None and len(outcome.steps) < len(layers) and bool(model.built)
    return outcome


def call_alone(objects: Objects, element: Any, shape: Sequence[int | None], dtype: str | None = None) -> Step:
    """The element called on a symbolic tensor, outside of any model.

    Raises:
        Exception: whatever Keras raises. Inside a `Sequential` the words may be others.
    """
    layer = layer_of(objects.make(element))
    tensor = keras_api.symbolic(shape, dtype or keras.config.floatx())
    step = Step(layer, (tensor,), tuple(keras.tree.flatten(layer(tensor))))
    if step.gives_back_input:
        raise ValueError("A layer that gives back its input makes a cycle.")
    return step


def layer_of(made: Any) -> Any:
    """`keras.Input(...)` is a tensor; the layer that gives it is what `Sequential` takes."""
    history = getattr(made, "_keras_history", None)
    if history is not None and isinstance(history[0], keras.layers.InputLayer):
        return history[0]
    return made


def steps_of(layers: Sequence[Any], before: Sequence[int]) -> list[Step]:
    """The elements from the first one on that have an output since they were called `before` times."""
    steps: list[Step] = []
    used: dict[int, int] = {}
    for layer, count in zip(layers, before):
        nth = count + used.get(id(layer), 0)
        nodes = keras_api.nodes_of(layer)
        if nth >= len(nodes):
            break
        used[id(layer)] = used.get(id(layer), 0) + 1
        steps.append(Step(layer, keras_api.inputs_of(nodes[nth]), keras_api.outputs_of(nodes[nth])))
    return steps


def at_work(error: Exception, objects: Objects) -> list[int]:
    """Ids of the calls whose objects were at work when an exception was raised, outermost first.

    Needs the frames of Keras in the traceback: `keras.config.disable_traceback_filtering()`.
    """
    found: list[int] = []
    for frame, _ in traceback.walk_tb(error.__traceback__):
        number = objects.id_of(frame.f_locals.get("self"))
        if number is not None and (not found or found[-1] != number):
            found.append(number)
    return found


def _empty_model(objects: Objects, arguments: dict[str, Any]) -> Any:
    try:
        return keras.Sequential(**sequential_arguments(objects, arguments))
    except Exception as error:
        shortage.check(error)
        raise Unreadable(f"Keras refuses the arguments of Sequential: {error}") from error


def _input(objects: Objects, shape: Sequence[Any] | None) -> Any:
    """The input shape, given size by size, or as that of a tensor.

    None where it is that of a tensor which cannot be made: no layer of this model is to blame.
    """
    if shape is None:
        return None
    try:
        made = objects.make(list(shape))
        return made[0] if len(made) == 1 and isinstance(made[0], tuple) else tuple(made)
    except Exception as error:  # noqa: BLE001 - whatever is wrong, it stands outside the model
        shortage.check(error)
        return None


def _has_input(layers: Sequence[Any]) -> bool:
    """Whether a model declares its input: data decide nothing then."""
    return bool(layers) and isinstance(layers[0], keras.layers.InputLayer)


def _refused_position(steps: Sequence[Step], count: int) -> int:
    """The first layer without an output; where all have one, the layer that makes a cycle, else the last."""
    if len(steps) < count:
        return len(steps)
    return next((index for index, step in enumerate(steps) if step.gives_back_input), count - 1)


def _add_all(model: Any, layers: Sequence[Any], outcome: Outcome) -> Exception | None:
    """Add the layers until one is refused; `position` counts those that are not."""
    for layer in layers:
        try:
            keras_api.add(model, layer)
        except Exception as error:  # noqa: BLE001 - whatever Keras raises is the verdict
            outcome.stage = "build" if keras_api.is_called_by_add(model, layer) else "add"
            return error
        outcome.position += 1
    return None


def _calls(layer: Any, index: int) -> int:
    """How often a layer was called before; the input of the model counts as not yet used."""
    return 0 if index == 0 and isinstance(layer, keras.layers.InputLayer) else len(keras_api.nodes_of(layer))
