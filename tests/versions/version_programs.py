"""Small programs, right and wrong ones: what a Keras does with each, only that Keras can say.

Each comes behind an import of `keras`; `layers`, `models` and `np` are there, too.
"""

PREAMBLE = """
import numpy as np
layers, models = keras.layers, keras.models
"""

PROGRAMS = {
    "dense": "model = models.Sequential([keras.Input((8,)), layers.Dense(4), layers.Dense(2)])",
    "input shape": "model = models.Sequential([layers.Dense(4, input_shape=(8,)), layers.Dense(2)])",
    "input dim": "model = models.Sequential([layers.Dense(4, input_dim=8), layers.Dense(2)])",
    "batch input shape": "model = models.Sequential([layers.Dense(4, batch_input_shape=(None, 8)), layers.Dense(2)])",
    "alpha": "model = models.Sequential([keras.Input((8,)), layers.Dense(4), layers.LeakyReLU(alpha=0.1)])",
    "locally connected": "model = models.Sequential([keras.Input((8, 3)), layers.LocallyConnected1D(4, 3)])",
    "late input shape": "model = models.Sequential([keras.Input((8,)), layers.Dense(2, input_shape=(9,))])",
    "no tuple": "model = models.Sequential([layers.Dense(4, input_shape=(8))])",
    "old keyword": "model = models.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3, border_mode='same')])",
    "cnn": """
model = models.Sequential()
model.add(layers.Conv2D(8, 3, activation="relu", input_shape=(28, 28, 1)))
model.add(layers.MaxPooling2D())
model.add(layers.BatchNormalization())
model.add(layers.Dropout(0.5))
model.add(layers.Flatten())
model.add(layers.Dense(10, activation="softmax"))
""",
    "no channels": "model = models.Sequential([keras.Input((28, 28)), layers.Conv2D(8, 3)])",
    "too small": "model = models.Sequential([keras.Input((8, 8, 3)), *[layers.Conv2D(4, 3) for _ in range(4)]])",
    "lstm": "model = models.Sequential([keras.Input((5, 3)), layers.LSTM(4, return_sequences=True), layers.LSTM(2)])",
    "two lstm": "model = models.Sequential([keras.Input((5, 3)), layers.LSTM(4), layers.LSTM(2)])",
    "stateful": "model = models.Sequential([keras.Input(batch_shape=(2, 5, 3)), layers.LSTM(4, stateful=True)])",
    "embedding": "model = models.Sequential([keras.Input((7,)), layers.Embedding(50, 4), layers.GRU(3)])",
    "bidirectional": "model = models.Sequential([keras.Input((5, 3)), layers.Bidirectional(layers.LSTM(4))])",
    "reshape": "model = models.Sequential([keras.Input((12,)), layers.Reshape((3, 4)), layers.Conv1D(2, 2)])",
    "wrong reshape": "model = models.Sequential([keras.Input((12,)), layers.Reshape((5, 4))])",
    "normalization": "model = models.Sequential([keras.Input((4,)), layers.Normalization(), layers.Dense(3)])",
    "class": "model = models.Sequential([keras.Input((8, 8, 3)), layers.Flatten, layers.Dense(3)])",
    "text": "model = models.Sequential([keras.Input((8,)), 'relu'])",
    "same name": "model = models.Sequential([keras.Input((8,)), layers.Dense(4, name='a'), layers.Dense(4, name='a')])",
    "no such layer": "model = models.Sequential([keras.Input((8,)), layers.Dens(4)])",
    "units": "model = models.Sequential([keras.Input((8,)), layers.Dense(-4)])",
    "nested": """
inner = models.Sequential([layers.Dense(6), layers.Dense(5)])
model = models.Sequential([keras.Input((8,)), inner, layers.Dense(2)])
""",
    "functional": """
a, b = keras.Input((8,)), keras.Input((4,))
joined = layers.Concatenate()([layers.Dense(3)(a), b])
model = keras.Model([a, b], layers.Dense(2)(joined))
""",
    "residual": """
given = keras.Input((8, 8, 3))
x = layers.Conv2D(4, 3, padding="same")(given)
x = layers.Add()([x, layers.Conv2D(4, 1)(given)])
model = keras.Model(given, layers.GlobalAveragePooling2D()(x))
""",
    "wrong sum": """
given = keras.Input((8, 8, 3))
x = layers.Add()([layers.Conv2D(4, 3)(given), layers.Conv2D(4, 1)(given)])
model = keras.Model(given, x)
""",
    "wrong concatenation": """
a, b = keras.Input((8, 2)), keras.Input((4, 2))
model = keras.Model([a, b], layers.Concatenate()([a, b]))
""",
}

TRAINING = {
    "fit": ((8, 3), "(20, 8)", "(20, 3)", "mse"),
    "one sample less": ((8, 3), "(20, 8)", "(19, 3)", "mse"),
    "other features": ((8, 3), "(20, 7)", "(20, 3)", "mse"),
    "other classes": ((8, 3), "(20, 8)", "(20, 4)", "categorical_crossentropy"),
    "one column": ((8, 1), "(20, 8)", "(20,)", "binary_crossentropy"),
    "numbers for categories": ((8, 3), "(20, 8)", "(20,)", "categorical_crossentropy"),
    "sparse": ((8, 3), "(20, 8)", "(20,)", "sparse_categorical_crossentropy"),
    "sparse with categories": ((8, 3), "(20, 8)", "(20, 3)", "sparse_categorical_crossentropy"),
    "more axes": ((8, 3), "(20, 8, 8)", "(20, 3)", "mse"),
    "one axis": ((8, 3), "(8,)", "(8, 3)", "mse"),
}
"""Features and units of one layer, the shapes of data and labels, and the loss."""

_FIT = """
model = models.Sequential([keras.Input(({features},)), layers.Dense({units}, activation="softmax")])
model.compile(optimizer="adam", loss="{loss}")
model.fit(np.zeros({x}), np.zeros({y}), verbose=0)
"""
PROGRAMS |= {
    f"{name} in training": _FIT.format(features=features, units=units, x=x, y=y, loss=loss)
    for name, ((features, units), x, y, loss) in TRAINING.items()
}


def source(start, name):
    """A whole program; `start` imports Keras."""
    return f"{start}\n{PREAMBLE}\n{PROGRAMS[name].strip()}\n"
