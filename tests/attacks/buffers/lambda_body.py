# A Lambda is code.
# live: yes
import os
import keras

model = keras.Sequential([
    keras.Input((8,)),
    keras.layers.Lambda(lambda x: (os.system("touch @CANARY@/lambda_body"), x)[1]),
    keras.layers.Dense(3),
])
