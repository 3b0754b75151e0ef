"""Graphs: with and without the memo, Keras says the same of every node, after every edit."""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

import pytest

from keras_shapes.files import python_document
from keras_shapes.reader import read

sys.path.append(str(Path(__file__).parents[1] / "features" / "graphs"))
from graph_programs import program

NUMBER = re.compile(r"\b\d+\b")


def models_of(lines):
    found = read(python_document("program.py", "\n".join(lines))).models
    return [model for model in found if model.kind != "sequential"]


@pytest.mark.parametrize("seed", range(4))
def test_random_graphs_and_edits(workers, seed):
    with_memo, without = workers
    draw = random.Random(seed)
    for _ in range(8):
        lines = program(draw)
        for _ in range(4):
            for made in models_of(lines):
                expected = without.verdict(made)
                assert with_memo.verdict(made) == expected, "\n".join(lines)
                assert with_memo.verdict(made) == expected, "\n".join(lines)
            place = draw.randrange(4, len(lines))
            lines[place] = NUMBER.sub(lambda number: str(int(number[0]) % 7 + 1), lines[place], count=1)


def test_only_what_an_edit_touches_is_asked_again(workers):
    with_memo, without = workers
    for units in (3, 4, 5):
        lines = [
            "import keras",
            "from keras import layers",
            "x = i = keras.Input((16, 16, 3))",
            "for n in range(12):",
            "    y = layers.Conv2D(8, 3, padding='same')(x)",
            "    x = layers.add([y, layers.Conv2D(8, 1)(x)])",
            f"model = keras.Model(i, layers.Dense({units})(layers.Flatten()(x)))",
        ]
        [made] = models_of(lines)
        assert with_memo.verdict(made) == without.verdict(made)
