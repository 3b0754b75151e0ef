"""How models and layers stand, and how they are counted."""

from __future__ import annotations

from dataclasses import replace

from keras_shapes.analysis import analyse, conclude, count
from keras_shapes.files import python_document
from keras_shapes.keras_process import no_keras
from keras_shapes.reader import read
from keras_shapes.status import LEGACY_REASON, Status, model_status


def kinds(model):
    return [layer.status.kind for layer in model.layers]


def test_models_are_counted_with_the_one_reason(analysed):
    analysis = analysed("""
        Sequential([Input((8,)), layers.Dense(4)])
        Sequential([Input((8,)), layers.Conv2D(4, 3)])
        Sequential([layers.Flatten()])
        """)
    counts = count(analysis.models)
    assert (counts.models, counts.built, counts.refused, counts.unknown) == (3, 1, 1, 1)
    assert counts.reason == "the input shape is not known"
    assert analysis.document.location(counts.span.start).row == 6


def test_a_model_without_layers(analysed):
    [model] = analysed("m = Sequential()").models
    assert (model.status.kind, model.status.reason, model.layers) == ("unknown", "it has no layers", ())


def test_layers_above_and_below_a_refusal(analysed):
    [model] = analysed("Sequential([Input((8,)), layers.Dense(4), layers.Conv2D(4, 3), layers.Dense(1)])").models
    assert kinds(model) == ["built", "built", "refused", "unknown"]
    assert "expected min_ndim=4" in model.layers[2].status.reason


def test_every_refused_constructor_is_marked(analysed):
    [model] = analysed("Sequential([Input((8,)), layers.Dense(-1), layers.Dropout(7), layers.Dense(1)])").models
    assert kinds(model) == ["built", "refused", "refused", "unknown"]


def test_the_place_of_the_reason_is_where_the_value_comes_from(analysed):
    analysis = analysed("""
        import pandas
        units = pandas.read_csv("a.csv").iloc[0, 0]
        Sequential([Input((8, 8)), layers.Conv1D(4, kernel_size=units)])
        """)
    [model] = analysis.models
    assert model.status.kind == "unknown"
    assert analysis.document.location(model.status.span.start).row == 5


def test_a_model_takes_its_input_from_the_functional_tensor_that_it_is_called_on(analysed):
    analysis = analysed(
        """
        def down(filters):
            return Sequential([layers.Conv2D(filters, 4, strides=2, padding="same"), layers.LeakyReLU()])

        def net():
            x = layers.Conv2D(6, 3)(Input((34, 34, 3)))
            for block in [down(8), down(16)]:
                x = block(x)
            return x
        """
    )
    chains = [model for model in analysis.models if model.model.kind == "sequential"]
    assert [model.verdict.output_shape for model in chains] == [(None, 16, 16, 8), (None, 8, 8, 16)]
    assert [model.verdict.params for model in chains] == [6 * 8 * 16 + 8, 8 * 16 * 16 + 16]


def test_keras_3_does_not_judge_an_old_keras(analysed):
    [refused] = analysed("m = Sequential([layers.Dense(-1)])").models
    assert model_status(refused.model, refused.verdict).kind == "refused"
    old = replace(refused.model, flavour="tensorflow.python.keras")
    assert model_status(old, refused.verdict) == Status("unknown", LEGACY_REASON, old.span)


def test_without_keras_layers_keep_their_names():
    document = python_document("a.py", "from keras import Sequential, layers\nm = Sequential([layers.Dense(1)])")
    [model] = analyse(document, no_keras("not today")).models
    assert (model.status.kind, model.status.reason) == ("unknown", "not today")
    assert [(layer.class_name, layer.status.kind) for layer in model.layers] == [("Dense", "unknown")]


def test_reading_asking_and_judging_one_by_one(keras):
    document = python_document("a.py", "from keras import Sequential, layers\nSequential([layers.Dense(-1)])")
    reading = read(document)
    analysis = conclude(document, reading, keras.evaluate(reading.models))
    assert [diagnostic.code for diagnostic in analysis.diagnostics] == ["invalid-argument"]
    assert analysis.diagnostics == analyse(document, keras).diagnostics


def test_a_model_inside_without_layers_makes_no_rule_fail(analysed, caplog):
    analysed("""
        half_typed = Sequential([Sequential([]), layers.Dense(1)])
        print(half_typed.output_shape)
        """)
    assert caplog.records == []
