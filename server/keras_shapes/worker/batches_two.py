"""What Keras 2 makes of the data of a training call, as `feeding` says it of Keras 3.

Its adapters copy the data, so they are not asked: what they check is asked with arrays that have no memory, and what
they would hand to the model is plain for arrays and datasets. Everything else is not decided.
"""

from __future__ import annotations

from typing import Any, Optional

from . import keras_api
from .batches import Array, Batches, Dataset, UndecidedError, asked, mapped, stand_in
from .keras_api import keras


def feed(
    x: Any, y: Any = None, sample_weight: Any = None, *, batch_size: Optional[int] = None, steps: Optional[int] = None
) -> Batches:
    """The batches of `fit`, `evaluate` or `predict`.

    Raises:
        UnfitError: Keras refuses the data.
        UndecidedError: nobody knows.
    """
    if isinstance(x, Dataset):
        if x.library != "tf.data" or y is not None or sample_weight is not None:
            raise UndecidedError("what Keras 2 makes of generators is not asked")
        return Batches(mapped(spec_of, x.element), (x.full,) if steps is None and x.full else ())
    parts = (x, y, sample_weight)
    given = tuple(part for part in parts if part is not None)
    mapped(_decided, given)
    asked("together", keras_api.check_cardinality, mapped(stand_in, given))
    rows = next(leaf.shape[0] for leaf in keras.tree.flatten(given))
    size = batch_size or 32
    full, rest = divmod(rows, size)
    sizes = ((size,) if full else ()) + ((rest,) if rest and (steps is None or steps > full) else ())
    batch = size if not rest else None
    specs = [mapped(lambda array: _batch(array, batch), part) for part in parts]
    return Batches(keras.utils.pack_x_y_sample_weight(*specs), sizes)


def feed_one(*parts: Any) -> Batches:
    """The batch of `train_on_batch`, `predict_on_batch` or a call of the model: the data as they are."""
    return Batches(mapped(spec_of, parts))


def spec_of(array: Any) -> Any:
    """What stands for an array as it is."""
    if not isinstance(array, Array):
        return array
    _decided(array)
    return keras_api.spec(array.shape, _dtype(array))


def _batch(array: Any, batch: Optional[int]) -> Any:
    return keras_api.spec((batch, *array.shape[1:]), _dtype(array)) if isinstance(array, Array) else array


def _dtype(array: Array) -> str:
    """Floats become what Keras computes with."""
    return str(keras.config.floatx()) if "float" in array.dtype else array.dtype


def _decided(array: Any) -> None:
    if not isinstance(array, Array) or not array.shape:
        raise UndecidedError("what Keras 2 makes of such data is not asked")
    if array.python_list or array.library == "pandas" or array.dtype in ("object", "string"):
        raise UndecidedError(f"what Keras 2 makes of lists, texts and data of {array.library} is not asked")
