"""What the reader knows of libraries: functions from values to values, without running anything.

The interpreter asks here whenever a value of a library takes part: `find` for functions, `method`, `attribute`,
`index`, `store`, `binary`, `unary`, `compare`, `iterate` for values, `data_of` where a value meets Keras as data.
None means that the question is none of this room's; what is not known is `model.Unknown` or an array without a shape.
"""

from __future__ import annotations

from collections.abc import Callable

from keras_shapes.data import Array, Dataset, Size
from keras_shapes.model import PublicName, Unknown
from keras_shapes.reader.library import (
    applications,
    attributes,
    builtin_functions,
    declarations,
    elements,
    elementwise,
    environments,
    files,
    frame_functions,
    frame_methods,
    frames,
    image_functions,
    images,
    in_place,
    indexing,
    keras_datasets,
    labels,
    loaders,
    methods,
    objects,
    polynomials,
    randomness,
    scalars,
    sequences,
    shaping,
    sklearn_datasets,
    sklearn_transformers,
    splits,
    tf_data,
    tfds,
)
from keras_shapes.reader.library import arithmetic as _arithmetic
from keras_shapes.reader.library.arrays import as_array, opaque, why
from keras_shapes.reader.library.attributes import with_named_sizes
from keras_shapes.reader.library.canonical import constant, find
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.objects import ARRAY_LIKE, LibraryObject
from keras_shapes.reader.library.polynomials import whole_number
from keras_shapes.reader.library.preprocessing_layers import asked_of_layer, preprocessed_by
from keras_shapes.reader.library.registry import Handler, LibraryCall
from keras_shapes.reader.values import Value
from keras_shapes.source import Span

__all__ = [
    "Handler",
    "LibraryCall",
    "LibraryObject",
    "asked_of_layer",
    "attribute",
    "augmented",
    "binary",
    "compare",
    "constant",
    "data_of",
    "delete",
    "find",
    "index",
    "iterate",
    "length",
    "method",
    "one_of",
    "polynomials",
    "preprocessed_by",
    "set_attribute",
    "store",
    "unary",
    "unread_method",
    "whole_number",
    "with_named_sizes",
    "written_by",
]
# Importing a module puts its functions into the registry.
_MODULES = (
    applications,
    builtin_functions,
    declarations,
    elementwise,
    environments,
    files,
    frame_functions,
    frame_methods,
    image_functions,
    images,
    in_place,
    keras_datasets,
    labels,
    loaders,
    randomness,
    scalars,
    sequences,
    shaping,
    sklearn_datasets,
    sklearn_transformers,
    splits,
    tf_data,
    tfds,
)


def method(value: Value, name: str) -> Handler | None:
    """What calling `value.name` does."""
    return methods.method_of(value, name)


def attribute(value: Value, name: str, span: Span | None = None) -> Value | None:
    """The value of `value.name`; None where it is not known to be an attribute (it may be a method)."""
    try:
        return attributes.attribute_of(value, name, span)
    except GiveUp as reason:
        return reason.unknown(span)


def index(value: Value, index: Value, span: Span | None = None) -> Value | None:
    """The value of `value[index]`; None where `value` is none of a library's."""
    try:
        match value:
            case Array(library="pandas") | LibraryObject(kind=objects.FRAME):
                return frames.item(value, index)
            case Array():
                return indexing.item(value, index)
            case PublicName(path="numpy.c_" | "numpy.r_"):
                return shaping.joined_by_index(value.last, index)
            case LibraryObject(kind="pandas.iloc" | "pandas.iat", facts={"of": of}):
                return frames.by_place(as_array(of), index)
            case LibraryObject(kind="pandas.loc" | "pandas.at" | "pandas.ix", facts={"of": of}):
                return frames.by_label(as_array(of), index)
            case LibraryObject():
                return value.facts.get(index) if isinstance(index, str) else None
            case Unknown():
                return attributes.item_of_shape(value, index)
            case _:
                return None
    except GiveUp as reason:
        return reason.unknown(span)


def store(value: Value, index: Value, given: Value, call: LibraryCall) -> None:
    """`value[index] = given`."""
    _change(value, call, lambda: in_place.store(value, index, given, call))


