"""A transformer block for texts, with attention over all words."""

import keras
from keras import layers

LENGTH, VOCABULARY, WIDTH = 200, 20_000, 32


def transformer_block(x, heads, hidden):
    attended = layers.MultiHeadAttention(heads, key_dim=x.shape[-1] // heads)(x, x)
    x = layers.LayerNormalization()(x + layers.Dropout(0.1)(attended))
    wide = layers.Dense(hidden, activation="gelu")(x)
    return layers.LayerNormalization()(x + layers.Dense(x.shape[-1])(wide))


words = keras.Input((LENGTH,), dtype="int32")
positions = keras.ops.arange(LENGTH)
x = layers.Embedding(VOCABULARY, WIDTH)(words) + layers.Embedding(LENGTH, WIDTH)(positions)
x = transformer_block(x, heads=2, hidden=64)
x = layers.GlobalAveragePooling1D()(x)
model = keras.Model(words, layers.Dense(2, activation="softmax")(x))
