"""Losses x outputs x labels x batches: our verdict is what a real `fit` does."""

from __future__ import annotations

import itertools

import pytest
from tests.shares import share
from training_programs import program, real_runs, refused, verdicts_on

LOSSES = ("mse", "mae", "categorical_crossentropy", "sparse_categorical_crossentropy", "binary_crossentropy", "huber")
OUTPUTS = {
    "(None, 10)": ('Input((4,)), L.Dense(10, "softmax")', "(n, 4)"),
    "(None, 1)": ('Input((4,)), L.Dense(1, "sigmoid")', "(n, 4)"),
    "(None, 6, 6, 10)": ('Input((8, 8, 1)), L.Conv2D(4, 3), L.Dense(10, "softmax")', "(n, 8, 8, 1)"),
    "(None, 5, 1)": ("Input((5, 4)), L.Dense(1)", "(n, 5, 4)"),
}
LABELS = {
    "(n,)": 'np.zeros((n,), "int64")',
    "(n, 1)": 'np.zeros((n, 1), "int64")',
    "(n, 5)": "np.zeros((n, 5))",
    "(n, 10)": "np.zeros((n, 10))",
}
BATCHES = {"one batch of 10": (10, 10), "the last batch is smaller": (23, 10)}
CASES = share(itertools.product(LOSSES, OUTPUTS, LABELS, BATCHES), 3)


def source(case):
    loss, output, labels, batches = case
    layers, x = OUTPUTS[output]
    samples, size = BATCHES[batches]
    return program(
        layers,
        f"fit(np.zeros({x}), {LABELS[labels]}, batch_size={size}, verbose=0)".replace("n,", f"{samples},"),
        loss=repr(loss),
    )


@pytest.fixture(scope="module")
def raised():
    return dict(zip(CASES, real_runs([source(case) for case in CASES]), strict=True))


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_our_verdict_is_that_of_a_real_fit(case, raised, keras):
    assert refused(verdicts_on(source(case), keras)) == (raised[case] is not None)


def test_the_table_has_both_kinds(raised):
    assert len(CASES) >= 64
    assert 16 < sum(error is not None for error in raised.values()) < len(CASES) - 16