def delete(value: Value, index: Value, call: LibraryCall) -> None:
    """`del value[index]`."""
    _change(value, call, lambda: in_place.delete(value, index, call))


def set_attribute(value: Value, name: str, given: Value, call: LibraryCall) -> None:
    """`value.name = given`."""
    _change(value, call, lambda: in_place.set_attribute(value, name, given, call))


def augmented(operator: str, value: Value, given: Value, call: LibraryCall) -> Value | None:
    """What `value` is after `value <operator>= given`; None where that is only another value for a name."""
    return in_place.augmented(operator, value, given, call)


def unread_method(value: Value, name: str, call: LibraryCall) -> None:
    """A method that nobody reads was called."""
    in_place.unread_method(value, name, call)


def written_by(call: LibraryCall, owner: Value = None) -> None:
    """What a call of a function, or of a method of `owner`, wrote into its arguments."""
    in_place.written_by(owner, call)


def _change(value: Value, call: LibraryCall, change: Callable[[], None]) -> None:
    """Do a change; where it is not known what comes out, nothing is known any more."""
    try:
        change()
    except GiveUp as reason:
        if isinstance(value, LibraryObject):
            in_place.forget(value, reason.unknown(call.span).reason, call)
        elif isinstance(value, Array):
            call.become(value, opaque(value, dtype=None))


def binary(operator: str, left: Value, right: Value, span: Span | None = None) -> Value | None:
    """`left <operator> right`, by the operator's name in the module `operator`."""
    return _boxed(_arithmetic.binary(operator, left, right, span))


def unary(operator: str, value: Value, span: Span | None = None) -> Value | None:
    """`-value`, `+value`, `~value`: "neg", "pos", "invert"."""
    return _boxed(_arithmetic.unary(operator, value, span))


def compare(operator: str, left: Value, right: Value, span: Span | None = None) -> Value | None:
    """A comparison, by the name of its syntax node: "Eq", "Lt"."""
    return _boxed(_arithmetic.compare(operator, left, right, span))


def iterate(value: Value, span: Span | None = None) -> list[Value] | Unknown | None:
    """The items that a loop or an unpacking meets; an unknown where their number is not known or large."""
    try:
        match value:
            case LibraryObject(kind=objects.FRAME):
                return iterate(attributes.attribute_of(value, "columns", span), span)
            case Array():
                return indexing.items(value)
            case Dataset():
                return Unknown("the batches of a dataset", span)
            case _:
                return None
    except GiveUp as reason:
        return reason.count(span)


def one_of(value: Value) -> Value:
    """What one turn of a loop over a value meets, however many there are."""
    try:
        match value:
            case Array():
                return indexing.item(value, Unknown("an item of a loop", kind="int"))
            case Dataset(element=element, batch_size=size):
                return elements.in_hand(element, size)
    except GiveUp as reason:
        return reason.unknown(None)
    return Unknown("an item that is not known here")


def length(value: Value, span: Span | None = None) -> Size | None:
    """`len(value)`: a whole number, known or not; None where `value` is none of a library's."""
    match value:
        case Array() | LibraryObject(kind=objects.FRAME):
            return _rows(value, span)
        case LibraryObject(facts={"length": int() | Unknown() as size}):
            return size
        case Dataset(length=size):
            return Unknown("the number of batches", span, kind="int") if size is None else size
        case _:
            return None


def data_of(value: Value) -> Value:
    """The value as data for Keras: a data frame becomes its array, everything else stays."""
    if not isinstance(value, LibraryObject) or value.kind not in ARRAY_LIKE:
        return value
    try:
        return as_array(value)
    except GiveUp as reason:
        return reason.unknown(value.span)


def _rows(value: Value, span: Span | None) -> Size:
    try:
        array = as_array(value)
    except GiveUp as reason:
        return reason.unknown(span)
    if array.shape is None:
        return Unknown(why(array), span, kind="int", key=("size", array.source, 0))
    return array.shape[0] if array.shape else Unknown("len() of a number", span)


def _boxed(value: Value | None) -> Value | None:
    is_frame = isinstance(value, Array) and value.library == "pandas" and value.shape is not None
    return frames.boxed(value) if is_frame and isinstance(value, Array) else value
