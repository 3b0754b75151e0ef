"""Interval arithmetic: what is known of the values of an operation's result from those of its operands."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import TypeAlias

Bounds: TypeAlias = "tuple[float | None, float | None]"
NO_BOUNDS: Bounds = (None, None)


def of_binary(operator: str, left: Bounds, right: Bounds) -> Bounds:
    """Bounds of `left <operator> right`, where the operation is exact."""
    match operator:
        case "add":
            return _sum(left[0], right[0]), _sum(left[1], right[1])
        case "sub":
            return of_binary("add", left, negated(right))
        case "mul":
            return _corners(left, right, lambda a, b: a * b)
        case "truediv" if _apart_from_zero(right):
            return _corners(left, right, lambda a, b: a / b)
        case "floordiv" if _apart_from_zero(right):
            return _corners(left, right, lambda a, b: a // b)
        case "mod" if right[0] is not None and right[1] is not None and right[0] > 0:
            return 0, right[1]
        case "maximum":
            return _best(max, left[0], right[0]), _all(max, left[1], right[1])
        case "minimum":
            return _all(min, left[0], right[0]), _best(min, left[1], right[1])
        case _:
            return NO_BOUNDS


def negated(bounds: Bounds) -> Bounds:
    """Bounds of `-values`."""
    low, high = bounds
    return None if high is None else -high, None if low is None else -low


def absolute(bounds: Bounds) -> Bounds:
    """Bounds of `abs(values)`."""
    low, high = bounds
    if low is None or high is None:
        return 0, None
    return (0 if low <= 0 <= high else min(abs(low), abs(high))), max(abs(low), abs(high))


def finite(bounds: Bounds) -> Bounds:
    """The bounds that are numbers at all."""
    low, high = bounds
    return (
        low if low is not None and math.isfinite(low) else None,
        high if high is not None and math.isfinite(high) else None,
    )


def within(bounds: Bounds, limits: tuple[float, float]) -> bool:
    """Whether all values surely lie between the limits."""
    low, high = bounds
    return low is not None and high is not None and limits[0] <= low and high <= limits[1]


def _sum(left: float | None, right: float | None) -> float | None:
    return None if left is None or right is None else left + right


def _corners(left: Bounds, right: Bounds, function: Callable[[float, float], float]) -> Bounds:
    if None in left or None in right:
        return NO_BOUNDS
    try:
        corners = [function(a, b) for a in left for b in right if a is not None and b is not None]
    except (OverflowError, ZeroDivisionError):
        return NO_BOUNDS
    if any(math.isnan(corner) for corner in corners):
        return NO_BOUNDS
    return min(corners), max(corners)


def _apart_from_zero(bounds: Bounds) -> bool:
    low, high = bounds
    return (low is not None and low > 0) or (high is not None and high < 0)


def _best(function: Callable[[Iterable[float]], float], left: float | None, right: float | None) -> float | None:
    known = [value for value in (left, right) if value is not None]
    return function(known) if known else None


def _all(function: Callable[[Iterable[float]], float], left: float | None, right: float | None) -> float | None:
    return None if left is None or right is None else function((left, right))
