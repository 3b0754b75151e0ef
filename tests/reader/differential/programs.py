"""Random programs of the kind that people write around `Sequential`, each of which runs."""

# ruff: noqa: E501 - templates of lines are easier to read as lines

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st


@dataclass
class Writer:
    """Program text under construction: lines, indentation, and names that hold integers."""

    draw: st.DrawFn
    lines: list[str] = field(default_factory=list)
    depth: int = 0
    numbers: list[str] = field(default_factory=list)
    names: int = 0

    def write(self, line: str) -> None:
        """Add a line at the current depth."""
        self.lines.append("    " * self.depth + line)

    def fresh(self, stem: str) -> str:
        """A name that was not used yet."""
        self.names += 1
        return f"{stem}{self.names}"

    def pick(self, *options: str) -> str:
        """One of some texts."""
        return self.draw(st.sampled_from(options))

    def small(self, low: int = 1, high: int = 6) -> int:
        """A small integer."""
        return self.draw(st.integers(low, high))

    def flag(self) -> bool:
        """True or false."""
        return self.draw(st.booleans())


@st.composite
def programs(draw: st.DrawFn) -> str:
    """A program that makes one to three models."""
    w = Writer(draw, [w_import(draw), "", "FLAG = True", "NAME = 'small'"])
    for _ in range(w.small(1, 4)):
        number(w)
    for _ in range(w.small(1, 3)):
        w.draw(st.sampled_from(BUILDERS))(w)
    return "\n".join(w.lines) + "\n"


def w_import(draw: st.DrawFn) -> str:
    """Imports; `S`, `L` and `Input` are always there."""
    return draw(
        st.sampled_from(
            [
                "import keras\nfrom keras import layers as L, Input\nfrom keras.models import Sequential as S",
                "import tensorflow as tf\nL = tf.keras.layers\nS = tf.keras.Sequential\nInput = tf.keras.Input",
                "from tensorflow import keras\nimport tensorflow.keras.layers as L\nS, Input = keras.Sequential, keras.Input",
                "from tensorflow.keras.models import *\nfrom keras import layers as L\nfrom keras import *\nS = Sequential",
            ]
        )
    )


def number(w: Writer) -> None:
    """A statement that gives a name to an integer."""
    name = w.fresh("n")
    w.write(w.pick(
        f"{name} = {w.small()}",
        f"{name} = {expression(w)}",
        f"{name}, _ = {expression(w)}, {w.small()}",
        f"{name} = len([{w.small()}] * {w.small()})",
        f"{name} = max({expression(w)}, 2)",
        f"{name} = {{'a': {w.small()}, 'b': 3}}['a']",
        f"{name} = [{w.small()}, {w.small()}, 4][{w.pick('0', '-1', '1')}]",
        f"{name} = int('{w.small()}') + len('ab')",
        f"{name} = sum(i for i in range({w.small(2, 4)})) + 1",
        f"{name} = {w.small()} if FLAG else 99",
        f"{name} = (lambda a, b=2: a * b)({w.small()})",
        f"{name} = {w.small(10, 30)} // {w.small(2, 5)} + 1",
        f"{name} = sorted([5, {w.small()}, 3])[-1]",
        f"{name} = dict(a={w.small()}).get('a', 7)",
        f"{name} = int(f'{{{w.small()}}}')",
        f"{name} = [k for k, v in zip([1, 2, 3], 'abc') if v != 'a'][0]",
        f"{name} = ({name}x := {w.small()}) + 1",
    ))  # fmt: skip
    if w.flag():
        w.write(f"{name} += {w.small()}")
    w.numbers.append(name)


def expression(w: Writer) -> str:
    """A positive integer."""
    known = [str(w.small()), *w.numbers]
    first, second = w.pick(*known), w.pick(*known)
    return w.pick(
        first, f"{first} + {second}", f"{first} * 2", f"max({first}, {second})", f"abs(-{first})", f"({first})"
    )


def layer(w: Writer) -> str:
    """A layer that takes (batch, features) to (batch, features)."""
    units = expression(w)
    return w.pick(
        f"L.Dense({units})",
        f"L.Dense(units={units}, activation='relu')",
        f"L.Dense({units}, use_bias=False)",
        f"L.Dense(*[{units}], **{{'use_bias': FLAG}})",
        "L.Dropout(0.5)",
        "L.BatchNormalization()",
        "L.Activation('tanh')",
        f"S([L.Dense({units}), L.ReLU()])",
        "L.Reshape((-1,))",
    )


