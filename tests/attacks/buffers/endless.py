# Never come back: in Python, in C.
# live: time
import re
import keras


class Loop(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        while True:
            pass


class Search(keras.layers.Layer):
    def build(self, shape):
        re.match(r"(a+)+$", "a" * 60 + "b")


loop = keras.Sequential([keras.Input((8,)), Loop(), keras.layers.Dense(3)])
search = keras.Sequential([keras.Input((8,)), Search(), keras.layers.Dense(3)])
