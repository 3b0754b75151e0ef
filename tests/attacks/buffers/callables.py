# Functions that Keras calls: activation, initializer, regularizer, constraint.
# live: yes
import subprocess
import keras


def touch(name):
    try:
        subprocess.run(["touch", "@CANARY@/callable_" + name])
    except OSError:
        pass


def activation(x):
    touch("activation")
    return x


def initializer(shape, dtype=None, **_):
    touch("initializer")
    return keras.ops.zeros(shape, dtype)


def regularizer(x):
    touch("regularizer")
    return keras.ops.sum(x)


model = keras.Sequential([
    keras.Input((8,)),
    keras.layers.Dense(3, activation=activation, kernel_initializer=initializer, kernel_regularizer=regularizer),
])
