"""What is shown when the mouse rests on a training call."""

from __future__ import annotations

from keras_shapes.features.hover import hover


def over(analysis, text):
    """The hover over the last occurrence of a text."""
    return hover(analysis, analysis.document.text.rindex(text) + 1)


def test_a_training_call(analysed):
    analysis = analysed("""
        import numpy as np
        x, y = np.zeros((60, 4)), np.zeros(60)
        m = Sequential([Input((4,)), layers.Dense(3)])
        m.compile("sgd", "sparse_categorical_crossentropy")
        m.fit(x, y)
    """)
    assert over(analysis, "fit(").markdown == (
        "**fit**\n\n"
        "x `(60, 4)`, `m` takes `(None, 4)`, gives `(None, 3)`\n\n"
        "y `(60,)`, `sparse_categorical_crossentropy`"
    )


def test_a_training_call_that_is_refused(analysed):
    analysis = analysed("""
        import numpy as np
        m = Sequential([Input((4,)), layers.Dense(3)])
        m.predict(np.zeros((60, 5)))
    """)
    found = over(analysis, "predict").markdown
    assert found.startswith("**predict**\n\nx `(60, 5)`, `m` takes `(None, 4)`")
    assert "but received input with shape" in found


def test_a_training_call_with_unknown_data(analysed):
    analysis = analysed("""
        import numpy as np
        m = Sequential([Input((4,)), layers.Dense(3)])
        m.predict(np.load("x.npy"))
    """)
    assert over(analysis, "predict").markdown == "**predict**\n\nnot judged: the data are not known"
