"""What a verdict tells of a training call: which part is refused, and the facts that rules need."""

from __future__ import annotations

import pytest
from training_programs import HEADER, program

from keras_shapes.verdict import DataAccepted, DataRefused, TrainingUnknown

DENSE = "Input((4,)), L.Dense(3)"


@pytest.mark.parametrize(
    ("call", "what", "argument"),
    [
        ("fit(np.zeros((8, 5)), np.zeros((8, 3)))", "x", "x"),
        ("fit(np.zeros((8, 4)), np.zeros((8, 2)))", "y", "x"),
        ("fit(np.zeros((8, 4)), np.zeros((7, 3)))", "together", "x"),
        ("fit([1, 2], np.zeros((2, 3)))", "x", "x"),
        ("fit(np.zeros((2, 4)), [1, 2])", "y", "x"),
        ("fit(np.zeros((8, 4)), np.zeros((8, 3)), sample_weight=[1, 2])", "sample_weight", "x"),
        (
            "fit(np.zeros((8, 4)), np.zeros((8, 3)), None, 1, 0, None, 0.0, (np.zeros((8, 5)),))",
            "x",
            "validation_data",
        ),
        (
            "fit(np.zeros((8, 4)), np.zeros((8, 3)), validation_data=(np.zeros((8, 4)), np.zeros((8, 2))))",
            "y",
            "validation_data",
        ),
        ("fit(np.zeros((8, 4)), np.zeros((8, 3)), nb_epoch=2)", "call", "x"),
        ("evaluate(np.zeros((8, 4)), np.zeros((8, 2)))", "y", "x"),
        ("predict(np.zeros((8, 5)))", "x", "x"),
        ("predict_on_batch(np.zeros((8, 5)))", "x", "x"),
        ("train_on_batch(np.zeros((8, 4)), np.zeros((8, 2)))", "y", "x"),
        ("test_on_batch(np.zeros((8, 5)), np.zeros((8, 3)))", "x", "x"),
    ],
)
def test_the_part_that_is_refused(call, what, argument, judge):
    [verdict] = judge(program(DENSE, call, loss="'categorical_crossentropy'"))
    assert (verdict.what, verdict.argument) == (what, argument)


def test_a_call_of_the_model(judge):
    source = HEADER + f"model = Sequential([{DENSE}])\nmodel(np.zeros((8, 4)))\nmodel(np.zeros((8, 5)))\n"
    accepted, refused = judge(source)
    assert accepted.meeting.output_shape == (8, 3)
    assert refused.what == "x"


def test_a_loss_that_keras_does_not_have(judge):
    [verdict] = judge(program(DENSE, "fit(np.zeros((8, 4)), np.zeros((8, 3)))", loss="'categorical_cross'"))
    assert verdict.what == "loss"


@pytest.mark.parametrize(
    ("loss", "name", "from_logits"),
    [
        ("'mse'", "mean_squared_error", None),
        ("keras.losses.mean_squared_error", "mean_squared_error", None),
        ("keras.losses.MeanSquaredError()", "mean_squared_error", None),
        ("keras.losses.CategoricalCrossentropy(from_logits=True)", "categorical_crossentropy", True),
        ("loss=keras.losses.BinaryCrossentropy()", "binary_crossentropy", False),
    ],
)
def test_the_loss_as_keras_resolves_it(loss, name, from_logits, judge):
    [verdict] = judge(program(DENSE, "fit(np.zeros((8, 4)), np.zeros((8, 3)))", loss=loss))
    assert (verdict.meeting.loss, verdict.meeting.from_logits) == (name, from_logits)


def test_the_last_compile_before_the_call_counts(judge):
    call = "fit(np.zeros((8, 4)), np.zeros((8, 3)))"
    again = "compile(loss='sparse_categorical_crossentropy')"
    first, second = judge(program(DENSE, call, again, call, loss="'mse'"))
    assert isinstance(first, DataAccepted)
    assert isinstance(second, DataRefused)


def test_a_loss_of_the_user_is_not_judged(judge):
    source = program(DENSE, "fit(np.zeros((8, 4)), np.zeros((8, 2)))", loss="my_loss")
    [verdict] = judge(
        source.replace("model =", "def my_loss(y_true, y_pred):\n    return open('a').read()\nmodel =", 1)
    )
    assert isinstance(verdict, DataAccepted)
    assert verdict.reason == "the loss is not known"
    assert verdict.meeting.loss is None


