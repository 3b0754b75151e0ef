import keras
from chain import model

keras.utils.set_random_seed(1)
model.summary()
