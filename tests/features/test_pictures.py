"""Pictures of models: what is in them, that nothing lies over another thing, and that the formats are well formed."""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree as ET

import pydot
import pytest

from keras_shapes.features.pictures.diagram import diagram_of
from keras_shapes.features.pictures.formats import picture
from keras_shapes.features.pictures.ranks import columns_of

CNN = """
import numpy as np
x_train, y_train = np.zeros((60, 28, 28, 1)), np.zeros(60)
model = Sequential([
    Input((28, 28, 1)), layers.Conv2D(32, 3, activation="relu"), layers.BatchNormalization(), layers.MaxPooling2D(),
    layers.Flatten(), layers.Dropout(0.5), layers.Dense(10),
])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(x_train, y_train)
"""
RESIDUAL = """
def block(x, filters):
    y = layers.Conv2D(filters, 3, padding="same")(x)
    y = layers.ReLU()(layers.BatchNormalization()(y))
    y = layers.Conv2D(filters, 3, padding="same")(y)
    return layers.add([layers.Conv2D(filters, 1)(x), y])
a = Input((32, 32, 3), name="image")
x = a
for filters in (8, 16, 32):
    x = block(x, filters)
b = Input((5,), name="meta")
x = layers.concatenate([layers.GlobalAveragePooling2D()(x), b])
model = Model([a, b], [layers.Dense(1, name="one")(x), layers.Dense(2, name="two")(x)])
"""
SKIPS = """
x = given = Input((64, 64, 3))
kept = []
for filters in (8, 16, 32):
    x = layers.Conv2D(filters, 3, padding="same")(x)
    kept.append(x)
    x = layers.MaxPooling2D()(x)
for filters, skip in zip((32, 16, 8), reversed(kept)):
    x = layers.Conv2DTranspose(filters, 2, strides=2)(x)
    x = layers.concatenate([x, skip])
model = Model(given, x, name="small_unet")
"""
SUBCLASSED = """
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.one = layers.Dense(8)
        self.two = Sequential([layers.Dense(4), layers.Dense(8)])
    def call(self, x):
        x = self.one(x)
        return x + self.two(x)
model = Net()
model(keras.ops.zeros((2, 3)))
"""
LONG = """
model = Sequential([Input((64, 64, 3)), *[layers.Conv2D(8, 3, padding="same") for _ in range(40)]])
"""
REFUSED = "model = Sequential([Input((8,)), layers.Dense(4), layers.Conv2D(2, 3), layers.Dense(1)])"
PROGRAMS = {
    "cnn": CNN,
    "residual": RESIDUAL,
    "skips": SKIPS,
    "subclassed": SUBCLASSED,
    "long": LONG,
    "refused": REFUSED,
    "empty": "model = Sequential([])",
    "unknown": "model = Sequential([layers.Flatten(), layers.Dense(int(input()))])",
    "hostile": """model = Sequential([Input((3,)), layers.Dense(2)], name='a"<b>&\\\\n]|`')""",
}
SVG = "{http://www.w3.org/2000/svg}"

every = pytest.mark.parametrize("name", PROGRAMS)


def drawn(analysed, name, text_format):
    analysis = analysed(PROGRAMS[name])
    return analysis, picture(analysis, analysis.models, text_format)


def fronts(root):
    """The fronts of all bodies, and the boxes of the ends: left, top, right, bottom."""
    for group in root.iter(f"{SVG}g"):
        x, y = map(float, re.findall(r"[-\d.]+", group.get("transform", "0 0")))
        for front in group.findall(f"{SVG}g/{SVG}path[@class='front']"):
            left, top, width, height, _ = map(float, re.findall(r"-?\d+\.?\d*", front.get("d")))
            yield group, (x + left, y + top, x + left + width, y + top + height)


def lies_over(one, other):
    return min(one[2], other[2]) - max(one[0], other[0]) > 0.2 and min(one[3], other[3]) - max(one[1], other[1]) > 0.2


@every
def test_no_block_lies_over_another(analysed, name):
    analysis, text = drawn(analysed, name, "svg")
    root = ET.fromstring(text)
    found = list(fronts(root))
    blocks = [block for model in analysis.models for block in diagram_of(analysis, model).blocks]
    assert len(found) == len([block for block in blocks if block.role != "end"])
    for (group, one), (other_group, other) in itertools.combinations(found, 2):
        assert group is not other_group or not lies_over(one, other)
    assert name == "skips" or float(root.get("width")) < 1500


def test_convolutions_that_are_alike_are_one(analysed):
    _, text = drawn(analysed, "long", "svg")
    assert text.count(">Conv2D ×4<") == 10
    assert text.count('class="block convolution') == 40


@every
def test_pictures_are_the_same_each_time(analysed, name):
    assert drawn(analysed, name, "svg")[1] == drawn(analysed, name, "svg")[1]


def test_what_a_chain_shows(analysed):
    root = ET.fromstring(drawn(analysed, "cnn", "svg")[1])
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert [text for text in texts if text.startswith(("Conv2D", "3×3", "448", "+", "MaxP", "Dropout", "rate"))] == [
        "Conv2D",
        "3×3, relu",
        "+ BatchNormalization",
        "448 parameters",
        "MaxPooling2D",
        "+ Dropout rate 0.5",
    ]
    assert {"28×28×1", "26×26×32", "13×13×32", "5408", "10"} <= set(texts)
    assert {"sparse_categorical_crossentropy", "y_train (60,)", "54,538 parameters · 213.04 KB"} <= set(texts)
    [legend] = [group for group in root.iter(f"{SVG}g") if group.get("class") == "legend"]
    assert [text.text for text in legend.iter(f"{SVG}text")] == [
        "convolution",
        "pooling",
        "dense",
        "normalization",
        "regularization",
        "shape",
    ]


