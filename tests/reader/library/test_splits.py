"""`train_test_split` gives the numbers that scikit-learn gives, and says which part is which."""

from __future__ import annotations

import numpy as np
from evaluation import evaluate
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.model_selection import KFold, train_test_split

shares = st.one_of(st.none(), st.integers(1, 30), st.floats(0.05, 0.95))


@settings(deadline=None)
@given(st.integers(2, 60), shares, shares)
def test_sizes(count, train, test):
    data = np.zeros(count)
    claim = evaluate(
        f"sklearn.model_selection.train_test_split(np.zeros({count}), train_size={train}, test_size={test})"
    )
    try:
        truth = train_test_split(data, train_size=train, test_size=test)
    except ValueError:
        return
    assert [part.shape for part in claim] == [part.shape for part in truth]


@settings(deadline=None)
@given(st.integers(2, 60), st.integers(2, 10))
def test_folds(count, folds):
    program = f"k = sklearn.model_selection.KFold({folds})\n[(a.shape, b.shape) for a, b in k.split(np.zeros({count}))]"
    if count < folds:
        return
    truth = [(train.shape, test.shape) for train, test in KFold(folds).split(np.zeros(count))]
    assert evaluate(program) == truth


def test_parts_say_what_they_are():
    parts = evaluate("sklearn.model_selection.train_test_split(np.zeros((10, 2)), np.zeros(10))")
    assert [part.provenance for part in parts] == [
        {"train part", "features"},
        {"test part", "features"},
        {"train part", "labels"},
        {"test part", "labels"},
    ]
    assert parts[0].source == parts[2].source != parts[1].source == parts[3].source


def test_roles_are_kept_by_what_keeps_the_samples():
    program = """
X_train, X_test, y_train, y_test = sklearn.model_selection.train_test_split(X, y)
X_train = X_train.reshape(-1, 4, 1) / 255.0
y_train = keras.utils.to_categorical(y_train, 3)
(X_train, y_train, X_test[:5])
"""
    arrays = evaluate(program, X=evaluate("np.random.rand(40, 4)"), y=evaluate("np.arange(40) % 3"))
    assert {"train part", "features"} <= arrays[0].provenance
    assert {"train part", "labels", "one-hot"} <= arrays[1].provenance
    assert {"test part", "features"} <= arrays[2].provenance


def test_different_numbers_of_samples_are_refused():
    unknown = evaluate("sklearn.model_selection.train_test_split(np.zeros((10, 2)), np.zeros(9))")
    assert "different numbers of samples: 9, 10" in unknown.reason
