"""The elements of datasets: arrays, tuples and dictionaries of arrays, changed alike in all their parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from keras_shapes.data import Array, Dataset, Size
from keras_shapes.model import Apply, Unknown
from keras_shapes.reader.library import preprocessing_layers, sizes
from keras_shapes.reader.library.arrays import bounds_of_all, tensor
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.objects import LibraryObject
from keras_shapes.reader.unfolding import is_small_structure
from keras_shapes.reader.values import Value


def mapped(element: Value, change: Callable[[Array], Value]) -> Value:
    """The same structure with `change` done to each array; what is unknown stays so."""
    _expect_small(element)
    match element:
        case tuple():
            return tuple(mapped(part, change) for part in element)
        case dict():
            return {key: mapped(part, change) for key, part in element.items()}
        case Array():
            return change(element)
        case _:
            return element


def slices(value: Value) -> tuple[Value, Size]:
    """The element and the length of a dataset of the slices of `value`."""
    _expect_small(value)
    match value:
        case tuple():
            pairs = [slices(part) for part in value]
            return tuple(pair[0] for pair in pairs), _one_length([pair[1] for pair in pairs])
        case dict():
            found = {key: slices(part) for key, part in value.items()}
            return {key: pair[0] for key, pair in found.items()}, _one_length([pair[1] for pair in found.values()])
        case Unknown():
            return value, None
        case _:
            array = tensor(value)
            if array.shape == ():
                raise GiveUp("a number has no slices")
            return one_slice(array), array.shape[0] if array.shape is not None else None


def one_slice(array: Array) -> Array:
    """One item along the first axis, as a dataset gives it."""
    shape = None if array.shape is None else array.shape[1:]
    return replace(array, shape=shape, values=None)


def with_axis(element: Value, size: Size) -> Value:
    """Elements put together in batches of `size`."""

    def change(array: Array) -> Value:
        return array if array.shape is None else replace(array, shape=(size, *array.shape), values=None)

    return mapped(element, change)


def without_axis(element: Value) -> Value:
    """Batches taken apart."""

    def change(array: Array) -> Value:
        if array.shape == ():
            raise GiveUp("these elements have no batch axis")
        return one_slice(array)

    return mapped(element, change)


def common(left: Value, right: Value) -> Value:
    """An element of one of two datasets: sizes in which they differ are open."""
    _expect_small((left, right))
    match left, right:
        case tuple(), tuple() if len(left) == len(right):
            return tuple(common(one, other) for one, other in zip(left, right, strict=True))
        case Array(), Array():
            first, second = left.shape, right.shape
            low, high = bounds_of_all([left, right])
            both = replace(left, minimum=low, maximum=high, values=None)
            if first is None or second is None or len(first) != len(second):
                return replace(both, shape=None)
            pairs = zip(first, second, strict=True)
            return replace(both, shape=tuple(one if sizes.same(one, other) else None for one, other in pairs))
        case _:
            return left if left == right else Unknown("elements of two datasets")


def in_hand(element: Value, batch_size: Size) -> Value:
    """An element as a loop meets it: its open sizes are numbers then, though not known here."""
    high = batch_size if isinstance(batch_size, int) else None

    def change(array: Array) -> Value:
        if array.shape is None:
            return array
        shape = tuple(
            sizes.unknown_size("the size of a batch", high=high if axis == 0 else None) if size is None else size
            for axis, size in enumerate(array.shape)
        )
        return replace(array, shape=shape)

    return mapped(element, change)


def returned(value: Value) -> Value:
    """What a function gave to `map`, as the element of a dataset."""
    _expect_small(value)
    match value:
        case tuple():
            return tuple(map(returned, value))
        case dict():
            return {key: returned(part) for key, part in value.items()}
        case Array() | bool() | int() | float() | str() | list():
            return tensor(value)
        case Dataset() | Unknown() | LibraryObject():
            return value
        case Apply():
            found = _of_layer(value)
            return tensor(found) if isinstance(found, Array) else found
        case _:
            return Unknown("the result of this function is not read")


def _of_layer(value: Apply) -> Value:
    try:
        return preprocessing_layers.given_by(value)
    except GiveUp as reason:
        return reason.unknown(value.span)


def arguments(element: Value) -> list[Value]:
    """The arguments that `map` calls its function with: the parts of a tuple, or the one element."""
    return list(element) if isinstance(element, tuple) else [element]


def _expect_small(value: Value) -> None:
    if not is_small_structure(value):
        raise GiveUp("elements with very many parts")


def _one_length(lengths: list[Size]) -> Size:
    known = {length for length in lengths if isinstance(length, int)}
    if len(known) > 1:
        raise GiveUp(f"different numbers of samples: {', '.join(map(str, sorted(known)))}")
    return known.pop() if known else next((length for length in lengths if length is not None), None)
