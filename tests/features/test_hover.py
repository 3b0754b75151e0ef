"""What is shown when the mouse rests on something."""

from __future__ import annotations

from keras_shapes.features.hover import hover
from keras_shapes.features.markdown import code, escaped
from keras_shapes.fixes.proof import prove


def over(analysis, text, *, nth=0):
    """The hover over the nth occurrence of a text, below the two lines of imports."""
    start = analysis.document.line_starts[2]
    for _ in range(nth + 1):
        found = analysis.document.text.index(text, start)
        start = found + 1
    return hover(analysis, found + 1)


def test_a_layer(analysed):
    analysis = analysed("m = Sequential([Input((28, 28, 1)), layers.Conv2D(32, 3)])")
    found = over(analysis, "Conv2D")
    assert analysis.document.slice(found.span) == "layers.Conv2D(32, 3)"
    assert found.markdown == (
        "**Conv2D** `conv2d` · `(None, 28, 28, 1)` → `(None, 26, 26, 32)` · float32\n\n"
        "`None`: the batch\n\n"
        "320 parameters · 1.25 KB\n\n"
        "weights: kernel `(3, 3, 1, 32)`, bias `(32,)`\n\n"
        "389 kFLOPs a sample · output 2.64 MB for a batch of 32 (assumed) · receptive field 3×3, stride 1"
    )


def test_a_weight_of_unknown_size(analysed):
    analysis = analysed("n = int(input())\nm = Sequential([Input((4,)), layers.Dense(n)])")
    assert over(analysis, "Dense").markdown.endswith("weights: kernel `(4, n)`, bias `(n,)`")


def test_a_name_is_explained(analysed):
    analysis = analysed("""
        def build_model(hp):
            return Sequential([Input((4,)), layers.Dense(hp.Int("units", 32, 512))])
        """)
    text = over(analysis, "Dense").markdown
    assert "`(None, units)`" in text
    assert "`units` 32…512: units is chosen by a hyperparameter search, line 5" in text


def test_where_the_input_comes_from(analysed):
    analysis = analysed("""
        (x_train, y_train), _ = keras.datasets.mnist.load_data()
        model = Sequential([layers.Flatten(), layers.Dense(10)])
        model.compile(loss="sparse_categorical_crossentropy")
        model.fit(x_train, y_train)
        """)
    text = over(analysis, "Sequential").markdown
    assert "Total params: 7,850" in text
    assert text.endswith("input from x_train")


def test_a_layer_whose_error_is_caught(analysed):
    analysis = analysed("""
        try:
            Sequential([Input((4,)), layers.Conv2D(2, 3)])
        except ValueError:
            pass
        """)
    assert "The `try` around it catches the error" in over(analysis, "Conv2D").markdown


def test_a_refused_layer(analysed):
    analysis = analysed("m = Sequential([layers.LSTM(4, input_shape=(3, 2)), layers.LSTM(4)])")
    text = over(analysis, "LSTM", nth=1).markdown
    assert "the LSTM above returns only its last step" in text
    assert "needs `(batch, steps, features)` · gets `(None, 4)`" in text
    assert "its input spec: `ndim=3`" in text
    assert "Keras says:\n\n```text\nInput 0 with name" in text


def test_a_refused_layer_with_its_proven_fix(analysed, keras):
    analysis = prove(analysed("m = Sequential([layers.LSTM(4, input_shape=(3, 2)), layers.LSTM(4)])"), keras)
    title, fix, *rest = over(analysis, "LSTM", nth=1).markdown.split("\n\n")
    assert title.startswith("**LSTM** `lstm_1` · error: LSTM needs (batch, steps, features), gets (None, 4): ")
    assert fix == "Proven fix: Add return_sequences=True"
    assert rest[-2:][0] == "Keras says:"


def test_an_input(analysed):
    analysis = analysed("""
        x = Input((28, 28, 1), name="image")
        y = layers.Conv2D(4, 3)(x)
        model = Model(x, layers.Flatten()(y))
    """)
    assert over(analysis, "Input").markdown == (
        "**Input** `image` · `(None, 28, 28, 1)` · float32\n\n`None`: the batch\n\ngoes into Conv2D, line 5"
    )
    chain = analysed("m = Sequential([Input((4,)), layers.Dense(2)])")
    assert over(chain, "Input").markdown.endswith("goes into Dense, line 3")


def test_what_an_input_lacks(analysed):
    analysis = analysed("m = Sequential([Input((28, 28)), layers.Conv2D(2, 3)])")
    assert over(analysis, "Input").markdown.startswith("error: Conv2D needs (batch, height, width, channels)")


