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
        "**fit** · x `(60, 4)`, `m` takes `(None, 4)`, gives `(None, 3)`\n\n"
        "y `(60,)`, `sparse_categorical_crossentropy`"
    )


def test_a_training_call_that_is_refused(analysed):
    analysis = analysed("""
        import numpy as np
        m = Sequential([Input((4,)), layers.Dense(3)])
        m.predict(np.zeros((60, 5)))
    """)
    found = over(analysis, "predict").markdown
    assert found.split("\n\n") == [
        "**predict** · error, line 6: the model needs (None, 4), gets np.zeros((60, 5)) (60, 5)",
        "x `(60, 5)`, `m` takes `(None, 4)`",
    ]


def test_a_training_call_with_unknown_data(analysed):
    analysis = analysed("""
        import numpy as np
        m = Sequential([Input((4,)), layers.Dense(3)])
        m.predict(np.load("x.npy"))
    """)
    assert over(analysis, "predict").markdown == "**predict** · not judged: the data are not known"


FITTED = """
    import numpy as np
    x, y = np.zeros((60, 8, 8, 1)), np.zeros(60)
    m = Sequential([
        Input((8, 8, 1)),
        layers.Conv2D(4, 3),
        layers.MaxPooling2D(),
        layers.Dense({units}, activation="softmax"),
    ])
    m.compile("sgd", loss="sparse_categorical_crossentropy")
    m.fit(x, y)
"""


def test_fit_names_the_line_to_change(analysed):
    found = over(analysed(FITTED.replace("{units}", "10")), "fit(").markdown
    assert found.splitlines()[0].startswith("**fit** · error, line 10: Dense works on the last axis only")


def test_compile_and_the_loss_say_what_is_compared(analysed):
    program = FITTED.replace("layers.MaxPooling2D()", "layers.Flatten()").replace("{units}", "10")
    analysis = analysed(program)
    for text in ("compile", "sparse_categorical"):
        assert over(analysis, text).markdown == (
            "**compile** · loss `sparse_categorical_crossentropy`\n\n"
            "compares the output `(None, 10)` with the labels `(60,)` of fit, line 13"
        )
