"""What is shown of graphs: hints, lens, hover, table."""

from __future__ import annotations

from keras_shapes.features.hints import hints
from keras_shapes.features.hover import hover
from keras_shapes.features.lenses import lenses
from keras_shapes.features.summary import summary

RESIDUAL = """
    def block(x, filters):
        y = layers.Conv2D(filters, 3, padding="same")(x)
        if x.shape[-1] != filters:
            x = layers.Conv2D(filters, 1, name=f"project_{filters}")(x)
        return layers.add([x, y])

    inputs = Input((32, 32, 3))
    x = block(inputs, 16)
    x = block(x, 16)
    x = layers.MaxPooling2D()(x)
    x = block(x, 32)
    outputs = layers.Dense(10)(layers.GlobalAveragePooling2D()(x))
    model = Model(inputs, outputs)
    """


def shown(analysis):
    """The text of each hint, by the line that it stands in."""
    return {
        analysis.document.text.splitlines()[analysis.document.line(hint.offset)].strip(): hint.text
        for hint in hints(analysis)
    }


def table(analysis, number=0):
    return [
        (row.layer, row.output, row.params, row.connected) for row in summary(analysis, analysis.models[number]).rows
    ]


def over(analysis, text):
    return hover(analysis, analysis.document.text.index(text) + 1).markdown


def test_a_place_that_several_calls_reach(analysed):
    found = shown(analysed(RESIDUAL))
    twice = "→ (None, 32, 32, 16) | (None, 16, 16, 32)"
    assert found['y = layers.Conv2D(filters, 3, padding="same")(x)'] == twice
    assert found['x = layers.Conv2D(filters, 1, name=f"project_{filters}")(x)'] == twice
    assert found["x = layers.MaxPooling2D()(x)"] == "→ (None, 16, 16, 16)"
    assert found["outputs = layers.Dense(10)(layers.GlobalAveragePooling2D()(x))"] == "→ (None, 10)"


def test_the_way_that_the_shape_decides(analysed):
    [model] = analysed(RESIDUAL).models
    names = [layer.verdict.name for layer in model.layers if not layer.is_skipped]
    assert [name for name in names if name.startswith("project")] == ["project_16", "project_32"]
    assert (model.status.kind, model.verdict.complete) == ("built", True)


def test_the_lens_of_a_functional_model(analysed):
    analysis = analysed("""
        a, b = Input((8,)), Input((4,))
        model = Model([a, b], [layers.concatenate([a, b]), layers.Dense(2)(b)])
        """)
    [lens] = lenses(analysis)
    assert lens.text == "model · (None, 8), (None, 4) → (None, 12), (None, 2) · 10 parameters"
    assert analysis.document.location(lens.span.start).row == 5


def test_several_outputs(analysed):
    found = shown(analysed("all_steps, state = layers.GRU(4, return_sequences=True, return_state=True)(Input((5, 2)))"))
    assert list(found.values()) == ["→ (None, 5, 4), (None, 4)"]


def test_the_table_says_what_a_layer_is_connected_to(analysed):
    analysis = analysed("""
        left, right = Input((8,), name="left"), Input((8,), name="right")
        shared = layers.Dense(3, name="shared")
        model = Model([left, right], layers.Add(name="sum")([shared(left), shared(right)]))
        """)
    assert table(analysis) == [
        ("left (InputLayer)", "(None, 8)", "0", "-"),
        ("right (InputLayer)", "(None, 8)", "0", "-"),
        ("shared (Dense)", "(None, 3)", "27", "left[0][0], right[0][0]"),
        ("sum (Add)", "(None, 3)", "0", "shared[0][0], shared[1][0]"),
    ]
    assert analysis.models[0].verdict.params == 27


def test_a_hover_says_where_each_input_comes_from(analysed):
    text = over(
        analysed("""
            x = Input((8,))
            y = layers.Dense(4)(x)
            z = layers.Concatenate()([y, x])
            """),
        "Concatenate",
    )
    assert "takes `(None, 4)`: Dense, line 5" in text
    assert "`(None, 4)`, `(None, 8)` → `(None, 12)` · float32" in text


