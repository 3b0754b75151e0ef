"""Every function and method that the reader knows, with every parameter, against the installed library.

`KERAS_SHAPES_ORACLE=200 pytest tests/reader/library/test_oracle.py` draws so many calls of each, and other ones with
`KERAS_SHAPES_SEED`.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest
from oracle.calls import calls
from oracle.comparing import verdict
from oracle.rooms import ROOMS, paths_of

CALLS = int(os.environ.get("KERAS_SHAPES_ORACLE", "8"))
SEED = int(os.environ.get("KERAS_SHAPES_SEED", "1"))
SLOW = {"tf.data": 2, "sklearn": 2}


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_untrue_is_said(room):
    found: Counter[str] = Counter()
    untrue: list[str] = []
    for path in paths_of(room):
        for one in calls(path, CALLS // SLOW.get(room, 1), SEED):
            said = verdict(one)
            found[said if said in {"refused", "unknown", "known"} else "untrue"] += 1
            if said not in {"refused", "unknown", "known"}:
                untrue.append(f"{one.source}\n{said}")
    print(room, dict(found))
    assert not untrue, "\n\n".join(untrue[:20])
    assert found["known"] >= ROOMS[room] * (found["known"] + found["unknown"]), f"less is known than before: {found}"


def test_what_is_untrue_is_noticed(monkeypatch):
    from keras_shapes.reader.library import harmless

    monkeypatch.setattr(harmless, "_EVERYWHERE", frozenset({"keepdims", "ndmin"}))
    monkeypatch.setattr("keras_shapes.reader.library.registry.LibraryCall.flag", lambda *_args, **_kwargs: False)
    assert any(verdict(one) not in {"refused", "unknown", "known"} for one in calls("numpy.any", 40, SEED))
