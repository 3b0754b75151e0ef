import keras
from keras import layers

model = keras.Sequential([
    keras.Input((4,)),  # four
    layers.Dense(2),
])
