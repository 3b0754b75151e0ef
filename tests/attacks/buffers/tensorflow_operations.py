# TensorFlow opens files itself, also on threads of its own.
# live: yes
import keras
import tensorflow as tf


class Own(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        for attempt in (
            lambda: tf.io.write_file("@CANARY@/tf_write", "x"),
            lambda: tf.io.gfile.makedirs("@CANARY@/tf_folder"),
            lambda: tf.function(lambda: tf.io.write_file("@CANARY@/tf_function", "x"))(),
            lambda: tf.map_fn(lambda x: tf.numpy_function(lambda y: open("@CANARY@/tf_map", "w") and y, [x], x.dtype), tf.ones((3,))),
            lambda: tf.data.Dataset.range(1).save("@CANARY@/tf_data"),
            lambda: tf.summary.create_file_writer("@CANARY@/tf_summary").flush(),
        ):
            try:
                attempt()
            except Exception:
                pass


model = keras.Sequential([keras.Input((8,)), Own(), keras.layers.Dense(3)])
