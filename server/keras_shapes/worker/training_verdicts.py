"""The verdicts of Keras on training calls: recipes and shapes in, plain data out. Nothing is ever trained.

`judge` is all that the process around it calls. A model is a recipe with `training`, a list of
`{"method": "fit", "args": […], "kwargs": [[name, value], …], "compile": null | {"args", "kwargs"}}`, whose values are
recipes or data:

| JSON | means |
|---|---|
| `{"samples": [60000, null, {"unknown": 3}], "dtype", "library"}` | an array; null is a size left open |
| the same with `"list": true`, `"ragged": true` | a Python list of numbers; an array of lists |
| `{"dataset": element, "library": "tf.data", "full": 32}` | what yields elements; the size of a full batch if known |
| `{"features": expression, "rows": 20}` | what a base model gives; the shape is that of the expression |
| `{"unknown": 3}` | data of which nothing is known |

The answer has for each model a verdict for each call: `outcome` ("accepted", "refused" or "unknown") and facts.
"""

from __future__ import annotations

import gc
import itertools
from collections.abc import Iterator
from typing import Any

from . import other_calls, shortage
from .attempt import settings_of
from .batches import AVAILABLE, Array, Dataset, UndecidedError
from .budget import Budget
from .calls import METHODS, UNKNOWN, Compiled, bind, judge_call, unknown
from .forms import functional
from .keras_api import keras
from .objects import Objects
from .recipes import definitions, given_names
from .saying import said
from .sequential import build
from .session import session
from .shortage import Shortage
from .trial_data import Guess, first_guess, more_guesses, samples_in, symbolic
from .unreadable import Unreadable

Plain = dict[str, Any]
Kept = dict[int, Any]
"""Base models of earlier attempts: making one takes longer than all the rest."""

SECONDS = 8
"""Work that guesses may take; what is refused so far is not known then."""

ROWS = 320
"""Samples of data whose number nobody knows."""

MOST_GUESSES = 24

RANKS = (2, 3, 4, 5)
"""Ranks of data, with the batch, that a model without input is asked about."""

ROOM = 512
"""A size that leaves room for many poolings."""

_COLLECT_EVERY = 10
_judgements = itertools.count(1)


def judge(request: Plain) -> Plain:
    """The answers to a request, model by model. Never raises for what a recipe says."""
    return {"models": [_answer(model) for model in request["models"]]}


def _answer(model: Plain) -> list[Plain] | Plain:
    if not AVAILABLE or model["flavour"] == "tensorflow.python.keras":
        return [unknown("this Keras is not asked about data") for _ in model["training"]]
    try:
        return _verdicts(model)
    except Shortage as short:
        return {"unavailable": str(short)}
    except Exception as error:  # noqa: BLE001 - whatever happens, the user's model is not to blame
        return [_failed(error) for _ in model["training"]]
    finally:
        if next(_judgements) % _COLLECT_EVERY == 0:
            gc.collect()


def _verdicts(model: Plain) -> list[Plain]:
    """What holds whatever the unknowns are: a call is refused only if no guess makes Keras accept it."""
    first, budget = first_guess(model), Budget(SECONDS)
    kept: Kept = {}
    verdicts = attempt(model, first, kept)
    told = [symbolic(verdict, first) for verdict in verdicts]
    for turn, guess in enumerate(itertools.islice(more_guesses(model, verdicts), MOST_GUESSES)):
        refused = {index for index, verdict in enumerate(told) if verdict["outcome"] == "refused"}
        if not refused:
            break
        if budget.is_spent:
            for index in refused:
                told[index] = {**unknown("to find out takes too long"), "passing": True}
            break
        again = attempt(model, guess, kept, refused)
        for index in refused:
            if again[index]["outcome"] != "refused" and not again[index].get("doubtful"):
                told[index] = unknown("it depends on what is not known")
            elif turn == 0:
                # Of several reasons to refuse, the one that is left when sizes agree.
                told[index].update({name: again[index].get(name) for name in ("what", "exception", "message")})
    return told


def attempt(model: Plain, guess: Guess, kept: Kept, wanted: set[int] | None = None) -> list[Plain]:
    """The verdicts on the calls with one guess; a model without input is built by the first ones."""
    with session(settings_of(model), given_names(model)):
        return list(_judged(model, guess, kept, wanted))


