"""Scalers, encoders and other transformers of scikit-learn: what `fit_transform` makes of shapes."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from keras_shapes.data import Array, Fact, Size
from keras_shapes.model import Unknown
from keras_shapes.reader.library import dtypes, marks, polynomials, sizes
from keras_shapes.reader.library.arrays import (
    as_array,
    changed,
    moved,
    new,
    of_values,
    opaque,
    rows_of,
    shape_of,
    size_argument,
    table_of,
)
from keras_shapes.reader.library.frames import frame
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.objects import FRAME, LibraryObject
from keras_shapes.reader.library.reducing import different_items
from keras_shapes.reader.library.registry import LibraryCall, function, method
from keras_shapes.reader.library.sklearn_columns import label_classes, label_columns, label_sets, polynomial_features
from keras_shapes.reader.values import Value

_SAME_SHAPE: Final = {
    "sklearn.preprocessing": (
        "StandardScaler MinMaxScaler MaxAbsScaler RobustScaler Normalizer QuantileTransformer PowerTransformer "
        "OrdinalEncoder Binarizer"
    ),
    "sklearn.impute": "SimpleImputer KNNImputer",
}
_SHAPE_KEEPERS: Final = [f"{module}.{name}" for module, names in _SAME_SHAPE.items() for name in names.split()]
_TO_COMPONENTS: Final = ["sklearn.decomposition.PCA", "sklearn.decomposition.TruncatedSVD", "sklearn.decomposition.NMF"]
_TO_WORDS: Final = [f"sklearn.feature_extraction.text.{name}" for name in ("CountVectorizer", "TfidfVectorizer")]
_LABEL_ENCODER: Final = "sklearn.preprocessing.LabelEncoder"
_LABEL_BINARIZER: Final = "sklearn.preprocessing.LabelBinarizer"
_ONE_HOT: Final = "sklearn.preprocessing.OneHotEncoder"
_POLYNOMIAL: Final = "sklearn.preprocessing.PolynomialFeatures"
_MULTI_LABEL: Final = "sklearn.preprocessing.MultiLabelBinarizer"
_FUNCTION: Final = "sklearn.preprocessing.FunctionTransformer"
_OTHERS: Final = [
    _POLYNOMIAL,
    _MULTI_LABEL,
    _FUNCTION,
    "sklearn.compose.ColumnTransformer",
    "sklearn.feature_selection.SelectKBest",
]
_OF_LABELS: Final = frozenset({_LABEL_ENCODER, _LABEL_BINARIZER, _MULTI_LABEL})
_ALL: Final = [*_SHAPE_KEEPERS, *_TO_COMPONENTS, *_TO_WORDS, _LABEL_ENCODER, _LABEL_BINARIZER, _ONE_HOT, *_OTHERS]


@function(*_ALL)
def _transformer(call: LibraryCall) -> Value:
    return LibraryObject(call.path, call.arguments, span=call.span)


@method(*(f"{path}.fit" for path in _ALL), *(f"{path}.partial_fit" for path in _ALL))
def _fit(value: LibraryObject, call: LibraryCall) -> Value:
    _remember(value, _data(value, call), call)
    return value


@method(*(f"{path}.fit_transform" for path in _ALL))
def _fit_transform(value: LibraryObject, call: LibraryCall) -> Value:
    array = _data(value, call)
    _remember(value, array, call)
    return _transformed(value, array, call, fitted_now=True)


@method(*(f"{path}.transform" for path in _ALL))
def _transform(value: LibraryObject, call: LibraryCall) -> Value:
    return _transformed(value, _data(value, call), call, fitted_now=False)


@method(*(f"{path}.inverse_transform" for path in _ALL))
def _inverse_transform(value: LibraryObject, call: LibraryCall) -> Value:
    if value.kind in {_FUNCTION, _MULTI_LABEL}:
        raise GiveUp("an inverse that is not read")
    array = call.array("X", "y", "Y", "Xt", "yt")
    if value.kind in _SHAPE_KEEPERS:
        call.maker.value("feature_range", default=None)
        return changed(array, array.shape, None, library="numpy")
    if value.kind == _LABEL_ENCODER:
        return changed(array, array.shape, None, library="numpy")
    return opaque(array, dtype=None, library="numpy")


@function("sklearn.preprocessing.scale", "sklearn.preprocessing.minmax_scale", "sklearn.preprocessing.normalize")
def _scale(call: LibraryCall) -> Value:
    array = call.array("X")
    return changed(array, array.shape, _scaled_dtype(array), library="numpy")


@function("sklearn.preprocessing.label_binarize")
def _label_binarize(call: LibraryCall) -> Value:
    classes = call.value("classes")
    count = as_array(classes).shape
    labels = call.array("y")
    return _binarized(labels, count[0] if count else None)


@function("sklearn.utils.shuffle", "sklearn.utils.resample")
def _shuffle(call: LibraryCall) -> Value:
    values = call.rest()
    if not values:
        raise GiveUp("nothing to shuffle")
    source = object()
    count = size_argument(call.value("n_samples")) if call.has("n_samples") else None
    result = [_shuffled(value, source, count, all_kept=call.path.endswith("shuffle")) for value in values]
    return result if len(result) > 1 else result[0]


@function("sklearn.utils.class_weight.compute_class_weight")
def _class_weight(call: LibraryCall) -> Value:
    return new((different_items(call.array("y")),), "float64", "compute_class_weight", call.span)


@function("sklearn.utils.class_weight.compute_sample_weight")
def _sample_weight(call: LibraryCall) -> Value:
    labels = call.array("y")
    return changed(labels, shape_of(labels)[:1], "float64")


def _remember(value: LibraryObject, array: Array, call: LibraryCall) -> None:
    call.change(value.facts, "fitted", array)
    if value.kind == _MULTI_LABEL:
        call.change(value.facts, "classes_", label_classes(array, call.maker))
    if value.kind in {_LABEL_ENCODER, _LABEL_BINARIZER}:
        call.change(value.facts, "classes_", _classes(array))


def _data(value: LibraryObject, call: LibraryCall) -> Array:
    names = ("y",) if value.kind in _OF_LABELS else ("X", "raw_documents")
    return label_sets(call.value(*names)) if value.kind == _MULTI_LABEL else call.array(*names)


def _transformed(value: LibraryObject, array: Array, call: LibraryCall, *, fitted_now: bool) -> Value:
    kind = value.kind
    if kind in _SHAPE_KEEPERS:
        return _scaled(value, array, call, fitted_now=fitted_now)
    if kind == _LABEL_ENCODER:
        return _encoded(array, _fitted(value))
    if kind == _MULTI_LABEL:
        return label_columns(array, _fitted(value), call.maker)
    if kind == _FUNCTION:
        return _through_function(call)
    if kind == _LABEL_BINARIZER:
        return _binarized(array, different_items(_fitted(value)))
    if kind == _ONE_HOT:
        return _one_hot(value, array, call.maker)
    rows = rows_of(array)
    made = call.maker
    if kind in _TO_COMPONENTS:
        default = 2 if kind.endswith("TruncatedSVD") else None
        width = _components(made.value("n_components", default=default), value)
        return changed(array, (rows, width), _scaled_dtype(array), library="numpy")
    if kind == _POLYNOMIAL:
        return changed(array, (rows, polynomial_features(table_of(array)[1], made)), None, library="numpy")
    if kind in _TO_WORDS:
        size = sizes.unknown_size("the vocabulary of the texts", ("vocabulary", _fitted(value).source))
        return new((rows, size), None, kind.rpartition(".")[2], call.span, library="scipy", provenance={Fact.SPARSE})
    if kind.endswith("SelectKBest"):
        return changed(array, (rows, size_argument(made.value("k", default=10))), None, library="numpy")
    size = sizes.unknown_size(f"the columns that {kind.rpartition('.')[2]} makes", (kind, _fitted(value).source))
    return changed(array, (rows, size), None, library="numpy")


def _fitted(value: LibraryObject) -> Array:
    fitted = value.facts.get("fitted")
    if not isinstance(fitted, Array):
        raise GiveUp(f"the {value.kind.rpartition('.')[2]} is fitted elsewhere")
    return fitted


def _scaled(value: LibraryObject, array: Array, call: LibraryCall, *, fitted_now: bool) -> Value:
    if array.shape is not None and len(array.shape) != 2:
        raise GiveUp("scikit-learn takes (samples, features) only")
    shape = array.shape
    if value.kind.startswith("sklearn.impute.") and shape is not None:
        shape = (shape[0], _left_by_imputer(value, call.maker, shape[1]))
    result = changed(array, shape, _dtype_of(value, array, call), library="numpy")
    if value.kind.endswith("MinMaxScaler"):
        between = call.maker.value("feature_range", default=(0, 1))
        if not fitted_now:
            return result
        if isinstance(between, tuple) and all(isinstance(limit, (int, float)) for limit in between):
            return replace(result, minimum=between[0], maximum=between[1])
    return result


def _left_by_imputer(value: LibraryObject, made: LibraryCall, width: Size) -> Size:
    """Columns without any value are left out, unless they are asked for."""
    fitted = _fitted(value)
    whole = dtypes.is_integer(fitted.dtype) or fitted.dtype == "bool" or fitted.minimum is not None
    if whole or made.flag("keep_empty_features"):
        return width
    return sizes.unknown_size("columns without any value are left out", ("imputed", fitted.source, width))


def _through_function(call: LibraryCall) -> Value:
    function = call.maker.value("func", default=None)
    data = call.value("X")
    if function is None and isinstance(data, Array) and data.library == "numpy":
        return data
    if function is None:
        raise GiveUp("a transformer without a function")
    return call.invoke(function, [data])


def _dtype_of(value: LibraryObject, array: Array, call: LibraryCall) -> str | None:
    if value.kind.endswith("OrdinalEncoder"):
        return dtypes.dtype_of(call.maker.value("dtype", default="float64"))
    if value.kind.endswith("Binarizer") and not dtypes.is_floating(array.dtype):
        return None
    return _scaled_dtype(array)


def _scaled_dtype(array: Array) -> str | None:
    if array.dtype is None:
        return None
    return array.dtype if array.dtype in {"float32", "float64"} else "float64"


def _encoded(array: Array, fitted: Array) -> Array:
    """Class numbers for labels of any kind."""
    shape = array.shape
    if shape is not None and len(shape) == 2 and shape[1] == 1:
        shape = shape[:1]
    if shape is not None and len(shape) != 1:
        raise GiveUp("LabelEncoder takes one label for each sample")
    count = different_items(fitted) if fitted.shape is not None else None
    whole = marks.OF_VALUES if array is fitted or array.source is fitted.source else frozenset()
    result = changed(array, shape, "int64", library="numpy", minimum=0)
    if not isinstance(count, int):
        return result
    return replace(result, maximum=count - 1, provenance=result.provenance | whole)


def _binarized(array: Array, count: Size) -> Array:
    """One column for each class, and a single one for two classes."""
    rows = rows_of(array)
    if len(shape_of(array)) > 1 and array.shape != (rows, 1):
        raise GiveUp("labels that are binarized already")
    if not isinstance(count, int):
        known = count if isinstance(count, Unknown) else None
        key = ("binarized", polynomials.key_of(known)) if known is not None else None
        width: Size = sizes.unknown_size("the number of different values", key)
        return changed(array, (rows, width), "int64", library="numpy", minimum=0, maximum=1)
    result = changed(array, (rows, 1 if count <= 2 else count), "int64", library="numpy", minimum=0, maximum=1)
    return replace(result, provenance=result.provenance | {Fact.ONE_HOT}) if count > 2 else result


def _one_hot(value: LibraryObject, array: Array, made: LibraryCall) -> Array:
    rows, columns = table_of(array)
    sparse = made.value("sparse_output", "sparse", default=True)
    fitted = _fitted(value)
    plain = not made.has("drop") and not made.has("max_categories") and not made.has("min_frequency")
    width = different_items(fitted) if columns == 1 and plain and not made.has("categories") else None
    if not isinstance(width, int):
        width = sizes.unknown_size("the number of different values", ("one-hot", fitted.source))
    found = ({Fact.ONE_HOT} if columns == 1 and plain else set()) | ({Fact.SPARSE} if sparse is not False else set())
    dtype = dtypes.dtype_of(made.value("dtype", default="float64"))
    result = changed(array, (rows, width), dtype, minimum=0, maximum=1)
    library = "numpy" if sparse is False else "scipy"
    return replace(result, library=library, provenance=result.provenance | found)


def _components(count: Value, value: LibraryObject) -> Size:
    if isinstance(count, int) or (isinstance(count, Unknown) and count.kind == "int"):
        return size_argument(count)
    shape = table_of(_fitted(value))
    if count in (None, "auto") and value.kind.endswith("NMF"):
        return shape[1]
    if count is None and all(isinstance(size, int) for size in shape):
        return min(size for size in shape if isinstance(size, int))
    return sizes.unknown_size("the number of components", ("components", _fitted(value).source))


def _classes(array: Array) -> Array:
    if array.values is not None:
        kept = sorted(set(array.values), key=lambda item: (str(type(item)), item))
        return of_values(kept, (len(kept),), array.dtype)
    return new((different_items(array),) if array.shape is not None else None, array.dtype)


def _shuffled(value: Value, source: object, count: Size, *, all_kept: bool) -> Value:
    array = as_array(value)
    shape = array.shape if count is None or array.shape is None else (count, *array.shape[1:])
    result = moved(array, shape, keep={Fact.ONE_HOT})
    left_out = frozenset() if all_kept and count is None else marks.OF_VALUES
    provenance = result.provenance - left_out
    result = replace(result, source=("shuffled", source), columns=array.columns, provenance=provenance)
    return frame(result) if isinstance(value, LibraryObject) and value.kind == FRAME else result
