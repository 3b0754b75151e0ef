import textwrap

import keras
from keras import layers


class Twice(layers.Layer):
    def call(self, inputs):
        return keras.ops.concatenate([inputs] * int(textwrap.dedent("2")), axis=-1)


model = keras.Sequential([keras.Input((4,)), Twice()])
