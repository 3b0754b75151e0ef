"""The reshaped map has another size than the vector."""

import keras
from keras import layers

noise = 100

generator = keras.Sequential(
    [
        layers.Input((noise,)),
        layers.Dense(7 * 7 * 128),
        layers.LeakyReLU(),
        layers.Reshape((7, 7, 64)),
        layers.Conv2DTranspose(64, 4, strides=2, padding="same", activation="relu"),
        layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="tanh"),
    ],
    name="generator",
)
