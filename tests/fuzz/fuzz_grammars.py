"""Inputs that look right to most of the program, and are wrong, large, deep or endless somewhere."""

from __future__ import annotations

import json

from fuzz_targets import whole_cache
from hypothesis import strategies as some

HEAD = """\
import numpy as np
import keras
import tensorflow as tf
from keras import Model, Sequential, Input, layers
from keras.layers import *
m = Sequential()
"""
NAMES = some.sampled_from("a b c d m x np keras layers Dense model".split())
NUMBERS = some.sampled_from("0 1 -1 3 28 1000 10**6 10**12 10**30 2**63 1e308 True None 3.5 -0.0".split())
ATOMS = NAMES | NUMBERS | some.sampled_from(["'x'", "''", "[]", "()", "{}", "...", "x[1:]", "f'{a}{b:{c}}'", "é"])
WORDS = some.sampled_from(
    """len range list tuple sum np.zeros np.array np.ones np.arange Sequential Input Dense Conv2D Flatten Reshape LSTM
    layers.Dense m.add m.fit m.compile m.predict sorted zip map dict set enumerate reversed max str int print
    np.reshape np.concatenate keras.utils.to_categorical a.append a.extend open""".split()
)
KEYWORDS = some.sampled_from(["units", "input_shape", "activation", "x", "y", "axis", "*", "**", "loss"])


def _call(name: str, args: list[str], keyword: str | None, value: str) -> str:
    given = [*args, *([f"{keyword}{value}" if "*" in keyword else f"{keyword}={value}"] if keyword else [])]
    return f"{name}({', '.join(given)})"


def _inside(inner):
    return some.one_of(
        some.builds(_call, WORDS, some.lists(inner, max_size=3), some.none() | KEYWORDS, inner),
        some.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]"),
        some.lists(inner, max_size=4).map(lambda items: f"({''.join(item + ', ' for item in items)})"),
        some.builds("[{}] * {}".format, inner, NUMBERS),
        some.builds("{} {} {}".format, inner, some.sampled_from("+ - * ** // % @ < == and or in is".split()), inner),
        some.builds("[{} for {} in {}]".format, inner, NAMES, inner),
        some.builds("{{{}: {}}}".format, inner, inner),
        some.builds("{}[{}]".format, inner, inner),
        some.builds("({} if {} else {})".format, inner, inner, inner),
        some.builds("(lambda {}: {})".format, NAMES, inner),
        some.builds("{}.{}".format, NAMES, some.sampled_from(["shape", "T", "layers", "shape[0]", "output_shape"])),
    )


VALUES = some.recursive(ATOMS, _inside, max_leaves=12)
SIMPLE = some.one_of(
    some.builds("{} = {}".format, NAMES, VALUES),
    some.builds("{} += {}".format, NAMES, VALUES),
    some.builds("m.add({})".format, VALUES),
    some.builds("m = Sequential([{}])".format, VALUES),
    some.builds("m.fit({}, {})".format, VALUES, VALUES),
    some.builds("{}, {} = {}".format, NAMES, NAMES, VALUES),
    some.builds("del {}".format, NAMES),
    some.builds("{} = [{}] * 10".format, NAMES, NAMES),
    some.just("return"),
    VALUES,
)


def _blocks(inner):
    body = some.lists(inner, min_size=1, max_size=4).map(lambda lines: _indented("\n".join(lines)))
    return some.one_of(
        some.builds("for {} in {}:\n{}".format, NAMES, VALUES, body),
        some.builds("while {}:\n{}".format, VALUES, body),
        some.builds("if {}:\n{}\nelse:\n{}".format, VALUES, body, body),
        some.builds("def {}({}, *args):\n{}".format, NAMES, NAMES, body),
        some.builds("class {}({}):\n{}".format, NAMES, VALUES, body),
        some.builds("try:\n{}\nexcept {}:\n{}".format, body, NAMES, body),
        some.builds("with {} as {}:\n{}".format, VALUES, NAMES, body),
        some.builds("match {}:\n  case {}:\n{}".format, VALUES, NAMES, body.map(_indented)),
    )


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))