def _judged(model: Plain, guess: Guess, kept: Kept, wanted: set[int] | None) -> Iterator[Plain]:
    built, because = _build(model, guess, kept)
    declared, known = built is not None and bool(built.built), definitions(model)
    for index, call in enumerate(model["training"]):
        if because is not None:
            yield unknown(because)
            continue
        was_built = built.built
        if was_built and wanted is not None and index not in wanted:
            yield unknown("not asked")
            continue
        if call["method"] in other_calls.METHODS:
            yield _judge_other(built, call, _Reader(guess, call, known, kept), declared=declared)
            continue
        verdict = _judge_call(built, call, _Reader(guess, call, known, kept))
        if not was_built and verdict["outcome"] == "unknown" and call["method"] in METHODS:
            because = "an earlier call decides the input, and its data are not known"
        if not was_built and verdict["outcome"] == "refused":
            verdict = {**verdict, "ranks": list(_ranks(model, guess, kept)) if verdict["what"] == "x" else []}
            built, because = _build(model, guess, kept)
        yield verdict


def _build(model: Plain, guess: Guess, kept: Kept) -> tuple[Any, str | None]:
    """A new model, and why it cannot be asked if that is so. Only what `build` declares is its input before a call."""
    objects = Objects(definitions(model), guess.values, kept)
    shape = None if model["input"] is None else model["input"]["shape"]
    try:
        if "outputs" in model:
            return _graph(objects, model)
        outcome = build(objects, model["nodes"], model["arguments"], shape)
    except Exception as error:  # noqa: BLE001 - the verdict on the layers says why
        shortage.check(error)
        return None, "the model is not known"
    if outcome.error is not None:
        shortage.check(outcome.error)
    return outcome.model, "there is an error in the model" if outcome.error is not None else None


def _graph(objects: Objects, model: Plain) -> tuple[Any, str | None]:
    """A functional model; what the `call` of a class does with tensors is one, too."""
    objects.traces = model["kind"] == "call"
    made = functional(objects, model)
    constants = len(made.inputs) > len(keras.tree.flatten(objects.make(model["inputs"])))
    return made, "it takes data that stand in the program" if constants else None


def _ranks(model: Plain, guess: Guess, kept: Kept) -> Iterator[int]:
    """The ranks of data with which a model without input can be built."""
    for rank in RANKS:
        shape = (None, *[ROOM] * (rank - 2), 3 if rank > 2 else ROOM)
        if _can_be_built(Objects(definitions(model), guess.values, kept), model, shape):
            yield rank


def _can_be_built(objects: Objects, model: Plain, shape: tuple[int | None, ...]) -> bool:
    try:
        outcome = build(objects, model["nodes"], model["arguments"], shape)
    except Exception as error:  # noqa: BLE001 - whatever Keras raises, it does not take this shape
        shortage.check(error)
        return False
    if outcome.error is not None:
        shortage.check(outcome.error)
    return outcome.error is None


def _judge_other(model: Any, call: Plain, data: _Reader, *, declared: bool) -> Plain:
    """The verdict on a call that takes no data. It may get an object that an earlier call got first."""
    args = [data.read(value) for value in call["args"]]
    kwargs = {name: data.read(value) for name, value in call["kwargs"]}
    return other_calls.judge_other(model, call["method"], args, kwargs, declared=declared)


def _judge_call(model: Any, call: Plain, data: _Reader) -> Plain:
    if call["method"] not in METHODS:
        return unknown(f"{call['method']} is not judged")
    if any(name in ("*", "**") for name, _ in call["kwargs"]):
        return unknown("its arguments are not known")
    refused = _refused_callback(call)
    if refused is not None:
        return refused
    try:
        args = [data.read(value) for value in call["args"]]
        kwargs = {name: data.read(value) for name, value in call["kwargs"]}
        arguments = bind(call["method"], args, kwargs)
    except TypeError as error:
        return {"outcome": "refused", "what": "call", "exception": "TypeError", "message": said(error)}
    try:
        return judge_call(model, call["method"], arguments, _compiled(call["compile"]))
    except Exception as error:  # noqa: BLE001 - a question that failed is not the user's fault
        shortage.check(error)
        return _failed(error)