def test_blocks_are_as_large_as_their_shapes(analysed):
    found = [box for _, box in fronts(ET.fromstring(drawn(analysed, "residual", "svg")[1]))]
    convolutions = [box for box in found if box[3] - box[1] == pytest.approx(120, abs=0.5)]
    widths = sorted({round(right - left) for left, _, right, _ in convolutions})
    assert len(widths) >= 4
    assert widths[0] == 7  # a thin one


def test_lines_go_around_what_they_skip(analysed):
    root = ET.fromstring(drawn(analysed, "skips", "svg")[1])
    bodies = [box for _, box in fronts(root)]
    ways = [path.get("d") for path in root.iter(f"{SVG}path") if path.get("class") == "line"]
    level = [
        (float(x1), float(x2), float(y1))
        for way in ways
        for x1, y1, x2, y2 in re.findall(r"([-\d.]+) ([-\d.]+) L ([-\d.]+) ([-\d.]+)", way)
        if y1 == y2
    ]
    assert len(level) > 20
    moves = [re.findall(r"[-\d.]+", group.get("transform", "")) for group in root.iter(f"{SVG}g")]
    [(x, _), (_, y)] = [move for move in moves if move]
    assert float(x) == 24
    shift = float(y)
    for left, right, y in level:
        for box in bodies:
            crossed = min(right, box[2]) - max(left, box[0]) > 1 and box[1] + 1 < y + shift < box[3] - 1
            assert not crossed, (left, right, y, box)


def test_a_model_inside_has_its_name(analysed):
    analysis = analysed("""
        inner = Sequential([Input((8,)), layers.Dense(4)])
        outer = Sequential([Input((8,)), inner, layers.Dense(1)])
    """)
    outer = diagram_of(analysis, analysis.models[-1])
    assert [(block.title, block.lines) for block in outer.blocks if block.kind == "model"] == [
        ("inner", ("Sequential", "36 parameters"))
    ]


CLASH = """
given = Input((8, 8, 3))
model = Model(given, layers.add([layers.Conv2D(4, 1)(given), layers.Conv2D(4, 3)(given)]))
"""


@pytest.mark.parametrize(
    ("form", "marks"),
    [
        ("svg", ['class="line clash"', 'class="shape clash">8×8×4<', 'class="shape clash">6×6×4<']),
        ("dot", ['label="8×8×4", color="#b00020"', 'label="6×6×4", color="#b00020"']),
        ("mermaid", ["linkStyle 2,3 stroke:#b00020"]),
    ],
)
def test_tensors_that_clash_are_red_with_their_shapes(analysed, form, marks):
    analysis = analysed(CLASH)
    text = picture(analysis, analysis.models, form)
    assert [mark for mark in marks if mark not in text] == []
    right = analysed(CLASH.replace("Conv2D(4, 3)", "Conv2D(4, 1)"))
    assert not [mark for mark in marks if mark in picture(right, right.models, form)]


def test_a_refused_model_says_why(analysed):
    _, text = drawn(analysed, "refused", "svg")
    assert "Conv2D needs (batch, height, width, channels), gets (None, 4)" in text
    assert 'class="block convolution refused"' in text


@every
def test_dot_is_read_by_pydot(analysed, name):
    analysis, text = drawn(analysed, name, "dot")
    [graph] = pydot.graph_from_dot_data(text)
    for model, cluster in zip(analysis.models, graph.get_subgraphs(), strict=True):
        diagram = diagram_of(analysis, model)
        assert len(cluster.get_nodes()) == len(diagram.blocks)
        edges = [(edge.get_source(), edge.get_destination()) for edge in cluster.get_edges()]
        prefix = cluster.get_name().replace("cluster_", "m")
        assert edges == [(f"{prefix}_{link.source}", f"{prefix}_{link.target}") for link in diagram.links]


WORDS = r'"(?:[^"\n<>]|<br/>|</?b>)*"'
GRAMMAR = re.compile(
    rf"""flowchart\ TD
    | \ {{4}}subgraph\ \w+\[{WORDS}\] | \ {{4}}end
    | \ {{4}}\w+(?:\[{WORDS}\]|\(\[{WORDS}\]\))(?::::\w+)?
    | \ {{4}}\w+\ -->\|{WORDS}\|\ \w+
    | \ {{4}}classDef\ \w+\ fill:\#\w{{6}},stroke:\#\w{{6}},color:\#\w{{6}}
    """,
    re.VERBOSE,
)


@every
def test_mermaid_is_well_formed(analysed, name):
    analysis, text = drawn(analysed, name, "mermaid")
    lines = text.splitlines()
    assert [line for line in lines if not GRAMMAR.fullmatch(line)] == []
    assert sum("-->" in line for line in lines) == sum(
        len(diagram_of(analysis, model).links) for model in analysis.models
    )
    classes = set(re.findall(r":::(\w+)", text))
    assert classes <= set(re.findall(r"classDef (\w+)", text))


def test_markdown_is_the_table(analysed):
    _, text = drawn(analysed, "cnn", "markdown")
    assert "| Layer (type) | Output Shape | Param # |" in text
    assert "| `conv2d (Conv2D)` | `(None, 26, 26, 32)` | 320 |" in text
    assert "- Total params: 54,538 (213.04 KB)" in text


def test_a_line_that_skips_has_a_place_in_each_column():
    columns = columns_of(4, [(0, 1), (1, 2), (2, 3), (0, 3)])
    assert [[(item.box, item.link) for item in column.items] for column in columns] == [
        [(0, None)],
        [(0, 3), (1, None)],
        [(0, 3), (2, None)],
        [(3, None)],
    ]