STATEMENTS = some.recursive(SIMPLE, _blocks, max_leaves=8)
REPEATED = some.builds(lambda text, times: "\n".join([text] * times), STATEMENTS, some.sampled_from([1, 1, 1, 2, 12]))
SHARED = some.integers(2, 30).map(
    lambda n: "a = ['x', 1] * 5\n" + "a = [a] * 10\n" * n + "m = Sequential([Input((4,)), Dense(3)])\nm.fit(a, a)"
)
DEEP = some.builds(
    lambda opening, closing, n: f"x = {opening * n}1{closing * n}",
    *(
        some.sampled_from(["(", "[", "f(", "not ", "-", "lambda: ", "Sequential(["]),
        some.sampled_from([")", "]", "", "])"]),
    ),
    some.sampled_from([3, 50, 99, 500]),
)
LONG = some.builds(
    lambda piece, times: piece * times,
    some.sampled_from(
        ["x = (\n", "m.add(Dense(3))\n", "f'{x}' ", "x\n ", "'''", "\\\n", "if x:\n ", "\t", "\r", "x.", "x,"]
    ),
    some.sampled_from([10, 300, 2000]),
)
TENSORS = some.sampled_from(
    ["a", "b", "c", "i", "[a, b]", "a[0]", "a.shape", "a.shape[-1]", "m.output", "(a, b)", "f(a)"]
)
LAYERS = some.sampled_from(
    """Dense(3) Dense(a.shape[-1]) Conv2D(4,3,padding='same') Flatten() Add() Concatenate() Reshape((-1,4)) LSTM(4)
    d m M() L() f self self.call super().call keras.ops.relu keras.ops.split tf.concat TimeDistributed(Dense(3))
    Embedding(9,4) Sequential([Dense(3)]) Sequential([m,m]) Model(i,a)
    keras.applications.MobileNet(weights=None)""".split()
)
OPERATORS = some.sampled_from("+ - * / @ // % ** == <".split())
GRAPH_LINES = some.one_of(
    some.builds("{} = {}({})".format, NAMES, LAYERS, TENSORS),
    some.builds("{} = {} {} {}".format, NAMES, TENSORS, OPERATORS, TENSORS),
    some.builds("{} = Model({}, {})".format, NAMES, TENSORS, TENSORS),
    some.builds("{}, {} = {}".format, NAMES, NAMES, TENSORS),
    some.builds("{} = {} if {} == 3 else {}".format, NAMES, TENSORS, TENSORS, TENSORS),
    some.builds("d = {}".format, LAYERS),
    some.builds("return {}".format, TENSORS),
    some.builds("self.{} = {}".format, NAMES, LAYERS),
    some.builds("m.fit({}, {})".format, TENSORS, TENSORS),
)


def _graph_blocks(inner):
    body = some.lists(inner, min_size=1, max_size=5).map(lambda lines: _indented("\n".join(lines)))
    return some.one_of(
        some.builds("for {} in range({}):\n{}".format, NAMES, NUMBERS, body),
        some.builds("while {} < {}:\n{}".format, TENSORS, NUMBERS, body),
        some.builds("if {} == {}:\n{}\nelse:\n{}".format, TENSORS, NUMBERS, body, body),
        some.builds("def f(a, b=3):\n{}".format, body),
        some.builds(
            "class {}({}):\n    def {}(self, a=None, *b):\n{}".format,
            some.sampled_from(["M", "L"]),
            some.sampled_from(["Model", "layers.Layer", "M", "L", "Sequential"]),
            some.sampled_from(["call", "build", "__init__", "compute_output_shape"]),
            body.map(_indented),
        ),
    )


GRAPHS = some.builds(
    lambda text, times: "i = a = b = c = Input((8, 8, 4))\nd = Dense(4)\n" + "\n".join([text] * times),
    some.recursive(GRAPH_LINES, _graph_blocks, max_leaves=12),
    some.sampled_from([1, 1, 2, 30, 400]),
)
TEXTS = some.lists(some.one_of(REPEATED, SHARED, DEEP, LONG, GRAPHS, GRAPHS), min_size=1, max_size=6).map(
    lambda parts: HEAD + "\n".join(parts) + "\n"
)
JUNK = some.sampled_from(
    ["\0", "\ud800", "\ufeff", "\r", "\r\n", "\f", "(", "]", "'''", '"', "\\", "\t", "#", "%%", "!", "é🎉", ""]
)


