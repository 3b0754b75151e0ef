# Text that is too deep for a parser that calls itself.
# live: no
import keras

model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(@MINUS@1)])
other = keras.Sequential([keras.Input((8,)), keras.layers.Dense(@OPEN@1@CLOSE@)])
