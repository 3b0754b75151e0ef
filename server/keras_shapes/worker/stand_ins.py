"""Named unknowns: models are built with several stand-ins for them, and what all agree on is kept.

A size is then an integer, a constant multiple of one unknown, or `"?"`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .describe import Plain
from .keras_api import np
from .roles import FLAG, PADDING, SIZE, WINDOW, kinds_of, roles_of

PRIMES = 3
"""How many of the assignments use large primes: no window, stride or divisor is as large, none divides them."""

_ROUNDS = (
    (10_007, 10_037, 10_061, 10_067, 10_069, 10_079, 10_091, 10_093),
    (15_013, 15_017, 15_031, 15_053, 15_061, 15_073, 15_077, 15_083),
    (20_011, 20_021, 20_023, 20_029, 20_047, 20_051, 20_063, 20_071),
    (12, 24, 36, 48, 60, 72, 84, 96),
    (5_040, 10_080, 15_120, 20_160, 25_200, 30_240, 35_280, 40_320),
    (1, 1, 1, 1, 1, 1, 1, 1),
)
"""Sizes of the n-th unknown, round by round. Some layers drop an axis of size 1."""

_SMALL = ((1, 2, 3, 4, 5, 7), (2, 3, 1, 5, 7, 4), (3, 1, 2, 7, 4, 5))

_NUMBERS = {"any": int, "int": int, "float": float, "numpy int": np.int64, "numpy float": np.float64}

Values = "dict[int, Any]"


def assignments(node: Any) -> list[dict[int, Any]]:
    """Values for the unknowns of a recipe that measure something; the same unknown has the same value everywhere."""
    kinds = kinds_of(node)
    if not kinds:
        return [{}]
    roles = roles_of(node)
    rounds: list[dict[int, Any]] = [{} for _ in _ROUNDS]
    for index, number in enumerate(sorted(roles)):
        choices = _choices(roles[number], kinds[number], index)
        for turn, values in enumerate(rounds):
            if choices:
                values[number] = choices[turn % len(choices)]
    return rounds if rounds[0] else [{}]


def _choices(roles: set[str], kind: str, index: int) -> Sequence[Any]:
    """What the n-th unknown may stand for, round by round; nothing where no value may be guessed."""
    if roles == {FLAG} and kind in ("any", "bool"):
        return (False, True) if index % 2 else (True, False)
    if roles == {PADDING} and kind in ("any", "str"):
        return ("valid", "same") if index % 2 else ("same", "valid")
    if not roles <= {SIZE, WINDOW} or kind not in _NUMBERS:
        return ()
    if roles == {WINDOW}:
        # A large number would make no sense.
        return [_NUMBERS[kind](size) for size in _SMALL[index % len(_SMALL)]]
    # More unknowns than sizes: the later ones get sizes that no other has, composite or not.
    beyond = 2 * max(0, index - len(_ROUNDS[0]) + 1)
    return [_NUMBERS[kind](sizes[min(index, 7)] + (beyond if sizes[0] > 1 else 0)) for sizes in _ROUNDS]


def join_layers(layers: Sequence[Plain], values: Sequence[dict[int, Any]]) -> Plain:
    """What several descriptions of one layer have in common; each was made with its `values` for the unknowns."""
    first = layers[0]
    if len(layers) == 1:
        return dict(first)
    outputs = [layer["outputs"] for layer in layers]
    same_number = len({len(shapes) for shapes in outputs}) == 1
    return {
        **first,
        "input": join_shapes([layer["input"] for layer in layers], values),
        "outputs": [join_shapes(shapes, values) for shapes in zip(*outputs)] if same_number else [],
        "dtype": _same([layer["dtype"] for layer in layers]),
        "window": _same([layer["window"] for layer in layers]),
        "weights": _join_weights([layer["weights"] for layer in layers], values),
        "params": _same([layer["params"] for layer in layers]),
        "costs": _same([layer["costs"] for layer in layers]),
        "input_spec": _same([layer["input_spec"] for layer in layers]),
    }


def join_shapes(shapes: Sequence[Any], values: Sequence[dict[int, Any]]) -> Any:
    """The common shape; None if there is none, of unknown rank if the ranks differ."""
    if any(shape is None for shape in shapes):
        return None
    if len({len(shape) for shape in shapes}) == 1:
        return [join_sizes(sizes, values) for sizes in zip(*shapes)]
    if any(not shape for shape in shapes):
        return {"last": "?"}
    return {"last": join_sizes([shape[-1] for shape in shapes], values)}


def join_sizes(sizes: Sequence[int | None], values: Sequence[dict[int, Any]]) -> Any:
    """The common size: equal for all, a constant multiple of one unknown, or `"?"`."""
    if len(set(sizes)) == 1:
        return sizes[0]
    if any(size is None for size in sizes):
        return "?"
    numbers = [number for number, value in values[0].items() if not isinstance(value, (bool, str))]
    for number in numbers:
        coefficients = {divmod(size or 0, int(chosen[number])) for size, chosen in zip(sizes, values)}
        if len(coefficients) == 1:
            [(coefficient, rest)] = coefficients
            if rest == 0:
                return [coefficient, number]
    return "?"


def _join_weights(weights: Sequence[Any], values: Sequence[dict[int, Any]]) -> list[Any]:
    if len({tuple((name, trainable) for name, _, trainable in layer) for layer in weights}) != 1:
        return []
    return [[same[0][0], join_shapes([shape for _, shape, _ in same], values), same[0][2]] for same in zip(*weights)]


def _same(items: Sequence[Any]) -> Any:
    return items[0] if all(item == items[0] for item in items) else None