def _spoilt(text: str, changes: list[tuple[float, float, str, int]]) -> str:
    """The text with pieces cut out, doubled or replaced."""
    for start, length, new, times in changes:
        first = int(start * len(text))
        last = min(len(text), first + int(length * length * length * 60))
        text = text[:first] + (text[first:last] * times if times else new) + text[last:]
    return text


CHANGES = some.lists(
    some.tuples(some.floats(0, 1), some.floats(0, 1), JUNK, some.sampled_from([0, 0, 0, 2, 40])), max_size=4
)
python = some.builds(_spoilt, TEXTS, CHANGES)

CELL_PIECES = some.sampled_from(
    [
        "\n",
        "\r\n",
        "\r",
        "  ",
        "\t",
        " \r\n",
        "x = 1",
        "%%time",
        "%%html",
        "!ls",
        "x = !ls",
        "%timeit -n1 f()",
        "?",
        "f?",
        "if x:\n    ",
        "%",
        "\\",
        "\f",
        "m = Sequential([Dense(3)])",
        "=",
        "%%",
        "\u2028",
    ]
)
CELL = some.lists(some.tuples(CELL_PIECES, some.sampled_from([1, 1, 1, 2, 30, 300])), max_size=8).map(
    lambda parts: "".join(piece * times for piece, times in parts)
)
cells = some.lists(CELL, min_size=1, max_size=3)
JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=5),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)
CELL_JSON = some.fixed_dictionaries(
    {"cell_type": some.sampled_from(["code", "markdown", "code", None, 3])},
    optional={
        "source": CELL | CELL.map(lambda text: text.splitlines(keepends=True)) | JSON,
        "input": CELL | JSON,
        "x": JSON,
    },
)
NOTEBOOK_JSON = some.fixed_dictionaries(
    {},
    optional={
        "cells": some.lists(CELL_JSON | JSON, max_size=3) | JSON,
        "worksheets": some.lists(
            some.fixed_dictionaries({"cells": some.lists(CELL_JSON | JSON, max_size=2) | JSON}) | JSON, max_size=2
        )
        | JSON,
    },
)
notebook = some.builds(
    _spoilt,
    some.one_of(
        some.builds(json.dumps, NOTEBOOK_JSON, indent=some.sampled_from([None, 1]), ensure_ascii=some.booleans()),
        some.integers(1, 3000).map(lambda n: '{"cells":' * n + "1" + "}" * n),
        some.integers(1, 3000).map(
            lambda n: '{"cells":[{"cell_type":"code","source":"x","m":' + "[" * n + "]" * n + "}]}"
        ),
    ),
    CHANGES,
)

TOML_KEYS = some.sampled_from(
    ["exclude", "inlay-hints", "rules", "delay", "trusted", "a.b", "'é'", '""', "rules.x", "inlayhints", "code_lens"]
)
TOML_VALUES = some.one_of(
    some.sampled_from(
        [
            "1",
            "true",
            "'off'",
            "[]",
            "['*.py', '!', 'foo\\\\']",
            "{a = 1}",
            "1e400",
            "inf",
            "[[[[1]]]]",
            "'''x'''",
            "2020-01-01",
        ]
    ),
    some.integers(1, 3000).map(lambda n: "[" * n + "]" * n),
)
settings = some.fixed_dictionaries(
    {
        "toml": some.builds(
            _spoilt,
            some.lists(
                some.builds(
                    "{} = {}".format, TOML_KEYS | some.integers(1, 3000).map(lambda n: ".".join("a" * n)), TOML_VALUES
                ),
                max_size=5,
            ).map(lambda lines: "[tool.keras-shapes]\n" + "\n".join(lines) + "\n"),
            CHANGES,
        ),
        "sent": some.dictionaries(
            some.sampled_from(["rules", "delay", "exclude", "interpreter", "trusted", "x" * 5000])
            | some.text(max_size=8),
            JSON,
            max_size=4,
        ),
    }
)

