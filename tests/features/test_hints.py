"""Where hints stand and what they say."""

from __future__ import annotations

from keras_shapes.features.hints import hints


def shown(analysis, mode="all"):
    """Each line that has a hint, with the hint put in where an editor puts it."""
    lines = []
    for hint in hints(analysis, mode):
        line = analysis.document.line_span(analysis.document.line(hint.offset))
        before, after = analysis.document.text[line.start : hint.offset], analysis.document.text[hint.offset : line.end]
        lines.append(f"{before} {hint.text}{after}".strip())
    return lines


def test_a_hint_stands_behind_the_comma(analysed):
    analysis = analysed("""
        model = Sequential([
            Input((28, 28, 1)),
            layers.Conv2D(8, 3),  # eight
            layers.Flatten(),
            layers.Dense(
                10,
            )
        ])
        """)
    assert shown(analysis) == [
        "layers.Conv2D(8, 3), → (None, 26, 26, 8)  # eight",
        "layers.Flatten(), → (None, 5408)",
        ") → (None, 10)",
    ]


def test_a_hint_stands_behind_the_brackets_that_end_the_line(analysed):
    analysis = analysed("""
        model = Sequential()
        model.add(Input((4,)))
        model.add(layers.Dense(3))
        model.add(layers.Dense(2)); print("two")
        """)
    assert shown(analysis) == [
        "model.add(layers.Dense(3)) → (None, 3)",
        'model.add(layers.Dense(2) → (None, 2)); print("two")',
    ]


def test_one_hint_a_line(analysed):
    analysis = analysed("model = Sequential([Input((4,)), layers.Dense(3), layers.Dense(2)])")
    assert shown(analysis) == ["model = Sequential([Input((4,)), layers.Dense(3), layers.Dense(2)]) → (None, 2)"]


def test_parameters_are_in_the_tooltip(analysed):
    [hint] = hints(analysed("model = Sequential([Input((784,)), layers.Dense(64)])"))
    assert hint.tooltip == "50,240 parameters"


def test_nothing_inside_wrappers(analysed):
    analysis = analysed("""
        model = Sequential([
            Input((10, 32)),
            layers.Bidirectional(
                layers.LSTM(8)
            ),
        ])
        """)
    assert shown(analysis) == ["), → (None, 16)"]


def test_nothing_from_the_refused_layer_on(analysed):
    analysis = analysed("""
        model = Sequential()
        model.add(layers.LSTM(64, input_shape=(10, 8)))
        model.add(layers.LSTM(32))
        model.add(layers.Dense(1))
        """)
    assert shown(analysis) == ["model.add(layers.LSTM(64, input_shape=(10, 8))) → (None, 64)"]


def test_a_loop_gives_one_hint(analysed):
    analysis = analysed("""
        model = Sequential([Input((8,))])
        for _ in range(3):
            model.add(layers.Dense(64))
        """)
    assert shown(analysis) == ["model.add(layers.Dense(64)) → (None, 64) ×3"]


def test_a_function_called_twice_gives_one_hint(analysed):
    analysis = analysed("""
        def build(units):
            return Sequential([
                Input((8,)),
                layers.Dense(units),
            ])

        build(64)
        build(128)
        """)
    assert shown(analysis) == ["layers.Dense(units), → (None, 64|128)"]


def test_the_first_unknown_layer_is_a_question_once(analysed):
    analysis = analysed("""
        class Mine(layers.Layer):
            def call(self, x):
                return something(x)

        model = Sequential([
            Input((10,)),
            layers.Dense(5),
            Mine(),
            layers.Dropout(0.5),
            layers.Dense(2),
        ])
        """)
    assert shown(analysis) == ["layers.Dense(5), → (None, 5)", "Mine(), → ?", "layers.Dense(2), → (…, 2)"]


def test_a_layer_in_a_variable_has_its_shape_where_it_is_made_and_where_it_is_used(analysed):
    analysis = analysed("""
        head = layers.Dense(3)
        model = Sequential([
            Input((4,)),
            head,
        ])
        """)
    assert shown(analysis) == ["head = layers.Dense(3) → (None, 3)", "head, → (None, 3)"]


def test_a_model_inside_gets_its_shapes_from_its_use(analysed):
    analysis = analysed("""
        augment = Sequential([
            layers.RandomFlip(),
        ])
        model = Sequential([
            Input((18, 18, 3)),
            augment,
            layers.Flatten(),
        ])
        """)
    assert shown(analysis) == [
        "layers.RandomFlip(), → (None, 18, 18, 3)",
        "augment, → (None, 18, 18, 3)",
        "layers.Flatten(), → (None, 972)",
    ]


def test_changes_leaves_out_layers_that_keep_the_shape(analysed):
    analysis = analysed("""
        model = Sequential()
        model.add(Input((4,)))
        model.add(layers.Dense(3))
        model.add(layers.Dropout(0.5))
        """)
    assert shown(analysis, "changes") == ["model.add(layers.Dense(3)) → (None, 3)"]
    assert shown(analysis, "off") == []