def test_the_facts_of_an_accepted_call(judge):
    layers = "Input((4,)), L.Dense(3, activation='softmax'), L.Dropout(0.1)"
    [verdict] = judge(program(layers, "fit(np.zeros((40, 4)), np.zeros((40, 1)))", loss="'mse'"))
    meeting = verdict.meeting
    assert (meeting.x, meeting.y) == ((None, 4), (None, 1))
    assert (meeting.input_shape, meeting.output_shape) == ((None, 4), (None, 3))
    assert meeting.declared
    assert meeting.activation == "softmax"
    assert meeting.compared == ((None, 1), (None, 3))
    assert meeting.broadcast
    assert meeting.batch_sizes == (32, 8)


def test_equal_sizes_are_not_broadcast(judge):
    [verdict] = judge(program(DENSE, "fit(np.zeros((40, 4)), np.zeros((40, 3)))", loss="'mse'"))
    assert not verdict.meeting.broadcast


def test_the_first_data_build_a_model_for_all_calls(judge):
    source = program("L.Dense(3)", "predict(np.zeros((8, 4)))", "predict(np.zeros((8, 5)))")
    first, second = judge(source)
    assert not first.meeting.declared
    assert second.meeting.declared
    assert second.what == "x"


def test_data_that_are_refused_build_nothing(judge):
    refused, accepted = judge(
        program("L.Conv2D(2, 3), L.Flatten()", "predict(np.zeros((8, 9, 9)))", "predict(np.zeros((8, 9, 9, 1)))")
    )
    assert refused.ranks == (4,)
    assert isinstance(accepted, DataAccepted)


def test_unknown_data_may_have_built_the_model(judge):
    source = program("L.Conv2D(2, 3), L.Flatten()", "predict(np.load('a'))", "predict(np.zeros((8, 9, 9)))")
    assert all(isinstance(verdict, TrainingUnknown) for verdict in judge(source))


def test_labels_are_judged_without_the_data(judge):
    [verdict] = judge(program(DENSE, "fit(np.load('a'), np.zeros((8, 2)))", loss="'categorical_crossentropy'"))
    assert verdict.what == "y"


def test_data_are_judged_without_the_labels(judge):
    refused, accepted = judge(
        program(DENSE, "fit(np.zeros((8, 5)), np.load('a'))", "fit(np.zeros((8, 4)), np.load('a'))", loss="'mse'")
    )
    assert refused.what == "x"
    assert accepted.reason == "the labels are not known"


@pytest.mark.parametrize(
    ("data", "refused"),
    [
        ("np.zeros((n, 4)), np.zeros((n, 3))", False),
        ("np.zeros((n, 5)), np.zeros((n, 3))", True),
        ("np.zeros((8, n)), np.zeros((8, 3))", False),
        ("np.zeros((8, n, 4, 2)), np.zeros((8, 3))", True),
        ("np.zeros((8, 4, n)), np.zeros((8, 3))", False),
        ("np.zeros((8, 4)), np.zeros((8, n))", False),
        ("np.zeros((8, 4)), np.zeros((n,))", True),
    ],
)
def test_an_unknown_size_may_be_any(data, refused, judge):
    source = program(DENSE, f"fit({data})", loss="'categorical_crossentropy'")
    [verdict] = judge(source.replace("model =", "n = int(input())\nmodel =", 1))
    assert isinstance(verdict, DataRefused) == refused


@pytest.mark.parametrize(
    ("labels", "loss", "refused"),
    [
        ("np.zeros((8, 3))", "'categorical_crossentropy'", False),
        ("np.zeros(8)", "'categorical_crossentropy'", True),
        ("np.zeros((8, 3))", "'sparse_categorical_crossentropy'", True),
        ("np.zeros(8)", "'mse'", False),
    ],
)
def test_unknown_units_refuse_only_ranks(labels, loss, refused, judge):
    source = program("Input((4,)), L.Dense(n)", f"fit(np.zeros((8, 4)), {labels})", loss=loss)
    [verdict] = judge(source.replace("model =", "n = int(input())\nmodel =", 1))
    assert isinstance(verdict, DataRefused) == refused


def test_a_model_that_is_refused_meets_no_data(judge):
    [verdict] = judge(program("Input((4,)), L.LSTM(3)", "predict(np.zeros((8, 4)))"))
    assert isinstance(verdict, TrainingUnknown)
