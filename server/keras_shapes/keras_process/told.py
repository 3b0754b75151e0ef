"""Verdicts that were told already: reading an answer again takes longer than looking for it.

A verdict in which no unknown has a part is the same for every model of the same recipe, wherever that stands.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from keras_shapes.keras_process.recipe import Recipe
from keras_shapes.model import Model
from keras_shapes.verdict import Built

MOST_LAYERS = 3_000
"""Enough for the models of any file that people write; a layer's verdict takes 1.6 kB."""


class Told:
    """Verdicts by the key of their recipe, those that were asked for last. Thread-safe."""

    def __init__(self) -> None:
        self._verdicts: OrderedDict[str, Built] = OrderedDict()
        self._layers = 0
        self._lock = threading.Lock()

    def get(self, key: str) -> Built | None:
        """The verdict on every model of this recipe."""
        with self._lock:
            verdict = self._verdicts.get(key)
            if verdict is not None:
                self._verdicts.move_to_end(key)
            return verdict

    def put(self, recipe: Recipe, model: Model, verdict: Built) -> None:
        """Keep a verdict, unless it speaks of this very model: of an unknown of it, or of a place in it."""
        if recipe.unknowns or model.incomplete is not None:
            return
        with self._lock:
            if recipe.key not in self._verdicts:
                self._verdicts[recipe.key] = verdict
                self._layers += len(verdict.layers)
            while self._layers > MOST_LAYERS:
                _, oldest = self._verdicts.popitem(last=False)
                self._layers -= len(oldest.layers)

    def forget(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._verdicts.clear()
            self._layers = 0
