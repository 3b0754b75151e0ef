"""Columns in the units that were agreed, in text with characters of every width."""

from __future__ import annotations

import pytest
import pytest_asyncio
from clients import minimal
from editor import started
from lsprotocol import types as lsp

MODEL = """\
import keras
from keras import layers

größe = "e\u0301 🎉"; model = keras.Sequential([keras.Input((20, 8)), layers.LSTM(16, name="数"),
    layers.LSTM(8, name="🎉"), layers.Dense(1)])
"""
LAST = "→ (None, 1)"


@pytest_asyncio.fixture(loop_scope="session", params=["utf-8", "utf-16", "utf-32", None])
async def agreed(request, cache):
    capabilities = minimal()
    if request.param:
        encoding = lsp.PositionEncodingKind(request.param)
        capabilities.general = lsp.GeneralClientCapabilities(position_encodings=[encoding])
    async with started(capabilities, settings={"delay": 0}) as editor:
        assert editor.encoding == (request.param or "utf-16")
        yield editor


async def test_columns_are_in_the_units_of_the_client(agreed, uri):
    agreed.open(uri, MODEL)
    (diagnostic,) = await agreed.diagnostics(uri)
    assert agreed.marked(uri, diagnostic.range) == "LSTM"
    assert agreed.offset(uri, diagnostic.range.start) == MODEL.index("LSTM(16")

    agreed.substitute(uri, "16, name", "16, return_sequences=True, name")
    agreed.substitute(uri, 'name="🎉"', 'name="🎉🎉"')
    assert not await agreed.diagnostics(uri)
    assert await agreed.hints(uri) == [(3, "→ (None, 20, 16)"), (4, LAST)]
    ends = [agreed.texts[uri][: agreed.offset(uri, hint.position)][-7:] for hint in await agreed.raw_hints(uri)]
    assert ends == ['e="数"),', "se(1)])"]
    assert "20, 16" in await agreed.hover(uri, "LSTM(16")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
async def test_line_ends_of_every_system(pushed, uri, end):
    pushed.open(uri, MODEL.replace(", layers.Dense", ",\nlayers.Dense").replace("\n", end))
    (diagnostic,) = await pushed.diagnostics(uri)
    assert pushed.marked(uri, diagnostic.range) == "LSTM"
    pushed.substitute(uri, "LSTM(16", f"LSTM({end}16, return_sequences=True")
    assert not await pushed.diagnostics(uri)
    assert [text for _, text in await pushed.hints(uri)] == ["→ (None, 20, 16)", "→ (None, 8)", LAST]


@pytest.mark.parametrize("strange", ["\f", "\v", "\x1c", "\u2028", "\x85", "\ufeff"])
async def test_characters_that_are_no_line_end_here(pushed, uri, strange):
    pushed.open(uri, f"# a{strange}b\n{MODEL}")
    assert len(await pushed.diagnostics(uri)) == 1
    pushed.substitute(uri, "16, name", "16, return_sequences=True, name")
    assert not await pushed.diagnostics(uri)
    assert await pushed.hints(uri) == [(4, "→ (None, 20, 16)"), (5, LAST)]
