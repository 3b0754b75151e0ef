# Outlive the sandbox: fork, start a program, a new session, new namespaces.
# live: yes
import ctypes
import os
import keras


class Own(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        try:
            ctypes.CDLL(None).unshare(0x10000000)
            ctypes.CDLL(None).system(b"touch @CANARY@/libc_system")
        except OSError:
            pass
        for attempt in (os.fork, lambda: os.posix_spawn("/bin/touch", ["touch", "@CANARY@/spawn"], {})):
            try:
                if attempt() == 0:
                    os.setsid()
                    open("@CANARY@/forked", "w").close()
                    os._exit(0)
            except OSError:
                pass


model = keras.Sequential([keras.Input((8,)), Own(), keras.layers.Dense(3)])
