"""What the server tells of graphs as data, which a client draws: inputs, edges, outputs, shared and nested layers."""

from __future__ import annotations

from textwrap import dedent

HEAD = "import keras\nfrom keras import layers\n"
SEVERAL = """
words = keras.Input((7, 4), name="words")
tags = keras.Input((5,), name="tags")
steps, state = layers.GRU(5, return_sequences=True, return_state=True)(words)
share = layers.Dense(3)
x = share(state) + share(tags)
model = keras.Model([tags, words], [x, steps])
"""


async def models_of(editor, uri, program):
    editor.open(uri, HEAD + dedent(program))
    return (await editor.settled(uri)).models


def edges(layer):
    return [(edge.source, edge.output, edge.text) for edge in layer.inputs]


async def test_inputs_edges_and_outputs(pushed, uri):
    [model] = await models_of(pushed, uri, SEVERAL)
    assert [(each.name, each.outputText, each.location.range.start.line) for each in model.inputs] == [
        ("tags", "(None, 5)", 4),
        ("words", "(None, 7, 4)", 3),
    ]
    assert [(layer.className, layer.applied, layer.sameAs) for layer in model.layers] == [
        ("GRU", "layer", None),
        ("Dense", "layer", None),
        ("Dense", "layer", 1),
        ("Add", "operation", None),
    ]
    gru, state, tags, added = model.layers
    assert edges(gru) == [("words", 0, "(None, 7, 4)")]
    assert edges(state) == [(0, 1, "(None, 5)")]
    assert edges(tags) == [("tags", 0, "(None, 5)")]
    assert edges(added) == [(1, 0, "(None, 3)"), (2, 0, "(None, 3)")]
    assert model.outputs == [3, 0]


async def test_a_chain_is_a_graph(pushed, uri):
    [model] = await models_of(pushed, uri, "model = keras.Sequential([layers.Dense(4), layers.Dense(2)])\n")
    assert [(each.name, each.location, each.outputText) for each in model.inputs] == [("input", None, "(…, ?)")]
    assert [[edge.source for edge in layer.inputs] for layer in model.layers] == [["input"], [0]]
    assert model.outputs == [1]


async def test_nested_models_are_pointed_at(pushed, uri):
    models = await models_of(
        pushed,
        uri,
        """
        def tower(size):
            given = keras.Input((8,))
            return keras.Model(given, layers.Dense(size)(given))
        a, b = keras.Input((8,)), keras.Input((8,))
        left, right = tower(4), tower(4)
        head = keras.Sequential([layers.Dense(2)])
        model = keras.Model([a, b], head(layers.concatenate([left(a), right(b)])))
        """,
    )
    [whole] = [index for index, model in enumerate(models) if len(model.inputs) == 2]
    nested = [layer.nested for layer in models[whole].layers]
    assert [layer.applied for layer in models[whole].layers] == ["model", "model", "layer", "model"]
    assert [models[index].kind for index in nested if index is not None] == ["functional", "functional", "sequential"]
    assert nested[2] is None
    assert len({whole, *nested}) == 5


async def test_edges_of_what_keras_does_not_tell(pushed, uri):
    *_, model = await models_of(
        pushed,
        uri,
        """
        class Mine(layers.Layer):
            def call(self, x):
                return surprise(x)
        x = keras.Input((8,))
        y = Mine()(x)
        z = layers.Dense(3)(y)
        model = keras.Model(x, layers.add([z, layers.Dense(3)(x)]))
        """,
    )
    [given] = model.inputs
    assert [[edge.source for edge in layer.inputs] for layer in model.layers] == [
        [given.name],
        [0],
        [given.name],
        [1, 2],
    ]
    assert [layer.status for layer in model.layers] == ["unknown", "unknown", "built", "unknown"]
    assert model.outputs == [3]


