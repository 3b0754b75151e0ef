"""The reader: programs in, models out. Shapes are Keras' business; here only what the source says is compared."""

# ruff: noqa: E501, ISC004, PT006 - programs are easier to compare when each stands on a line of its own

from __future__ import annotations

import pytest
from tests.reader.saying import IMPORTS, model_text, models, reading, text

from keras_shapes.files import python_document
from keras_shapes.model import UserCode
from keras_shapes.notebook import cells_document
from keras_shapes.reader import Cancelled, Limits, read

FUNCTIONS = {
    "a function called twice makes two models": (
        "def build(n, last=1):\n    m = Sequential()\n    m.add(Dense(n))\n    m.add(Dense(last))\n    return m\n"
        "a = build(3)\nb = build(n=4, last=2)\n",
        ["m: Dense(3) Dense(1)", "m: Dense(4) Dense(2)"],
    ),
    "a function nobody calls has named unknowns": (
        "def build(n, last=1):\n    return Sequential([Dense(n), Dense(n * 2), Dense(last)])\n",
        ["None: Dense(?n) Dense(?n * 2) Dense(1)"],
    ),
    "a function that nobody calls is read before what it calls": (
        "def block(n):\n    return Sequential([Dense(n)])\ndef net(x):\n    return [block(2), block(3)]\n",
        ["None: Dense(2)", "None: Dense(3)"],
    ),
    "a lambda returns a model": ("make = lambda n: Sequential([Dense(n)])\nm = make(5)\n", ["m: Dense(5)"]),
    "star arguments and keywords": (
        "def build(*units, act='relu', **more):\n    return Sequential([Dense(u, activation=act, **more) for u in units])\n"
        "m = build(1, 2, use_bias=False)\n",
        ["m: Dense(1, activation='relu', use_bias=False) Dense(2, activation='relu', use_bias=False)"],
    ),
    "a closure": (
        "def outer(k):\n    def block(n):\n        return Dense(n * k)\n    return Sequential([block(2), block(3)])\nm = outer(10)\n",
        ["m: Dense(20) Dense(30)"],
    ),
    "an early return on a known way": (
        "def build(deep):\n    if not deep:\n        return Sequential([Dense(1)])\n    return Sequential([Dense(2)])\nm = build(True)\n",
        ["None: Dense(1)", "m: Dense(2)"],
    ),
    "recursion": (
        "def stack(n):\n    return [] if n == 0 else [Dense(n)] + stack(n - 1)\nm = Sequential(stack(3))\n",
        ["m: Dense(3) Dense(2) Dense(1)"],
    ),
    "functools.partial": (
        "from functools import partial\nD = partial(Dense, activation='relu')\nm = Sequential([D(3)])\n",
        ["m: Dense(3, activation='relu')"],
    ),
    "a main guard": ('if __name__ == "__main__":\n    m = Sequential([Dense(1)])\n', ["m: Dense(1)"]),
}

HEAVY = "".join(f"    a{number} = [number + {number}] * 3\n" for number in range(60))

LOOPS = {
    "a loop of many steps that ends": (
        f"n = 1\nfor number in range(8):\n{HEAVY}    n += 1\nm = Sequential([Dense(n)])\n",
        ["m: Dense(9)"],
    ),
    "a loop of too many steps": (
        f"n = 1\nfor number in range(60):\n{HEAVY}    n += 1\nm = Sequential([Dense(n)])\n",
        ["m: Dense(?n)"],
    ),
    "one that breaks in time": (
        f"n = 1\nfor number in range(60):\n{HEAVY}    n += 1\n    if number == 7:\n        break\nm = Sequential([Dense(n)])\n",
        ["m: Dense(9)"],
    ),
    "one whose first turns are the longest": (
        "n = 1\nfor number in range(60):\n    if number < 4:\n"
        + HEAVY.replace("    ", "        ")
        + "    n += 1\nm = Sequential([Dense(n)])\n",
        ["m: Dense(61)"],
    ),
    "one that does something else in its last turn": (
        f"m = Sequential()\nn = 1\nfor number in range(60):\n{HEAVY}    if number == 59:\n        n = 2\nm.add(Dense(n))\n",
        ["m: Dense(?n)"],
    ),
}

