# A shape tells what a file says.
# live: output
import keras


class Own(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.text = open("@HOME@/secret").read().strip()

    def call(self, x):
        raise ValueError(self.text)


model = keras.Sequential([keras.Input((8,)), Own()])