def _refused_callback(call: Plain) -> Plain | None:
    """Why the call is never reached: Keras does not make one of its callbacks."""
    objects = Objects(definitions(call), {})
    for index, callback in enumerate(dict(call["kwargs"]).get("callbacks") or ()):
        try:
            objects.make(callback)
        except (Unreadable, KeyError):
            # Not readable, or made by an earlier call.
            continue
        except Exception as error:  # noqa: BLE001 - whatever Keras raises is the verdict
            shortage.check(error)
            return {**unknown(said(error)[:500]), "callback": index}
    return None


def _failed(error: Exception) -> Plain:
    return unknown(f"the call could not be judged ({type(error).__name__}: {error})"[:500])


def _compiled(call: Plain | None) -> Compiled | None:
    """The last `compile` before a call, if its loss can be read; each call gets a loss of its own."""
    if call is None or any(name in ("*", "**") for name, _ in call["kwargs"]):
        return None
    given = {**dict(zip(("optimizer", "loss", "loss_weights", "metrics"), call["args"])), **dict(call["kwargs"])}

    def make(name: str) -> Any:
        try:
            return Objects(definitions(call), {}).make(given.get(name))
        except Unreadable:
            raise UndecidedError(f"the {name} is not known") from None

    return Compiled(lambda: make("loss"), lambda: make("loss_weights"), lambda: make("metrics"))


class _Reader:
    """Data of one call out of JSON. What it is given may be `known` from the rest of the recipe."""

    def __init__(self, guess: Guess, call: Plain, known: dict[int, Any], kept: Kept) -> None:
        self._guess = guess
        self._objects = Objects(dict(known), {}, kept)
        self._in_dataset = False
        rows = [sample["samples"][0] for sample in samples_in([call["args"], call["kwargs"]]) if sample["samples"]]
        self._rows = next((size for size in rows if isinstance(size, int)), ROWS)

    def read(self, value: Any) -> Any:
        """A plain value, an array, a dataset, a structure of these, or `UNKNOWN`."""
        if isinstance(value, list):
            return [self.read(item) for item in value]
        if not isinstance(value, dict):
            return value
        if "samples" in value:
            return self._array(value)
        if "features" in value:
            return self._features(value)
        if "dataset" in value:
            return Dataset(self._yielded(value["dataset"]), value["library"], value["full"])
        if "tuple" in value:
            return tuple(self.read(item) for item in value["tuple"])
        if "dict" in value:
            return {self.read(key): self.read(item) for key, item in value["dict"]}
        try:
            return self._objects.make(value)
        except Exception as error:  # noqa: BLE001 - callbacks and the like say nothing of shapes
            shortage.check(error)
            return UNKNOWN

    def _features(self, value: Plain) -> Any:
        """What a base model gives; the model may stand anywhere in the recipe."""
        try:
            shape = self._objects.make(value["features"])
        except Exception as error:  # noqa: BLE001 - the model that refuses is not the one that is asked about
            shortage.check(error)
            return UNKNOWN
        if not isinstance(shape, tuple) or not all(size is None or isinstance(size, int) for size in shape):
            return UNKNOWN
        known = isinstance(value["rows"], int)
        rows = value["rows"] if known else self._rows
        return Array((rows, *shape[1:]), "float32", any_rows=not known)

    def _yielded(self, element: Any) -> Any:
        """What a dataset yields: an open size of it is that of a batch."""
        self._in_dataset = True
        try:
            return self.read(element)
        finally:
            self._in_dataset = False

    def _array(self, value: Plain) -> Array:
        """A number of samples that is not known is the one that is known of other data, and of no consequence."""
        sizes = value["samples"]
        any_rows = bool(sizes) and not isinstance(sizes[0], int) and not (sizes[0] is None and self._in_dataset)
        rows = [self._rows] if any_rows else sizes[:1]
        others = [self._guess.size(size["unknown"]) if isinstance(size, dict) else size for size in sizes[1:]]
        dtype = value["dtype"] or self._guess.dtype
        text = dtype == "object" and not value.get("ragged") and self._guess.dtype == "string"
        return Array(
            (*rows, *others),
            "string" if text else dtype,
            value["library"],
            python_list=bool(value.get("list")),
            any_rows=any_rows,
        )