CLASSES = {
    "a model in self, built in another method": (
        "class Net:\n    width = 4\n    def __init__(self, n=3):\n        self.n = n\n        self.model = self.build()\n"
        "    def build(self):\n        m = Sequential([Dense(self.n)])\n        m.add(Dense(self.width))\n        return m\n"
        "net = Net(7)\n",
        ["m: Dense(7) Dense(4)"],
    ),
    "a class that a function makes, which nobody calls": (
        "def block(n):\n    return Sequential([Dense(n)])\n"
        "class Net:\n    def __init__(self, n):\n        self.part = block(n)\n"
        "def main(argv):\n    net = Net(7)\n",
        ["self.part: Dense(7)"],
    ),
    "a class nobody makes": (
        "class Agent:\n    def __init__(self, size, lr=0.1):\n        self.size = size\n"
        "    def _model(self):\n        self.model = Sequential()\n        self.model.add(Dense(24, input_dim=self.size))\n",
        ["self.model: Dense(24, input_dim=?size)"],
    ),
    "a subclass of Sequential": (
        "class Net(Sequential):\n    def __init__(self, n):\n        super().__init__()\n        self.add(Dense(n))\nnet = Net(3)\n",
        ["net: Dense(3)"],
    ),
    "a dataclass of settings": (
        "from dataclasses import dataclass\n@dataclass\nclass Config:\n    units: int = 8\n    rate: float = 0.5\n"
        "c = Config(units=9)\nm = Sequential([Dense(c.units), Dropout(c.rate)])\n",
        ["m: Dense(9) Dropout(0.5)"],
    ),
    "a dictionary of settings": (
        "config = {'units': [3, 4], 'in': {'size': 5}}\n"
        "m = Sequential([Input((config['in']['size'],))] + [Dense(u) for u in config['units']])\n",
        ["m: Input((5)) Dense(3) Dense(4)"],
    ),
    "argparse gives its defaults": (
        "import argparse\np = argparse.ArgumentParser()\np.add_argument('--units', type=int, default=6)\n"
        "p.add_argument('--deep', action='store_true')\na = p.parse_args()\nm = Sequential([Dense(a.units)])\n"
        "if a.deep:\n    m.add(Dense(1))\n",
        ["m: Dense(6)"],
    ),
    "a model inside a subclassed model": (
        "class Net(keras.Model):\n    def __init__(self):\n        super().__init__()\n"
        "        self.net = Sequential([Dense(64), Dense(4)])\n    def call(self, x):\n        return self.net(x)\n",
        ["self.net: Dense(64) Dense(4)"],
    ),
    "a custom layer is user code": (
        "class Mine(Layer):\n    def __init__(self, n):\n        super().__init__()\n        self.n = n\n"
        "m = Sequential([Mine(3), Dense(2)])\n",
        ["m: <Mine> Dense(2)"],
    ),
}

