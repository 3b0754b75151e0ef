"""Calls of one function or method: every parameter by keyword and by position, alone and in pairs."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from keras_shapes.reader.library.signatures import Signature, signature_of
from oracle.arguments import ARRAYS, DATASETS, FRAMES, HOLDERS, IMAGES, SERIES, candidates

_ALIASES = (
    ("numpy.", "np."),
    ("tensorflow.", "tf."),
    ("keras.ops.", "ops."),
    ("pandas.", "pd."),
)
_WORD = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True)
class Try:
    """A program: lines that make what the last one needs; `result` and `holder` are names to compare."""

    source: str
    names: tuple[str, ...]


def calls(path: str, count: int, seed: int) -> Iterator[Try]:
    """So many different calls of a function or method, the same ones for one seed."""
    draw = random.Random(f"{seed} {path}")
    seen: set[str] = set()
    for turn in range(count * 6):
        made = _one(path, draw, turn)
        if made is not None and made.source not in seen:
            seen.add(made.source)
            yield made
        if len(seen) >= count:
            return


def _one(path: str, draw: random.Random, turn: int) -> Try | None:
    kind, _, name = path.rpartition(".")
    holders = _holders(kind)
    signature = signature_of(path)
    if kind.startswith("sklearn.") and kind.rpartition(".")[2][0].isupper():
        return _of_estimator(kind, name, draw, turn)
    chosen = _chosen(path, signature, draw, turn)
    if chosen is None:
        return None
    if holders is not None:
        holder = draw.choice(holders)
        return _program(f"{holder}.{name}({chosen})", holder)
    return _program(f"{_spelt(path)}({chosen})")


def _of_estimator(kind: str, name: str, draw: random.Random, turn: int) -> Try | None:
    """A method of an object whose constructor gets the arguments."""
    chosen = _chosen(kind, signature_of(kind), draw, turn)
    texts = ["x2f", "x2", "df", "x1", "np.arange(12.0).reshape(6, 2)", "['a', 'b', 'c', 'a']", "[[1], [2, 3]]", "x2u"]
    data = draw.choice(texts)
    if chosen is None:
        return None
    if name in {"fit", "partial_fit"}:
        return _program(f"{kind}({chosen}).{name}({data}).transform({data})")
    fitted = "" if name in {"fit_transform", "split", "get_n_splits"} else f".fit({data})"
    given = f"{kind}({chosen}).fit_transform({data})" if name == "inverse_transform" else data
    call = f"{kind}({chosen}){fitted}.{name}({given})"
    return _program(f"list({call})" if name == "split" else call)


def _chosen(path: str, signature: Signature, draw: random.Random, turn: int) -> str | None:
    """Arguments: the required ones, and up to two others, the first of them in turn."""
    names = [*signature.positional, *(name for name in signature.defaults if name not in signature.positional)]
    required = [name for name in signature.positional if name not in signature.defaults]
    optional = [name for name in names if name not in required]
    extra: list[str] = []
    if optional and turn:
        extra = [optional[(turn - 1) % len(optional)]]
        if turn > len(optional):
            extra = list(draw.choice(list(combinations(optional, 2)) or [(extra[0],)]))
    texts: dict[str, str] = {}
    for name in [*required, *extra]:
        options = candidates(path, name, signature, first=name == (names or [""])[0])
        if not options:
            if name in required:
                return None
            continue
        texts[name] = draw.choice(options)
    rest = _rest(path, draw) if signature.rest else []
    if rest is None:
        return None
    return _written(signature, texts, rest, by_position=draw.random() < 0.5)


def _rest(path: str, draw: random.Random) -> list[str] | None:
    if path.startswith("ndarray.reshape"):
        return draw.choice([["-1"], ["(2, -1)"], ["3", "4"], ["4", "-1"], ["-1", "1"], ["(12,)"]])
    if path.startswith("ndarray.transpose"):
        return draw.choice([[], ["1", "0"], ["(1, 0)"], ["2", "0", "1"], ["None"]])
    if path.startswith("ndarray.resize"):
        return draw.choice([["3", "4"], ["(2, 2)"], ["5"]])
    if path.endswith(("random.rand", "random.randn")):
        return draw.choice([[], ["3"], ["2", "3"], ["2", "1", "4"]])
    if path.endswith("einsum"):
        return draw.choice(
            [["'ij->ji'", "x2"], ["'ij,jk->ik'", "x2", "x2.T"], ["'ij->i'", "x2"], ["x2"], ["x2", "x2.T"]]
        )
    if path.startswith(("sklearn.model_selection", "sklearn.utils")):
        return draw.choice([["x2"], ["x2", "np.arange(3)"], ["df"], ["x2f", "x2"], ["x1"]])
    if path.endswith(("meshgrid", "broadcast_arrays")):
        return draw.choice([["x1", "x1f"], ["x1"], ["x1", "x1", "x1f"]])
    if path.endswith("Dataset.range"):
        return draw.choice([["5"], ["2", "9"], ["1", "9", "3"]])
    if path.endswith("Dataset.zip"):
        return draw.choice([["(ds, ds)"], ["ds", "dp"], ["(ds, dp)"]])
    if "atleast" in path:
        return [draw.choice(list(ARRAYS))]
    return []


def _written(signature: Signature, texts: dict[str, str], rest: list[str], *, by_position: bool) -> str:
    """Arguments in order as long as none is left out, then by keyword."""
    placed: list[str] = []
    names = list(signature.positional)
    while names and names[0] in texts and (by_position or names[0] not in signature.defaults):
        placed.append(texts.pop(names.pop(0)))
    if by_position and texts and any(name in names for name in texts):
        placed, texts = _filled(signature, placed, names, texts)
    given = [*placed, *rest, *(f"{name}={text}" for name, text in texts.items())]
    return ", ".join(given)


def _filled(
    signature: Signature, placed: list[str], names: list[str], texts: dict[str, str]
) -> tuple[list[str], dict[str, str]]:
    """Places in between filled with plain defaults, where all of them have one."""
    last = max(names.index(name) for name in texts if name in names)
    filling = [texts.get(name) or signature.defaults.get(name, "?") for name in names[: last + 1]]
    if "?" in filling:
        return placed, texts
    return [*placed, *filling], {name: text for name, text in texts.items() if name not in names[: last + 1]}


def _holders(kind: str) -> list[str] | None:
    match kind:
        case "ndarray":
            return [name for name in ARRAYS if name != "xl"]
        case "DataFrame":
            return list(FRAMES)
        case "Series":
            return list(SERIES)
        case "Dataset":
            return list(DATASETS)
        case "PIL.Image.Image":
            return list(IMAGES)
        case "numpy.random.Generator":
            return ["rng"]
        case _:
            return None


def _spelt(path: str) -> str:
    for long, short in _ALIASES:
        if path.startswith(long):
            return short + path.removeprefix(long)
    return path


def _program(call: str, holder: str | None = None) -> Try:
    """The call behind the lines that it needs."""
    needed = [name for name in HOLDERS if name in _WORD.findall(call) or name == holder]
    lines = [f"{name} = {HOLDERS[name]}" for name in needed]
    return Try("\n".join([*lines, f"result = {call}"]), ("result", *needed))
