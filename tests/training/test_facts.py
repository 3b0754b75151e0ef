"""Facts of Keras that decide what may be called an error: each is true of real Keras, and of our verdict."""

from __future__ import annotations

import pytest
from training_programs import program, real_runs, refused, verdicts_on

RUNS = {
    "the only batch of a dataset may be smaller": program(
        "Input((4,)), L.Dense(10)",
        "fit(tf.data.Dataset.from_tensor_slices((np.zeros((10, 4)), np.zeros(10))).batch(32))",
        loss="'mse'",
    ),
    "a last axis of size 1 is added": program(
        "Input((28, 28, 1)), L.Conv2D(2, 3), L.Flatten(), L.Dense(1)", "predict(np.zeros((4, 28, 28)), verbose=0)"
    ),
    "a last axis of size 1 is removed": program(
        "Input((28, 28)), L.Flatten(), L.Dense(1)", "predict(np.zeros((4, 28, 28, 1)), verbose=0)"
    ),
    "numbers are a column": program("Input((1,)), L.Dense(1)", "fit(np.zeros(40), np.zeros((40, 1)))", loss="'mse'"),
    "sizes that no layer needs may differ": program(
        "Input((28, 28, 1)), L.Conv2D(2, 3), L.GlobalMaxPooling2D()", "predict(np.zeros((4, 20, 24, 1)), verbose=0)"
    ),
    "Dense takes any rank": program(
        "Input((28, 28, 1)), L.Conv2D(2, 3), L.Dense(10)", "predict(np.zeros((4, 28, 28, 1)), verbose=0)"
    ),
    "mse stretches (n, 1) over (n, 10)": program(
        "Input((4,)), L.Dense(10)", "fit(np.zeros((64, 4)), np.zeros((64, 1)))", loss="'mse'"
    ),
    "mse stretches (n,) over a map": program(
        "Input((8, 8, 1)), L.Conv2D(2, 4), L.Dense(1)", "fit(np.zeros((64, 8, 8, 1)), np.zeros(64))", loss="'mse'"
    ),
    "mse stretches (n,) over (n, k) where k is the batch": program(
        "Input((4,)), L.Dense(10)", "fit(np.zeros((20, 4)), np.zeros(20), batch_size=10)", loss="'mse'"
    ),
    "a categorical loss over one unit": program(
        "Input((4,)), L.Dense(1)", "fit(np.zeros((64, 4)), np.zeros(64))", loss="'categorical_crossentropy'"
    ),
    "a sparse loss over one unit": program(
        "Input((4,)), L.Dense(1)", "fit(np.zeros((64, 4)), np.zeros(64))", loss="'sparse_categorical_crossentropy'"
    ),
    "(n,) against (n, 1)": program(
        "Input((4,)), L.Dense(1, 'sigmoid')", "fit(np.zeros((64, 4)), np.zeros(64))", loss="'binary_crossentropy'"
    ),
    "no input: built from the first data": program(
        "L.Conv2D(2, 3), L.Flatten(), L.Dense(3)", "fit(np.zeros((8, 9, 9, 2)), np.zeros((8, 3)))", loss="'mse'"
    ),
    "input_shape on a later layer is ignored": program(
        "L.Dense(3), L.Dense(2, input_shape=(7,))", "predict(np.zeros((8, 4)), verbose=0)"
    ),
    "input_dim is a shape": program("L.Dense(3, input_dim=4)", "predict(np.zeros((8, 4)), verbose=0)"),
    "integers are taken": program("Input((4,)), L.Dense(3)", "predict(np.zeros((8, 4), 'int32'), verbose=0)"),
    "of several inputs the first is taken": program(
        "Input((4,)), L.Dense(1)", "predict([np.zeros((2, 4)), np.zeros((2, 4))], verbose=0)"
    ),
    "regularizers have no part in it": program(
        "Input((4,)), L.Dense(1, kernel_regularizer='l2', activity_regularizer='l1')",
        "fit(np.zeros((25, 4)), np.zeros(25), batch_size=10)",
        loss="'mse'",
    ),
    "batch_size beside a dataset": program(
        "Input((4,)), L.Dense(1)",
        "fit(tf.data.Dataset.from_tensor_slices((np.zeros((8, 4)), np.zeros(8))).batch(4), batch_size=2)",
        loss="'mse'",
    ),
}
RAISES = {
    "a full batch of a dataset counts": program(
        "Input((4,)), L.Dense(10)",
        "fit(tf.data.Dataset.from_tensor_slices((np.zeros((40, 4)), np.zeros(40))).shuffle(40).batch(32))",
        loss="'mse'",
    ),
    "channels are not added": program(
        "Input((28, 28, 3)), L.Conv2D(2, 3), L.Flatten(), L.Dense(1)", "predict(np.zeros((4, 28, 28)), verbose=0)"
    ),
    "no axis is added without an input": program(
        "L.Conv2D(2, 3), L.Flatten(), L.Dense(1)", "predict(np.zeros((4, 28, 28)), verbose=0)"
    ),
    "a layer after Flatten needs all sizes": program(
        "Input((8, 8)), L.Flatten(), L.Dense(1)", "predict(np.zeros((4, 9, 8)), verbose=0)"
    ),
    "mse refuses (n, 10) against a map": program(
        "Input((8, 8, 1)), L.Conv2D(2, 4), L.Dense(10)",
        "fit(np.zeros((64, 8, 8, 1)), np.zeros((64, 10)))",
        loss="'mse'",
    ),
    "mse refuses (n,) against (n, k)": program(
        "Input((4,)), L.Dense(10)", "fit(np.zeros((64, 4)), np.zeros(64))", loss="'mse'"
    ),
    "the last batch counts": program(
        "Input((4,)), L.Dense(10)", "fit(np.zeros((25, 4)), np.zeros(25), batch_size=10)", loss="'mse'"
    ),
    "a list of numbers is no array": program("Input((1,)), L.Dense(1)", "predict([1.0, 2.0], verbose=0)"),
    "one sample": program("Input((28, 28)), L.Flatten(), L.Dense(1)", "predict(np.zeros((28, 28)), verbose=0)"),
    "one-hot labels with a sparse loss": program(
        "Input((4,)), L.Dense(3)", "fit(np.zeros((9, 4)), np.zeros((9, 3)))", loss="'sparse_categorical_crossentropy'"
    ),
    "class numbers with a categorical loss": program(
        "Input((4,)), L.Dense(3)", "fit(np.zeros((9, 4)), np.zeros(9))", loss="'categorical_crossentropy'"
    ),
    "different numbers of samples": program(
        "Input((4,)), L.Dense(1)", "fit(np.zeros((9, 4)), np.zeros(8))", loss="'mse'"
    ),
    "texts": program("Input((4,)), L.Dense(1)", "fit(np.zeros((2, 4)), np.array(['a', 'b']))", loss="'mse'"),
    "labels beside a dataset": program(
        "Input((4,)), L.Dense(1)",
        "fit(tf.data.Dataset.from_tensor_slices(np.zeros((8, 4))).batch(4), np.zeros(8))",
        loss="'mse'",
    ),
    "a dataset cannot be split": program(
        "Input((4,)), L.Dense(1)",
        "fit(tf.data.Dataset.from_tensor_slices((np.zeros((8, 4)), np.zeros(8))).batch(4), validation_split=0.5)",
        loss="'mse'",
    ),
    "a dataset without batches": program(
        "Input((4,)), L.Dense(1)",
        "fit(tf.data.Dataset.from_tensor_slices((np.zeros((8, 4)), np.zeros(8))))",
        loss="'mse'",
    ),
    "a dataset batched twice": program(
        "Input((4,)), L.Dense(1)",
        "fit(tf.data.Dataset.from_tensor_slices((np.zeros((8, 4)), np.zeros(8))).batch(4).batch(2))",
        loss="'mse'",
    ),
    "a stateful layer has one batch size": program(
        "Input(batch_shape=(4, 5, 2)), L.LSTM(3, stateful=True)",
        "predict(np.zeros((8, 5, 2)), batch_size=2, verbose=0)",
    ),
    "validation data that differ": program(
        "Input((4,)), L.Dense(1)",
        "fit(np.zeros((8, 4)), np.zeros(8), validation_data=(np.zeros((8, 5)), np.zeros(8)))",
        loss="'mse'",
    ),
    "weights for other samples": program(
        "Input((4,)), L.Dense(1)", "fit(np.zeros((8, 4)), np.zeros(8), sample_weight=np.zeros(7))", loss="'mse'"
    ),
    "an argument that no method has": program(
        "Input((4,)), L.Dense(1)", "fit(np.zeros((8, 4)), np.zeros(8), nb_epoch=3)", loss="'mse'"
    ),
}
FACTS = {**RUNS, **RAISES}


@pytest.fixture(scope="module")
def raised():
    return dict(zip(FACTS, real_runs(list(FACTS.values())), strict=True))


@pytest.mark.parametrize("fact", FACTS)
def test_fact_is_true_of_real_keras(fact, raised):
    assert (raised[fact] is not None) == (fact in RAISES), raised[fact]


@pytest.mark.parametrize("fact", FACTS)
def test_our_verdict_knows_the_fact(fact, keras):
    assert refused(verdicts_on(FACTS[fact], keras)) == (fact in RAISES)
