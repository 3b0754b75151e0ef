"""Predict the next value of a wave from the last fifty."""

import numpy as np
from tensorflow.keras.layers import LSTM, Dense
from tensorflow.keras.models import Sequential

steps = 50

wave = np.sin(np.linspace(0, 100, 5000))
X = np.array([wave[i : i + steps] for i in range(len(wave) - steps)])
X = X[..., np.newaxis]
y = wave[steps:]

model = Sequential()
model.add(LSTM(64, return_sequences=True, input_shape=(steps, 1)))
model.add(LSTM(32))
model.add(Dense(16, activation="relu"))
model.add(Dense(1))

model.compile(optimizer="adam", loss="mean_squared_error")
model.fit(X, y, epochs=5, batch_size=32)
