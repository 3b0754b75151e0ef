"""Facts about an array that its shape does not tell: the words of `Array.provenance` and who keeps them."""

from __future__ import annotations

from typing import Final

ONE_HOT: Final = "one-hot"
ARGMAX: Final = "argmax"
TRAIN_PART: Final = "train part"
TEST_PART: Final = "test part"
FEATURES: Final = "features"
LABELS: Final = "labels"
RAGGED: Final = "ragged"
PYTHON_LIST: Final = "python list"
DECLARED: Final = "declared"
EXACT: Final = "exact range"
"""The minimum and the maximum do occur: `y.max()` is the maximum."""
GREATEST: Final = "greatest occurs"
"""The maximum does occur, of the minimum it is not known."""
EVERY: Final = "every integer"
"""Every whole number from the minimum to the maximum occurs: `len(np.unique(y))` is known."""
TABLE: Final = "table"
"""Of unknown rank, but at most two axes: what `np.loadtxt` returns."""
SPARSE: Final = "sparse"
UNEVEN: Final = "uneven"
"""Of arrays that have different shapes: an array of numbers is refused by all but old numpy."""
NAMES: Final = "column names"
SERIES: Final = "series"
"""Sequences of one number each, cut out of a single row of numbers."""
TEXTS: Final = "texts"
"""Of an unknown type, and something took its items for texts: they are no numbers."""

PARTS: Final = frozenset({TRAIN_PART, TEST_PART, FEATURES, LABELS})
"""What the data is for: kept by whatever keeps the samples."""
OF_VALUES: Final = frozenset({EXACT, EVERY})
"""What changes when items are left out or changed."""