UNKNOWN_WAYS = {
    "both ways of an unknown condition are variants": (
        "m = Sequential([Dense(1)])\nif cond():\n    m.add(Dense(2))\nm.add(Dense(3))\n",
        ["m: Dense(1) Dense(2) Dense(3)", "m: Dense(1) Dense(3)"],
    ),
    "a value that depends on an unknown condition": (
        "n = 64 if cond() else 128\nm = Sequential([Dense(n), Dense(n)])\n",
        ["m: Dense(64) Dense(64)", "m: Dense(128) Dense(128)"],
    ),
    "the same condition goes the same way": (
        "big = flag\nif big:\n    n = 5\nelse:\n    n = 6\nm = Sequential([Dense(n)])\nif big:\n    m.add(Dense(7))\n",
        ["m: Dense(5) Dense(7)", "m: Dense(6)"],
    ),
    "hp.Choice and hp.Boolean are variants, hp.Int has a name": (
        "def build(hp):\n    m = Sequential()\n    m.add(Dense(hp.Int('units', 32, 512)))\n"
        "    if hp.Boolean('drop'):\n        m.add(Dropout(0.5))\n    return m\n",
        ["m: Dense(?units)", "m: Dense(?units) Dropout(0.5)"],
    ),
    "an unknown loop is read 0, 1 and 2 times": (
        "m = Sequential()\nfor _ in things():\n    m.add(Dense(1))\n",
        ["m: ", "m: Dense(1)", "m: Dense(1) Dense(1)"],
    ),
    "a loop whose bounds a search chooses": (
        "def build(hp):\n    m = Sequential()\n    for _ in range(hp.Int('layers', 1, 2)):\n        m.add(Dense(3))\n    return m\n",
        ["m: Dense(3)", "m: Dense(3) Dense(3)"],
    ),
    "a list that depends on a condition": (
        "stack = [Dense(1)]\nif cond():\n    stack.append(Dense(2))\nstack.append(Dense(3))\nm = Sequential(stack)\n",
        ["m: Dense(1) Dense(2) Dense(3)", "m: Dense(1) Dense(3)"],
    ),
    "an early return on an unknown way": (
        "def build():\n    m = Sequential([Dense(1)])\n    if cond():\n        return m\n    m.add(Dense(2))\n    return m\nm = build()\n",
        ["m: Dense(1)", "m: Dense(1) Dense(2)"],
    ),
    "a number that an unknown loop changes is unknown": (
        "n = 1\nfor x in things():\n    n += 1\nm = Sequential([Dense(n)])\n",
        ["m: Dense(?n)"],
    ),
    "too many variants are unknown, never a shorter model": (
        "m = Sequential()\n" + "".join(f"if c{i}:\n    m.add(Dense({i}))\n" for i in range(3)),
        ["m: Dense(0) Dense(1) Dense(2) … depends on c0, c1, c2"],
    ),
}

STATEMENTS = {
    "pop and slices of layers": (
        "a = Sequential([Dense(1), Dense(2), Dense(3)])\na.pop()\nb = Sequential(a.layers[:-1])\n",
        ["a: Dense(1) Dense(2)", "b: Dense(1)"],
    ),
    "a broken-off match": (
        "size = 'small'\nm = Sequential()\nmatch size:\n    case 'large':\n        m.add(Dense(100))\n    case 'small':\n        m.add(Dense(1))\n",
        ["m: Dense(1)"],
    ),
    "models in lists and dictionaries": (
        "d = {'a': Sequential()}\nd['a'].add(Dense(1))\nl = [Sequential() for _ in range(2)]\nl[1].add(Dense(2))\n",
        ["None: Dense(1)", "None: ", "None: Dense(2)"],
    ),
    "walrus, unpacking, del and global": (
        "def f():\n    global n\n    n = 4\nf()\n(a, *b), c = [1, 2, 3], 5\nm = Sequential([Dense(k := n), Dense(k + b[-1] + c)])\ndel a\n",
        ["m: Dense(4) Dense(12)"],
    ),
    "code that expects an error": (
        "import pytest\nwith pytest.raises(ValueError):\n    m = Sequential([Dense(-1)])\n",
        ["m: Dense(-1)"],
    ),
    "a name is rebound": (
        "m = Sequential([Dense(1)])\nm = Sequential([Dense(2)])\nm.add(Dense(3))\n",
        ["m: Dense(1)", "m: Dense(2) Dense(3)"],
    ),
    "an import that fails elsewhere": (
        "try:\n    from keras.layers.core import Dense as D\nexcept ImportError:\n    D = None\nm = Sequential([D(1)])\n",
        ["m: Dense(1)"],
    ),
    "an unknown keyword argument keeps its name": (
        "m = Sequential([Dense(1, weights=load())])\n",
        ["m: Dense(1, weights=?load())"],
    ),
    "integer types are kept": (
        "import numpy as np\nm = Sequential([Dense(np.int64(3)), Dense(np.prod((2, 3))), Dense(int(np.prod((2, 3))))])\n",
        ["m: Dense(int64(3)) Dense(int64(6)) Dense(6)"],
    ),
    "a declaration in a comment": (
        "X = load()  # keras-shapes: shape (100, 28) float32\nm = Sequential([Dense(X.shape[1])])\n",
        ["m: Dense(28)"],
    ),
    "a declaration of a layer": (
        "class Mine(Layer): pass\nhead = Mine()  # keras-shapes: shape (None, 8)\n"
        "m = Sequential([\n    Mine(),  # keras-shapes: shape (None, 4)\n    head,\n    Dense(1),\n])\n",
        ["m: <Mine> is (None, 4) <Mine> is (None, 8) Dense(1)"],
    ),
}


