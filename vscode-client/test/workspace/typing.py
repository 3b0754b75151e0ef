import keras
from keras import layers

num_classes = int(input())

model = keras.Sequential(
    [
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dense(64),
        layers.Dense(num_classes),
    ]
)
