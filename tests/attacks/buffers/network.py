# Tell somebody: TCP, UDP, a socket file, a name server.
# live: connection
import socket
import keras


class Own(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        for family, kind, address in (
            (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", @PORT@)),
            (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", @PORT@)),
            (socket.AF_UNIX, socket.SOCK_STREAM, "@CANARY@/agent"),
        ):
            try:
                with socket.socket(family, kind) as connection:
                    connection.connect(address)
                    connection.send(b"hello")
            except OSError:
                pass


model = keras.Sequential([keras.Input((8,)), Own(), keras.layers.Dense(3)])
