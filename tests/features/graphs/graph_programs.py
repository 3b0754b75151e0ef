"""Random programs that make graphs: branches, merges, shared layers, several outputs, nested models, conditions."""

from __future__ import annotations

IMPORTS = ["import keras", "from keras import layers, ops"]
BLOCK = """\
def residual(x, filters):
    y = layers.Conv2D(filters, 3, padding="same")(x)
    if x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1)(x)
    return layers.add([x, y])
"""
BRANCH = """\
def narrow(x):
    if len(x.shape) > 2 and x.shape[1] is not None and x.shape[1] > 6:
        x = layers.MaxPooling2D()(x) if len(x.shape) == 4 else layers.MaxPooling1D()(x)
    else:
        x = layers.Dense(x.shape[-1] * 2)(x)
    return x
"""
INPUTS = ("(8,)", "(12,)", "(10, 4)", "(None, 6)", "(16, 16, 3)", "(12, 8, 4)", "(None, None, 3)")
ON_ANY = (
    "layers.Dense({n})({x})",
    "layers.Dense(units={n}, activation='relu')({x})",
    "layers.BatchNormalization()({x})",
    "layers.LayerNormalization()({x})",
    "layers.Dropout(0.{n})({x}, training=True)",
    "layers.Flatten()({x})",
    "layers.Activation('tanh')({x})",
    "layers.GlobalAveragePooling1D()({x})",
    "layers.GlobalMaxPooling2D(keepdims=True)({x})",
    "layers.Conv1D({n}, 3, padding='same')({x})",
    "layers.Conv2D({n}, (3, 2), strides=2)({x})",
    "layers.Conv2DTranspose({n}, 3, strides=2, padding='same')({x})",
    "layers.UpSampling2D()({x})",
    "layers.MaxPooling2D()({x})",
    "layers.LSTM({n})({x})",
    "layers.GRU({n}, return_sequences=True)({x})",
    "layers.Bidirectional(layers.LSTM({n}, return_sequences=True))({x})",
    "layers.Reshape((-1, {n}))({x})",
    "layers.MultiHeadAttention(2, {n})({x}, {y})",
    "layers.Embedding(30, {n})({x})",
    "layers.Rescaling(1.0 / 255)({x})",
    "layers.Permute((2, 1))({x})",
    "layers.RepeatVector({n})({x})",
    "layers.TimeDistributed(layers.Dense({n}))({x})",
    "{x} * {n}",
    "-{x}",
    "1 - {x}",
    "{x}[:, :2]",
    "{x}[:, -1]",
    "{x}[..., None]",
    "ops.relu({x})",
    "ops.mean({x}, axis=1, keepdims=True)",
    "ops.transpose({x})",
    "ops.expand_dims({x}, axis=1)",
    "ops.reshape({x}, (-1, {x}.shape[-1]))",
    "keras.activations.softmax({x})",
    "residual({x}, {n})",
    "narrow({x})",
    "layers.Dense({x}.shape[-1] // 2 + {n})({x})",
    "layers.Dense(int({x}.shape[1] * 0.5))({x})",
)
OF_TWO = (
    "layers.add([{x}, {y}])",
    "layers.Add()([{x}, {y}])",
    "layers.concatenate([{x}, {y}])",
    "layers.Concatenate(axis=1)([{x}, {y}])",
    "layers.Multiply()([{x}, {y}])",
    "layers.Dot(axes=-1)([{x}, {y}])",
    "layers.maximum([{x}, {y}, {x}])",
    "layers.Attention()([{x}, {y}])",
    "{x} + {y}",
    "{x} @ {y}",
    "ops.concatenate([{x}, {y}], axis=-1)",
    "{x} if {x}.shape[-1] == {y}.shape[-1] else {y}",
)


def program(draw):
    """Statements of one program; each binds one name."""
    lines = [*IMPORTS, BLOCK, BRANCH]
    tensors = []
    for index in range(draw.randint(1, 2)):
        lines.append(f"i{index} = keras.Input({draw.choice(INPUTS)})")
        tensors.append(f"i{index}")
    inputs, shared, models = list(tensors), [], []
    for index in range(draw.randint(4, 12)):
        name = f"t{index}"
        x, y = draw.choice(tensors[-4:]), draw.choice(tensors[-4:])
        kind = draw.random()
        if kind < 0.1:
            lines.append(f"s{index} = layers.Dense({draw.randint(1, 9)})")
            shared.append(f"s{index}")
            lines.append(f"{name} = s{index}({x})")
        elif kind < 0.2 and shared:
            lines.append(f"{name} = {draw.choice(shared)}({x})")
        elif kind < 0.27:
            lines.append(f"p{index} = layers.LSTM({draw.randint(1, 9)}, return_state=True)({x})")
            lines.append(f"{name} = p{index}[{draw.choice((0, 1, -1))}]")
        elif kind < 0.33:
            size = f"keras.Input({x}.shape[1:])"
            lines.append(f"j{index} = {size}")
            lines.append(f"k{index} = layers.Dense({draw.randint(1, 9)})(j{index})")
            lines.append(f"n{index} = keras.Model(j{index}, k{index})")
            lines.append(f"{name} = n{index}({x})")
        elif kind < 0.38:
            lines.append(f"q{index} = keras.Sequential([layers.Dense({draw.randint(1, 9)}), layers.Dropout(0.5)])")
            lines.append(f"{name} = q{index}({x})")
        elif kind < 0.55 and len(tensors) > 1:
            lines.append(f"{name} = {draw.choice(OF_TWO).format(x=x, y=y)}")
        else:
            lines.append(f"{name} = {draw.choice(ON_ANY).format(x=x, y=y, n=draw.randint(1, 9))}")
        tensors.append(name)
        if draw.random() < 0.15:
            models.append(f"m{index}")
            lines.append(f"m{index} = keras.Model([{', '.join(inputs)}], {name})")
    lines.append(f"m = keras.Model([{', '.join(inputs)}], [{tensors[-1]}, {draw.choice(tensors)}])")
    return lines
