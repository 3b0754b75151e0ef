"""What the reader knows of data: arrays, datasets and their shapes. No numpy: these are our own small values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TypeAlias

from keras_shapes.model import Unknown
from keras_shapes.source import Span

Size: TypeAlias = "int | Unknown | None"
"""One dimension: known, a (named) unknown, or None where a dataset or a tensor leaves it open (a batch)."""


class Fact(str, Enum):
    """A fact about an array that its shape does not tell, and that rules need."""

    ONE_HOT = "one-hot"
    ARGMAX = "argmax"
    TRAIN_PART = "train part"
    TEST_PART = "test part"
    FEATURES = "features"
    LABELS = "labels"
    RAGGED = "ragged"
    PYTHON_LIST = "python list"
    DECLARED = "declared"
    EXACT = "exact range"
    """The minimum and the maximum do occur: `y.max()` is the maximum."""
    GREATEST = "greatest occurs"
    """The maximum does occur, of the minimum it is not known."""
    EVERY = "every integer"
    """Every whole number from the minimum to the maximum occurs: `len(np.unique(y))` is known."""
    TABLE = "table"
    """Of unknown rank, but at most two axes: what `np.loadtxt` returns."""
    SPARSE = "sparse"
    UNEVEN = "uneven"
    """Of arrays that have different shapes: an array of numbers is refused by all but old numpy."""
    NAMES = "column names"
    SERIES = "series"
    """Sequences of one number each, cut out of a single row of numbers."""
    TEXTS = "texts"
    """Of an unknown type, and something took its items for texts: they are no numbers."""
    IMAGE = "image"
    ONE_HOT_TWICE = "one-hot twice"


@dataclass(frozen=True, slots=True, eq=False)
class Array:
    """A numpy array, tensor, data frame or series: all that a shape question needs of it.

    `shape` is None when the rank is unknown. `dtype` is a numpy name ("uint8", "float32", "object"), None if unknown.
    `minimum` and `maximum` bound its values where they are known (labels, indices).
    `origin` says in words where it comes from ("keras.datasets.mnist", "read_csv('a.csv')"), `span` where it was made.
    `library` is "numpy", "tensorflow", "keras" (symbolic), "pandas", "scipy".
    `values` are the items themselves where they are few and known (a literal), flattened in C order.
    """

    shape: tuple[Size, ...] | None
    dtype: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    origin: str = ""
    span: Span | None = None
    library: str = "numpy"
    provenance: frozenset[Fact] = frozenset()
    values: tuple[int | float | str | bool, ...] | None = None
    name: str | None = None
    source: object = None
    """Identity of the data that it was cut from: two arrays with one `source` have the same samples."""
    columns: tuple[object, ...] | None = None
    """The names of a data frame's columns, where they are known."""
    memory: object = field(default_factory=object)
    """Identity of the items: what is written into one array is written into all that have its `memory` (views)."""

    def with_shape(self, shape: tuple[Size, ...] | None) -> Array:
        """The same data in another shape."""
        return replace(self, shape=shape)


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """What `predict` of a base model gives, of which Keras alone knows the shape.

    `shape` is an expression of that shape, with the batch axis; `rows` is the number of samples.
    `giver` is what the source calls the model, `span` the call of `predict`.
    """

    shape: object
    rows: Size
    giver: str
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """A `tf.data.Dataset`, a generator or a `Sequence`: what one iteration yields.

    `element` is an Array, a tuple or dict of these, or Unknown; batch axes are part of the shapes.
    `batched` counts `batch()` calls; `library` is "tf.data", "generator", "Sequence", "DataLoader".
    """

    element: object
    length: Size = None
    batched: int = 0
    batch_size: Size = None
    origin: str = ""
    span: Span | None = None
    library: str = "tf.data"
    attributes: tuple[tuple[str, object], ...] = ()
    """Readable attributes: `class_names`, `num_classes`, `image_shape`."""
