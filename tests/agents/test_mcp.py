"""`keras-shapes mcp`, asked by the SDK's own client, in a real process with real Keras."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from contextlib import asynccontextmanager
from pathlib import Path
from textwrap import dedent

import pytest
from mcp import Client, StdioServerParameters

COMMAND = Path(sysconfig.get_path("scripts")) / "keras-shapes"
RIGHT = """
    from keras import Input, Sequential, layers
    net = Sequential([Input((28, 28, 1)), layers.Conv2D(8, 3), layers.Flatten(), layers.Dense(10)])
    """
WRONG = """
    from keras import Input, Sequential, layers
    bad = Sequential([Input((28, 28)), layers.Conv2D(8, 3)])
    """


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "project").mkdir()
    for name, text in {"project/right.py": RIGHT, "project/wrong.py": WRONG, "outside.py": WRONG}.items():
        (tmp_path / name).write_text(dedent(text), encoding="utf-8")
    return tmp_path / "project"


@pytest.fixture
def agent(folder, tmp_path):
    """`async with agent() as ask: await ask("check", paths=["a.py"])`; the answer, or the text of the refusal."""

    @asynccontextmanager
    async def start():
        variables = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
        server = StdioServerParameters(command=str(COMMAND), args=["mcp"], cwd=folder, env=variables)
        async with Client(server) as client:

            async def ask(tool, **arguments):
                result = await client.call_tool(tool, arguments)
                text = "".join(part.text for part in result.content)
                if result.is_error:
                    return text
                return result.structured_content if tool in {"check", "apply_fix"} else text

            ask.client = client
            yield ask

    return start


async def test_an_agent_checks_looks_and_mends(agent, folder):
    async with agent() as ask:
        tools = {tool.name: tool for tool in (await ask.client.list_tools()).tools}
        assert set(tools) == {"check", "summary", "explain", "apply_fix"}
        assert all(tool.description and tool.input_schema for tool in tools.values())
        assert [name for name, tool in tools.items() if not tool.annotations.read_only_hint] == ["apply_fix"]

        found = await ask("check")
        assert (found["files_checked"], found["diagnostics"]) == (2, 1)
        right, wrong = found["files"]
        assert right["models"] == [
            {"name": "net", "row": 3, "column": 7, "status": "built", "params": 54_170}
            | {"input_shapes": [[None, 28, 28, 1]], "output_shapes": [[None, 10]]}
        ]
        (diagnostic,) = wrong["diagnostics"]
        assert (diagnostic["rule"], diagnostic["row"], diagnostic["source"]) == ("incompatible-input", 3, "(28, 28)")
        assert diagnostic["fixes"][0] == {"title": "Change shape to (28, 28, 1)", "proven": True, "preferred": True}

        table = await ask("summary", path="right.py")
        assert table.startswith('line 3:\nModel: "net"\n')
        assert "conv2d (Conv2D)    (None, 26, 26, 8)       80" in table
        assert "error[incompatible-input]: Conv2D needs" in await ask("summary", path="wrong.py", line=3)
        assert (await ask("explain", rule="incompatible-input")).startswith("# incompatible-input")

        mended = await ask("apply_fix", path="wrong.py", rule="incompatible-input", row=3)
        assert mended["applied"] == "Change shape to (28, 28, 1)"
        assert "+bad = Sequential([Input((28, 28, 1)), layers.Conv2D(8, 3)])" in mended["diff"]
        assert "diagnostics" not in mended
        assert "Input((28, 28, 1))" in (folder / "wrong.py").read_text(encoding="utf-8")
        assert (await ask("check", paths=["wrong.py"]))["diagnostics"] == 0


async def test_text_that_is_in_no_file_yet(agent):
    async with agent() as ask:
        (found,) = (await ask("check", text=dedent(WRONG)))["files"]
        assert [each["rule"] for each in found["diagnostics"]] == ["incompatible-input"]


async def test_what_cannot_be_done_is_told(agent, folder):
    before = (folder.parent / "outside.py").read_bytes()
    (folder / "link.py").symlink_to("../outside.py")
    async with agent() as ask:
        for path in ("../outside.py", "link.py", str(folder.parent / "outside.py")):
            said = await ask("apply_fix", path=path, rule="incompatible-input", row=3)
            assert "lies outside of" in said
            assert "lies outside of" in await ask("check", paths=[path])
            assert "lies outside of" in await ask("summary", path=path)
        assert "no such file" in (await ask("summary", path="nowhere.py")).lower()
        assert "no Keras model at line 1" in await ask("summary", path="right.py", line=1)
        assert "reshape-size is meant?" in await ask("explain", rule="reshape-siz")
        assert "there is one at 3" in await ask("apply_fix", path="wrong.py", rule="incompatible-input", row=2)
        said = await ask("apply_fix", path="wrong.py", rule="incompatible-input", row=3, title="Do something")
        assert "give the title of one of its proven fixes: Change shape to (28, 28, 1)" in said
    assert (folder.parent / "outside.py").read_bytes() == before


def test_without_the_extra_one_line_says_so(tmp_path):
    program = "import sys; sys.modules['mcp'] = None; from keras_shapes.cli import main; main(['mcp'])"
    command = [sys.executable, "-c", program]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("keras-shapes: coding agents need the package mcp, 2.0 or newer: ")
    assert result.stderr.count("\n") == 1
