# Text of the file goes into messages: escape sequences, backwards text, Markdown, HTML.
# live: no
import keras

model = keras.Sequential([
    keras.Input((8,)),
    keras.layers.Dense("\x1b]0;owned\x07\x1b[2J \u202e![](http://127.0.0.1:@PORT@/x) <img src=x>"),
    keras.layers.Conv2D(3, 3, name="a\x1b[31m/b\u2066"),
])
