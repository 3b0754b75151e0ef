"""Loaders of directories and of windows: their images have the size that the source asks for.

Defaults: https://keras.io/api/data_loading/ and the signatures of `ImageDataGenerator`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from keras_shapes.data import Array, Dataset, Fact, Size
from keras_shapes.model import Unknown
from keras_shapes.reader.library import marks, polynomials, sizes
from keras_shapes.reader.library.arrays import as_array, new, rows_of, shape_argument, shape_of, size_argument, tensor
from keras_shapes.reader.library.elements import mapped, one_slice
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.objects import LibraryObject
from keras_shapes.reader.library.registry import LibraryCall, function, method
from keras_shapes.reader.values import Value

GENERATOR: Final = "keras.utils.ImageDataGenerator"
_CHANNELS: Final = {"grayscale": 1, "rgb": 3, "rgba": 4}


@function("keras.utils.image_dataset_from_directory")
def _image_dataset(call: LibraryCall) -> Value:
    images = _images(call, call.value("image_size", default=(256, 256)), call.value("color_mode", default="rgb"))
    mode = call.value("label_mode", default="int") if call.value("labels", default="inferred") is not None else None
    return _from_directory(call, images, mode)


@function("keras.utils.text_dataset_from_directory")
def _text_dataset(call: LibraryCall) -> Value:
    texts = new((), "string", "text_dataset_from_directory", call.span, library="tensorflow")
    mode = call.value("label_mode", default="int") if call.value("labels", default="inferred") is not None else None
    return _from_directory(call, texts, mode)


@function("keras.utils.audio_dataset_from_directory")
def _audio_dataset(call: LibraryCall) -> Value:
    length = call.value("output_sequence_length", default=None)
    sound = new(
        (length if isinstance(length, int) else None, None),
        "float32",
        "audio_dataset_from_directory",
        call.span,
        library="tensorflow",
    )
    mode = call.value("label_mode", default="int") if call.value("labels", default="inferred") is not None else None
    return _from_directory(call, sound, mode)


def _from_directory(call: LibraryCall, data: Array, mode: Value) -> Value:
    names = call.value("class_names", default=None)
    listed = names is None and isinstance(call.value("labels", default="inferred"), (list, tuple))
    classes = len(names) if isinstance(names, (list, tuple)) else _number_of_classes(call)
    size = call.value("batch_size", default=32)
    element = data if mode is None else (data, _labels(call, mode, classes))
    directory = Dataset(element, None, origin=data.origin, span=call.span)
    if size is not None:
        directory = _batched(directory, size)
    attributes: dict[str, Value] = {} if listed else {"class_names": _names(names, classes)}
    directory = replace(directory, attributes=tuple(attributes.items()))
    return [directory, directory] if call.value("subset", default=None) == "both" else directory


def _images(call: LibraryCall, size: Value, color_mode: Value) -> Array:
    origin = call.path.rpartition(".")[2]
    sides = shape_argument(size)
    if len(sides) != 2 or (isinstance(color_mode, str) and color_mode not in _CHANNELS):
        raise GiveUp("an image size that is not known here")
    channels: Size = _CHANNELS.get(color_mode) if isinstance(color_mode, str) else sizes.unknown_size("the color mode")
    shape = (channels, *sides) if call.image_data_format == "channels_first" else (*sides, channels)
    return new(shape, "float32", origin, call.span, library="tensorflow", low=0, high=255)


def _labels(call: LibraryCall, mode: Value, classes: Size) -> Value:
    high = classes - 1 if isinstance(classes, int) else None
    match mode:
        case "int":
            return _label_array(call, (), "int32", high)
        case "binary":
            return _label_array(call, (1,), "float32", 1)
        case "categorical":
            labels = _label_array(call, (classes,), "float32", 1)
            return replace(labels, provenance=labels.provenance | {Fact.ONE_HOT})
        case _:
            return Unknown("a label_mode that is not known here", call.span)


def _label_array(call: LibraryCall, shape: tuple[Size, ...], dtype: str, high: int | None) -> Array:
    origin = call.path.rpartition(".")[2]
    low = None if high is None else 0
    return new(shape, dtype, origin, call.span, library="tensorflow", low=low, high=high, provenance={Fact.LABELS})


def _number_of_classes(call: LibraryCall) -> Unknown:
    """The same for all loaders of one directory."""
    directory = call.value("directory", default=None)
    place = (
        directory
        if isinstance(directory, str)
        else polynomials.key_of(directory)
        if isinstance(directory, Unknown)
        else object()
    )
    reason = f"the classes in {directory!r}" if isinstance(directory, str) else "the classes in the directory"
    return replace(sizes.unknown_size(reason, ("classes", place)), name="num_classes")


def _names(names: Value, classes: Size) -> Value:
    if isinstance(names, (list, tuple)):
        return list(names)
    return Array(
        (classes,),
        "str",
        origin="class_names",
        provenance=frozenset({Fact.PYTHON_LIST}),
        source=("classes", id(classes)),
    )


def _batched(dataset: Dataset, size: Value) -> Dataset:
    from keras_shapes.reader.library.elements import with_axis

    known = size if isinstance(size, (int, Unknown)) else None
    return replace(dataset, element=with_axis(dataset.element, None), batched=dataset.batched + 1, batch_size=known)


@function(GENERATOR)
def _generator(call: LibraryCall) -> Value:
    return LibraryObject(GENERATOR, call.arguments, span=call.span)


@method(f"{GENERATOR}.fit")
def _fit(_value: LibraryObject, _call: LibraryCall) -> Value:
    return None


@method(f"{GENERATOR}.flow")
def _flow(_value: LibraryObject, call: LibraryCall) -> Value:
    """Batches of augmented images; `x` must have four axes."""
    given = call.value("x")
    if isinstance(given, (tuple, list)):
        raise GiveUp("images with further inputs")
    x = as_array(given)
    if len(shape_of(x)) != 4:
        raise GiveUp(f"flow takes (samples, height, width, channels), gets {sizes.text(shape_of(x))}")
    images = _open(replace(x, dtype="float32", minimum=None, maximum=None, provenance=x.provenance & marks.PARTS))
    labels = call.value("y", default=None)
    size = call.value("batch_size", default=32)
    element: Value = images if labels is None else (images, _open(as_array(labels)))
    known = size if isinstance(size, (int, Unknown)) else None
    whole = None if call.has("subset") else _number_of_batches(rows_of(x), known)
    attributes = (("n", rows_of(x)), ("batch_size", size)) if not call.has("subset") else ()
    return Dataset(element, whole, 1, known, "ImageDataGenerator.flow", call.span, "Sequence", attributes)


@method(f"{GENERATOR}.flow_from_directory")
def _flow_from_directory(_value: LibraryObject, call: LibraryCall) -> Value:
    images = _images(call, call.value("target_size", default=(256, 256)), call.value("color_mode", default="rgb"))
    mode = call.value("class_mode", default="categorical")
    return _files(call, images, mode, call.value("classes", default=None), call.value("batch_size", default=32))


@method(f"{GENERATOR}.flow_from_dataframe")
def _flow_from_dataframe(_value: LibraryObject, call: LibraryCall) -> Value:
    images = _images(call, call.value("target_size", default=(256, 256)), call.value("color_mode", default="rgb"))
    mode = call.value("class_mode", default="categorical")
    classes = call.value("classes", default=None)
    if mode in ("raw", "other", "multi_output"):
        columns = call.value("y_col", default="class")
        shape = (len(columns),) if isinstance(columns, (list, tuple)) else ()
        raw: Value = (
            _label_array(call, shape, "float64", None)
            if mode != "multi_output"
            else Unknown("several outputs", call.span)
        )
        return _iterator(call, (images, replace(raw, dtype=None) if isinstance(raw, Array) else raw), {}, None)
    return _files(call, images, mode, classes, call.value("batch_size", default=32))


def _files(call: LibraryCall, images: Array, mode: Value, names: Value, size: Value) -> Value:
    images = replace(images, minimum=None, maximum=None)
    classes: Size = len(names) if isinstance(names, (list, tuple)) and names else _classes_of_flow(call)
    high = classes - 1 if isinstance(classes, int) else None
    element: Value
    match mode:
        case None:
            element = images
        case "categorical":
            labels = _label_array(call, (classes,), "float32", 1)
            element = (images, replace(labels, provenance=labels.provenance | {Fact.ONE_HOT}))
        case "binary":
            element = (images, _label_array(call, (), "float32", 1))
        case "sparse":
            element = (images, _label_array(call, (), "float32", high))
        case "input":
            element = (images, images)
        case _:
            element = (images, Unknown("a class_mode that is not known here", call.span))
    index = LibraryObject("keras.utils.Vocabulary", facts={"length": classes})
    samples = sizes.unknown_size("the number of images", ("samples", object()))
    attributes: dict[str, Value] = {"class_indices": index, "num_classes": classes, "samples": samples, "n": samples}
    attributes |= {"image_shape": images.shape, "target_size": images.shape and images.shape[:2], "batch_size": size}
    labels_of_files = new((samples,), "int32", low=0, high=high, provenance={Fact.LABELS})
    attributes["classes"] = labels_of_files
    return _iterator(call, element, attributes, size)


def _iterator(call: LibraryCall, element: Value, attributes: dict[str, Value], size: Value) -> Value:
    origin = call.path.rpartition(".")[2]
    element = mapped(element, lambda array: replace(array, library="numpy"))
    return _batched(
        Dataset(element, None, origin=origin, span=call.span, library="Sequence", attributes=tuple(attributes.items())),
        size,
    )


def _classes_of_flow(call: LibraryCall) -> Unknown:
    if call.path.endswith("dataframe"):
        return sizes.unknown_size("the classes in the data frame")
    return _number_of_classes(call)


def _open(array: Array) -> Array:
    """The array with an open batch axis."""
    return replace(array, shape=None if array.shape is None else (None, *array.shape[1:]), values=None)


def _number_of_batches(rows: Size, size: Size) -> Size:
    return None if rows is None or size is None else polynomials.ceil_divide(rows, size)


@function("keras.utils.timeseries_dataset_from_array")
def _timeseries(call: LibraryCall) -> Value:
    """Windows of `sequence_length` steps, each with its target."""
    data = tensor(call.value("data"))
    length = size_argument(call.value("sequence_length"))
    size = call.value("batch_size", default=128)
    windows = replace(data, shape=None if data.shape is None else (length, *data.shape[1:]), values=None)
    targets = call.value("targets", default=None)
    element: Value = windows if targets is None else (windows, one_slice(tensor(targets)))
    dataset = Dataset(element, None, origin="timeseries_dataset_from_array", span=call.span)
    return dataset if size is None else _batched(dataset, size)


@function("keras.utils.TimeseriesGenerator")
def _timeseries_generator(call: LibraryCall) -> Value:
    data, targets = call.array("data"), call.array("targets")
    length = size_argument(call.value("length"))
    rate = call.number("sampling_rate", default=1)
    if length is None or rate < 1:
        raise GiveUp("windows of unknown length")
    steps = polynomials.ceil_divide(length, rate)
    windows = replace(data, shape=None if data.shape is None else (steps, *data.shape[1:]), values=None)
    element = (windows, one_slice(targets))
    size = call.value("batch_size", default=128)
    return _batched(Dataset(element, None, origin="TimeseriesGenerator", span=call.span, library="Sequence"), size)
