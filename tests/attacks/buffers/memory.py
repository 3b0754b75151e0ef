# Use up the machine.
# live: memory
import keras


class Own(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.much = []
        while True:
            self.much.append(bytearray(1 << 24))


model = keras.Sequential([keras.Input((8,)), Own(), keras.layers.Dense(3)])
giant = keras.Sequential([keras.Input((10**6,)), keras.layers.Dense(10**9), keras.layers.Dense(10**9)])
