"""Arithmetic on unknown whole numbers: true for whatever they are, and equal results have equal keys."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from keras_shapes.model import Unknown
from keras_shapes.reader.library import polynomials
from keras_shapes.reader.library.polynomials import Polynomial

N = Unknown("n is not known", name="n", kind="int", key="n")
M = Unknown("m is not known", name="m", kind="int", key="m")

expressions = st.recursive(
    st.one_of(st.integers(-9, 9), st.sampled_from([N, M])),
    lambda inner: st.tuples(st.sampled_from(["add", "subtract", "multiply"]), inner, inner),
    max_leaves=8,
)


def computed(expression):
    match expression:
        case (name, left, right):
            return getattr(polynomials, name)(computed(left), computed(right))
        case _:
            return expression


def real(expression, n, m):
    match expression:
        case (name, left, right):
            first, second = real(left, n, m), real(right, n, m)
            return {"add": first + second, "subtract": first - second, "multiply": first * second}[name]
        case Unknown(name="n"):
            return n
        case Unknown():
            return m
        case _:
            return expression


def substituted(value, n, m):
    if isinstance(value, int):
        return value
    if not isinstance(value.key, Polynomial):
        return {"n": n, "m": m}[value.key]
    result = 0
    for monomial, coefficient in value.key.terms:
        term = coefficient
        for key, power in monomial:
            term *= {"n": n, "m": m}[key] ** power
        result += term
    return result


@given(expressions, st.integers(0, 50), st.integers(0, 50))
def test_results_are_true(expression, n, m):
    assert substituted(computed(expression), n, m) == real(expression, n, m)


@given(expressions, expressions)
def test_the_order_of_operands_does_not_matter(left, right):
    first = polynomials.add(computed(left), computed(right))
    second = polynomials.add(computed(right), computed(left))
    assert polynomials.same(first, second)


def test_a_product_is_divided_again():
    everything = polynomials.product([N, 28, 28])
    assert everything.name == "784·n"
    assert polynomials.divide(everything, N) == 784
    assert polynomials.divide(everything, 784) is N
    assert polynomials.divide(everything, 100) is None
    assert polynomials.divide(everything, M) is None


def test_what_is_not_whole_is_one_unknown():
    half = polynomials.floor_divide(N, 2)
    assert polynomials.same(half, polynomials.floor_divide(N, 2))
    assert not polynomials.same(half, polynomials.ceil_divide(N, 2))
    assert polynomials.floor_divide(polynomials.multiply(N, 4), 2).name == "2·n"


def test_names():
    assert polynomials.subtract(N, 10).name == "n - 10"
    assert polynomials.add(polynomials.multiply(2, N), M).name in {"2·n + m", "m + 2·n"}
    assert polynomials.add(N, Unknown("nameless", kind="int", key="x")).name is None


def test_what_cancels_is_gone():
    assert polynomials.subtract(N, N) == 0
    assert polynomials.subtract(polynomials.add(N, 5), N) == 5
    assert polynomials.subtract(polynomials.add(N, M), M) is N
