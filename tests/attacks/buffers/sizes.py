# Literals alone can be too much.
# live: memory
import keras

many = keras.Sequential([keras.Input((8,))] + [keras.layers.Dense(3)] * 10**7)
text = keras.Sequential([keras.Input((8,)), keras.layers.Dense(3, name="x" * 10**9)])
power = keras.Sequential([keras.Input((8,)), keras.layers.Dense(9**9**9)])
shape = keras.Sequential([keras.Input([1] * 10**6), keras.layers.Flatten()])
loop = keras.Sequential([keras.Input((8,))])
for _ in range(10**12):
    loop.add(keras.layers.Dense(3))
