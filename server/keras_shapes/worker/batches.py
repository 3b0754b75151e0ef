"""What Keras makes of the data of a training call: the batches that a model will meet, or a refusal.

Data have no values here. Keras' own data adapters are asked with arrays of stride zero, which have a shape and no
memory; what they would hand to the model is described by `tf.TensorSpec`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Callable, Optional

from . import keras_api, shortage
from .keras_api import keras, np, tf

ADAPTERS = keras_api.adapters()
AVAILABLE = ADAPTERS is not None or keras_api.GENERATION == 2
"""Whether this Keras can be asked about data."""

LARGEST = 2**60
"""Items of the largest array that numpy will describe."""

ROWS = 2
"""Samples in a batch whose size is open: Keras forgets it."""


@dataclass(frozen=True)
class Array:
    """An array, tensor, frame or series. `shape` has None where a size is left open."""

    shape: tuple[Optional[int], ...]
    dtype: str
    library: str = "numpy"
    python_list: bool = False
    any_rows: bool = False
    """Whether its first size is a mere guess."""


@dataclass(frozen=True)
class Dataset:
    """A dataset or generator: what it yields is a structure of arrays."""

    element: Any
    library: str = "tf.data"
    full: Optional[int] = None
    """The size of a batch that it certainly yields."""


@dataclass(frozen=True)
class Batches:
    """What a step of training gets: `data` is a structure of specs, `sizes` the batch sizes that a run will meet."""

    data: Any
    sizes: tuple[int, ...] = ()

    def of_any_size(self) -> Batches:
        """The same, if nobody knows how large the batches are."""
        return Batches(keras.tree.map_structure(_open_batch, self.data))


class UnfitError(Exception):
    """Keras refuses the data before any model meets them.

    `what` is "x", "y" or "sample_weight" for one that is refused by itself, else "together".
    """

    def __init__(self, what: str, error: Exception) -> None:
        super().__init__(what)
        self.what = what
        self.error = error


class UndecidedError(Exception):
    """The data cannot be described well enough to ask Keras."""


def feed(
    x: Any, y: Any = None, sample_weight: Any = None, *, batch_size: Optional[int] = None, steps: Optional[int] = None
) -> Batches:
    """The batches of `fit`, `evaluate` or `predict`.

    Raises:
        UnfitError: Keras refuses the data.
        UndecidedError: nobody knows.
    """
    if isinstance(x, Dataset):
        return _feed_dataset(x, y, sample_weight, every_batch=steps is None)
    adapter = _adapter((x, y, sample_weight), batch_size, steps)
    full = None if adapter.has_partial_batch else adapter.batch_size
    parts = zip(("x", "y", "sample_weight"), (x, y, sample_weight))
    specs = [_tuples(asked(name, _batch_specs, part, full)) for name, part in parts]
    return Batches(keras.utils.pack_x_y_sample_weight(*specs), tuple(_run_sizes(adapter, steps)))


def feed_one(*parts: Any) -> Batches:
    """The batch of `train_on_batch`, `predict_on_batch` or a call of the model: the data as they are."""
    return Batches(mapped(_whole_spec, parts))


def split(x: Any, y: Any, sample_weight: Any, fraction: float) -> tuple[Any, Any]:
    """The two parts that `validation_split` makes of the data.

    Raises:
        UnfitError: Keras refuses to split them.
    """
    parts = (x, y, sample_weight)
    halves = asked("together", keras_api.train_validation_split, mapped(stand_in, parts), fraction)

    def cut(array: Any, half: Any) -> Any:
        return array if half is None else replace(array, shape=(half.shape[0], *array.shape[1:]))

    return tuple(mapped(cut, parts, half) for half in halves)


def refuse_split(dataset: Dataset, fraction: float) -> None:
    """Ask Keras to split a dataset.

    Raises:
        UnfitError: it does not.
    """
    with keras_api.scratch():
        source = _source(dataset)
        asked("together", keras_api.train_validation_split, (source, None, None), fraction)


def _feed_dataset(dataset: Dataset, y: Any, sample_weight: Any, *, every_batch: bool) -> Batches:
    if y is not None or sample_weight is not None or dataset.library != "tf.data":
        with keras_api.scratch():
            others = mapped(stand_in, (y, sample_weight))
            asked("together", ADAPTERS.get_data_adapter, _source(dataset), *others)
    if dataset.library == "tf.data":
        return Batches(mapped(_whole_spec, dataset.element), (dataset.full,) if every_batch and dataset.full else ())
    specs = asked("x", ADAPTERS.data_adapter_utils.get_tensor_spec, [mapped(stand_in, dataset.element)])
    if dataset.library == "generator":
        asked("x", keras_api.take_generated, specs)
    return Batches(mapped(_reopen, dataset.element, specs))


def _source(dataset: Dataset) -> Any:
    """A dataset or generator that yields two tiny batches of the same structure."""
    if dataset.library == "tf.data":
        if tf is None:
            raise UndecidedError("datasets of TensorFlow are not asked about where it is not installed")
        return tf.data.Dataset.from_tensors(np.zeros((1,)))
    batch = mapped(stand_in, dataset.element)
    if dataset.library == "generator":
        return (batch for _ in range(2))
    return _Sequence(batch)


def _open_batch(spec: Any) -> Any:
    sizes = keras_api.sizes_of(spec) if keras_api.is_spec(spec) else None
    return keras_api.spec((None, *sizes[1:]), spec.dtype) if sizes else spec


class _Sequence(keras.utils.PyDataset):  # type: ignore[misc]
    def __init__(self, batch: Any) -> None:
        super().__init__()
        self._batch = batch

    def __len__(self) -> int:
        return 1

    def __getitem__(self, index: int) -> Any:
        return self._batch


def _adapter(parts: tuple[Any, Any, Any], batch_size: Optional[int], steps: Optional[int]) -> Any:
    """Keras' adapter for arrays; where it refuses, the part that it refuses by itself is to blame."""
    x, y, sample_weight = mapped(stand_in, parts)
    try:
        return ADAPTERS.get_data_adapter(x, y, sample_weight, batch_size=batch_size, steps_per_epoch=steps)
    except Exception as error:
        shortage.check(error)
        for name, part in (("x", x), ("y", y), ("sample_weight", sample_weight)):
            if part is not None:
                asked(name, ADAPTERS.get_data_adapter, part)
        raise UnfitError("together", error) from error


