# Imported by imports_helper.py.
# live: yes
open("@CANARY@/helper", "w").close()
UNITS = 3


def double(x):
    return x * 2
