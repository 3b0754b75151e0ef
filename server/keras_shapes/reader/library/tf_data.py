"""`tf.data`: how datasets are made and what each step of a pipeline does to their elements."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from keras_shapes.data import Array, Dataset, Fact, Size
from keras_shapes.model import NumpyNumber, Unknown
from keras_shapes.reader.library import dtypes, plain, polynomials, sizes
from keras_shapes.reader.library.arrays import new, shape_argument, tensor
from keras_shapes.reader.library.elements import (
    arguments,
    common,
    mapped,
    returned,
    slices,
    with_axis,
    without_axis,
)
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.registry import LibraryCall, function, method
from keras_shapes.reader.values import Value

_DATASET: Final = "tensorflow.data.Dataset"
_WINDOW: Final = "window"
"""A dataset inside a dataset, which `flat_map` puts together; its length is that of each window."""
_SAME: Final = "shuffle prefetch cache with_options ignore_errors shard snapshot apply".split()


@function(f"{_DATASET}.from_tensor_slices")
def _from_tensor_slices(call: LibraryCall) -> Value:
    element, length = slices(call.value("tensors"))
    return Dataset(element, length, origin="from_tensor_slices", span=call.span)


@function(f"{_DATASET}.from_tensors")
def _from_tensors(call: LibraryCall) -> Value:
    value = call.value("tensors")
    return Dataset(returned(value), 1, origin="from_tensors", span=call.span)


@function(f"{_DATASET}.range")
def _range(call: LibraryCall) -> Value:
    bounds = [plain.whole(bound) for bound in call.rest()]
    known = [bound for bound in bounds if bound is not None]
    usable = len(known) == len(bounds) and 1 <= len(bounds) <= 3 and 0 not in bounds[2:]
    length = len(range(*known)) if usable else None
    dtype = dtypes.dtype_of(call.type_argument("output_type", default="int64"))
    number = new((), dtype, "Dataset.range", call.span, library="tensorflow", low=0 if len(bounds) == 1 else None)
    return Dataset(number, length, origin="Dataset.range", span=call.span)


@function(f"{_DATASET}.zip")
def _zip(call: LibraryCall) -> Value:
    given = call.rest()
    parts = call.value("datasets", default=None) or (given[0] if len(given) == 1 else tuple(given))
    if not isinstance(parts, (tuple, list)):
        raise GiveUp(parts if isinstance(parts, Unknown) else "datasets that are not known here")
    element = tuple(_element(part) for part in parts)
    datasets = [part for part in parts if isinstance(part, Dataset)]
    lengths = [dataset.length for dataset in datasets]
    known = [length for length in lengths if isinstance(length, int)]
    batched = min((dataset.batched for dataset in datasets), default=0)
    length = min(known) if len(known) == len(parts) else None
    return Dataset(element, length, batched, datasets[0].batch_size if datasets else None, "Dataset.zip", call.span)


@function(f"{_DATASET}.from_generator")
def _from_generator(call: LibraryCall) -> Value:
    signature = call.value("output_signature", default=None)
    if signature is not None:
        return Dataset(returned(signature), None, origin="from_generator", span=call.span)
    types = call.value("output_types", default=None)
    shapes = call.value("output_shapes", default=None)
    return Dataset(_specified(types, shapes), None, origin="from_generator", span=call.span)


@function("tensorflow.TensorSpec", "tensorflow.RaggedTensorSpec", "tensorflow.SparseTensorSpec")
def _spec(call: LibraryCall) -> Value:
    if not call.path.endswith(".TensorSpec"):
        raise GiveUp("a ragged or sparse tensor")
    shape = call.value("shape")
    dtype = dtypes.dtype_of(call.type_argument("dtype", default="float32"))
    return new(None if shape is None else shape_argument(shape), dtype, "TensorSpec", call.span, library="tensorflow")


@function("tensorflow.TensorShape")
def _tensor_shape(call: LibraryCall) -> Value:
    return shape_argument(call.value("dims"))


@function(
    f"{_DATASET}.list_files",
    "tensorflow.data.TextLineDataset",
    "tensorflow.data.TFRecordDataset",
)
def _of_strings(call: LibraryCall) -> Value:
    origin = call.path.rpartition(".")[2]
    return Dataset(new((), "string", origin, call.span, library="tensorflow"), None, origin=origin, span=call.span)


@function(f"{_DATASET}.sample_from_datasets", f"{_DATASET}.choose_from_datasets")
def _sampled(call: LibraryCall) -> Value:
    datasets = call.value("datasets")
    if not isinstance(datasets, (list, tuple)) or not datasets or not isinstance(datasets[0], Dataset):
        raise GiveUp("datasets that are not known here")
    return _derived(datasets[0], datasets[0].element, None)


@function("tensorflow.data.experimental.cardinality")
def _cardinality(call: LibraryCall) -> Value:
    return _number_of(_the_dataset(call.value("dataset")), call)


@method(*(f"Dataset.{name}" for name in _SAME))
def _same(value: Dataset, call: LibraryCall) -> Value:
    if call.path.endswith((".apply", ".shard")):
        raise GiveUp("what a function makes of a dataset")
    return _derived(value, value.element, value.length)


@method("Dataset.batch", "Dataset.ragged_batch", "Dataset.padded_batch")
def _batch(value: Dataset, call: LibraryCall) -> Value:
    size = call.value("batch_size")
    size = size.value if isinstance(size, NumpyNumber) else size
    padded = call.path.endswith("padded_batch")
    whole = call.value("drop_remainder", default=False)
    if call.path.endswith("ragged_batch") or (isinstance(size, int) and size < 1):
        raise GiveUp("a batch that is not read")
    known = size if isinstance(size, (int, Unknown)) else None
    element = _padded(value.element, call.value("padded_shapes", default=None)) if padded else value.element
    axis = known if whole is True else None
    if value.library == _WINDOW and isinstance(value.length, int) and isinstance(size, int) and size >= value.length:
        axis = value.length
    length = _batches(value.length, known, drop=whole is True)
    return Dataset(with_axis(element, axis), length, value.batched + 1, known, value.origin, value.span, value.library)


@method("Dataset.unbatch")
def _unbatch(value: Dataset, _call: LibraryCall) -> Value:
    return replace(
        _derived(value, without_axis(value.element), None), batched=max(0, value.batched - 1), batch_size=None
    )


@method("Dataset.rebatch")
def _rebatch(value: Dataset, call: LibraryCall) -> Value:
    size = call.value("batch_size")
    known = size if isinstance(size, int) else None
    whole = call.value("drop_remainder", default=False) is True
    axis: Size = known if whole else sizes.unknown_size("the size of a batch", high=known)
    element = with_axis(without_axis(value.element), axis)
    return replace(_derived(value, element, None), batch_size=known)


@method("Dataset.map")
def _map(value: Dataset, call: LibraryCall) -> Value:
    result = call.invoke(call.value("map_func"), arguments(value.element))
    return _derived(value, returned(result), value.length)


@method("Dataset.flat_map", "Dataset.interleave")
def _flat_map(value: Dataset, call: LibraryCall) -> Value:
    result = call.invoke(call.value("map_func"), arguments(value.element))
    inner = _the_dataset(result)
    batched = value.batched if inner.library == _WINDOW else inner.batched
    return replace(
        inner, length=None, batched=batched, batch_size=None, origin=value.origin, span=value.span, library="tf.data"
    )


@method("Dataset.filter", "Dataset.take_while", "Dataset.unique", "Dataset.rejection_resample")
def _filter(value: Dataset, _call: LibraryCall) -> Value:
    return _derived(value, value.element, None)


@method("Dataset.take")
def _take(value: Dataset, call: LibraryCall) -> Value:
    count = call.value("count")
    if not isinstance(count, int):
        return _derived(value, value.element, None)
    length = value.length if count < 0 else count if value.length is None else None
    if isinstance(value.length, int) and count >= 0:
        length = min(value.length, count)
    return _derived(value, value.element, length if value.length is not None else None)


@method("Dataset.skip")
def _skip(value: Dataset, call: LibraryCall) -> Value:
    count = call.value("count")
    known = isinstance(count, int) and isinstance(value.length, int) and count >= 0
    return _derived(value, value.element, max(0, value.length - count) if known else None)  # type: ignore[operator]


@method("Dataset.repeat")
def _repeat(value: Dataset, call: LibraryCall) -> Value:
    count = call.value("count", default=None)
    known = isinstance(count, int) and count >= 0 and isinstance(value.length, int)
    return _derived(value, value.element, value.length * count if known else None)  # type: ignore[operator]


@method("Dataset.concatenate")
def _concatenate(value: Dataset, call: LibraryCall) -> Value:
    other = _the_dataset(call.value("dataset"))
    return _derived(value, common(value.element, other.element), sizes.add(value.length, other.length))


@method("Dataset.enumerate")
def _enumerate(value: Dataset, _call: LibraryCall) -> Value:
    number = new((), "int64", "enumerate", library="tensorflow", low=0)
    return _derived(value, (number, value.element), value.length)


@method("Dataset.window")
def _window(value: Dataset, call: LibraryCall) -> Value:
    """Datasets of a few elements each: `flat_map` puts them together."""
    size = call.value("size")
    whole = call.value("drop_remainder", default=False) is True
    length = size if isinstance(size, int) and whole else None
    parts = value.element if isinstance(value.element, tuple) else (value.element,)
    windows = tuple(Dataset(part, length, value.batched, origin=value.origin, library=_WINDOW) for part in parts)
    inner = windows if isinstance(value.element, tuple) else windows[0]
    return _derived(value, inner, None)


@method("Dataset.cardinality", "Dataset.__len__")
def _length(value: Dataset, call: LibraryCall) -> Value:
    return _number_of(value, call)


@method("Dataset.as_numpy_iterator", "Dataset.get_single_element", "Dataset.next", "Dataset.__next__")
def _next(value: Dataset, call: LibraryCall) -> Value:
    from keras_shapes.reader.library.elements import in_hand

    if call.path.endswith("iterator"):
        return replace(value, element=mapped(value.element, lambda array: replace(array, library="numpy")))
    return in_hand(value.element, value.batch_size)


@method("Dataset.reset", "Dataset.on_epoch_end", "Dataset.save")
def _nothing(_value: Dataset, _call: LibraryCall) -> Value:
    return None


@function("keras.utils.split_dataset")
def _split_dataset(call: LibraryCall) -> Value:
    """Two datasets of single samples, the left one rounded down."""
    given = call.value("dataset")
    if isinstance(given, Dataset):
        element = without_axis(given.element) if given.batched else given.element
        length = None if given.batched else given.length
    else:
        element, length = slices(tuple(given) if isinstance(given, list) else given)
    left, right = _shares(length, call.value("left_size", default=None), call.value("right_size", default=None))
    origin = "split_dataset"
    return (
        Dataset(element, left, origin=origin, span=call.span),
        Dataset(element, right, origin=origin, span=call.span),
    )


def _shares(length: Size, left: Value, right: Value) -> tuple[Size, Size]:
    if not isinstance(length, int) or (right is not None and left is not None):
        return None, None
    if isinstance(left, (int, float)):
        count = round(length * left) if isinstance(left, float) else left
        return count, length - count
    if isinstance(right, (int, float)):
        count = round(length * right) if isinstance(right, float) else right
        return length - count, count
    return None, None


def _derived(value: Dataset, element: Value, length: Size) -> Dataset:
    """A step of a pipeline: what the loader said of the whole (`class_names`) is not there any more."""
    return replace(value, element=element, length=length, attributes=())


def _batches(length: Size, size: Size, *, drop: bool) -> Size:
    if not isinstance(length, (int, Unknown)) or not isinstance(size, (int, Unknown)):
        return None
    return polynomials.floor_divide(length, size) if drop else polynomials.ceil_divide(length, size)


def _padded(element: Value, shapes: Value) -> Value:
    """Padding makes every size of an element as long as `shapes` say, or as the longest."""
    match element, shapes:
        case _, None:
            return element
        case tuple(), tuple() | list() if len(element) == len(shapes):
            return tuple(_padded(part, shape) for part, shape in zip(element, shapes, strict=True))
        case dict(), dict():
            return {key: _padded(part, shapes.get(key, Unknown("a shape"))) for key, part in element.items()}
        case Array(), tuple() | list():
            return replace(element, shape=tuple(_padded_size(size) for size in shapes), values=None)
        case _:
            return mapped(element, _padded_to_unknown)


def _padded_size(size: Value) -> Size:
    return None if size is None or size == -1 else sizes.whole(size)


def _padded_to_unknown(array: Array) -> Value:
    if array.shape is None:
        return array
    unknown = tuple(size if size is None else sizes.unknown_size("a padded size") for size in array.shape)
    return replace(array, shape=unknown, values=None)


def _element(part: Value) -> Value:
    if isinstance(part, (tuple, list)):
        return tuple(_element(one) for one in part)
    return part.element if isinstance(part, Dataset) else Unknown("a dataset that is not known here")


def _the_dataset(value: Value) -> Dataset:
    if isinstance(value, Dataset):
        return value
    if isinstance(value, Unknown):
        raise GiveUp(value)
    raise GiveUp("this is not known to be a dataset")


def _number_of(value: Dataset, call: LibraryCall) -> Value:
    number = new((), "int64", "the number of elements", call.span, library="tensorflow", provenance={Fact.EXACT})
    if isinstance(value.length, int):
        return replace(number, values=(value.length,), minimum=value.length, maximum=value.length)
    return replace(number, provenance=frozenset())


def _specified(types: Value, shapes: Value) -> Value:
    """The element that `output_types` and `output_shapes` describe."""
    if isinstance(types, (tuple, list)):
        parts = shapes if isinstance(shapes, (tuple, list)) and len(shapes) == len(types) else [None] * len(types)
        return tuple(_specified(one, shape) for one, shape in zip(types, parts, strict=True))
    if isinstance(types, dict):
        known = shapes if isinstance(shapes, dict) else {}
        return {key: _specified(one, known.get(key)) for key, one in types.items()}
    shape = shape_argument(shapes) if shapes is not None and not isinstance(shapes, Unknown) else None
    return tensor(Array(shape, dtypes.dtype_of(types), source=object()))
