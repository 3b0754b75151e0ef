"""A U-Net: what goes down is kept, and joined to what comes up."""

import keras
from keras import layers


def double_convolution(x, filters):
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.Conv2D(filters, 3, padding="same", activation="relu")(x)


inputs = keras.Input((128, 128, 3))
skips = []
x = inputs
for filters in (16, 32, 64):
    x = double_convolution(x, filters)
    skips.append(x)
    x = layers.MaxPooling2D()(x)

x = double_convolution(x, 128)

for filters, skip in zip((64, 32, 16), reversed(skips)):
    x = layers.Conv2DTranspose(filters, 2, strides=2)(x)
    x = layers.concatenate([x, skip])
    x = double_convolution(x, filters)

outputs = layers.Conv2D(1, 1, activation="sigmoid")(x)
model = keras.Model(inputs, outputs, name="unet")
