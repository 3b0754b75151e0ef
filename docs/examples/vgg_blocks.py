"""Classify small photos with blocks of convolutions, made by a function and a loop."""

from tensorflow.keras import datasets, layers, models


def build_model(num_classes, blocks=(32, 64, 128)):
    model = models.Sequential(name="vgg")
    model.add(layers.Input((32, 32, 3)))
    model.add(layers.Rescaling(1 / 255))
    for filters in blocks:
        model.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
        model.add(layers.BatchNormalization())
        model.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
        model.add(layers.MaxPooling2D())
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(num_classes, activation="softmax"))
    return model


(x_train, y_train), (x_test, y_test) = datasets.cifar10.load_data()

model = build_model(num_classes=10)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=10, validation_data=(x_test, y_test))
