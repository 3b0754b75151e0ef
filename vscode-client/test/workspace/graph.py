import keras
from keras import layers

given = keras.Input((8,))
encoder = keras.Model(given, layers.Dense(4)(layers.Dense(16)(given)), name="encoder")

left, right = keras.Input((8,), name="left"), keras.Input((8,), name="right")
steps = keras.Input((5, 4), name="steps")
sequence, state = layers.GRU(4, return_sequences=True, return_state=True)(steps)
both = encoder(left) - encoder(right)
score = layers.Dense(1, name="score")(layers.concatenate([both, state]))
model = keras.Model([left, right, steps], [score, sequence])
