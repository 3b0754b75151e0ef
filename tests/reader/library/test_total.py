"""Whatever a program hands to a library, the reader gets a value back: no exception, and soon."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.shares import draws

from keras_shapes.data import Array, Dataset
from keras_shapes.model import Argument, Call, NumpyNumber, PublicName, Unknown
from keras_shapes.reader import library
from keras_shapes.reader.library import LibraryCall, frames
from keras_shapes.reader.library.registry import known_methods, known_paths
from keras_shapes.reader.values import Builtin, Items
from keras_shapes.source import Span

EXAMPLES = draws("KERAS_SHAPES_EXAMPLES", 300, 3000)
SPAN = Span(0, 1)
N = Unknown("n", kind="int", key="n", name="n")

sizes = st.sampled_from([0, 1, 2, 3, 28, 10**12, None, N, Unknown("m", kind="int", key="m")])
arrays = st.builds(
    Array,
    st.one_of(st.none(), st.lists(sizes, max_size=4).map(tuple)),
    st.sampled_from([None, "float32", "float64", "uint8", "int64", "bool", "object", "str", "string"]),
    st.sampled_from([None, 0, -3]),
    st.sampled_from([None, 0, 9, 255.5]),
    origin=st.sampled_from(["", "np.load('x')", "what predict() gives"]),
    library=st.sampled_from(["numpy", "tensorflow", "pandas", "keras", "scipy"]),
    provenance=st.sampled_from(
        [frozenset(), frozenset({"one-hot"}), frozenset({"exact range"}), frozenset({"every integer", "exact range"})]
    ),
    source=st.builds(object),
)
literals = st.sampled_from(
    [
        Array((3,), "int64", 0, 2, values=(0, 1, 2), source=object()),
        Array((2, 2), "float64", values=(0.5, 1.0, 2.0, 3.0), source=object()),
        Array((), "int64", 4, 4, values=(4,), source=object()),
        Array((2,), "object", values=("a", "b"), library="pandas", source=object()),
    ]
)
plain = st.sampled_from(
    [
        None, True, False, 0, 1, -1, 2, 3, 7, 10**30, -(10**30), 0.0, 0.5, 1e300, float("inf"), float("nan"), "", "a",
        "int", "rgb", "axis", "channels_first", "categorical", "float32", b"x", 3j, ..., (), [], {}, (1, 2), (3, -1),
        [1, 2, 3], [[1, 2], [3]], [0.5, "a", None], {"a": [1, 2], "b": [3, 4]}, {1: 2}, set(), range(5), range(10**9),
        slice(None), slice(1, None), slice(None, -1), slice(None, None, 2), slice(1, None, 0), slice("a", "b"),
    ]
)  # fmt: skip
others = st.sampled_from(
    [
        Unknown("anything"),
        N,
        Unknown("f", kind="float"),
        Unknown("s", kind="str"),
        Unknown("b", kind="bool"),
        Unknown("i", kind="numpy int", low=0, high=9),
        NumpyNumber("int64", 3),
        NumpyNumber("float32", 0.5),
        PublicName("numpy.float32"),
        PublicName("keras.layers.Dense"),
        Builtin("int"),
        Items(N, N),
        Items(Unknown("word", kind="str"), Unknown("many", kind="int", low=3, high=3)),
        Call(PublicName("keras.layers.Dense"), (), SPAN, SPAN),
        object(),
    ]
)
values = st.deferred(
    lambda: st.one_of(
        arrays,
        literals,
        plain,
        others,
        arrays.filter(lambda array: array.shape is None or len(array.shape) == 2).map(frames.frame),
        st.builds(Dataset, st.one_of(arrays, st.tuples(arrays, arrays), others), sizes, st.integers(0, 2), sizes),
        st.lists(values, max_size=3),
        st.lists(values, max_size=3).map(tuple),
    )
)
names = st.sampled_from(
    [
        None,
        None,
        None,
        "axis",
        "dtype",
        "shape",
        "size",
        "batch_size",
        "columns",
        "inplace",
        "test_size",
        "x",
        "*",
        "**",
    ]
)
any_arguments = st.lists(st.builds(lambda name, value: Argument(name, value, SPAN, SPAN), names, values), max_size=5)
data = st.one_of(arrays, literals).map(lambda array: Argument(None, array, SPAN, SPAN))
arguments = st.one_of(
    any_arguments.map(tuple),
    st.builds(lambda first, rest: (first, *rest), data, any_arguments),
    st.builds(lambda first, second, rest: (first, second, *rest), data, data, any_arguments),
)
objects = st.sampled_from(
    [
        "sklearn.preprocessing.StandardScaler",
        "sklearn.preprocessing.LabelEncoder",
        "sklearn.preprocessing.OneHotEncoder",
        "sklearn.model_selection.KFold",
        "sklearn.decomposition.PCA",
        "keras.utils.Tokenizer",
        "keras.utils.ImageDataGenerator",
        "numpy.random.default_rng",
        "sklearn.datasets.load_iris",
        "PIL.Image.open",
        "tensorflow_datasets.builder",
    ]
)
total = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


@total
@given(st.sampled_from(known_paths()), arguments, values)
def test_functions(path, arguments, result):
    library.find(path)(LibraryCall(path, arguments, SPAN, invoke=lambda _function, _arguments: result))


@total
@given(values, st.sampled_from(sorted({name.rpartition(".")[2] for name in known_methods()})), arguments, values)
def test_methods(value, name, arguments, result):
    handler = library.method(value, name)
    if handler is not None:
        handler(LibraryCall(name, arguments, SPAN, invoke=lambda _function, _arguments: result))


@total
@given(
    objects,
    arguments,
    st.lists(
        st.tuples(st.sampled_from("fit fit_transform transform flow split resize".split()), arguments), max_size=3
    ),
)
def test_objects(path, arguments, calls):
    value = library.find(path)(LibraryCall(path, arguments, SPAN))
    for name, given_arguments in calls:
        handler = library.method(value, name)
        if handler is not None:
            handler(LibraryCall(name, given_arguments, SPAN))


@total
@given(
    values, values, st.sampled_from("shape T values columns iloc loc str dtype size ndim index class_names a".split())
)
def test_subscripts_and_attributes(value, index, name):
    library.index(value, index)
    library.store(value, index, index, LibraryCall("store"))
    library.iterate(value)
    library.one_of(value)
    library.length(value)
    library.data_of(value)
    inner = library.attribute(value, name)
    library.index(inner, index)


@total
@given(
    values,
    values,
    st.sampled_from("add sub mul truediv floordiv mod pow matmul and_ or_ xor lshift rshift".split()),
    st.sampled_from(["neg", "pos", "invert"]),
    st.sampled_from(["Eq", "NotEq", "Lt", "LtE", "Gt", "GtE", "Is", "In"]),
)
def test_operators(left, right, binary, unary, comparison):
    library.binary(binary, left, right)
    library.unary(unary, left)
    library.compare(comparison, left, right)
