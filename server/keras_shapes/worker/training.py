"""The verdicts of Keras on training calls: recipes and shapes in, plain data out. Nothing is ever trained.

`judge` is all that the process around it calls. A model is a recipe with `training`, a list of
`{"method": "fit", "args": […], "kwargs": [[name, value], …], "compile": null | {"args", "kwargs"}}`, whose values are
recipes or data:

| JSON | means |
|---|---|
| `{"samples": [60000, null, {"unknown": 3}], "dtype", "library"}` | an array; null is a size left open |
| the same with `"list": true`, `"ragged": true` | a Python list of numbers; an array of lists |
| `{"dataset": element, "library": "tf.data"}` | what yields elements |
| `{"unknown": 3}` | data of which nothing is known |

The answer has for each model a verdict for each call: `outcome` ("accepted", "refused" or "unknown") and facts.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .calls import METHODS, UNKNOWN, Compiled, bind, judge_call, unknown
from .feeding import AVAILABLE, Array, Dataset, UndecidedError
from .objects import Objects, Unreadable
from .recipes import children, definitions, given_names
from .sequential import build
from .session import session
from .stand_ins import assignments

Plain = dict[str, Any]

ROWS = 320
"""Samples of data whose number nobody knows."""

MOST_GUESSES = 16
COMMON_SIZES = (1, 2, 12, 64, 5040)


def judge(request: Plain) -> Plain:
    """The answers to a request, model by model. Never raises for what a recipe says."""
    return {"models": [_answer(model) for model in request["models"]]}


@dataclass(frozen=True)
class Guess:
    """Values for what is not known: sizes by number, where None leaves a size of data open, and the type of data."""

    values: dict[int, Any]
    open: frozenset[int] = field(default_factory=frozenset)
    dtype: str = "float32"

    def size(self, number: int) -> int | None:
        """An unknown size of data."""
        value = self.values.get(number)
        return None if number in self.open or value is None else int(value)


def _answer(model: Plain) -> list[Plain]:
    try:
        return _verdicts(model)
    except Exception as error:  # noqa: BLE001 - whatever happens, the user's model is not to blame
        reason = f"the call could not be judged ({type(error).__name__}: {error})"[:500]
        return [unknown(reason) for _ in model["training"]]


def _verdicts(model: Plain) -> list[Plain]:
    """What holds whatever the unknowns are: a call is refused only if no guess makes Keras accept it."""
    backend = model["settings"].get("backend")
    if not AVAILABLE or backend not in (None, "tensorflow") or model["flavour"] == "tensorflow.python.keras":
        return [unknown("this Keras is not asked about data") for _ in model["training"]]
    first = Guess(assignments(model)[0])
    verdicts = attempt(model, first)
    for guess in itertools.islice(_guesses(model, verdicts), MOST_GUESSES):
        refused = [index for index, verdict in enumerate(verdicts) if verdict["outcome"] == "refused"]
        if not refused:
            break
        again = attempt(model, guess)
        for index in refused:
            if again[index]["outcome"] != "refused" and not again[index].get("doubtful"):
                verdicts[index] = unknown("it depends on what is not known")
    return [_symbolic(verdict, first) for verdict in verdicts]


def _guesses(model: Plain, verdicts: list[Plain]) -> Iterator[Guess]:
    """Further values, such as would make shapes agree: as soon as one is accepted, nothing is refused for sure."""
    first, *others = assignments(model)
    aligned = {**first, **_aligned(first, verdicts)}
    data = list(_samples_in(model["training"]))
    if first:
        yield Guess(aligned)
        yield Guess(aligned, frozenset(first))
        for size in (
            *COMMON_SIZES,
            *sorted({size for sample in data for size in sample["samples"][1:] if _known(size)}),
        ):
            yield Guess({**_all(first, size), **_aligned(first, verdicts)})
            yield Guess(_all(first, size))
        yield from (Guess(other) for other in others)
    if any(sample["dtype"] in (None, "object") for sample in data):
        yield from (Guess(aligned, dtype=dtype) for dtype in ("string", "int64"))


def attempt(model: Plain, guess: Guess) -> list[Plain]:
    """The verdicts on all calls with one guess; the calls share one model, as the first ones may build it."""
    with session(settings_of(model), given_names(model)):
        return list(_judged(model, guess))


def _judged(model: Plain, guess: Guess) -> Iterator[Plain]:
    objects, built, because = _build(model, guess)
    for call in model["training"]:
        if because is not None:
            yield unknown(because)
            continue
        was_built = built.built
        verdict = _judge_call(objects, built, call, guess)
        yield verdict
        if not was_built and verdict["outcome"] == "unknown" and call["method"] in METHODS:
            because = "an earlier call decides the input, and its data are not known"
        if not was_built and verdict["outcome"] == "refused":
            objects, built, because = _build(model, guess)


def _build(model: Plain, guess: Guess) -> tuple[Objects, Any, str | None]:
    """A new model, and why it cannot be asked if that is so. Only what `build` declares is its input before a call."""
    objects = Objects(definitions(model), guess.values)
    shape = None if model["input"] is None else model["input"]["shape"]
    try:
        outcome = build(objects, model["elements"], model["arguments"], shape)
    except Exception:  # noqa: BLE001 - the verdict on the layers says why
        return objects, None, "the model is not known"
    because = "the model is refused" if outcome.error is not None else None
    return objects, outcome.model, because


def _judge_call(objects: Objects, model: Any, call: Plain, guess: Guess) -> Plain:
    if call["method"] not in METHODS:
        return unknown(f"{call['method']} is not judged")
    data = _Reader(objects, guess, call)
    try:
        args = [data.read(value) for value in call["args"]]
        kwargs = {name: data.read(value) for name, value in call["kwargs"]}
        arguments = bind(call["method"], args, kwargs)
    except TypeError as error:
        return {"outcome": "refused", "what": "call", "exception": "TypeError", "message": str(error)}
    except Unreadable:
        return unknown("an argument is not known")
    return judge_call(model, call["method"], arguments, _compiled(call["compile"]))


def _compiled(call: Plain | None) -> Compiled | None:
    """The last `compile` before a call, if its loss can be read; each call gets a loss of its own."""
    if call is None:
        return None
    given = {**dict(zip(("optimizer", "loss", "loss_weights"), call["args"])), **dict(call["kwargs"])}

    def make(name: str) -> Any:
        try:
            return Objects(definitions(call), {}).make(given.get(name))
        except Unreadable:
            raise UndecidedError(f"the {name} is not known") from None

    return Compiled(lambda: make("loss"), lambda: make("loss_weights"))


class _Reader:
    """Data of one call out of JSON."""

    def __init__(self, objects: Objects, guess: Guess, call: Plain) -> None:
        self._objects = objects
        self._guess = guess
        self._rows = next((sizes[0] for sizes in _all_sizes(call) if _known(sizes[0])), ROWS)

    def read(self, value: Any) -> Any:
        """A plain value, an array, a dataset, a structure of these, or `UNKNOWN`."""
        if isinstance(value, list):
            return [self.read(item) for item in value]
        if not isinstance(value, dict):
            return value
        if "samples" in value:
            return self._array(value)
        if "dataset" in value:
            return Dataset(self.read(value["dataset"]), value["library"])
        if "tuple" in value:
            return tuple(self.read(item) for item in value["tuple"])
        if "dict" in value:
            return {self.read(key): self.read(item) for key, item in value["dict"]}
        try:
            return self._objects.make(value) if "unknown" not in value else UNKNOWN
        except Exception:  # noqa: BLE001 - callbacks and the like do not matter
            return UNKNOWN

    def _array(self, value: Plain) -> Array:
        sizes = value["samples"]
        unknown_rows = bool(sizes) and isinstance(sizes[0], dict)
        rows = [self._rows] if unknown_rows else sizes[:1]
        others = [self._guess.size(size["unknown"]) if isinstance(size, dict) else size for size in sizes[1:]]
        dtype = value["dtype"] or self._guess.dtype
        text = dtype == "object" and not value.get("ragged") and self._guess.dtype == "string"
        return Array(
            (*rows, *others),
            "string" if text else dtype,
            value["library"],
            bool(value.get("list")),
            any_rows=unknown_rows,
        )


def settings_of(model: Plain) -> Plain:
    """The settings of Keras that the program makes."""
    return {name: value for name, value in model["settings"].items() if name != "backend"}


def _aligned(values: dict[int, Any], verdicts: list[Plain]) -> dict[int, Any]:
    """Values with which data would meet the model: an unknown size takes the known one on the other side."""
    numbers = _numbers(values)
    found: dict[int, Any] = {}
    for verdict in verdicts:
        for one, other in ((verdict.get("x"), verdict.get("input")), (verdict.get("y"), verdict.get("output"))):
            for pair in list(zip(one or (), other or ()))[1:]:
                for size, wanted in (pair, pair[::-1]):
                    if size in numbers and wanted is not None and size != wanted:
                        number = numbers[size]
                        found.setdefault(number, type(values[number])(wanted))
    return found


def _numbers(values: dict[int, Any]) -> dict[int, int]:
    """The unknown for which a size stands."""
    return {int(value): number for number, value in values.items() if not isinstance(value, (bool, str))}


def _all(values: dict[int, Any], size: int) -> dict[int, Any]:
    """That size for every unknown, each of its own type."""
    sizes = set(_numbers(values).values())
    return {number: type(value)(size) if number in sizes else value for number, value in values.items()}


def _all_sizes(call: Plain) -> Iterator[list[Any]]:
    """The shapes of the arrays of a call that have an axis."""
    return (sample["samples"] for sample in _samples_in([call["args"], call["kwargs"]]) if sample["samples"])


def _samples_in(node: Any) -> Iterator[Plain]:
    if isinstance(node, dict) and "samples" in node:
        yield node
        return
    for child in children(node):
        yield from _samples_in(child)


def _known(size: Any) -> bool:
    return isinstance(size, int)


def _symbolic(verdict: Plain, guess: Guess) -> Plain:
    """Shapes with the unknowns themselves in the places of their stand-ins."""
    numbers = _numbers(guess.values)

    def shape(sizes: Any) -> Any:
        return [[1, numbers[size]] if size in numbers else size for size in sizes] if sizes is not None else None

    facts: Plain = {name: shape(verdict[name]) for name in ("x", "y", "input", "output") if name in verdict}
    if verdict.get("compared"):
        facts["compared"] = [shape(sizes) for sizes in verdict["compared"]]
    return {**verdict, **facts}
