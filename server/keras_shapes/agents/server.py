"""The server of the Model Context Protocol, over stdin and stdout, with the official SDK."""

from __future__ import annotations

from pathlib import Path

from mcp.server import MCPServer
from mcp.types import ToolAnnotations

from keras_shapes import __version__
from keras_shapes.agents.tools import Tools
from keras_shapes.api.session import session

_INSTRUCTIONS = """\
Shapes of Keras models and mistakes in them, told by the real Keras of the project's environment. The source is read
and never run. After each edit of a model call `check`; for the shape of each layer call `summary`; `apply_fix` writes
what real Keras has accepted."""


def serve(folder: Path, interpreter: Path | None, *, run_code: bool) -> None:
    """Answer until the client hangs up."""
    server = MCPServer("keras-shapes", version=__version__, instructions=_INSTRUCTIONS, log_level="WARNING")
    with session(folder, interpreter=interpreter, run_code=run_code) as opened:
        tools = Tools(opened, folder)
        reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)
        writes = ToolAnnotations(read_only_hint=False, destructive_hint=False, open_world_hint=False)
        for tool in (tools.check, tools.summary, tools.explain):
            server.add_tool(tool, annotations=reads)
        server.add_tool(tools.apply_fix, annotations=writes)
        server.run("stdio")
