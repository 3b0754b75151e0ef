"""Random models, data and losses: whatever we call refused, a real `fit` of the same program refuses.

`KERAS_SHAPES_DRAWS=2000` draws as many programs.
"""

from __future__ import annotations

import random

from tests.shares import draws
from training_programs import program, real_runs, stops

DRAWS = draws("KERAS_SHAPES_DRAWS", 40, 500)
SEED = draws("KERAS_SHAPES_SEED", 1, 1)
CHUNK = 100
"""Programs that one real process runs."""

LOSSES = (
    *(
        "mse",
        "mse",
        "mae",
        "mae",
        "mape",
        "msle",
        "huber",
        "log_cosh",
        "hinge",
        "squared_hinge",
        "categorical_hinge",
        "poisson",
    ),
    *("binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy", "kl_divergence"),
    *("cosine_similarity", "crossentropy", "binary_focal_crossentropy", "categorical_focal_crossentropy", "dice"),
)
CLASSES = (
    "MeanSquaredError()",
    "CategoricalCrossentropy(from_logits=True)",
    "BinaryCrossentropy()",
    "Huber(delta=2.0)",
)
INPUTS = {
    2: ((4,), (6,), (1,)),
    3: ((5, 4), (6, 1), (None, 3)),
    4: ((8, 8, 1), (9, 7, 3), (None, None, 2)),
}
BODIES = {
    2: (
        "L.Dense(5)",
        "L.Dense(6, 'relu'), L.Dropout(0.2)",
        "L.Reshape((2, 2))",
        "L.BatchNormalization()",
        "L.RepeatVector(3)",
    ),
    3: (
        *("L.LSTM(4)", "L.GRU(4, return_sequences=True)", "L.Conv1D(4, 2)", "L.Flatten()", "L.Dense(5)"),
        *("L.GlobalAveragePooling1D()", "L.Bidirectional(L.LSTM(3))", "L.TimeDistributed(L.Dense(2))"),
    ),
    4: (
        *("L.Conv2D(4, 3)", "L.Conv2D(3, 2, strides=2), L.Flatten()", "L.Flatten()", "L.MaxPooling2D(), L.Dense(4)"),
        *("L.GlobalAveragePooling2D()", "L.UpSampling2D()", "L.Conv2D(4, 3), L.BatchNormalization(), L.Flatten()"),
    ),
}
HEADS = (
    *("", "L.Dense(1)", "L.Dense(1, 'sigmoid')", "L.Dense(3, 'softmax')", "L.Dense(10, 'softmax')", "L.Dense(10)"),
    *("L.Flatten(), L.Dense(3)", "L.Activation('softmax')", "L.Dense(3, kernel_regularizer='l2')"),
)
SAMPLES = ((10, None), (10, 10), (23, 10), (40, None), (64, 32), (7, 3))
TYPES = ("float32", "float64", "int64", "uint8", "bool")


def draw(rng):
    """A program with one to three training calls."""
    rank = rng.choice((2, 3, 4))
    shape = rng.choice(INPUTS[rank])
    samples, batch = rng.choice(SAMPLES)
    declared = [f"Input({shape})"] if rng.random() < 0.7 else []
    layers = ", ".join(part for part in (*declared, rng.choice(BODIES[rank]), rng.choice(HEADS)) if part)
    loss = repr(rng.choice(LOSSES)) if rng.random() < 0.85 else f"keras.losses.{rng.choice(CLASSES)}"
    calls = [draw_call(rng, shape, samples, batch) for _ in range(rng.choice((1, 1, 2, 3)))]
    return program(layers, *calls, loss=loss)


def draw_call(rng, shape, samples, batch):
    x, y = array(rng, (samples, *near(rng, shape))), labels(rng, samples)
    size = "" if batch is None else f", batch_size={batch}"
    method = rng.choice(("fit", "fit", "fit", "evaluate", "predict", "train_on_batch", "dataset"))
    match method:
        case "predict":
            return f"predict({x}{size}, verbose=0)"
        case "train_on_batch":
            return f"train_on_batch({x}, {y})"
        case "dataset":
            batches = f".batch({batch or 32})" if rng.random() < 0.85 else ""
            return f"fit(tf.data.Dataset.from_tensor_slices(({x}, {y})){batches}, verbose=0)"
    more = f", validation_data=({x}, {labels(rng, samples)})" if method == "fit" and rng.random() < 0.2 else ""
    more += ", validation_split=0.5" if method == "fit" and rng.random() < 0.15 else ""
    more += f", sample_weight=np.ones({samples})" if rng.random() < 0.1 else ""
    return f"{method}({x}, {y}{size}, verbose=0{more})"


def near(rng, shape):
    """A shape of data for an input shape: mostly the same, sometimes another size or rank."""
    sizes = [rng.choice((3, 8)) if size is None else size for size in shape]
    match rng.randrange(10):
        case 0:
            sizes[rng.randrange(len(sizes))] += 1
        case 1:
            sizes.append(1)
        case 2 if sizes[-1] == 1 or rng.random() < 0.3:
            sizes.pop()
    return tuple(sizes)


def labels(rng, samples):
    """Labels of some shape; their numbers are classes that every output has."""
    count = samples if rng.random() < 0.95 else samples - 1
    common = ((), (), (), (1,), (1,), (3,), (10,))
    rare = ((5,), (5, 1), (5, 3), (3, 10), (6, 6, 4), (8, 8, 1))
    return array(rng, (count, *rng.choice(common if rng.random() < 0.8 else rare)))


def array(rng, shape):
    return f"np.zeros({shape}, {rng.choice(TYPES)!r})"


def test_what_we_refuse_is_refused(keras):
    rng = random.Random(SEED)
    programs = [draw(rng) for _ in range(DRAWS)]
    chunks = [programs[start : start + CHUNK] for start in range(0, DRAWS, CHUNK)]
    real = [error for chunk in chunks for error in real_runs(chunk)]
    ours = [stops(source, keras) for source in programs]
    false_alarms = [each for each, error, said in zip(programs, real, ours, strict=True) if said and error is None]
    missed = [(each, error) for each, error, said in zip(programs, real, ours, strict=True) if error and not said]
    print(f"{DRAWS} programs, {sum(map(bool, real))} refused, {len(false_alarms)} false alarms, {len(missed)} missed")
    for source, error in missed:
        print("missed:", error.splitlines()[0][:200], "\n", source.split("\n\n", 1)[1])
    assert not false_alarms, "\n\n".join(false_alarms)
    assert len(missed) <= 0.05 * DRAWS
