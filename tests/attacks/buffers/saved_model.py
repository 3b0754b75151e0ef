# Layers and functions that load what others saved.
# live: no
import keras

layer = keras.layers.TFSMLayer("@WORKSPACE@/saved", call_endpoint="serve")
model = keras.Sequential([keras.Input((8,)), layer])
other = keras.Sequential([keras.models.load_model("@WORKSPACE@/saved/model.keras", safe_mode=False)])
third = keras.Sequential([keras.layers.deserialize({"class_name": "Lambda", "config": {"function": "os.system"}})])