def _run_sizes(adapter: Any, steps: Optional[int]) -> Iterator[int]:
    """Sizes of the batches that the first epoch reaches."""
    full = adapter.num_batches - bool(adapter.has_partial_batch)
    if full:
        yield adapter.batch_size
    if adapter.has_partial_batch and (steps is None or steps > full):
        yield adapter.partial_batch_size


def _batch_specs(part: Any, batch: Optional[int]) -> Any:
    """Specs of the batches that are cut from arrays: Keras converts a stand-in without rows."""

    def spec(array: Any) -> Any:
        if not isinstance(array, Array):
            return array
        with keras_api.scratch():
            few = _few_rows(array)
            converted = ADAPTERS.array_slicing.convert_to_sliceable(few, target_backend=keras_api.BACKEND)
            converted = converted if hasattr(converted, "shape") else converted.array
            sizes = tuple(array.shape[1:]) if len(converted.shape) == len(array.shape) else converted.shape[1:]
            return keras_api.spec((batch, *sizes), converted.dtype)

    return mapped(spec, part)


def _few_rows(array: Array) -> Any:
    """A tiny array of the same library. Keras looks at the items of objects, so there has to be one."""
    if array.library == "tensorflow":
        if tf is None:
            raise UndecidedError("tensors of TensorFlow are not asked about where it is not installed")
        return tf.zeros((0, *_closed(array.shape[1:])), array.dtype)
    rows = 1 if array.dtype in _OBJECTS else 0
    values = _zeros((rows, *_closed(array.shape[1:])), array.dtype)
    if array.library == "pandas":
        return _frame(values)
    return values


def _frame(values: Any) -> Any:
    pandas = ADAPTERS.array_slicing.pandas
    if pandas is None or values.ndim > 2:
        raise UndecidedError("pandas is not there")
    return pandas.Series(values) if values.ndim == 1 else pandas.DataFrame(values)


def _whole_spec(array: Any) -> Any:
    if not isinstance(array, Array):
        return array
    if array.python_list:
        return _nested_list(array.shape)
    texts = array.library == "tensorflow" and array.dtype == "string"
    if array.library == "pandas" or (array.dtype in _OBJECTS and not texts):
        raise UndecidedError(f"data of {array.library}")
    return keras_api.spec(array.shape, array.dtype)


def _reopen(array: Any, spec: Any) -> Any:
    """The spec with the open sizes of the array open again; Keras itself forgets the size of the batch."""
    if not isinstance(array, Array) or len(array.shape) != len(spec.shape):
        return spec
    sizes = zip(array.shape[1:], spec.shape[1:])
    return keras_api.spec((spec.shape[0], *(None if a is None else b for a, b in sizes)), spec.dtype)


def stand_in(array: Any) -> Any:
    """What Keras sees of the data: a shape. The memory is that of one item."""
    if not isinstance(array, Array):
        return array
    if array.python_list:
        return _nested_list(array.shape)
    shape = _closed(array.shape)
    if array.dtype in _OBJECTS or not _is_float(array.dtype):
        return _zeros(shape, array.dtype)
    # Keras converts every float to this type, which would take memory.
    return _zeros(shape, keras.config.floatx())


def _is_float(dtype: str) -> bool:
    return "float" in dtype


_OBJECTS = {"object": [0], "string": ""}
"""Items of arrays of objects: what is no text stands for anything else."""


def _zeros(shape: tuple[int, ...], dtype: str) -> Any:
    if dtype not in _OBJECTS:
        return np.broadcast_to(np.zeros((), dtype), shape)
    item = np.empty((), object)
    item[()] = _OBJECTS[dtype]
    return np.broadcast_to(item, shape)


def _nested_list(shape: tuple[Optional[int], ...]) -> Any:
    """A list of lists of numbers. Its nesting is what counts, so a few items do."""
    nested: Any = 0.0
    for size in reversed(_closed(shape)):
        nested = [nested] * min(size, 3)
    return nested


def _closed(shape: tuple[Optional[int], ...]) -> tuple[int, ...]:
    sizes = tuple(ROWS if size is None else size for size in shape)
    items = 1
    for size in sizes:
        items *= max(size, 1)
    if items > LARGEST or any(size < 0 for size in sizes):
        raise UndecidedError("too large")
    return sizes


def _tuples(structure: Any) -> Any:
    """Datasets hold tuples where the user wrote lists."""
    return keras.tree.lists_to_tuples(structure)


def mapped(function: Callable[..., Any], structure: Any, *others: Any) -> Any:
    """The same structure with other leaves."""
    return keras.tree.map_structure(function, structure, *others)


def asked(what: str, question: Callable[..., Any], *arguments: Any) -> Any:
    """What a function of Keras answers.

    Raises:
        UnfitError: it refuses `what` it is asked about.
        UndecidedError: nobody knows.
    """
    try:
        return question(*arguments)
    except UndecidedError:
        raise
    except ImportError as error:
        raise UndecidedError("a part of it cannot be imported any more") from error
    except Exception as error:
        shortage.check(error)
        raise UnfitError(what, error) from error
