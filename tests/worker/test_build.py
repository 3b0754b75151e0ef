"""What the worker says of whole models: refusals and their places, settings, names, models inside models."""

from dataclasses import replace

import pytest
from making import HERE, model

from keras_shapes.keras_process.recipe import encode_model
from keras_shapes.model import (
    Apply,
    Argument,
    Attribute,
    Call,
    Declared,
    InputSource,
    Model,
    Node,
    PublicName,
    Settings,
    Unknown,
    UserCode,
)
from keras_shapes.verdict import Built, Refused, UnknownSize

CNN = "[keras.Input((28, 28, 1)), L.Conv2D(8, 3), L.Flatten(), L.Dense(10, activation='softmax')]"
CONV = (None, UnknownSize(), UnknownSize(), 8)
FIRST = Settings(image_data_format="channels_first")


def shapes(verdict):
    return [layer.output_shape for layer in verdict.layers]


def test_shapes_weights_and_parameters(worker):
    verdict = worker.verdict(model(CNN))
    assert shapes(verdict) == [(None, 28, 28, 1), (None, 26, 26, 8), (None, 5408), (None, 10)]
    conv = verdict.layers[1]
    assert (conv.class_name, conv.name, conv.dtype, conv.input_shape) == (
        "Conv2D",
        "conv2d",
        "float32",
        (None, 28, 28, 1),
    )
    assert [(weight.name, weight.shape) for weight in conv.weights] == [("kernel", (3, 3, 1, 8)), ("bias", (8,))]
    assert [layer.params for layer in verdict.layers] == [0, 80, 0, 54_090]
    assert (verdict.params, verdict.input_shape, verdict.output_shape) == (54_170, (None, 28, 28, 1), (None, 10))
    assert verdict.complete


def test_no_weight_is_allocated(worker):
    worker.verdict(model(CNN))
    before = worker.resident_bytes()
    verdict = worker.verdict(model("[keras.Input((224, 224, 3)), L.Flatten(), L.Dense(100000)]"))
    assert verdict.params == 15_052_900_000
    assert worker.resident_bytes() - before < 20_000_000


def test_a_constructor_error_has_its_layer_and_argument(worker):
    verdict = worker.verdict(model("[keras.Input((4,)), L.Dense(3), L.Dense(-2, activation='relu')]"))
    assert (verdict.node, verdict.stage, verdict.exception, verdict.blamed) == (
        2,
        "constructor",
        "ValueError",
        ("units",),
    )
    assert verdict.parameters[:3] == ("units", "activation", "use_bias")
    assert shapes(verdict) == [(None, 4), (None, 3), None]


def test_messages_hold_nothing_of_the_process_that_says_them(worker):
    verdict = worker.verdict(model("[keras.Input((4,)), L.Dense(keras.activations.relu)]"))
    assert verdict.message.endswith("units=<function relu>")


def test_a_missing_argument_and_an_unknown_keyword(worker):
    verdict = worker.verdict(model("[L.Dense(activation='relu', init='x')]"))
    assert (verdict.missing, verdict.blamed) == (("units",), ("init",))


def test_a_build_error_has_its_layer_and_input(worker):
    verdict = worker.verdict(model("[L.LSTM(8, input_shape=(10, 4)), L.LSTM(3), L.Dense(2)]"))
    assert isinstance(verdict, Refused)
    assert (verdict.path, verdict.stage, verdict.input_shape) == ((1,), "build", (None, 8))
    assert (verdict.input_spec, verdict.call.target.path) == ("ndim=3", "keras.layers.LSTM")
    assert dict(verdict.config)["return_sequences"] is False
    assert shapes(verdict) == [(None, 8), None, None]


def test_a_refusal_inside_a_nested_model(worker):
    inner = "keras.Sequential([L.Dense(5), keras.Sequential([L.ReLU(), L.Conv2D(3, 3)])])"
    verdict = worker.verdict(model(f"[L.Dense(3, input_shape=(4,)), {inner}]"))
    assert (verdict.path, verdict.call.target.last, verdict.input_shape) == ((1, 1, 1), "Conv2D", (None, 5))


