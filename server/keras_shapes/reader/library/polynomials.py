"""Whole numbers that are not known, computed with: `784·n`, `n - 10`. Equal results have equal keys.

An unknown made by these functions has a `Polynomial` as its key, over the keys of the unknowns it was made from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from keras_shapes.model import Unknown

Integer: TypeAlias = "int | Unknown"
Monomial: TypeAlias = "frozenset[tuple[object, int]]"
"""The keys of the unknowns that are multiplied, each with its power."""

_ONE: Monomial = frozenset()
_MOST_TERMS = 16
_MOST_POWERS = 64
_MOST_BITS = 256


@dataclass(frozen=True, slots=True)
class Polynomial:
    """A sum of products of unknowns with whole coefficients. `atoms` are the unknowns behind the keys."""

    terms: frozenset[tuple[Monomial, int]]
    atoms: tuple[tuple[object, Unknown], ...] = field(compare=False, default=())


def add(left: Integer, right: Integer) -> Integer:
    """`left + right`."""
    if isinstance(left, int) and isinstance(right, int):
        return left + right
    first, second = _polynomial(left), _polynomial(right)
    return _integer(_collect([*first.terms, *second.terms]), first, second)


def subtract(left: Integer, right: Integer) -> Integer:
    """`left - right`."""
    return add(left, multiply(right, -1))


def multiply(left: Integer, right: Integer) -> Integer:
    """`left * right`."""
    if isinstance(left, int) and isinstance(right, int):
        return left * right
    first, second = _polynomial(left), _polynomial(right)
    terms = [(_product(a, b), x * y) for a, x in first.terms for b, y in second.terms]
    return _integer(_collect(terms), first, second)


def divide(left: Integer, right: Integer) -> Integer | None:
    """`left / right` where it is surely whole; None where that is not known."""
    if right == 0:
        return None
    if isinstance(left, int) and isinstance(right, int):
        return left // right if left % right == 0 else None
    above, below = _polynomial(left), _polynomial(right)
    if above == below:
        return 1
    if len(below.terms) != 1:
        return None
    ((divisor, factor),) = below.terms
    terms = []
    for monomial, coefficient in above.terms:
        rest = _quotient(monomial, divisor)
        if rest is None or coefficient % factor:
            return None
        terms.append((rest, coefficient // factor))
    return _integer(_collect(terms), above, below)


def floor_divide(left: Integer, right: Integer) -> Integer:
    """`left // right`: a new unknown where it is not surely whole, the same one for the same operands."""
    if isinstance(left, int) and isinstance(right, int) and right:
        return left // right
    exact = divide(left, right)
    return exact if exact is not None else combined("//", left, right)


def ceil_divide(left: Integer, right: Integer) -> Integer:
    """`-(-left // right)`."""
    if isinstance(left, int) and isinstance(right, int) and right:
        return -(-left // right)
    exact = divide(left, right)
    return exact if exact is not None else combined("ceil", left, right)


def combined(operator: str, *operands: Integer) -> Unknown:
    """An unknown whole number that is some function of others: the same wherever the operands are."""
    first = next(operand for operand in operands if isinstance(operand, Unknown))
    key = (operator, *(operand if isinstance(operand, int) else key_of(operand) for operand in operands))
    return Unknown(first.reason, first.span, kind="int", key=key)


def key_of(unknown: Unknown) -> object:
    """What tells an unknown from others; one without a key is only itself."""
    return unknown if unknown.key is None else unknown.key


def same(left: object, right: object) -> bool:
    """Whether two whole numbers are surely equal."""
    if isinstance(left, Unknown) and isinstance(right, Unknown):
        return key_of(left) == key_of(right)
    return isinstance(left, int) and isinstance(right, int) and left == right


def whole_number(operator: str, left: object, right: object) -> Integer | None:
    """`left <operator> right` of whole numbers at least one of which is not known; None for anything else."""
    function = {"add": add, "sub": subtract, "mul": multiply, "floordiv": divide}.get(operator)
    if function is None or not all(map(_is_whole, (left, right))):
        return None
    if isinstance(left, int) and isinstance(right, int):
        return None
    return function(left, right)  # type: ignore[arg-type]


def _is_whole(value: object) -> bool:
    known = isinstance(value, int) and not isinstance(value, bool)
    return known or (isinstance(value, Unknown) and value.kind == "int" and value.key is not None)


def product(factors: Iterable[Integer]) -> Integer:
    """The product of whole numbers; 1 for none."""
    return _fold(multiply, factors, 1)


def total(summands: Iterable[Integer]) -> Integer:
    """The sum of whole numbers; 0 for none."""
    return _fold(add, summands, 0)


def _fold(function: Callable[[Integer, Integer], Integer], values: Iterable[Integer], result: Integer) -> Integer:
    for value in values:
        result = function(result, value)
    return result


def _polynomial(value: Integer) -> Polynomial:
    if isinstance(value, int):
        return Polynomial(frozenset({(_ONE, value)} if value else ()))
    if isinstance(value.key, Polynomial):
        return value.key
    key = key_of(value)
    return Polynomial(frozenset({(frozenset({(key, 1)}), 1)}), ((key, value),))


def _integer(terms: dict[Monomial, int], *operands: Polynomial) -> Integer:
    if not terms:
        return 0
    if set(terms) == {_ONE}:
        return terms[_ONE]
    atoms = tuple(dict(atom for operand in operands for atom in operand.atoms).items())
    known = dict(atoms)
    if len(terms) == 1:
        ((monomial, coefficient),) = terms.items()
        if coefficient == 1 and len(monomial) == 1:
            ((key, power),) = monomial
            if power == 1:
                return known[key]
    first = atoms[0][1]
    if len(terms) > _MOST_TERMS or not _is_small(terms):
        return Unknown(first.reason, first.span, kind="int", key=object())
    polynomial = Polynomial(frozenset(terms.items()), atoms)
    return Unknown(first.reason, first.span, name=_name(terms, known), kind="int", key=polynomial)


def _is_small(terms: dict[Monomial, int]) -> bool:
    """Whether the numbers in it are worth computing with: a square of a square of a square soon is not."""
    powers = (power for monomial in terms for _, power in monomial)
    return all(number.bit_length() <= _MOST_BITS for number in terms.values()) and sum(powers) <= _MOST_POWERS


def _collect(terms: Iterable[tuple[Monomial, int]]) -> dict[Monomial, int]:
    sums: Counter[Monomial] = Counter()
    for monomial, coefficient in terms:
        sums[monomial] += coefficient
    return {monomial: coefficient for monomial, coefficient in sums.items() if coefficient}


def _product(left: Monomial, right: Monomial) -> Monomial:
    powers = Counter(dict(left))
    powers.update(dict(right))
    return frozenset(powers.items())


def _quotient(monomial: Monomial, divisor: Monomial) -> Monomial | None:
    powers = Counter(dict(monomial))
    powers.subtract(dict(divisor))
    if any(power < 0 for power in powers.values()):
        return None
    return frozenset((key, power) for key, power in powers.items() if power)


def _name(terms: dict[Monomial, int], known: dict[object, Unknown]) -> str | None:
    """`784·n`, `n - 10`; None where a part of it has no name."""
    parts = []
    for monomial, coefficient in sorted(terms.items(), key=lambda term: -len(term[0])):
        names = sorted(known[key].name or "" for key, power in monomial for _ in range(power))
        if not all(names) or any(" " in name for name in names):
            return None
        size = [str(abs(coefficient))] if abs(coefficient) != 1 or not names else []
        parts.append(("-" if coefficient < 0 else "+", "·".join(size + names)))
    text = " ".join(f"{sign} {part}" for sign, part in parts)
    return text.removeprefix("+ ")
