"""One attempt at a model: built with given values for its unknown numbers, and told as plain data."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from . import code, keras_api
from .blame import blame, constructor_parameters
from .describe import Plain, config_of, count, describe, input_of, name_of, refuses_rank, shape_of
from .keras_api import keras
from .objects import Objects
from .recipes import definitions, given_names, inner_layers, path_to, resolve, unknowns_in
from .saying import said
from .sequential import Outcome, at_work, build, layer_of, steps_of
from .session import session
from .shortage import causes
from .unreadable import Unreadable

REFUSED_ABOVE = "there is an error in a layer above"
NO_INPUT = "the input shape is not known"
NOT_TOLD = "Keras cannot tell the output shape of this layer"


def attempt(model: Plain, values: dict[int, Any], kept: dict[int, Any] | None = None) -> Plain:
    """`layers`, `refusals`, `nested`, `params`, and `because` of the first layer that is not known, if there is one.

    A refusal also has `rank`, set where no size would change it, and `certain`, where no unknown argument would.
    `kept` are the base models of the attempts before; names count from them, so the first attempt has none.
    """
    elements, defined = model["nodes"], definitions(model)
    with session(settings_of(model), given_names(model)):
        objects = Objects(defined, values, kept)
        constructed = [_construct(objects, element, index) for index, element in enumerate(elements)]
        known = elements[: len(list(itertools.takewhile(lambda made: made is None, constructed)))]
        shape = None if model["input"] is None else model["input"]["shape"]
        try:
            outcome = build(objects, known, model["arguments"], shape) if known else Outcome()
        except Unreadable as unreadable:
            constructed, outcome = [unreadable.because] * len(elements), Outcome()
        if outcome.error is not None:
            code.check(outcome.error)
            if any(isinstance(cause, Unreadable) for cause in causes(outcome.error)):
                outcome.error, outcome.declined = None, True  # no word of Keras: part of a layer is not known here
        answer = _answer(objects, elements, constructed, outcome)
    failed = outcome.error is not None and outcome.stage == "build"
    if failed and inner_layers(_refused(answer, known, defined), defined):
        _locate(answer, model, known, shape, values)
    return answer


def settings_of(model: Plain) -> dict[str, Any]:
    """The settings of Keras that the program makes."""
    settings: dict[str, Any] = model["settings"]
    return settings


def _construct(objects: Objects, element: Any, index: int) -> Any:
    """None for an element that Keras could make, else its refusal or the reason why it is not known."""
    try:
        objects.begin(element)
    except Unreadable as unreadable:
        return unreadable.because
    except Exception as error:  # noqa: BLE001 - whatever Keras raises is the verdict
        code.check(error)
        number = objects.failed
        node = resolve(element, objects.definitions)
        inner = path_to(node, number, objects.definitions) if number is not None else None
        found = blame(objects, number)
        return {
            **_plain(error, (index, *(inner or ())), "constructor", number),
            "parameters": found.parameters,
            "missing": found.missing,
            "blamed": found.blamed,
            "certain": found.certain,
        }
    return None


def _answer(objects: Objects, elements: Sequence[Any], constructed: Sequence[Any], outcome: Outcome) -> Plain:
    reached = len(outcome.steps)
    layers = [told(describe(step)) for step in outcome.steps]
    because = _why_not_more(elements, constructed, outcome, reached)
    for index in range(reached, len(elements)):
        known = told(name_of(layer_of(objects.make(elements[index])))) if constructed[index] is None else {}
        layers.append({**known, "because": list(because)})
    refusals = [made for made in constructed if isinstance(made, dict)]
    if outcome.error is not None:
        number = resolve(elements[outcome.position], objects.definitions)
        refusals.insert(0, _refusal(outcome, number.get("id") if isinstance(number, dict) else None))
    return {
        "layers": layers,
        "refusals": sorted(refusals, key=lambda refusal: refusal["path"][0]),
        "because": list(because),
        "params": _params(outcome, layers) if reached == len(elements) else None,
        "nested": [item for path, item in _nested(objects, elements[:reached], ())],
    }


def told(plain: Plain) -> Plain:
    """A description without the layer itself, and with the parameters of its constructor."""
    layer = plain.pop("layer")
    return {**plain, "parameters": constructor_parameters(type(layer))}


def _params(outcome: Outcome, layers: Sequence[Plain]) -> int | None:
    """Numbers in all weights; a layer that occurs twice has them once."""
    known = layers and all(layer["params"] is not None for layer in layers)
    return count(keras_api.weights_of(outcome.model)) if known else None


def _refusal(outcome: Outcome, call: int | None) -> Plain:
    assert outcome.error is not None
    layer = outcome.layers[outcome.position] if outcome.layers else None
    fed = shape_of(outcome.steps[-1].outputs[0]) if outcome.steps else input_of(outcome.model)
    return {
        **_plain(outcome.error, (outcome.position,), outcome.stage, call),
        "input": fed,
        "rank": outcome.stage == "add" or (fed is not None and refuses_rank(layer, len(fed))),
        "config": config_of(layer),
        "parameters": constructor_parameters(type(layer)),
    }


def _plain(error: Exception, path: Sequence[int], stage: str, call: int | None) -> Plain:
    return {
        "path": list(path),
        "stage": stage,
        "exception": type(error).__name__,
        "message": said(error),
        "call": call,
    }


def _why_not_more(
    elements: Sequence[Any], constructed: Sequence[Any], outcome: Outcome, reached: int
) -> tuple[Any, ...]:
    if reached == len(constructed):
        return ()
    if outcome.error is not None:
        return (REFUSED_ABOVE,)
    if constructed[reached] is None and outcome.declined:
        return (NOT_TOLD,)
    made = next((made for made in constructed if made is not None), None)
    if made is None:
        return _unknown_input(elements[0]) or (NO_INPUT,)
    return (REFUSED_ABOVE,) if isinstance(made, dict) else made


def _unknown_input(first: Any) -> tuple[Any, ...]:
    """The unknowns in the input shape that the first layer declares."""
    kwargs = dict(first.get("kwargs", ())) if isinstance(first, dict) else {}
    return tuple(unknowns_in([kwargs.get("input_shape"), kwargs.get("input_dim")]))


def _refused(answer: Plain, known: Sequence[Any], defined: dict[int, Any]) -> Any:
    """The element of the first refusal."""
    return resolve(known[answer["refusals"][0]["path"][0]], defined)


def _locate(answer: Plain, model: Plain, known: Sequence[Any], shape: Any, values: dict[int, Any]) -> None:
    """Find the nested or wrapped layer that is refused: Keras hides its frames, so it is asked once more with them."""
    refusal = answer["refusals"][0]
    with session(settings_of(model), given_names(model)):
        keras.config.disable_traceback_filtering()
        try:
            objects = Objects(definitions(model), values)
            outcome = build(objects, known, model["arguments"], shape)
            numbers = at_work(outcome.error, objects) if outcome.error is not None else []
        finally:
            keras.config.enable_traceback_filtering()
        element = _refused(answer, known, objects.definitions)
        for number in reversed(numbers):
            inner = path_to(element, number, objects.definitions)
            if inner is None:
                continue
            layer = layer_of(objects.made[number])
            refusal["path"] = [refusal["path"][0], *inner]
            refusal["call"] = numbers[-1] if inner or numbers[-1] == number else number
            if inner:
                refusal["config"] = config_of(layer)
                refusal["parameters"] = constructor_parameters(type(layer))
                refusal["input"] = _fed_inside(objects, element, inner)
                refusal["rank"] = False
            break


def _fed_inside(objects: Objects, element: Any, path: Sequence[int]) -> list[int | None] | None:
    """What a layer of a nested model gets: the output of the one before it."""
    for index in path[:-1]:
        element = resolve(element["model"]["nodes"][index], objects.definitions) if "model" in element else {}
    if "model" not in element or path[-1] == 0:
        return None
    layers = [layer_of(objects.make(inner)) for inner in element["model"]["nodes"]]
    steps = steps_of(layers, [0] * len(layers))
    return shape_of(steps[path[-1] - 1].outputs[0]) if len(steps) >= path[-1] else None


def _nested(objects: Objects, elements: Sequence[Any], path: tuple[int, ...]) -> Any:
    """The layers of models inside, each with the path of its model."""
    for index, element in enumerate(elements):
        node = resolve(element, objects.definitions)
        if not isinstance(node, dict) or "model" not in node:
            continue
        inner = node["model"]["nodes"]
        layers = [layer_of(objects.make(item)) for item in inner]
        steps = steps_of(layers, [0] * len(layers))
        known = [describe(step) for step in steps] + [name_of(layer) for layer in layers[len(steps) :]]
        yield (*path, index), [[*path, index], [told(layer) for layer in known]]
        yield from _nested(objects, inner, (*path, index))
