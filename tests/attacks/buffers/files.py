# Change what is there: contents, modes, times, names, links.
# live: yes
import os
import keras


class Own(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        victim = "@CANARY@/victim"
        for attempt in (
            lambda: os.utime(victim, (1, 1)),
            lambda: os.chmod(victim, 0o777),
            lambda: os.link(victim, "@CANARY@/hard_link"),
            lambda: os.symlink(victim, "@CANARY@/symbolic_link"),
            lambda: os.mkdir("@CANARY@/folder"),
            lambda: os.mkfifo("@CANARY@/pipe"),
            lambda: os.rename(victim, "@CANARY@/renamed"),
            lambda: os.truncate("@CANARY@/renamed", 0),
            lambda: os.unlink("@CANARY@/renamed"),
        ):
            try:
                attempt()
            except OSError:
                pass


model = keras.Sequential([keras.Input((8,)), Own(), keras.layers.Dense(3)])