PATTERN = some.lists(
    some.tuples(
        some.sampled_from(
            ["*", "**", "a", "/", "!", "\\", "[", "]", "[z-a]", "[!a]", "?", "#", " ", "é", "*a", ".py", "**/", "\0"]
        ),
        some.sampled_from([1, 1, 1, 2, 12, 60]),
    ),
    max_size=6,
).map(lambda parts: "".join(piece * times for piece, times in parts))
ignore = some.fixed_dictionaries(
    {
        "patterns": some.lists(PATTERN, max_size=6).map("\n".join),
        "names": some.lists(
            some.sampled_from(["a", "a" * 60, "a" * 200, "b c", "é", "x[1]", "!"]), max_size=3, unique=True
        ),
    }
)

WHOLE = whole_cache()
cache = some.lists(
    some.tuples(
        some.one_of(some.integers(0, 200), some.integers(0, len(WHOLE) - 1)),
        some.binary(min_size=1, max_size=12),
        some.booleans(),
    ),
    min_size=1,
    max_size=6,
).map(lambda changes: _overwritten(changes).decode("latin-1"))


def _overwritten(changes: list[tuple[int, bytes, bool]]) -> bytes:
    data = bytearray(WHOLE)
    for start, new, cut in changes:
        if cut and start % 3 == 0:
            del data[start:]
        else:
            data[start : start + len(new)] = new
    return bytes(data)


HEADERS = some.sampled_from(
    [
        b"Content-Length: ",
        b"content-length:",
        b"Content-Type: a",
        b"\r\n",
        b"\r\n\r\n",
        b"\n\n",
        b"5",
        b"-1",
        b"99999999999",
        b"POST / HTTP/1.1\r\n",
    ]
)
framing = some.lists(
    some.one_of(
        HEADERS,
        some.binary(max_size=20),
        some.builds(
            lambda n, body: b"Content-Length: %d\r\n\r\n%s" % (n, body), some.integers(0, 80), some.binary(max_size=40)
        ),
    ),
    max_size=12,
).map(lambda parts: b"".join(parts).decode("latin-1"))

URI = some.sampled_from(
    [
        "file:///a.py",
        "file:///b.ipynb",
        "untitled:x",
        "",
        "file:///%00",
        "vscode-notebook-cell:/b.ipynb#1",
        "http://[",
        "é",
    ]
)
POSITION = some.fixed_dictionaries({"line": some.integers(-1, 2**40), "character": some.integers(-1, 2**40)})
RANGE = some.fixed_dictionaries({"start": POSITION, "end": POSITION})
PARAMS = some.fixed_dictionaries(
    {},
    optional={
        "textDocument": some.fixed_dictionaries(
            {"uri": URI},
            optional={"version": some.integers(-5, 2**70), "text": some.just(HEAD), "languageId": some.just("python")},
        )
        | JSON,
        "notebookDocument": some.fixed_dictionaries({"uri": URI}) | JSON,
        "position": POSITION | JSON,
        "range": RANGE | JSON,
        "contentChanges": some.lists(
            some.fixed_dictionaries({"text": some.text(max_size=9)}, optional={"range": RANGE}) | JSON, max_size=3
        )
        | JSON,
        "settings": JSON,
        "command": some.sampled_from(
            ["keras-shapes.summary", "keras-shapes.applyFix", "keras-shapes.checkWorkspace", "x"]
        ),
        "arguments": some.lists(JSON, max_size=3),
        "context": some.fixed_dictionaries({"diagnostics": some.lists(JSON, max_size=1)}),
        "id": some.integers(0, 30) | JSON,
        "event": JSON,
        "changes": JSON,
    },
)
METHODS = some.sampled_from(
    """textDocument/didOpen textDocument/didChange textDocument/didSave textDocument/didClose textDocument/hover
    textDocument/inlayHint textDocument/codeLens textDocument/codeAction textDocument/diagnostic codeAction/resolve
    workspace/executeCommand workspace/didChangeConfiguration workspace/didChangeWatchedFiles workspace/diagnostic
    workspace/didChangeWorkspaceFolders notebookDocument/didOpen notebookDocument/didChange $/cancelRequest $/setTrace
    keras-shapes/models keras-shapes/environment initialize initialized no/such""".split()
)
conversation = some.lists(
    some.fixed_dictionaries({"method": METHODS, "params": PARAMS | JSON, "asks": some.booleans()}), max_size=30
)
