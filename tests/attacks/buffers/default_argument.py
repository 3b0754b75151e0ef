# Definitions run code too: defaults, decorators, annotations, class bodies, metaclasses.
# live: yes
import keras


def touch(name):
    open("@CANARY@/" + name, "w").close()
    return 3


def decorate(function):
    touch("decorator")
    return function


class Meta(type(keras.layers.Layer)):
    def __new__(cls, *args, **kwargs):
        touch("metaclass")
        return super().__new__(cls, *args, **kwargs)


class Own(keras.layers.Layer, metaclass=Meta):
    units = touch("class_body")

    @decorate
    def call(self, x, factor=touch("default")):
        return x * factor


model = keras.Sequential([keras.Input((8,)), Own(), keras.layers.Dense(units := touch("walrus"))])
