import keras

inputs = keras.Input((4,))
outputs = keras.layers.Dense(2)(inputs)
model = keras.Model(inputs, outputs)