def test_a_model_inside_a_model(analysed):
    analysis = analysed("""
        inner_input = Input((8,))
        inner = Model(inner_input, layers.Dense(4)(inner_input), name="inner")
        x = Input((8,))
        outer = Model(x, layers.Dense(1)(inner(x)))
        """)
    assert [(model.model.name, model.verdict.params) for model in analysis.models] == [("inner", 36), ("outer", 41)]
    assert table(analysis, 1)[1][:3] == ("inner (Functional)", "(None, 4)", "36")


def test_what_keras_refuses_is_marked_and_the_rest_is_shown(analysed):
    analysis = analysed("""
        x = Input((8, 8, 3))
        y = layers.Add()([layers.Conv2D(4, 3)(x), x])
        z = layers.Conv2D(2, 3)(x)
        w = layers.Flatten()(y)
        model = Model(x, [w, z])
        """)
    [model] = analysis.models
    assert (model.status.kind, model.status.reason) == ("refused", "error at the 2nd layer (Add)")
    assert [layer.status.kind for layer in model.layers] == ["built", "built", "refused", "built", "unknown"]
    assert model.layers[4].status.reason == "it depends on a layer that is not known"


def test_sizes_that_the_program_asks_for(analysed):
    found = shown(
        analysed("""
        x = layers.Conv2D(6, 3)(Input((16, 10, 3)))
        batch, height, width, channels = x.shape
        x = layers.Dense(height * width // 2)(x)
        x = layers.Reshape((int(x.shape[1] * x.shape[2]), -1))(x)
        x = layers.Dense(max(x.shape[-1], 3) if len(x.shape) == 3 else 1)(x)
        """)
    )
    assert list(found.values()) == [
        "→ (None, 14, 8, 6)",
        "→ (None, 14, 8, 56)",
        "→ (None, 112, 56)",
        "→ (None, 112, 56)",
    ]


def test_too_many_ways_leave_the_rest_known(analysed):
    analysis = analysed("""
        import sys
        x = Input((8,))
        y = layers.Dense(4)(x)
        for word in ("a", "b", "c", "d", "e", "f"):
            if word in sys.argv:
                y = layers.Dense(4)(y)
        model = Model(x, layers.Dense(2)(y))
        """)
    assert shown(analysis)["y = layers.Dense(4)(x)"] == "→ (None, 4)"


def test_a_layer_is_built_by_the_first_tensor_that_it_meets(analysed):
    analysis = analysed("""
        shared = layers.Dense(3)
        first = shared(Input((8,)))
        x = Input((5,))
        model = Model(x, shared(x))
        """)
    model = next(model for model in analysis.models if model.model.kind == "functional")
    assert model.status.kind == "refused"


def test_a_hover_on_the_name_of_call_has_the_table(analysed):
    analysis = analysed("""
        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.dense = layers.Dense(4)

            def call(self, inputs):
                outputs = self.dense(inputs)
                return outputs

        Net()(Input((3,)))
        """)
    assert 'Model: "Net"' in over(analysis, "call(self")
    assert hover(analysis, analysis.document.text.index("outputs = self")) is None
    assert "**Dense**" in over(analysis, "self.dense(inputs)")


def test_a_subclass_that_makes_itself_a_functional_model(analysed):
    analysis = analysed("""
        class Net(keras.Model):
            def __init__(self, units):
                inputs = Input((8,))
                super().__init__(inputs=inputs, outputs=layers.Dense(units)(inputs))

        net = Net(4)
        more = layers.Dense(2)(net(Input((8,))))
        """)
    [model] = [model for model in analysis.models if model.model.kind == "functional"]
    assert (model.model.name, model.verdict.output_shapes, model.verdict.params) == ("net", ((None, 4),), 36)
    assert shown(analysis)["more = layers.Dense(2)(net(Input((8,))))"] == "→ (None, 2)"
    assert analysis.reading.unread == ()


def test_a_function_has_the_values_of_when_its_layer_is_applied(analysed):
    found = shown(
        analysed("""
        x = Input((8,))
        parts = []
        for i in range(1, 4):
            part = layers.Lambda(lambda t: t[:, :i])(x)
            parts.append(part)
        whole = layers.Concatenate()(parts)
        """)
    )
    assert found["part = layers.Lambda(lambda t: t[:, :i])(x)"] == "→ (None, 1) | (None, 2) | (None, 3)"
    assert found["whole = layers.Concatenate()(parts)"] == "→ (None, 6)"


