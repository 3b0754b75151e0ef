"""One real `keras.Sequential`, built layer by layer, and what became of each element."""

import traceback
from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional, Sequence, Tuple

import keras
from objects import Objects, sequential_arguments


@dataclass
class Refusal:
    """An exception of Keras at an element. `path` leads to it, through nested models and wrapped layers."""

    path: Tuple[int, ...]
    stage: str
    exception: str
    message: str
    call: Optional[int] = None

    @property
    def position(self) -> int:
        """The element of the outermost model."""
        return self.path[0]


@dataclass
class Step:
    """An element that Keras accepted: the layer, and the tensors that go into and come out of it."""

    layer: Any
    inputs: Tuple[Any, ...] = ()
    outputs: Tuple[Any, ...] = ()


@dataclass
class Outcome:
    """What Keras said: a step for each element that has an output, then perhaps a refusal.

    `declined` is set where Keras neither refuses an element nor can say what comes out of it.
    """

    steps: List[Step] = field(default_factory=list)
    refusal: Optional[Refusal] = None
    declined: bool = False
    model: Any = None
    layers: Sequence[Any] = ()


def build(objects: Objects, elements: Sequence[Any], arguments: Dict[str, Any], shape: Optional[Sequence[Any]]) -> Outcome:
    """Build the elements (recipes) as one `Sequential`; `shape` is the input of a model that declares none.

    The constructors of all elements are known to succeed.
    """
    layers = [_layer_of(objects.make(element)) for element in elements]
    before = [_calls(layer) for layer in layers]
    model = keras.Sequential(**sequential_arguments(objects, arguments))
    outcome = Outcome(model=model, layers=layers)
    error: Optional[Exception] = None
    stage, added = "add", 0
    try:
        for layer in layers:
            model.add(layer, rebuild=False)
            added += 1
        stage = "build"
        _build_now(model, layers[-1])
        if shape is not None and not model.built:
            model.build(tuple(objects.make(list(shape))))
    except Exception as caught:
        error = caught
    outcome.steps = _steps(layers, before)
    if error is not None:
        position = added if stage == "add" else min(len(outcome.steps), len(layers) - 1)
        outcome.refusal = refusal_of(error, (position,), stage)
    elif len(outcome.steps) < len(layers):
        outcome.declined = bool(model.built)
    return outcome


def refusal_of(error: Exception, path: Tuple[int, ...], stage: str, call: Optional[int] = None) -> Refusal:
    """An exception as plain data."""
    return Refusal(path, stage, type(error).__name__, str(error), call)


def culprits(error: Exception, objects: Objects) -> List[int]:
    """Ids of the calls whose objects were at work when an exception was raised, outermost first.

    Needs the frames of Keras in the traceback: `keras.config.disable_traceback_filtering()`.
    """
    found: List[int] = []
    for frame, _ in traceback.walk_tb(error.__traceback__):
        number = objects.id_of(frame.f_locals.get("self"))
        if number is not None and (not found or found[-1] != number):
            found.append(number)
    return found


def _layer_of(made: Any) -> Any:
    """`keras.Input(...)` is a tensor; the layer that gives it is what `Sequential` takes."""
    history = getattr(made, "_keras_history", None)
    if history is not None and isinstance(history[0], keras.layers.InputLayer):
        return history[0]
    return made


def _calls(layer: Any) -> int:
    """How often a layer was called before; an input counts as not yet used."""
    return 0 if isinstance(layer, keras.layers.InputLayer) else len(getattr(layer, "_inbound_nodes", ()))


def _build_now(model: Any, last: Any) -> None:
    """Every `add` that rebuilds costs the whole model, so only the last one does."""
    model.pop(rebuild=False)
    model.add(last)


def _steps(layers: Sequence[Any], before: Sequence[int]) -> List[Step]:
    """The elements from the first one on that have an output; a layer that occurs twice is called twice."""
    steps: List[Step] = []
    used: Dict[int, int] = {}
    for layer, count in zip(layers, before):
        nth = count + used.get(id(layer), 0)
        nodes = getattr(layer, "_inbound_nodes", ())
        if nth >= len(nodes):
            break
        used[id(layer)] = used.get(id(layer), 0) + 1
        node = nodes[nth]
        steps.append(Step(layer, tuple(node.input_tensors), tuple(node.output_tensors)))
    return steps
