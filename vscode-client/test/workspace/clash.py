import keras
from keras import layers

given = keras.Input((32, 32, 3))
narrow = layers.Conv2D(8, 3)(given)
wide = layers.Conv2D(8, 3, padding="same")(given)
skip = layers.Conv2D(8, 1)(given)
model = keras.Model(given, layers.Dense(10)(layers.Flatten()(layers.add([narrow, wide, skip]))))