def start(w: Writer) -> str:
    """The first element of a model."""
    size = expression(w)
    return w.pick(
        f"Input(({size},))",
        f"Input(shape=({size},))",
        f"L.Dense({size}, input_shape=({size},))",
        f"L.Dense(3, input_dim={size})",
    )


def list_form(w: Writer) -> None:
    """`model = S([…])`."""
    name = w.fresh("model")
    items = [start(w), *(layer(w) for _ in range(w.small(1, 4)))]
    form = w.pick("plain", "variable", "star", "comprehension", "added", "tuple")
    if form == "plain":
        w.write(f"{name} = S([{', '.join(items)}])")
    elif form == "tuple":
        w.write(f"{name} = S(layers=[*({', '.join(items)},)])")
    elif form == "variable":
        w.write(f"stack = [{items[0]}]")
        for item in items[1:]:
            w.write(
                w.pick(
                    f"stack.append({item})",
                    f"stack += [{item}]",
                    f"stack.extend([{item}])",
                    f"stack = stack + [{item}]",
                )
            )
        w.write(f"{name} = S(stack)")
    elif form == "star":
        w.write(f"{name} = S([{items[0]}, *[{', '.join(items[1:])}]])")
    elif form == "added":
        w.write(f"{name} = S([{items[0]}] + [{', '.join(items[1:])}])")
    else:
        w.write(f"{name} = S([{items[0]}] + [L.Dense(u) for u in range(1, {w.small(2, 4)})])")
    after(w, name)


def add_form(w: Writer, name: str | None = None) -> None:
    """`model = S()` and `.add`, straight and in loops and branches."""
    name = name or w.fresh("model")
    w.write(f"{name} = S()")
    w.write(f"{name}.add({start(w)})")
    for _ in range(w.small(1, 3)):
        addition(w, name)
    after(w, name)


def addition(w: Writer, name: str) -> None:
    """Statements that add layers to a model."""
    one = layer(w)
    form = w.pick(
        "plain", "for", "while", "if", "try", "with", "function", "zip", "match", "nested", "break", "variable"
    )
    if form == "plain":
        w.write(f"{name}.add({one})")
    elif form == "variable":
        held = w.fresh("held")
        w.write(f"{held} = {one}")
        w.write(f"{name}.add({held})")
        w.write(f"del {held}")
    elif form == "for":
        w.write(
            f"for i in {w.pick('range(2)', '[1, 2]', 'reversed([3, 1])', 'range(4, 1, -2)', 'sorted({2, 1})', '(5,)')}:"
        )
        block(w, f"{name}.add(L.Dense(i + {w.small()}))")
    elif form == "zip":
        w.write(f"for i, (u, a) in enumerate(zip([{w.small()}, {w.small()}], ['relu', 'tanh'])):")
        block(w, f"{name}.add(L.Dense(u + i, activation=a))")
    elif form == "while":
        counter = w.fresh("count")
        w.write(f"{counter} = 0")
        w.write(f"while {counter} < {w.small(1, 3)}:")
        block(w, f"{name}.add({one})", f"{counter} += 1")
    elif form == "break":
        w.write("for i in range(10):")
        block(w, f"if i == {w.small(1, 3)}:", "    break", "if i == 0:", "    continue", f"{name}.add({one})")
    elif form == "if":
        w.write(
            w.pick(
                "if FLAG:",
                "if NAME == 'small':",
                "if not FLAG or 2 > 1:",
                "if NAME in ('a', 'small') and len(NAME) < 9:",
            )
        )
        block(w, f"{name}.add({one})")
        w.write("else:")
        block(w, f"{name}.add(L.Flatten())")
    elif form == "try":
        w.write("try:")
        block(w, f"{name}.add({one})")
        w.write("except ValueError:")
        block(w, "pass")
    elif form == "with":
        w.write("with keras.device('cpu:0'):" if "import keras" in w.lines[0] else "if 1:")
        block(w, f"{name}.add({one})")
    elif form == "match":
        w.write("match NAME:")
        block(w, "case 'large':", f"    {name}.add(L.Flatten())", "case 'small' | 'tiny':", f"    {name}.add({one})")
    elif form == "nested":
        w.write("for i in range(2):")
        block(w, "for j in range(i + 1):", f"    {name}.add(L.Dense(i + j + 1))")
    else:
        function = w.fresh("extend")
        w.write(f"def {function}(m, *units, act=None, **more):")
        block(w, "for u in units:", "    m.add(L.Dense(u, activation=act, **more))", "return m")
        w.write(f"{function}({name}, {w.small()}, {w.small()}, act='relu', use_bias=FLAG)")


