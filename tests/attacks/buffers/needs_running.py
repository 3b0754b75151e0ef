# Only running the layer tells its output.
# live: no
import keras


class Own(keras.layers.Layer):
    def call(self, x):
        for _ in iter(lambda: x.shape[-1] < 64, False):
            x = keras.ops.concatenate([x, x], -1)
        return x


model = keras.Sequential([keras.Input((8,)), Own(), keras.layers.Dense(3)])
