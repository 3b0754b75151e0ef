"""What is fed: each target takes a value of JSON, does what the program does with it, and raises where it must not."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from keras_shapes.analysis import conclude
from keras_shapes.api.project import project_settings
from keras_shapes.features.hints import hints
from keras_shapes.features.hover import hover
from keras_shapes.features.lenses import lenses
from keras_shapes.files import UnreadableFile, python_document, read_document
from keras_shapes.fixes.notebook_source import with_sources
from keras_shapes.keras_process.disk import Disk
from keras_shapes.keras_process.recipe import encode_model
from keras_shapes.keras_process.training_recipe import encode_training
from keras_shapes.lsp.framing import Frames
from keras_shapes.notebook import cells_document, code_cells
from keras_shapes.python_files import find_files
from keras_shapes.reader import read
from keras_shapes.rules import rules
from keras_shapes.settings import Settings, project_values, read_settings
from keras_shapes.verdict import Unavailable

RULES = [rule.name for rule in rules()]
ANSWERS = {b"%d" % number: f"{number} " * (400 * number) for number in range(8)}


def notebook(text: str) -> None:
    """A notebook file: read, and written with another source in its first cell."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "n.ipynb"
        path.write_bytes(text.encode(errors="surrogatepass"))
        try:
            document = read_document(path)
        except UnreadableFile:
            return
    assert len(document.python) == len(document.text)
    sources = [document.slice(cell.span) for cell in document.cells]
    assert [cell.number for cell in document.cells] == [*range(1, len(sources) + 1)]
    new = [f"import keras\n{source}x" for source in sources]
    try:
        written = with_sources(text.removeprefix("\ufeff"), new)
    except (ValueError, RecursionError):
        return
    assert code_cells(written) == new


def cells(sources: list[str]) -> None:
    """Cells that an editor holds."""
    document = cells_document("n.ipynb", sources)
    assert len(document.python) == len(document.text)
    _understand(document)


def python(text: str) -> None:
    """A Python file, with all that is done before Keras is asked and after it has not answered."""
    _understand(python_document("a.py", text))


def _understand(document) -> None:
    reading = read(document)
    for model in reading.models:
        json.dumps([encode_model(model).key, encode_training(model).key])
    analysis = conclude(document, reading, [Unavailable("nobody")] * len(reading.models))
    hints(analysis)
    lenses(analysis)
    for offset in range(0, len(document.text), max(1, len(document.text) // 20)):
        hover(analysis, offset)


def settings(value: dict) -> None:
    """`pyproject.toml` of a folder, and what a client sends."""
    try:
        values = project_values(value["toml"])
    except ValueError:
        values = {}
    for found in (values, value["sent"]):
        for project in (True, False):
            result = read_settings(found, Settings(), known_rules=RULES, project=project)
            assert all(len(problem) < 10_000 for problem in result.problems)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "pyproject.toml").write_bytes(value["toml"].encode(errors="surrogatepass"))
        project_settings(Path(folder)).leaves_out(Path(folder) / "a" / "b.py")


def ignore(value: dict) -> None:
    """A folder with files and a `.gitignore`."""
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        (top / ".git").mkdir()
        (top / "sub").mkdir()
        for place in (top, top / "sub"):
            (place / ".gitignore").write_bytes(value["patterns"].encode(errors="surrogatepass"))
        for name in value["names"]:
            (top / "sub" / f"{name}.py").write_text("")
        assert len(list(find_files([top]))) <= max(1, len(value["names"]))


def cache(data: str) -> None:
    """A cache file in which bytes have changed: an answer that was given, or none."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "answers.sqlite"
        file.write_bytes(data.encode("latin-1"))
        disk = Disk(file)
        for key, text in ANSWERS.items():
            assert disk.get(key) in (None, text)
        disk.put(b"new", "text")
        assert disk.get(b"new") == "text"
        disk.close()


def whole_cache() -> bytes:
    """The file whose bytes are changed."""
    with tempfile.TemporaryDirectory() as folder:
        disk = Disk(Path(folder) / "answers.sqlite")
        for key, text in ANSWERS.items():
            disk.put(key, text)
        disk.close()
        return (Path(folder) / "answers.sqlite").read_bytes()


def framing(data: str) -> None:
    """Bytes from a client, with a whole message behind them."""
    frames, found = Frames(), []
    last = b'{"last": 1}'
    for part in (
        data.encode("latin-1"),
        b"Content-Length: 90\r\n\r\n" + b" " * 90,
        b"Content-Length: 11\r\n\r\n" + last,
    ):
        for body in frames.feed(part):
            try:
                found.append(json.loads(body) and body)
            except (ValueError, RecursionError):
                frames.out_of_step()
    assert found[-1] == last


def conversation(messages: list) -> None:
    """A server that gets these messages: each request is answered, and it ends when it is told to."""
    numbered = [_asking(message, number) for number, message in enumerate(messages)]
    start = {"capabilities": {}, "processId": None, "rootUri": None}
    start["initializationOptions"] = {"interpreter": "/no/such/python", "delay": 0}
    first = [{"id": "start", "method": "initialize", "params": start}, {"method": "initialized", "params": {}}]
    sent = [*first, *numbered, {"id": "end", "method": "shutdown"}]
    command = [sys.executable, "-m", "keras_shapes", "server", "--stdio"]
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log)
        try:
            _converse(server, sent, {message["id"] for message in sent if "id" in message})
            server.communicate(_framed({"method": "exit"}), timeout=20)
            assert server.returncode == 0
            assert log.tell() < 200_000
        finally:
            server.kill()
            server.communicate()


def _asking(message: dict, number: int) -> dict:
    """The message, with a number if it is a request."""
    asks, rest = message["asks"], {name: value for name, value in message.items() if name != "asks"}
    return {**rest, "id": number} if asks else rest


def _converse(server: subprocess.Popen, sent: list[dict], unanswered: set) -> None:
    """Send messages, and listen until each request is answered."""
    writer = threading.Thread(target=_write, args=(server, sent))
    writer.start()
    frames = Frames()
    while unanswered:
        ready = select.select([server.stdout], [], [], 20)[0]
        heard = os.read(server.stdout.fileno(), 1 << 16) if ready else b""
        assert heard, f"not answered: {unanswered}"
        said = [json.loads(body) for body in frames.feed(heard)]
        unanswered -= {answer.get("id") for answer in said if "method" not in answer}
    writer.join()


def _write(server: subprocess.Popen, sent: list[dict]) -> None:
    server.stdin.write(b"".join(map(_framed, sent)))
    server.stdin.flush()


def _framed(message: dict) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


os.environ.setdefault("XDG_CACHE_HOME", "/nonexistent")
