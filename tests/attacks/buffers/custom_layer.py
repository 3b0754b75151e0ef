# Every method of a layer that Keras calls.
# live: yes
import keras


class Own(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.touch("init")

    def touch(self, name):
        try:
            open("@CANARY@/layer_" + name, "w").close()
        except OSError:
            pass

    def build(self, shape):
        self.touch("build")

    def call(self, x):
        self.touch("call")
        return x

    def get_config(self):
        self.touch("config")
        return {}

    def __repr__(self):
        self.touch("repr")
        return "Own"


model = keras.Sequential([keras.Input((8,)), Own(), keras.layers.Dense(3)])
