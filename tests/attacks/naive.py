"""How not to do it: run each program that is named on stdin, to see its model; then say how that ended.

The process that runs a program has a parent of its own to attack, and twenty seconds.
"""

import os
import signal
import sys
from pathlib import Path

import keras  # noqa: F401 - once, before the fork


def main():
    for line in sys.stdin:
        path = Path(line.strip())
        watcher = os.fork()
        if watcher == 0:
            os.setsid()
            os.chdir(path.parent)
            program = os.fork()
            if program == 0:
                run(path)
            os.waitpid(program, 0)
            os._exit(0)
        _, status = os.waitpid(watcher, os.WUNTRACED)
        if os.WIFSTOPPED(status):
            # Its alarm would not end what a program has stopped.
            os.killpg(watcher, signal.SIGKILL)
            os.waitpid(watcher, 0)
        print("\nended", status, flush=True)


def run(path):
    signal.alarm(20)
    os.dup2(1, 2)
    sys.path.insert(0, str(path.parent))
    try:
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), {"__name__": "__main__"})
    except BaseException as error:  # noqa: BLE001 - programs end in many ways
        print(repr(error))
    sys.stdout.flush()
    os._exit(0)


main()
