"""Parts of data for training and testing: `train_test_split`, `KFold`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from keras_shapes.data import Array, Fact, Size
from keras_shapes.model import Unknown
from keras_shapes.reader.library import marks, polynomials, sizes
from keras_shapes.reader.library.arrays import as_array, new, part, rows_of
from keras_shapes.reader.library.frames import frame
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.objects import FRAME, LibraryObject
from keras_shapes.reader.library.registry import LibraryCall, function, method
from keras_shapes.reader.values import Value

_FOLDS = """
    KFold StratifiedKFold GroupKFold RepeatedKFold RepeatedStratifiedKFold ShuffleSplit StratifiedShuffleSplit
    TimeSeriesSplit
""".split()


@function("sklearn.model_selection.train_test_split")
def _train_test_split(call: LibraryCall) -> Value:
    """For every array its train part and its test part, in this order."""
    given = call.rest()
    if not given:
        raise GiveUp("nothing to split")
    arrays = [as_array(value) for value in given]
    count = _count(arrays)
    train, test = _sizes(count, call.value("train_size", default=None), call.value("test_size", default=None))
    roles = [frozenset({Fact.FEATURES}), frozenset({Fact.LABELS})] if len(given) == 2 else [frozenset()] * len(given)
    split = object()
    result: list[Value] = []
    for value, array, role in zip(given, arrays, roles, strict=True):
        for size, mark in ((train, Fact.TRAIN_PART), (test, Fact.TEST_PART)):
            result.append(_part(value, array, size, role | {mark}, (mark, split)))
    return result


@function(*(f"sklearn.model_selection.{name}" for name in _FOLDS))
def _fold(call: LibraryCall) -> Value:
    return LibraryObject(call.path, call.arguments, span=call.span)


@method(*(f"sklearn.model_selection.{name}.split" for name in _FOLDS))
def _folds(value: LibraryObject, call: LibraryCall) -> Value:
    """For every fold the indices of its train part and of its test part."""
    rows = rows_of(call.array("X"))
    made = call.maker
    folds = made.number("n_splits", default=10 if value.kind.endswith("ShuffleSplit") else 5)
    if ".Repeated" in value.kind:
        folds *= made.number("n_repeats", default=10)
    if not 1 < folds <= 100 or not value.kind.endswith(".KFold") or not isinstance(rows, int):
        return [_indices(rows, None, None) for _ in range(min(folds, 100))]
    return [_indices(rows, rows - size, size) for size in _fold_sizes(rows, folds)]


@method(*(f"sklearn.model_selection.{name}.get_n_splits" for name in _FOLDS))
def _number_of_folds(_value: LibraryObject, call: LibraryCall) -> Value:
    kind = call.maker.path
    folds = call.maker.number("n_splits", default=10 if kind.endswith("ShuffleSplit") else 5)
    return folds * call.maker.number("n_repeats", default=10) if ".Repeated" in kind else folds


def _fold_sizes(rows: int, folds: int) -> Iterator[int]:
    return (rows // folds + (place < rows % folds) for place in range(folds))


def _indices(rows: Size, train: Size, test: Size) -> Value:
    high = rows - 1 if isinstance(rows, int) else None
    low = 0 if high is not None else None
    sides = (train, test) if train is not None else [sizes.unknown_size("the size of a fold") for _ in range(2)]
    return tuple(new((size,), "int64", "folds", low=low, high=high) for size in sides)


def _count(arrays: list[Array]) -> Size:
    sizes_known = [array.shape[0] for array in arrays if array.shape]
    known = {size for size in sizes_known if isinstance(size, int)}
    if len(known) > 1:
        raise GiveUp(f"different numbers of samples: {', '.join(map(str, sorted(known)))}")
    return known.pop() if known else sizes_known[0] if sizes_known else None


def _sizes(count: Size, train: Value, test: Value) -> tuple[Size, Size]:
    """How many samples each part has: the test part is rounded up, the train part takes the rest."""
    if not isinstance(count, int) or any(isinstance(value, Unknown) for value in (train, test)):
        return _unknown_sizes(count, train, test)
    test_count = _share(count, test, math.ceil)
    train_count = _share(count, train, math.floor)
    if test_count is None and train_count is None:
        test_count = math.ceil(count * 0.25)
    if test_count is None:
        assert train_count is not None
        test_count = count - train_count
    if train_count is None:
        train_count = count - test_count
    if train_count <= 0 or test_count < 0 or train_count + test_count > count:
        raise GiveUp("a split that leaves nothing to train with")
    return train_count, test_count


def _share(count: int, share: Value, rounded: object) -> int | None:
    number = getattr(share, "value", share)
    if number is None:
        return None
    if isinstance(number, float):
        return math.ceil(count * number) if rounded is math.ceil else math.floor(count * number)
    return sizes.whole(number)


def _unknown_sizes(count: Size, train: Value, test: Value) -> tuple[Size, Size]:
    if isinstance(test, int) and isinstance(count, Unknown) and train is None:
        return polynomials.subtract(count, test), test
    if isinstance(train, int) and isinstance(count, Unknown) and test is None:
        return train, polynomials.subtract(count, train)
    key = polynomials.key_of(count) if isinstance(count, Unknown) else count
    reason = count.reason if isinstance(count, Unknown) else "the number of samples is not known here"
    shares = tuple(polynomials.key_of(share) if isinstance(share, Unknown) else share for share in (train, test))
    return (
        sizes.unknown_size(reason, (Fact.TRAIN_PART, key, shares)),
        sizes.unknown_size(reason, (Fact.TEST_PART, key, shares)),
    )


def _part(value: Value, array: Array, size: Size, found: frozenset[Fact], source: object) -> Value:
    keep = {Fact.ONE_HOT, Fact.RAGGED}
    shape = None if array.shape is None else (size, *array.shape[1:])
    result = part(array, shape, source=source, keep=keep)
    result = replace(result, provenance=(result.provenance - marks.PARTS) | found, columns=array.columns)
    if isinstance(value, LibraryObject) and value.kind == FRAME:
        return frame(result)
    if isinstance(value, list):
        return replace(result, provenance=result.provenance | {Fact.PYTHON_LIST})
    return result
