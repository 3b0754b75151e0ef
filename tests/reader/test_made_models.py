"""Models that are made in another way than by `Sequential(…)`, and sizes that records hold."""

from __future__ import annotations

import pytest

from keras_shapes.files import python_document
from keras_shapes.model import Call
from keras_shapes.reader import read

HEAD = "import keras, collections, types\nfrom keras.layers import Dense, Input\n"


@pytest.mark.parametrize(
    ("program", "units"),
    [
        ("m = keras.Sequential([Input((2,)), Dense(7)])\nn = keras.models.clone_model(m)\nn.add(Dense(3))", [7, 3]),
        ("class N(keras.Sequential):\n    def train_step(self, d): ...\nn = N([Dense(4), Dense(5)])", [4, 5]),
        (
            "P = collections.namedtuple('P', 'a b')\np = P(3, b=5)\nn = keras.Sequential([Dense(p.b), Dense(p[0])])",
            [5, 3],
        ),
        ("s = types.SimpleNamespace(u=6)\ns.u += 1\nn = keras.Sequential([Dense(s.u)])", [7]),
        ("if __name__ == '__main__':\n    u = 4\nelse:\n    u = 5\nn = keras.Sequential([Dense(u)])", [4]),
    ],
)
def test_units(program: str, units: list[int]) -> None:
    """The last model of the program has these layers."""
    *_, model = read(python_document("program.py", HEAD + program + "\n")).models
    layers = [element.expression for element in model.nodes]
    calls = [layer for layer in layers if isinstance(layer, Call) and layer.target.last == "Dense"]
    assert [layer.arguments[0].value for layer in calls] == units
