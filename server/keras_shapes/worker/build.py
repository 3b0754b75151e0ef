"""The verdicts of Keras on models: recipes in, plain data out.

`evaluate` is all that the process around it calls. An answer has, for each model,
`layers` (one for each element, in order), `refusals` (the first is the one that a program meets), `input`, `output`,
`params`, `complete`, `because` and `nested`, or only `unavailable` with a reason.
A size is an integer, null, `[coefficient, unknown]` or `"?"`; a shape a list of sizes, or `{"last": size}` where the
rank is unknown. `because` are numbers of unknowns, and reasons in words.
"""

import gc
import itertools
from typing import Any, Dict, Iterator, List, Optional, Sequence, Tuple

import keras
from describe import Plain, count, describe, name_of, shape_of
from objects import Because, Objects, Unreadable
from recipes import all_unknowns_in, children, definitions
from sequential import Outcome, Refusal, build, culprits, refusal_of
from session import load_nothing, session

_COLLECT_EVERY = 20
_evaluations = itertools.count(1)

load_nothing()


def evaluate(request: Dict[str, Any]) -> Dict[str, Any]:
    """The answers to a request, model by model. Never raises for what a recipe says."""
    return {"models": [_answer(model) for model in request["models"]]}


def _answer(model: Dict[str, Any]) -> Plain:
    try:
        return _verdict(model)
    except RecursionError:
        return {"unavailable": "the model is nested too deeply"}
    except MemoryError:
        return {"unavailable": "not enough memory"}
    except Exception as error:
        return {"unavailable": f"the model could not be evaluated ({type(error).__name__}: {error})"[:500]}
    finally:
        if next(_evaluations) % _COLLECT_EVERY == 0:
            gc.collect()


def _verdict(model: Dict[str, Any]) -> Plain:
    backend = model["settings"].get("backend")
    if backend not in (None, "tensorflow"):
        return {"unavailable": f"models for the backend {backend} are not evaluated yet"}
    return attempt(model, {})


def attempt(model: Dict[str, Any], values: Dict[int, Any]) -> Plain:
    """Build one model with these values for its unknown numbers."""
    elements = model["elements"]
    settings = {name: value for name, value in model["settings"].items() if name != "backend"}
    with session(settings, _given_names(elements)):
        objects = Objects(definitions(model), values)
        constructed = [_construct(objects, element, index) for index, element in enumerate(elements)]
        known = list(itertools.takewhile(lambda made: made is None, constructed))
        outcome = build(objects, elements[: len(known)], model["arguments"], _input_shape(model)) if known else Outcome()
        return _report(objects, elements, constructed, outcome)
    

def _construct(objects: Objects, element: Any, index: int) -> Any:
    """None for an element that Keras could make, else its refusal or the reason why it is not known."""
    objects.failed = None
    try:
        objects.make(element)
    except Unreadable as unreadable:
        return unreadable.because
    except Exception as error:
        return refusal_of(error, (index,), "constructor", objects.failed)
    return None


def _report(objects: Objects, elements: Sequence[Any], constructed: Sequence[Any], outcome: Outcome) -> Plain:
    layers = [describe(step) for step in outcome.steps]
    because = _why_not_more(constructed, outcome, len(layers))
    for index in range(len(layers), len(elements)):
        made = objects.make(elements[index]) if constructed[index] is None else None
        layers.append({**name_of(made), "because": list(because)} if made is not None else {"because": list(because)})
    refusals = [outcome.refusal] if outcome.refusal else []
    refusals += [made for made in constructed if isinstance(made, Refusal)]
    refusals.sort(key=lambda refusal: refusal.position)
    complete = bool(elements) and not refusals and not because
    return {
        "layers": layers,
        "refusals": [_plain(refusal) for refusal in refusals],
        "because": list(because),
        "complete": complete,
        "params": count(outcome.model.weights) if complete else None,
        "input": layers[0].get("input") or (layers[0].get("outputs") or [None])[0] if layers else None,
        "output": layers[-1]["outputs"][0] if complete else None,
        "nested": [],
    }


def _why_not_more(constructed: Sequence[Any], outcome: Outcome, reached: int) -> Because:
    if outcome.refusal is not None:
        return ("a layer above is refused",)
    if reached == len(constructed):
        return ()
    if constructed[reached] is None and outcome.declined:
        return ("Keras cannot tell the output shape of this layer",)
    for made in constructed:
        if isinstance(made, Refusal):
            return ("a layer above is refused",)
        if made is not None:
            return tuple(made)
    return ("the input shape is not known",)


def _plain(refusal: Refusal) -> Plain:
    return {
        "path": list(refusal.path),
        "stage": refusal.stage,
        "exception": refusal.exception,
        "message": refusal.message,
        "call": refusal.call,
    }


def _input_shape(model: Dict[str, Any]) -> Optional[List[Any]]:
    return None if model["input"] is None else list(model["input"]["shape"])


def _given_names(node: Any) -> Iterator[str]:
    """Every layer name that the source gives."""
    if isinstance(node, dict):
        for name, value in node.get("kwargs", ()):
            if name == "name" and isinstance(value, str):
                yield value
    for child in children(node):
        yield from _given_names(child)
