import functools

import keras
from keras import layers


class Twice(layers.Layer):
    def call(self, inputs):
        return functools.reduce(lambda y, _: keras.ops.concatenate([y, inputs], axis=-1), range(1), inputs)


model = keras.Sequential([keras.Input((4,)), Twice()])
