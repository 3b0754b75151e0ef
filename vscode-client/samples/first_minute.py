"""Two stacked LSTM layers that read sentences of 40 words. One argument is missing: can you see where?"""

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
