# A module of the workspace runs when it is imported.
# live: yes
import hostile_helper
import keras


class Own(keras.layers.Layer):
    def call(self, x):
        return hostile_helper.double(x)


model = keras.Sequential([keras.Input((8,)), Own(), keras.layers.Dense(hostile_helper.UNITS)])
