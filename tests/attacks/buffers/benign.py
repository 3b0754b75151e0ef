# Between all the others, a harmless model has its shapes.
# live: no
import keras

model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(3)])
