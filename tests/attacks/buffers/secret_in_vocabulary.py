# A vocabulary is a path: the number of lines goes into the shape. Another one never ends.
# live: no
import keras

model = keras.Sequential([
    keras.Input((1,), dtype="string"),
    keras.layers.StringLookup(vocabulary="@HOME@/secret", output_mode="one_hot"),
])
endless = keras.Sequential([keras.Input((1,), dtype="string"), keras.layers.TextVectorization(vocabulary="/dev/zero")])
