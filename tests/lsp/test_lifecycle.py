"""The server's beginning and end, and what becomes of its children."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from clients import visual_studio_code
from editor import SECONDS, SERVER, started
from lsprotocol import types as lsp
from processes import descendants, gone, linux_only

from keras_shapes.lsp.handlers import COMMANDS, FEATURES

MODEL = "import keras\nmodel = keras.Sequential([keras.Input((3,)), keras.layers.Dense({})])\n"


def message(**fields) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", **fields}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


INITIALIZE = message(id=1, method="initialize", params={"capabilities": {}, "processId": None, "rootUri": None})


async def spoken(*messages: bytes, close: bool = True) -> tuple[int | None, bytes, bytes]:
    """What a server says to these bytes: exit code, output and errors."""
    process = await asyncio.create_subprocess_exec(
        *SERVER, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    output, errors = await asyncio.wait_for(process.communicate(b"".join(messages)), SECONDS)
    return process.returncode, output, errors


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ([INITIALIZE, message(id=2, method="shutdown"), message(method="exit")], 0),
        ([INITIALIZE, message(method="exit")], 1),
        ([INITIALIZE], 1),
        ([], 1),
        ([INITIALIZE, message(id=2, method="shutdown")], 0),
        ([INITIALIZE, message(id=2, method="shutdown"), message(id="7", result=None), message(method="exit")], 0),
    ],
)
async def test_exit_code(messages, code):
    returncode, _, errors = await spoken(*messages)
    assert (returncode, errors) == (code, b"")


async def test_nonsense_is_answered_and_survived():
    nonsense = message(id=2, method="textDocument/hover", params={"wrong": 3})
    unknown = message(id=3, method="no/such/method", params={})
    command = message(id=4, method="workspace/executeCommand", params={"command": "keras-shapes.noSuchCommand"})
    code, output, _ = await spoken(
        INITIALIZE, nonsense, unknown, command, message(id=5, method="shutdown"), message(method="exit")
    )
    assert code == 0
    assert output.count(b'"error"') == 3
    assert b'"id": 5' in output


def answers(output: bytes) -> list[tuple]:
    """Number and error code, None where it is no error, of each answer."""
    found, data = [], output
    while data:
        header, _, data = data.partition(b"\r\n\r\n")
        length = int(header.split(b":")[1].split()[0])
        said, data = json.loads(data[:length]), data[length:]
        if "method" not in said:
            found.append((said["id"], said.get("error", {}).get("code")))
    return found


INVALID_REQUEST, METHOD_NOT_FOUND, NOT_INITIALIZED, PARSE_ERROR = -32600, -32601, -32002, -32700
HOVER = {"textDocument": {"uri": "file:///a.py"}, "position": {"line": 0, "character": 0}}
SHUTDOWN, EXIT = message(id=9, method="shutdown"), message(method="exit")


async def test_what_comes_too_early_or_too_late_is_answered_as_the_protocol_says():
    early = [message(id=0, method="textDocument/hover", params=HOVER), message(id=1, method="no/such/method")]
    dropped = message(method="textDocument/didOpen", params={"textDocument": 3})
    again = message(id=2, method="initialize", params={"capabilities": {}, "processId": None, "rootUri": None})
    late = [message(id=10, method="textDocument/hover", params=HOVER), message(id="11", method="shutdown")]
    code, output, _ = await spoken(*early, dropped, INITIALIZE, again, SHUTDOWN, *late, dropped, EXIT)
    assert code == 0
    assert answers(output) == [
        (0, NOT_INITIALIZED),
        (1, NOT_INITIALIZED),
        (1, None),
        (2, INVALID_REQUEST),
        (9, None),
        (10, INVALID_REQUEST),
        ("11", INVALID_REQUEST),
    ]


@pytest.mark.parametrize("length", [3, 60, 90, 10**15, "x"])
async def test_a_length_that_does_not_fit_ends_or_is_got_over(length):
    wrong = INITIALIZE.replace(b"Content-Length: ", b"Content-Length: %s\r\nx: " % str(length).encode())
    code, output, errors = await spoken(wrong, INITIALIZE, INITIALIZE, SHUTDOWN, EXIT)
    assert code == 0
    assert (9, None) in answers(output)
    assert b"Traceback" not in errors


async def test_what_is_no_message_is_answered_with_an_error():
    nonsense = [b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in (b"[]", b"7", b"{}", b"nonsense")]
    code, output, errors = await spoken(INITIALIZE, *nonsense, SHUTDOWN, EXIT)
    assert (code, errors) == (0, b"")
    assert answers(output)[1:-1] == [(None, INVALID_REQUEST)] * 3 + [(None, PARSE_ERROR)]


async def test_a_storm_is_no_storm_of_lines():
    cancels = [message(method="$/cancelRequest", params={"id": number}) for number in range(2000)]
    unknown = [message(method="no/such/method", params={}) for _ in range(500)]
    wrong = [message(method="textDocument/didOpen", params={"textDocument": 3}) for _ in range(500)]
    strangers = [message(id=f"x{number}", result=None) for number in range(500)]
    code, _, errors = await spoken(INITIALIZE, *cancels, SHUTDOWN, EXIT)
    assert (code, errors) == (0, b"")
    code, _, errors = await spoken(INITIALIZE, *unknown, *wrong, *strangers, SHUTDOWN, EXIT)
    assert code == 0
    assert errors.count(b"keras-shapes:") <= 60


async def test_initialize_announces_what_there_is(cache):
    async with started(visual_studio_code()) as editor:
        abilities = editor.result.capabilities
        assert editor.result.server_info.name == "keras-shapes"
        assert abilities.position_encoding == lsp.PositionEncodingKind.Utf16
        assert abilities.text_document_sync.change == lsp.TextDocumentSyncKind.Incremental
        assert abilities.notebook_document_sync is not None
        assert abilities.diagnostic_provider.workspace_diagnostics
        assert abilities.code_action_provider.resolve_provider
        assert set(abilities.execute_command_provider.commands) >= {
            "keras-shapes.summary",
            "keras-shapes.restart",
            "keras-shapes.checkWorkspace",
            "keras-shapes.showEnvironment",
        }
        assert descendants(editor.client._server.pid) == []


async def test_the_first_answer_about_hints_waits_for_them(uri):
    async with started(visual_studio_code()) as editor:
        editor.open(uri, MODEL.format(71))  # which no other test has asked about
        assert await editor.hints_now(uri)


@pytest.fixture
def hanging(tmp_path):
    """An interpreter whose Keras never comes: a copy of this environment's whose site hangs."""
    prefix = tmp_path / "slow"
    site = prefix / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    for name in ("keras-3.15.1.dist-info", "tensorflow-2.21.0.dist-info"):
        (site / name).mkdir(parents=True)
    (site / "keras.py").write_text("import time\ntime.sleep(1000)\n")
    (site / "tensorflow.py").write_text("import time\ntime.sleep(1000)\n")
    (prefix / "bin").mkdir()
    base = Path(os.path.realpath(sys.executable))
    (prefix / "bin" / "python").symlink_to(base)
    (prefix / "pyvenv.cfg").write_text(f"home = {base.parent}\n")
    return prefix / "bin" / "python"


