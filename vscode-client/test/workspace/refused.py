import keras
from keras import layers

model = keras.Sequential(
    [
        keras.Input(shape=(40,)),
        layers.Embedding(10_000, 64),
        layers.LSTM(64),
        layers.LSTM(32),
        layers.Dense(1, activation="sigmoid"),
    ]
)