@pytest.mark.parametrize("program,expected", [*FUNCTIONS.values(), *LOOPS.values(), *CLASSES.values(), *UNKNOWN_WAYS.values(), *STATEMENTS.values()],
                         ids=[*FUNCTIONS, *LOOPS, *CLASSES, *UNKNOWN_WAYS, *STATEMENTS])  # fmt: skip
def test_models(program: str, expected: list[str]) -> None:
    """The models of a program, variants and all."""
    assert sorted(models(program)) == sorted(expected)


def test_the_same_unknown_is_one() -> None:
    """`X.shape[1]` has one identity wherever it is written, and another for other data."""
    program = "X, Y = a(), b()\nm = Sequential([Dense(X.shape[1]), Dense(X.shape[1]), Dense(Y.shape[1])])\n"
    first, second, third = (text_unknown(element.expression) for element in reading(program).models[0].nodes)
    assert first == second
    assert first != third


def text_unknown(expression: object) -> object:
    """The key of the only argument of a layer call."""
    return expression.arguments[0].value.key  # type: ignore[attr-defined]


def test_a_search_names_its_range() -> None:
    """`hp.Int` has bounds."""
    model = reading("def build(hp):\n    return Sequential([Dense(hp.Int('units', 32, 512))])\n").models[0]
    units = model.nodes[0].expression.arguments[0].value  # type: ignore[attr-defined]
    assert (units.name, units.kind, units.low, units.high) == ("units", "int", 32, 512)


@pytest.mark.parametrize(
    "program,shape,origin",
    [
        ("m.build((None, 7))\n", "(None, 7)", "build"),
        ("m.fit(np.zeros((10, 4)), np.zeros(10))\n", "(None, 4)", "fit"),
        ("m(np.zeros((2, 5)))\n", "(None, 5)", "call"),
        ("m(Input((6,)))\n", "(None, 6)", "call"),
        ("m.fit(np.zeros((10, 4)))\nm.predict(np.zeros((3, 9)))\n", "(None, 4)", "fit"),
    ],
)
def test_deferred_build(program: str, shape: str, origin: str) -> None:
    """A model without an input takes it from the first thing that tells."""
    source = reading("import numpy as np\nm = Sequential([Dense(1)])\n" + program).models[0].input
    assert source is not None
    assert (text(source.shape), source.origin) == (shape, origin)


def test_first_data_unknown() -> None:
    """Where the first data is not known, later data does not tell: the model was built before."""
    model = reading(
        "import numpy as np\nm = Sequential([Dense(1)])\nm.fit(load())\nm.predict(np.zeros((3, 9)))\n"
    ).models[0]
    assert model.input is None
    assert model.input_unknown is not None


def test_flags() -> None:
    """Models under `pytest.raises`, under `try` and in code that never runs are marked."""
    program = (
        "try:\n    a = Sequential()\nexcept ValueError:\n    pass\n"
        "if False:\n    b = Sequential()\nimport sys\nsys.exit()\nc = Sequential()\n"
    )
    found = {model.name: (model.caught, model.expects_error) for model in reading(program).models}
    assert found == {"a": (True, False), "b": (False, True), "c": (False, True)}


