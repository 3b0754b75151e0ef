"""A GAN: the generator's images go into the discriminator."""

import keras
from keras import layers

noise = keras.Input((64,))
x = layers.Dense(7 * 7 * 32, activation="relu")(noise)
x = layers.Reshape((7, 7, 32))(x)
x = layers.Conv2DTranspose(32, 4, strides=2, padding="same", activation="relu")(x)
fake = layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="tanh")(x)
generator = keras.Model(noise, fake, name="generator")

image = keras.Input(generator.output_shape[1:])
y = layers.Conv2D(32, 4, strides=2, padding="same")(image)
y = layers.LeakyReLU()(y)
y = layers.Flatten()(y)
discriminator = keras.Model(image, layers.Dense(1, activation="sigmoid")(y), name="discriminator")

seed = keras.Input((64,))
gan = keras.Model(seed, discriminator(generator(seed)), name="gan")
