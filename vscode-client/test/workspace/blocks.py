import keras
from keras import layers


def block(x, filters):
    y = layers.Conv2D(filters, 3, padding="same")(x)
    y = layers.ReLU()(layers.BatchNormalization()(y))
    return layers.MaxPooling2D()(y)


given = keras.Input((64, 64, 3))
x = block(given, 16)
x = block(x, 32)
x = block(x, 64)
x = layers.GlobalAveragePooling2D()(x)
model = keras.Model(given, layers.Dense(10, name="classes")(x))
model.compile("adam", "sparse_categorical_crossentropy")