def test_notebook_names_cells() -> None:
    """A name that only a later cell defines is unknown, and its reason names the cell."""
    cells = [IMPORTS, "m = Sequential([Dense(n)])", "n = 4", "m.add(Dense(n))"]
    (model,) = read(cells_document("notebook.ipynb", cells)).models
    assert model_text(model) == "m: Dense(?n) Dense(4)"
    unknown = model.nodes[0].expression.arguments[0].value  # type: ignore[attr-defined]
    assert unknown.reason == "n is defined in cell 3, below"


@pytest.mark.parametrize(
    "typed",
    [
        "m.add(Dense(",
        "m.add(Dense(3, activation='",
        "m.add(Dense(units=",
        "m = Sequential([Dense(3),",
        "x = (1 +",
        "m.add(Dense(3)\nq = 'abc",
    ],
)
def test_half_typed(typed: str) -> None:
    """One half-typed statement costs itself and nothing else."""
    program = f"a = Sequential([Dense(1)])\n{typed}\nb = Sequential()\nb.add(Dense(2))\n"
    said = [model_text(model) for model in reading(program).models if not model.stale]
    assert "a: Dense(1)" in said
    assert "b: Dense(2)" in said


BOMBS = {
    "parentheses": "x = " + "(" * 10_000 + "1" + ")" * 10_000,
    "powers": "x = 9**9**9\ny = 2**(10**10)",
    "lists": "x = [0] * 10**12\ny = 'a' * 10**12\nz = list(range(10**12))",
    "forever": "while True:\n    a = 1",
    "adding forever": "n = Sequential()\nwhile True:\n    n.add(Dense(1))",
    "a regular expression": "import re\nre.match('(a+)+$', 'a' * 40 + 'b')",
    "a long sum": "x = " + " + ".join(["1"] * 20_000),
    "recursion": "def f(n):\n    return f(n - 1) + f(n - 1)\nx = f(50)",
    "many conditions": "\n".join(f"if a{i}:\n    b = {i}" for i in range(300)),
    "doubling": "s = [1]\nfor i in range(60):\n    s.extend(s)\nt = 'a'\nfor i in range(60):\n    t += t",
    "formats": "x = '%0999999999d' % 1\ny = '{:>99999999}'.format(1)\nz = 'x'.zfill(10**9)",
    "itself": "l = []\nl.append(l)\nn = Sequential(l)\nn.add(n)\nd = {}\nd['d'] = d\nk = Sequential([Dense(d)])",
    "its own base": "class A(A): pass\nx = A().y",
    "calls itself": "f = lambda g: g(g)\nx = f(f)",
    "attributes": "x = a" + ".b" * 3_000,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_bombs(bomb: str) -> None:
    """Text made to hurt costs itself: the models before and behind it are read."""
    said = models(f"a = Sequential([Dense(1)])\n{bomb}\nb = Sequential([Dense(2)])\n")
    assert "a: Dense(1)" in said
    assert "b: Dense(2)" in said


def test_a_cap_is_unknown() -> None:
    """A loop that is too long leaves its model incomplete, and says so."""
    (model,) = reading("m = Sequential()\nfor i in range(5000):\n    m.add(Dense(1))\n").models
    assert model.incomplete is not None


def test_cancelled() -> None:
    """Reading stops soon after it is cancelled: within 256 steps."""
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 2

    with pytest.raises(Cancelled):
        read(python_document("long.py", "while True:\n    a = f(1)\n"), limits=Limits(turns=10**6), cancelled=cancelled)
    assert asked == 3


def test_a_layer_that_says_its_shape_is_not_judged_by_its_call() -> None:
    program = """
class Doubled(layers.Layer):
    def compute_output_shape(self, input_shape):
        shape = list(input_shape)
        assert len(shape) == 2
        shape[-1] *= 2
        return tuple(shape)

    def call(self, x):
        return keras.backend.concatenate([x, x, keras.backend.mean(x)])

m = Sequential([Input((3,)), Doubled()])
"""
    (model,) = reading(program).models
    layer = model.nodes[1].expression
    assert isinstance(layer, UserCode)
    assert layer.readable is None
