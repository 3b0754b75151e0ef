"""How many columns scikit-learn makes: of sets of labels, and of products of features."""

from __future__ import annotations

import math

from keras_shapes.data import Array, Size
from keras_shapes.model import Unknown
from keras_shapes.reader.library import polynomials, sizes
from keras_shapes.reader.library.arrays import as_array, counted, new, of_values, rows_of
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.objects import LibraryObject
from keras_shapes.reader.library.registry import LibraryCall
from keras_shapes.reader.values import Items, Value


def label_sets(value: Value) -> Array:
    """Sets of labels, one for each sample, as an array of objects; its values are all labels where they are known."""
    match value:
        case list() | tuple():
            labels = _labels(value)
            found = new((len(value),), "object", "sets of labels")
            return found if labels is None else _with_labels(found, labels)
        case Items(length=length):
            return new((counted(length),), "object", "sets of labels")
        case LibraryObject() | Unknown():
            raise GiveUp(value if isinstance(value, Unknown) else "sets of labels that are not known here")
        case _:
            array = as_array(value)
            return new((rows_of(array),), "object", "sets of labels", source=array.source)


def label_columns(array: Array, fitted: Array, made: LibraryCall) -> Array:
    """One column of 0 and 1 for each label."""
    if made.flag("sparse_output"):
        raise GiveUp("a sparse matrix of labels")
    width = rows_of(label_classes(fitted, made))
    return new((rows_of(array), width), "int64", "MultiLabelBinarizer", array.span, low=0, high=1, source=array.source)


def label_classes(fitted: Array, made: LibraryCall) -> Array:
    """All labels, one for each column."""
    classes = made.value("classes", default=None)
    if classes is not None:
        return as_array(classes)
    if fitted.values is not None:
        labels = sorted(set(fitted.values), key=lambda label: (str(type(label)), label))
        return of_values(labels, (len(labels),), "object")
    return new((sizes.unknown_size("the number of different labels", ("labels", fitted.source)),), None)


def polynomial_features(width: Size, made: LibraryCall) -> Size:
    """The number of products of so many features up to a degree."""
    degree = made.value("degree", default=2)
    alone, bias = made.flag("interaction_only"), made.flag("include_bias", default=True)
    if not isinstance(width, int) or not isinstance(degree, int) or not 0 <= degree <= 20:
        key = polynomials.key_of(width) if isinstance(width, Unknown) else width
        return sizes.unknown_size("the number of products of features", ("polynomial", key, degree, alone, bias))
    count = sum(math.comb(width, k) for k in range(degree + 1)) if alone else math.comb(width + degree, degree)
    return count - (not bias)


def _labels(samples: list[Value] | tuple[Value, ...]) -> list[str | int] | None:
    """All labels of all samples; None where some are not known."""
    found: list[str | int] = []
    for sample in samples:
        items = list(sample) if isinstance(sample, (list, tuple, set, frozenset, str)) else [None]
        if not all(isinstance(item, (str, int)) for item in items):
            return None
        found += [item for item in items if isinstance(item, (str, int))]
    return found


def _with_labels(array: Array, labels: list[str | int]) -> Array:
    from dataclasses import replace

    return replace(array, values=tuple(labels))