async def test_kinds_arguments_and_the_end_of_a_model(pushed, uri):
    [model] = await models_of(
        pushed,
        uri,
        """
        import numpy as np
        x_train, y_train = np.zeros((60, 8, 8, 1)), np.zeros((60,))
        model = keras.Sequential([
            keras.Input((8, 8, 1)), layers.Conv2D(4, 3, activation="relu"), layers.Flatten(), layers.Dense(10),
        ])
        model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(x_train, y_train)
        """,
    )
    assert [(layer.kind, layer.argumentsText) for layer in model.layers] == [
        ("convolution", "3×3, relu"),
        ("shape", ""),
        ("dense", "10"),
    ]
    end = model.training
    assert (end.loss, end.labels, end.labelsText, end.fits) == (
        "sparse_categorical_crossentropy",
        "y_train",
        "(60,)",
        True,
    )
    assert end.reason is None
    assert end.location.range.start.line == 9
    assert model.inputs[0].outputShape == [None, 8, 8, 1]
    answer = await pushed.settled(uri)
    assert {layer.kind for layer in model.layers} <= {kind.name for kind in answer.kinds}
    assert len({kind.colour for kind in answer.kinds}) == len(answer.kinds)


async def test_what_is_wrong_stands_at_the_end_of_a_model(pushed, uri):
    [model] = await models_of(
        pushed,
        uri,
        """
        import numpy as np
        x_train, y_train = np.zeros((60, 8)), np.zeros((60, 3))
        model = keras.Sequential([keras.Input((8,)), layers.Dense(10)])
        model.compile("adam", "categorical_crossentropy")
        model.fit(x_train, y_train)
        """,
    )
    [told] = await pushed.diagnostics(uri)
    assert (model.training.fits, model.training.reason) == (False, told.message)


async def test_layers_of_a_call_or_of_a_turn_of_a_loop_are_blocks(pushed, uri):
    program = """
        def block(x, filters):
            y = layers.Conv2D(filters, 3, padding="same")(x)
            return layers.ReLU()(layers.BatchNormalization()(y))
        def build():
            given = keras.Input((32, 32, 3))
            x = layers.Rescaling(1 / 255)(given)
            for filters in (8, 16):
                x = block(x, filters)
            x = block(x, 32)
            return keras.Model(given, layers.Dense(2)(layers.Flatten()(x)))
        model = build()
        chain = keras.Sequential([keras.Input((32, 32, 3))])
        for filters in (8, 16):
            chain.add(layers.Conv2D(filters, 3))
            chain.add(layers.MaxPooling2D())
        chain.add(layers.Flatten())
        """
    graph, chain = await models_of(pushed, uri, program)
    assert [(block.title, list(block.layers)) for block in graph.blocks] == [
        ("block(x, filters)", [1, 2, 3]),
        ("block(x, filters)", [4, 5, 6]),
        ("block(x, 32)", [7, 8, 9]),
    ]
    assert [(block.title, list(block.layers), block.flopsText) for block in chain.blocks] == [
        ("Conv2D, MaxPooling2D", [0, 1], "389 kFLOPs"),
        ("Conv2D, MaxPooling2D", [2, 3], "389 kFLOPs"),
    ]


async def test_tensors_that_do_not_fit_are_marked(pushed, uri):
    program = """
        given = keras.Input((8, 8, 3))
        one, two, three = (layers.Conv2D(4, size)(given) for size in (1, 3, 1))
        model = keras.Model(given, layers.add([one, two, three]))
        right = keras.Model(given, layers.concatenate([one, three]))
        """
    refused, built = await models_of(pushed, uri, program)
    assert [edge.clash for edge in refused.layers[-1].inputs] == [False, True, False]
    assert (edges(refused.layers[-1])[1][2], refused.layers[-1].inputs[1].against) == (
        "(None, 6, 6, 4)",
        "(None, 8, 8, 4)",
    )
    assert [edge.clash for edge in built.layers[-1].inputs] == [False, False]


async def test_costs_of_layers_and_models(pushed, uri):
    program = "model = keras.Sequential([keras.Input((8,)), layers.Dense(4), layers.ReLU()])\nmodel.compile('adam')\n"
    [model] = await models_of(pushed, uri, program)
    assert [(layer.costs.flops, layer.costs.flopsText) for layer in model.layers] == [(64, "64 FLOPs"), (0, "")]
    costs = model.costs
    assert (costs.weightBytes, costs.gradientBytes, costs.slotBytes, costs.outputBytes) == (144, 144, 288, 1024)
    assert costs.text == "64 FLOPs a sample · training holds 1.56 KB for a batch of 32 (assumed)"