def test_a_refusal_inside_a_wrapper(worker):
    verdict = worker.verdict(model("[keras.Input((10, 4)), L.TimeDistributed(L.Conv2D(2, 3))]"))
    assert (verdict.path, verdict.call.target.last) == ((1, 0), "Conv2D")
    verdict = worker.verdict(model("[L.Bidirectional(L.LSTM(units='3'))]"))
    assert (verdict.path, verdict.call.target.last, verdict.blamed) == ((0, 0), "LSTM", ("units",))


def test_layers_of_a_nested_model(worker):
    verdict = worker.verdict(
        model("[keras.Input((8, 8, 3)), keras.Sequential([L.Conv2D(4, 3), L.Flatten()]), L.Dense(2)]")
    )
    [(path, layers)] = verdict.nested
    assert (path, [layer.output_shape for layer in layers]) == ((1,), [(None, 6, 6, 4), (None, 144)])


def test_a_nested_model_that_was_built_before_keeps_its_input(worker):
    outer = model("[keras.Input((8, 8, 3)), keras.Sequential([L.Rescaling(2.0)]), L.Conv2D(4, 3)]")
    built = replace(
        outer.nodes[1].expression, input=InputSource((None, 9, 9, 3), "float32", "call", HERE, "first data")
    )
    verdict = worker.verdict(replace(outer, nodes=(outer.nodes[0], Node(built, HERE), outer.nodes[2])))
    assert isinstance(verdict, Refused)
    assert (verdict.path[0], verdict.input_shape) == (1, (None, 8, 8, 3))


@pytest.mark.parametrize(
    ("source", "position"),
    [
        ("[keras.Input((4,)), L.Dense(3), 5, L.Dense(2)]", 2),
        ("[keras.Input((4,)), keras.Input((3,))]", 1),
        ("[keras.Input((4,)), L.Dense(3, name='a'), L.Dense(3, name='a')]", 2),
        ("[[L.Dense(3)]]", 0),
    ],
)
def test_what_cannot_be_added(worker, source, position):
    verdict = worker.verdict(model(source))
    assert (verdict.node, verdict.stage) == (position, "add")
    assert shapes(verdict)[:position] == [(None, 4), (None, 3)][:position]


def test_the_same_layer_twice(worker):
    verdict = worker.verdict(
        model("[keras.Input((3,)), same, L.ReLU(), same]", same=model("[L.Dense(3)]").nodes[0].expression)
    )
    assert shapes(verdict) == [(None, 3)] * 4
    assert verdict.params == 12


def test_names_that_keras_would_choose_too(worker):
    verdict = worker.verdict(model("[keras.Input((4,)), L.Dense(3), L.Dense(3, name='dense_1'), L.Dense(3)]"))
    assert isinstance(verdict, Built)
    first = worker.verdict(model("[L.Dense(3, name='input_layer', input_shape=(4,)), L.Dense(3, name='dense')]"))
    assert (isinstance(first, Built), first.params) == (True, 27)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (1, 2, 0)])
def test_settings_hold_for_their_model_only(worker, order):
    conv = "[keras.Input((3, 32, 32)), L.Conv2D(4, 3), L.BatchNormalization()]"
    cases = [
        (model(conv, settings=FIRST), [(None, 3, 32, 32), (None, 4, 30, 30), (None, 4, 30, 30)], "float32"),
        (model(conv), [(None, 3, 32, 32), (None, 1, 30, 4), (None, 1, 30, 4)], "float32"),
        (
            model("[keras.Input((4,)), L.Dense(2)]", settings=Settings(floatx="float16", dtype_policy="float64")),
            [(None, 4), (None, 2)],
            "float64",
        ),
    ]
    verdicts = worker.verdicts(*[cases[index][0] for index in order])
    for index, verdict in zip(order, verdicts, strict=True):
        assert (shapes(verdict), verdict.layers[1].dtype) == cases[index][1:]


