"""Two inputs and two outputs: a text and its tags, a priority and a department."""

import keras
from keras import layers

words = keras.Input((None,), name="words")
tags = keras.Input((12,), name="tags")

text = layers.Embedding(10_000, 64)(words)
steps, state = layers.GRU(32, return_sequences=True, return_state=True)(text)
text = layers.concatenate([layers.GlobalMaxPooling1D()(steps), state])
everything = layers.concatenate([text, tags])

priority = layers.Dense(1, activation="sigmoid", name="priority")(everything)
department = layers.Dense(4, activation="softmax", name="department")(everything)
model = keras.Model({"words": words, "tags": tags}, [priority, department])
