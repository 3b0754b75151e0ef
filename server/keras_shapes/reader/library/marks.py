"""Which facts about an array are kept by whom."""

from __future__ import annotations

from typing import Final

from keras_shapes.data import Fact

PARTS: Final = frozenset({Fact.TRAIN_PART, Fact.TEST_PART, Fact.FEATURES, Fact.LABELS})
"""What the data is for: kept by whatever keeps the samples."""
OF_VALUES: Final = frozenset({Fact.EXACT, Fact.EVERY})
"""What changes when items are left out or changed."""