def test_an_input_from_the_first_data(worker):
    verdict = worker.verdict(model("[L.Embedding(100, 8), L.LSTM(4)]", input_shape=(None, 20)))
    assert shapes(verdict) == [(None, 20, 8), (None, 4)]
    refused = worker.verdict(model("[L.LSTM(4), L.Dense(2)]", input_shape=(None, 20)))
    assert (refused.node, refused.input_shape) == (0, (None, 20))


def test_no_input_at_all(worker):
    verdict = worker.verdict(model("[L.LSTM(8), L.Dense(2)]"))
    assert (shapes(verdict), verdict.complete) == ([(None, 8), (None, 2)], False)
    assert verdict.reason == "the input shape is not known"
    assert [layer.params for layer in verdict.layers] == [None, 18]


def test_a_single_input_and_nothing(worker):
    assert shapes(worker.verdict(model("[keras.Input((3,))]"))) == [(None, 3)]
    assert worker.verdict(model("[]")) == Built((), None, None, None, complete=False)


def test_what_keras_cannot_tell(worker):
    verdict = worker.verdict(model("[keras.Input((3,)), L.Layer(), L.Dense(2)]"))
    assert (isinstance(verdict, Built), verdict.complete) == (True, False)
    assert verdict.layers[1].reason == "Keras cannot tell the output shape of this layer"
    assert verdict.layers[2].output_shape.last == 2


def test_base_models_load_nothing_and_keep_their_checks(worker):
    base = "keras.applications.MobileNetV2(include_top=False, weights='{}', input_shape=({}))"
    verdict = worker.verdict(model(f"[{base.format('imagenet', '64, 64, 3')}, L.GlobalAveragePooling2D(), L.Dense(3)]"))
    assert (shapes(verdict), verdict.params) == ([(None, 2, 2, 1280), (None, 1280), (None, 3)], 2_261_827)
    grey = worker.verdict(model(f"[{base.format('imagenet', '64, 64, 1')}, L.Flatten()]"))
    assert (grey.node, grey.blamed) == (0, ("input_shape",))
    mine = worker.verdict(model(f"[{base.format('mine.h5', '64, 64, 1')}, L.Flatten()]"))
    assert isinstance(mine, Built)


def test_a_functional_graph(worker):
    tensor = call("keras.Input", (8,))
    branch = Apply(call("keras.layers.Dense", 4), arguments(tensor), HERE)
    other = Apply(call("keras.layers.Dense", 3), arguments(tensor), HERE)
    both = Apply(call("keras.layers.Concatenate"), arguments([branch, other]), HERE)
    functional = call("keras.Model", tensor, both)
    verdict = worker.verdict(model("[functional, L.Dense(2)]", functional=functional))
    assert (shapes(verdict), verdict.params) == ([(None, 7), (None, 2)], 36 + 27 + 16)


def test_an_input_from_a_tensor_that_cannot_be_made_is_not_known(worker):
    """A model called on the output of another, whose own input nobody knows."""
    above = Apply(call("keras.layers.Dense", 4), arguments(Unknown("features are not known", HERE)), HERE)
    source = InputSource((Attribute(above, "shape", HERE),), None, "call", HERE, "input from its call")
    asked = replace(model("[L.Dense(64), L.Dense(1)]"), input=source)
    verdict = worker.verdict(asked)
    assert isinstance(verdict, Built)
    assert ([layer.params for layer in verdict.layers][1], verdict.complete) == (65, False)


