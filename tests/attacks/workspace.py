"""A hostile workspace, with everything beside it that an attack could touch, and what of it was touched."""

import os
import shutil
import socket
import stat
import sys
import threading
from pathlib import Path

BUFFERS = Path(__file__).with_name("buffers")
SECRET = "the-secret-of-the-user"
LONG_AGO = 1_000_000_000

SHADOWS = """
    keras tensorflow numpy scipy jedi parso click pygls rich keras_shapes json re ast logging sqlite3 build objects code
    sitecustomize usercustomize conftest setup
""".split()
"""Modules of the workspace that hide others, for whoever imports from the current folder."""

PYPROJECT = """
[tool.keras-shapes]
interpreter = ".venv/bin/python"
python = ".venv/bin/python"
run-code = true
trusted = true
plugins = ["hostile_helper"]
"""

JEDI_PROJECT = '[1, {"path": ".", "environment_path": ".venv/bin/python", "load_unsafe_extensions": true}]'


class Workspace:
    """Folders `root`, `home` and `canary`, and a listener that remembers who came."""

    def __init__(self, folder):
        self.root, self.home, self.canary = (folder / name for name in ("workspace", "home", "canary"))
        for path in (self.root, self.home, self.canary):
            path.mkdir()
        self.visits = []
        self.listeners = self.listen()
        (self.home / "secret").write_text(SECRET)
        self.prepare_canary()
        for buffer in BUFFERS.iterdir():
            (self.root / buffer.name).write_text(self.fill(buffer.read_text(encoding="utf-8")), encoding="utf-8")
        self.add_companions()

    def prepare_canary(self):
        """The canary folder as it was in the beginning, with a victim in it."""
        for path in self.canary.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif not stat.S_ISSOCK(path.lstat().st_mode):
                path.unlink()
        victim = self.canary / "victim"
        victim.write_text("victim")
        victim.chmod(0o644)
        os.utime(victim, (LONG_AGO, LONG_AGO))
        self.visits.clear()

    def fill(self, text):
        """Names of places in the text of a buffer."""
        names = {"CANARY": self.canary, "HOME": self.home, "WORKSPACE": self.root, "PORT": self.port}
        names |= {"MINUS": "-" * 20_000, "OPEN": "(" * 5_000, "CLOSE": ")" * 5_000}
        for name, value in names.items():
            text = text.replace(f"@{name}@", str(value))
        return text

    def add_companions(self):
        """What lies beside the programs: modules that hide others, an environment, settings, pipes."""
        for name in SHADOWS:
            (self.root / f"{name}.py").write_text(self.touch(f"shadow_{name}"))
        (self.root / "pyproject.toml").write_text(PYPROJECT)
        for path, text in (
            (".jedi/project.json", JEDI_PROJECT),
            (".keras/keras.json", '{"backend": "hostile_helper"}'),
            (".venv/pyvenv.cfg", f"home = {Path(sys.executable).parent}\ninclude-system-site-packages = true\n"),
        ):
            (self.root / path).parent.mkdir(exist_ok=True)
            (self.root / path).write_text(text)
        packages = self.root / ".venv" / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
        for name in ("keras-3.15.1.dist-info", "tensorflow-2.21.0.dist-info"):
            (packages / name).mkdir(parents=True)
        (packages / "hostile.pth").write_text(f"import os; {self.touch('pth')}")
        (packages / "sitecustomize.py").write_text(self.touch("venv_sitecustomize"))
        if sys.platform != "win32":
            (self.root / ".venv" / "bin").mkdir()
            (self.root / ".venv" / "bin" / "python").symlink_to(sys.executable)
            os.mkfifo(self.root / "pipe.py")
            (self.root / "zero.py").symlink_to("/dev/zero")
            (self.root / "around").symlink_to(self.root)

    def touch(self, name):
        """A line of Python that leaves a mark."""
        return f"open({str(self.canary / name)!r}, 'w').close()\n"

    def effects(self, output=""):
        """What has happened that must not happen."""
        found = {path.name for path in self.canary.iterdir()} - {"victim", "agent"}
        victim = self.canary / "victim"
        if not victim.exists() or victim.read_text() != "victim":
            found.add("victim changed")
        elif victim.stat().st_mtime != LONG_AGO or stat.S_IMODE(victim.stat().st_mode) != 0o644:
            found.add("victim touched")
        if SECRET in output:
            found.add("secret told")
        if self.visits:
            found.add("connection")
        found |= {f"home: {path.name}" for path in self.home.rglob("*") if path.name != "secret"}
        found |= {f"workspace: {path.name}" for path in self.root.rglob("*.pyc")}
        return found

    def listen(self):
        """Sockets at which visitors are remembered."""
        stream = socket.create_server(("127.0.0.1", 0))
        self.port = stream.getsockname()[1]
        datagram = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        datagram.bind(("127.0.0.1", self.port))
        listeners = [stream, datagram]
        if sys.platform != "win32":
            agent = socket.socket(socket.AF_UNIX)
            agent.bind(os.path.relpath(self.canary / "agent"))
            agent.listen()
            listeners.append(agent)
        for listener in listeners:
            threading.Thread(target=self.receive, args=(listener,), daemon=True).start()
        return listeners

    def receive(self, listener):
        while True:
            try:
                if listener.type == socket.SOCK_DGRAM:
                    listener.recv(100)
                else:
                    listener.accept()[0].close()
            except OSError:
                return
            self.visits.append(listener)

    def close(self):
        for listener in self.listeners:
            listener.close()
