import keras
from keras import layers

model = keras.Sequential(
    [keras.Input((4,)), layers.Dense(2, name="<img src=x onerror=document.title=1>")], name="<b>bold"
)