def test_a_functional_graph_with_an_unknown_part_is_not_refused(worker):
    tensor = call("keras.Input", (8,))
    output = Unknown("Foo()(x) is not known", HERE)
    positional = call("keras.Model", tensor, output)
    named = (Argument("inputs", tensor, HERE, HERE), Argument("outputs", output, HERE, HERE))
    keywords = Call(PublicName("keras.Model"), named, HERE, HERE)
    for functional in (positional, keywords):
        assert not isinstance(worker.verdict(model("[functional, L.Dense(2)]", functional=functional)), Refused)


@pytest.mark.parametrize(
    ("function", "shape"),
    [
        ("lambda x: x[:, -1]", (None, 6)),
        ("lambda x: tf.expand_dims(x * 2.0, axis=-1)", (None, 5, 6, 1)),
        ("lambda x: keras.ops.mean(x, axis=1) / 255", (None, 6)),
        ("lambda x: tf.reshape(x, (-1, x.shape[1] * x.shape[2]))", (None, 30)),
        ("lambda x: tf.reduce_sum(tf.square(x), axis=[1, 2])", (None,)),
        ("lambda x: x @ tf.transpose(x, [0, 2, 1])", (None, 5, 5)),
        ("lambda x: (x + x)[:, ::2, :3]", (None, 3, 3)),
    ],
)
def test_readable_functions(worker, function, shape):
    verdict = worker.verdict(model(f"[keras.Input((5, 6)), L.Lambda({function})]"))
    assert verdict.output_shape == shape


@pytest.mark.parametrize(
    ("function", "shape"),
    [
        ("lambda x: keras.ops.sum(x, axis=1)", (None, 6)),
        ("lambda x: (x.shape[0], x.shape[1] * 2, 3)", (None, 10, 3)),
    ],
)
def test_a_readable_layer_of_the_user(worker, function, shape):
    readable = model(f"[{function}]").nodes[0].expression
    mine = UserCode("Mine", (), HERE, HERE, "Mine is defined in this file", readable=readable)
    verdict = worker.verdict(model("[keras.Input((5, 6)), mine, L.Flatten()]", mine=mine))
    layer = verdict.layers[1]
    assert (layer.class_name, layer.output_shape, layer.params, verdict.params) == ("Mine", shape, None, None)
    assert layer.name == ""  # what the user's own layer would be called is not known
    assert verdict.complete


def test_a_declared_output(worker):
    declared = Declared(Unknown("Mine", None), (None, 7, 9), HERE)
    verdict = worker.verdict(model("[keras.Input((4,)), mine, L.LSTM(2)]", mine=declared))
    assert (shapes(verdict), verdict.params) == ([(None, 4), (None, 7, 9), (None, 2)], None)


def test_tensorflow_python_keras_shows_shapes_and_refuses_nothing(worker):
    flavour = "tensorflow.python.keras"
    embedding = worker.verdict(
        model("[L.Embedding(100, 8, input_length=10), L.Flatten(), L.Dense(int64(3))]", flavour=flavour)
    )
    assert shapes(embedding) == [(None, 10, 8), (None, 80), (None, 3)]
    batch = worker.verdict(model("[L.Dense(3, batch_input_shape=(2, 4), implementation=1)]", flavour=flavour))
    assert shapes(batch) == [(2, 3)]
    refused = worker.verdict(model("[L.Dense(3, input_shape=(4,)), L.LSTM(2)]", flavour=flavour))
    assert (isinstance(refused, Built), shapes(refused)) == (True, [(None, 3), None])
    assert refused.reason == "what tensorflow.python.keras refuses is not known here"


def test_layers_of_two_libraries(worker):
    keras_layer = model("[L.Dense(3, input_shape=(4,))]").nodes[0].expression
    verdict = worker.verdict(model("[one, L.Dense(2)]", flavour="tensorflow.python.keras", one=keras_layer))
    assert verdict.layers[0].reason == "a layer of keras does not fit into a model of tensorflow.python.keras"