def test_summary_shows_the_table(analysed):
    analysis = analysed("m = Sequential([Input((4,)), layers.Dense(2)])\nm.summary()")
    assert "Total params: 10 (40.00 B)" in over(analysis, "summary").markdown


def test_a_model_with_a_mistake_says_it_first(analysed):
    analysis = analysed("m = Sequential([Input((4,)), layers.Conv2D(2, 3)])\nm.summary()")
    for text in ("Sequential", "summary"):
        first = over(analysis, text).markdown.splitlines()[0]
        assert first.startswith("error, line 3: Conv2D needs (batch, height, width, channels)")


def test_a_declared_input_is_not_said_to_come_from_data(analysed):
    analysis = analysed("""
        (x_train, y_train), _ = keras.datasets.mnist.load_data()
        model = Sequential([Input((28, 28)), layers.Flatten(), layers.Dense(10)])
        model.compile(loss="sparse_categorical_crossentropy")
        model.fit(x_train, y_train)
        """)
    assert "input from" not in over(analysis, "Sequential").markdown


def test_an_unknown_layer(analysed):
    analysis = analysed("m = Sequential([layers.Flatten(), layers.Dense(4)])")
    assert "unknown: the input shape is not known" in over(analysis, "Flatten").markdown


def test_a_model(analysed):
    analysis = analysed("m = Sequential([Input((4,)), layers.Dense(2)])\nm.summary()")
    for found in (over(analysis, "Sequential"), over(analysis, "m.summary")):
        assert "dense (Dense)" in found.markdown
        assert "Total params: 10 (40.00 B)" in found.markdown


def test_data(analysed):
    analysis = analysed("""
        (x_train, y_train), _ = keras.datasets.mnist.load_data()
        print(x_train, y_train)
        """)
    text = over(analysis, "x_train", nth=1).markdown
    assert text.startswith("`x_train` `(60000, 28, 28)` uint8 · values 0 to 255")
    assert "keras.datasets.mnist" in text
    assert "line 4" in text


def test_a_data_frame_shows_its_columns(analysed):
    analysis = analysed("""
        import pandas as pd
        people = pd.DataFrame({"age": [1, 2], "sex": [0, 1]})
        fewer = people.drop(columns="sex")
        """)
    assert over(analysis, "people").markdown.startswith("`people` `(2, 2)`\n\ncolumns `age`, `sex`")
    assert over(analysis, "fewer").markdown.startswith("`fewer` `(2, 1)`\n\ncolumns `age`")


def test_the_innermost_expression(analysed):
    analysis = analysed("""
        (x_train, y_train), _ = keras.datasets.mnist.load_data()
        model = Sequential([Input((4,)), layers.Dense(x_train.shape[1])])
        """)
    assert over(analysis, "x_train", nth=1).markdown.startswith("`x_train` `(60000, 28, 28)`")
    assert over(analysis, "Dense").markdown.startswith("**Dense**")


def test_a_layer_of_a_model_inside(analysed):
    analysis = analysed("m = Sequential([Input((4,)), Sequential([layers.Dense(2), layers.Dense(3)])])")
    text = over(analysis, "Dense(3)").markdown
    assert text.startswith("**Dense**")
    assert "`(None, 2)` → `(None, 3)`" in text


def test_unknown_data_and_how_to_declare_it(analysed):
    analysis = analysed("""
        import numpy as np
        x = np.load("x.npy")
        print(x)
        """)
    text = over(analysis, "x)").markdown
    assert text.startswith("`x` is unknown: ")
    assert "`x = …  # keras-shapes: shape (1000, 28, 28) float32`" in text


def test_nothing_elsewhere(analysed):
    analysis = analysed("answer = 42\nm = Sequential([Input((4,)), layers.Dense(2)])")
    assert over(analysis, "answer") is None


def test_text_of_the_user_is_no_markdown(analysed):
    analysis = analysed("m = Sequential([Input((4,)), layers.Dense(2, activation='[a](http://b)<b>`|')])")
    text = over(analysis, "Dense").markdown.split("Keras says:")[0]
    assert "[a](" not in text
    assert "http://" not in text
    assert "<b>" not in text.replace("\\<b\\>", "")


def test_escapes():
    assert escaped("a_b *c* _d_ [e](f)\n# g") == r"a_b \*c\* \_d\_ \[e\](f) # g"
    assert escaped("# a") == r"\# a"
    assert escaped("1. a") == r"1\. a"
    assert escaped("http://a.b www.c.d e@f.g") == r"http\://a.b www\.c.d e\@f.g"
    assert code("a`b|c") == r"`a'b\|c`"
