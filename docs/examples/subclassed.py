"""A subclassed model with a layer of its own: the first data tells the shapes inside `call`."""

import keras
import numpy as np
from keras import layers


class Scaled(layers.Layer):
    def build(self, input_shape):
        self.scale = self.add_weight(shape=(input_shape[-1],))

    def call(self, x):
        return x * self.scale


class Classifier(keras.Model):
    def __init__(self, classes):
        super().__init__()
        self.convolution = layers.Conv2D(16, 3, activation="relu")
        self.scaled = Scaled()
        self.pooling = layers.GlobalAveragePooling2D()
        self.dense = layers.Dense(classes, activation="softmax")

    def call(self, images):
        x = self.convolution(images)
        x = self.scaled(x)
        x = self.pooling(x)
        return self.dense(x)


images = np.zeros((60, 28, 28, 1), dtype="float32")
labels = np.zeros(60, dtype="int64")
model = Classifier(10)
model.compile(loss="sparse_categorical_crossentropy")
model.fit(images, labels, verbose=0)