@pytest.mark.parametrize(
    ("layer", "reason"),
    [
        ("L.TFSMLayer('/tmp')", "keras.layers.TFSMLayer is not evaluated"),
        ("keras.utils.get_file('a', 'b')", "keras.utils.get_file is not evaluated"),
        ("keras.layers.deserialize({'class_name': 'Dense'})", "keras.layers.deserialize is not evaluated"),
        ("L.TextVectorization(vocabulary='/etc/passwd')", "vocabulary is read from a file"),
        ("L.TimeDistributed({'class_name': 'Dense', 'config': {'units': 3}})", "a configuration is not evaluated"),
        ("L.ThresholdedReLU()", "this Keras has no keras.layers.ThresholdedReLU"),
        ("tf.io.read_file('/etc/passwd')", "tensorflow.io.read_file is not evaluated"),
        ("keras.ops.zeros((3,))", "keras.ops.zeros is not evaluated here"),
    ],
)
def test_what_is_not_evaluated(worker, layer, reason):
    verdict = worker.verdict(model(f"[keras.Input((4,)), {layer}]"))
    assert (isinstance(verdict, Built), verdict.layers[1].reason) == (True, reason)


def test_recipes_of_an_enemy(worker):
    element = {"call": "keras.layers.Dense", "id": 0, "args": [], "kwargs": []}
    frame = {"flavour": "keras", "settings": {}, "arguments": {"args": [], "kwargs": []}, "input": None}
    for part in (
        {"attribute": [element, "__class__"]},
        {"call": "keras.layers.Dense.__init__.__globals__", "id": 1, "args": [], "kwargs": []},
        {"call": "os.system", "id": 1, "args": ["true"], "kwargs": []},
        {"operation": "pow", "id": 1, "operands": [10, 10_000_000]},
        {"operation": "__import__", "id": 1, "operands": ["os"]},
        {"ref": 0, "id": 0},
        {"nothing": 1},
    ):
        [answer] = worker.answer({"models": [{**frame, "nodes": [part]}]})["models"]
        assert "unavailable" in answer or "outputs" not in answer["layers"][0], part


def test_arguments_of_the_model_itself(worker):
    layers = model(CNN).nodes
    named = Model("m", HERE, HERE, layers, (Argument("name", "net", HERE, HERE),))
    assert isinstance(worker.verdict(named), Built)
    refused = worker.verdict(Model("m", HERE, HERE, layers, (Argument("nam", "net", HERE, HERE),)))
    assert (shapes(refused), refused.complete) == ([None, CONV, (None, UnknownSize()), (None, 10)], False)
    assert refused.reason.startswith("Keras refuses the arguments of Sequential")


def test_equal_models_have_equal_keys():
    one, other = model("[L.Dense(units), L.Dense(units)]"), model("[L.Dense(classes), L.Dense(classes)]")
    assert encode_model(one).key == encode_model(other).key
    assert encode_model(one).key != encode_model(model("[L.Dense(units), L.Dense(classes)]")).key
    assert encode_model(model(CNN)).key != encode_model(model(CNN, settings=FIRST)).key


def test_an_expression_that_contains_itself():
    numbers = []
    numbers.append(numbers)
    recipe = encode_model(model("[L.Dense(numbers)]", numbers=numbers))
    assert len(recipe.key) < 10_000
    twice = [1]
    for _ in range(40):
        twice = [twice, twice]
    assert len(encode_model(model("[L.Dense(twice)]", twice=twice)).key) < 10_000_000


def test_an_incomplete_model_has_no_shapes(worker):
    known = model(CNN)
    incomplete = Model("m", HERE, HERE, known.nodes, incomplete=Unknown("the loop is too long", HERE))
    verdict = worker.verdict(incomplete)
    assert (shapes(verdict), verdict.reason) == ([None] * 4, "the loop is too long")


def call(path, *values):
    return Call(PublicName(path), arguments(*values), HERE, HERE)


def arguments(*values):
    return tuple(Argument(None, value, HERE, HERE) for value in values)
