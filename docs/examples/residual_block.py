"""Residual blocks: where the number of channels changes, the shortcut is projected."""

import keras
from keras import layers


def residual_block(x, filters, strides=1):
    shortcut = x
    y = layers.Conv2D(filters, 3, strides=strides, padding="same", activation="relu")(x)
    y = layers.Conv2D(filters, 3, padding="same")(y)
    if strides != 1 or shortcut.shape[-1] != filters:
        shortcut = layers.Conv2D(filters, 1, strides=strides)(shortcut)
    return layers.Activation("relu")(layers.Add()([shortcut, y]))


inputs = keras.Input((32, 32, 3))
x = layers.Conv2D(16, 3, padding="same", activation="relu")(inputs)
x = residual_block(x, 16)
x = residual_block(x, 32, strides=2)
x = residual_block(x, 64, strides=2)
outputs = layers.Dense(10, activation="softmax")(layers.GlobalAveragePooling2D()(x))
model = keras.Model(inputs, outputs, name="residual")