def test_many_functions_in_a_loop_stay_apart(analysed):
    analysis = analysed("""
        x = Input((4, 4, 64))
        parts = [layers.Lambda(lambda t: t[:, :, :, 2 * i : 2 * i + 2])(x) for i in range(32)]
        model = Model(x, layers.Concatenate()([layers.Conv2D(2, 3)(part) for part in parts]))
        """)
    assert [model.status.kind for model in analysis.models] == ["built"]


def test_a_hover_on_a_place_that_several_calls_reach_names_them(analysed):
    text = over(
        analysed("""
        def block(x, filters):
            return layers.Conv2D(filters, 3)(x)

        def stage(x, filters):
            return block(block(x, filters), filters + 1)

        x = stage(Input((32, 32, 3)), 8)
        x = block(x, 4)
        """),
        "Conv2D(filters",
    )
    parts = [part.split("\n\n")[:2] for part in text.split("\n\n---\n\n")]
    assert [[head.partition(" · ")[0], calls] for head, calls in parts] == [
        ["**Conv2D** `conv2d`", "called in `block(x, filters)`, line 8, in `stage(Input((32, 32, 3)), 8)`, line 10"],
        [
            "**Conv2D** `conv2d_1`",
            "called in `block(block(x, filters), filters + 1)`, line 8, in `stage(Input((32, 32, 3)), 8)`, line 10",
        ],
        ["**Conv2D** `conv2d_2`", "called in `block(x, 4)`, line 11"],
    ]


def test_the_table_of_a_chain_has_no_connections(analysed):
    analysis = analysed("""
        x = Input((8,), name="x")
        model = Model(x, layers.Dense(2, name="b")(layers.Dense(4, name="a")(x)))
        """)
    assert table(analysis) == [
        ("x (InputLayer)", "(None, 8)", "0", None),
        ("a (Dense)", "(None, 4)", "36", None),
        ("b (Dense)", "(None, 2)", "10", None),
    ]


def test_a_loop_over_the_shape_of_an_input(analysed):
    found = shown(
        analysed("""
        x = Input(shape=(4, 6))
        parts = []
        for step in range(x.shape[1]):
            parts.append(layers.Dense(3)(x[:, step]))
        whole = layers.Concatenate()(parts)
        """)
    )
    assert found["parts.append(layers.Dense(3)(x[:, step]))"] == "→ (None, 3)"
    assert found["whole = layers.Concatenate()(parts)"] == "→ (None, 12)"


def test_a_copy_of_a_functional_model_has_weights_of_its_own(analysed):
    analysis = analysed("""
        x = Input((16,))
        shared = layers.Dense(16)
        one = Model(x, layers.add([shared(x), shared(shared(x))]))
        two = keras.models.clone_model(one)
        both = Model(x, layers.concatenate([one(x), two(x)]))
        three = keras.models.clone_model(both)
        """)
    verdicts = {model.model.name: model.verdict for model in analysis.models}
    assert [verdicts[name].params for name in ("one", "two", "both")] == [272, 272, 544]
    assert verdicts["two"].output_shapes == ((None, 16),)
    assert "three" not in verdicts  # of a copy of models inside, nobody knows what they share


def test_a_part_of_another_model_has_the_layers_of_that_part(analysed):
    analysis = analysed("""
        x = Input((20,))
        whole = Model(x, layers.Dense(20)(layers.Dense(64, name="code")(x)))
        part = Model(whole.input, whole.get_layer("code").output)
        again = Model(whole.input, whole.get_layer("code").output)
        middle = layers.Dense(10)(x)
        half = Model(middle, layers.Dense(2)(middle))
        """)
    shown = {
        model.model.name: [layer.class_name for layer in model.layers if not layer.is_skipped]
        for model in analysis.models
    }
    assert shown == {
        "whole": ["InputLayer", "Dense", "Dense"],
        "part": ["InputLayer", "Dense"],
        "again": ["InputLayer", "Dense"],
        "half": ["InputLayer", "Dense", "Dense"],
    }
