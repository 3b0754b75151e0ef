import keras
import numpy as np

images = np.load('images.npy')
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
model.predict(images)
