"""The first LSTM keeps only its last step."""

from keras.layers import LSTM, Dense, Dropout
from keras.models import Sequential

timesteps = 10
features = 8

model = Sequential()
model.add(LSTM(64, input_shape=(timesteps, features)))
model.add(Dropout(0.2))
model.add(LSTM(32))
model.add(Dense(1))
model.compile(optimizer="adam", loss="mse")