async def test_nothing_waits_for_keras(cache, hanging, uri):
    settings = {"interpreter": str(hanging), "delay": 0}
    async with started(visual_studio_code(), settings=settings) as editor:
        editor.open(uri, MODEL.format(7101))
        await editor.read(uri)
        assert await editor.lenses_now(uri) == [(1, "starting Keras…")]
        assert await editor.hints_now(uri) == []
        assert "unknown" in await editor.hover(uri, "Dense")
        assert await editor.pulled(uri) == []
        (report,) = editor.client.progress_reports.values()
        assert report[0].title.startswith("Starting Keras 3.15.1")


async def test_the_start_of_keras_can_be_stopped(cache, hanging, uri):
    async with started(visual_studio_code(), settings={"interpreter": str(hanging), "delay": 0}) as editor:
        editor.open(uri, MODEL.format(7102))
        await editor.read(uri)
        (token,) = editor.client.progress_reports
        editor.client.window_work_done_progress_cancel(lsp.WorkDoneProgressCancelParams(token))
        lenses = await editor.until_true(lambda: editor.lenses(uri), lambda found: "stopped" in found[0][1])
        assert lenses == [(1, "choose interpreter · Keras was stopped")]


@linux_only
async def test_client_death_ends_the_server_and_its_children(uri):
    server = await asyncio.create_subprocess_exec(
        *SERVER, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    opened = {"textDocument": {"uri": uri, "languageId": "python", "version": 1, "text": MODEL.format(0)}}
    initialized = message(method="initialized", params={})
    server.stdin.write(INITIALIZE + initialized + message(method="textDocument/didOpen", params=opened))
    await told(server, b"invalid-argument")
    children = descendants(server.pid)
    assert children
    server.stdin.close()
    assert await asyncio.wait_for(server.wait(), SECONDS) == 1
    assert gone(children)


def starts(pid: int) -> bool:
    """A process for Keras is there."""
    return bool(descendants(pid))


def imports(pid: int) -> bool:
    """TensorFlow is being loaded into it."""
    return any(b"tensorflow" in maps(each) for each in descendants(pid))


def maps(pid: int) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/maps").read_bytes()
    return b""


@linux_only
@pytest.mark.parametrize("moment", [lambda _pid: True, starts, imports], ids=["at once", "starts", "imports"])
async def test_shutdown_while_keras_starts_ends_it_within_two_seconds(moment, uri):
    server = await asyncio.create_subprocess_exec(
        *SERVER, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    server.stdin.write(INITIALIZE)
    await told(server, b"capabilities")
    opened = {"textDocument": {"uri": uri, "languageId": "python", "version": 1, "text": MODEL.format(-2)}}
    server.stdin.write(message(method="initialized", params={}) + message(method="textDocument/didOpen", params=opened))
    while not moment(server.pid):  # noqa: ASYNC110 - nobody tells when it is
        await asyncio.sleep(0.005)
    children = descendants(server.pid)
    server.stdin.write(message(id=2, method="shutdown") + message(method="exit"))
    _, errors = await asyncio.wait_for(server.communicate(), 2)
    assert (server.returncode, errors) == (0, b"")
    assert gone(children, 2)


@linux_only
async def test_killed_server_leaves_no_children(uri):
    server = await asyncio.create_subprocess_exec(
        *SERVER, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    opened = {"textDocument": {"uri": uri, "languageId": "python", "version": 1, "text": MODEL.format(-1)}}
    initialized = message(method="initialized", params={})
    server.stdin.write(INITIALIZE + initialized + message(method="textDocument/didOpen", params=opened))
    await told(server, b"invalid-argument")
    children = descendants(server.pid)
    assert children
    server.kill()
    await server.wait()
    assert gone(children)


@linux_only
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_it_though_its_pipe_stays_open(number):
    server = await asyncio.create_subprocess_exec(
        *SERVER,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # a shell's background jobs ignore SIGINT
    )
    server.stdin.write(INITIALIZE)
    await told(server, b"capabilities")
    server.send_signal(number)
    assert await asyncio.wait_for(server.wait(), SECONDS) in (1, -number)


@linux_only
async def test_end_of_the_clients_process_is_noticed_though_its_pipe_stays_open():
    client = await asyncio.create_subprocess_exec(sys.executable, "-c", "input()", stdin=asyncio.subprocess.PIPE)
    server = await asyncio.create_subprocess_exec(
        *SERVER, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    params = {"capabilities": {}, "processId": client.pid, "rootUri": None}
    server.stdin.write(message(id=1, method="initialize", params=params) + message(method="initialized", params={}))
    await told(server, b"capabilities")
    client.stdin.close()
    await client.wait()
    assert await asyncio.wait_for(server.wait(), SECONDS) == 1


async def test_tcp_is_for_this_machine_and_the_command_line_decides(uri):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [*SERVER[:-1], "--tcp", str(port)]
    server = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    try:
        reader, writer = await connected(port)
        options = {"interpreter": "/no/such/python", "trusted": True}
        params = {"capabilities": {}, "processId": None, "rootUri": None, "initializationOptions": options}
        command = {"command": "keras-shapes.showEnvironment", "arguments": []}
        writer.write(message(id=1, method="initialize", params=params) + message(method="initialized", params={}))
        opened = {"textDocument": {"uri": uri, "languageId": "python", "version": 1, "text": "x = 1"}}
        writer.write(message(method="textDocument/didOpen", params=opened))
        await told_by(reader, b"publishDiagnostics")
        writer.write(message(id=2, method="workspace/executeCommand", params=command))
        answer = await told_by(reader, b"interpreter")
        assert sys.executable.encode() in answer
        assert b"not trusted" in answer
        writer.write(message(id=3, method="shutdown") + message(method="exit"))
        assert await asyncio.wait_for(server.wait(), SECONDS) == 0
    finally:
        if server.returncode is None:
            server.kill()


@contextlib.asynccontextmanager
async def listening():
    """A server on a port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = await asyncio.create_subprocess_exec(*SERVER[:-1], "--tcp", str(port))
    try:
        yield server, port
    finally:
        if server.returncode is None:
            server.kill()
        await server.wait()


async def test_tcp_is_for_one_client_and_not_for_browsers():
    body = message(id=1, method="initialize", params={"capabilities": {}, "processId": None, "rootUri": None})
    post = b"POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Type: text/plain\r\n" + body
    async with listening() as (server, port):
        for stranger in (post, b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\n", b"\n" + body, b"x" * 100_000):
            reader, writer = await connected(port)
            writer.write(stranger)
            with contextlib.suppress(ConnectionError):
                assert await asyncio.wait_for(reader.read(), SECONDS) == b""
        silent, _ = await connected(port)
        reader, writer = await connected(port)
        writer.write(body)
        await told_by(reader, b"capabilities")
        with contextlib.suppress(ConnectionError):
            other, its = await asyncio.open_connection("127.0.0.1", port)
            its.write(body)
            assert await asyncio.wait_for(other.read(), SECONDS) == b""
        writer.write(message(id=3, method="shutdown") + message(method="exit"))
        assert await asyncio.wait_for(server.wait(), SECONDS) == 0
        assert await asyncio.wait_for(silent.read(), SECONDS) == b""


@linux_only
async def test_tcp_listens_on_this_machine_only():
    async with listening() as (_, port):
        await connected(port)
        table = await asyncio.to_thread(Path("/proc/net/tcp").read_text)
        opened = [line.split() for line in table.splitlines()[1:]]
        assert [each[1][:8] for each in opened if each[1].endswith(f":{port:04X}") and each[3] == "0A"] == ["0100007F"]


async def connected(port: int):
    """A connection to a server that is just starting."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + SECONDS
    while True:
        try:
            return await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            assert loop.time() < deadline


async def told(server, what: bytes) -> bytes:
    return await told_by(server.stdout, what)


async def told_by(reader, what: bytes) -> bytes:
    """What was said when `what` was heard."""
    heard = b""
    while what not in heard:
        heard += await asyncio.wait_for(reader.read(1 << 16), SECONDS)
    return heard


@pytest.mark.parametrize("handler", [*FEATURES, *COMMANDS], ids=lambda handler: handler.name)
def test_handlers_are_where_the_table_says(handler):
    assert inspect.iscoroutinefunction(handler.load()) != handler.at_once


def test_nothing_is_read_or_judged_before_initialize_is_answered():
    program = (
        "import sys; from keras_shapes.lsp.app import make_server; from keras_shapes.lsp.server import Options;"
        "make_server(Options()); print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert "keras_shapes.lsp.handlers" in loaded
    assert not {"keras_shapes.reader", "keras_shapes.rules", "keras_shapes.fixes", "jedi"} & set(loaded)