def block(w: Writer, *lines: str) -> None:
    """Indented lines."""
    w.depth += 1
    for line in lines:
        w.write(line)
    w.depth -= 1


def after(w: Writer, name: str) -> None:
    """What happens to a finished model."""
    form = w.pick("nothing", "nothing", "pop", "slice", "inside", "append", "trained")
    if form in {"slice", "pop"} and any(name in line and "S([L" in line for line in w.lines):
        return  # what a nested model was before it was taken out again is not read: unknown, where Keras still knows
    if form == "pop":
        w.write(f"{name}.pop()")
        w.write(f"{name}.add(L.Dense({w.small()}))")
    elif form == "slice":
        w.write(f"{name}b = S({name}.layers[:-1])")
    elif form == "inside":
        w.write(f"{name}b = S([{name}, L.Dense({w.small()})])")
    elif form == "append":
        w.write(f"{name}.add(L.Dense({expression(w)}))")
    elif form == "trained":
        w.write(f"{name}.compile(loss='mse', optimizer='sgd')")


def in_function(w: Writer) -> None:
    """A model that a function makes, called once or twice."""
    name = w.fresh("build")
    w.write(f"def {name}(size, units={w.small()}, *, last=2, extra=()):")
    w.depth += 1
    w.write("if size < 0:")
    block(w, "return None")
    inner = w.fresh("inner")
    w.write(f"def {inner}(u):")
    block(w, "return L.Dense(u + units)")
    w.write(w.pick("m = S([Input((size,))])", "m = S()\n    m.add(Input((size,)))"))
    w.write(f"m.add({inner}({w.small()}))")
    w.write("for e in extra:")
    block(w, "m.add(e)")
    w.write("m.add(L.Dense(last))")
    w.write("return m")
    w.depth -= 1
    result = w.fresh("model")
    w.write(f"{result} = {name}({expression(w)}, units={expression(w)})")
    if w.flag():
        w.write(f"{result}b = {name}(*[{w.small()}], **dict(last={w.small()}, extra=[{layer(w)}]))")


def in_class(w: Writer) -> None:
    """A model that a class holds."""
    name = w.fresh("Net")
    w.write(f"class {name}:")
    block(w, f"width = {w.small()}", f"sizes = [{w.small()}, {w.small()}]", "def __init__(self, units=3):",
          "    self.units = units", "    self.model = self._build()", "def _build(self):", "    m = S()",
          "    m.add(Input((self.width,)))", "    for s in self.sizes:", "        m.add(L.Dense(s * self.units))",
          "    return m", "@staticmethod", "def head(n):", "    return L.Dense(n)", "@property",
          "def double(self):", "    return self.units * 2")  # fmt: skip
    made = w.fresh("net")
    w.write(f"{made} = {name}({w.pick('', 'units=' + expression(w))})")
    w.write(f"{made}.model.add({name}.head({made}.double))")


def from_settings(w: Writer) -> None:
    """Settings in a dictionary or a dataclass."""
    name = w.fresh("config")
    if w.flag():
        w.write(f"{name} = {{'units': [{w.small()}, {w.small()}], 'input': {{'size': {w.small()}}}, 'rate': 0.5}}")
        w.write(f"{name}['units'].append({w.small()})")
        w.write(f"{name}m = S([Input(({name}['input']['size'],))] + [L.Dense(u) for u in {name}['units']])")
        return
    w.write("from dataclasses import dataclass")
    w.write("@dataclass")
    w.write(f"class {name.title()}:")
    block(w, f"units: int = {w.small()}", "size: int = 3")
    w.write(f"{name} = {name.title()}({w.pick('', '5', 'size=4', 'units=7, size=2')})")
    w.write(f"{name}m = S([Input(({name}.size,)), L.Dense({name}.units)])")


BUILDERS = [list_form, add_form, add_form, in_function, in_class, from_settings]
