# A script does what it wants when it is run.
# live: yes
import os
import keras

open("@CANARY@/top_level", "w").close()
os.system("touch @CANARY@/top_level_system")
model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(3)])
