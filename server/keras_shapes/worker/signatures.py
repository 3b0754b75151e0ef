"""What a constructor takes, as this Keras says itself: names, defaults, a line of documentation, and sets of values.

A value is told only where Keras takes it: a name in a module such as `keras.activations` where its `get` knows it, a
word of the documentation where the constructor accepts it and refuses one that does not exist.
"""

from __future__ import annotations

import functools
import inspect
import re
import sys
from collections.abc import Iterator
from typing import Any, Optional

from . import allowed, arguments, blame, keras_api, shortage
from .describe import Plain
from .keras_api import keras

COMPILE = "keras.Model.compile"

_MODULES = {
    "activation": "activations",
    "initializer": "initializers",
    "regularizer": "regularizers",
    "constraint": "constraints",
    "loss": "losses",
    "metrics": "metrics",
    "optimizer": "optimizers",
}
"""Where the values of a parameter are, by the last word of its name."""
_NO_VALUES = frozenset(
    {"get", "serialize", "deserialize"} | {"Initializer", "Regularizer", "Constraint", "Loss", "Metric", "Optimizer"}
)
"""Public names of these modules that are nothing to choose: their functions, and what all of them derive from."""
_NO_WORD = "no such word"
_LONGEST = 240
_MOST_WORDS = 12
_RANKS = (1, 2, 3, 4)
_SIZE = 32

_SECTION = re.compile(r"^(Args|Arguments):\s*$", re.MULTILINE)
_ENTRY = re.compile(r"^ {4}\*{0,2}(\w+(?:, *\w+)*) ?(?:\([^)]*\))?:[ \n]", re.MULTILINE)
_WORD = re.compile(r"""[`"'{ ]["']([a-z][a-z0-9_]*)["']""")
_SENTENCE = re.compile(r"(?<=[a-z\d)`\"'])(?<!\be\.g)(?<!\bi\.e)\.(?:\s|$)")
_SHORT = 25
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def signature(request: Plain) -> Plain:
    """The answer to a request for the `signature` of a public name of a `flavour`."""
    path, flavour = request["signature"], request["flavour"]
    try:
        function = keras.Model.compile if path == COMPILE else allowed.public_object(path, flavour)
        return {"models": [_signature(function)]}
    except (allowed.Missing, allowed.Forbidden) as reason:
        return {"models": [{"unavailable": str(reason) or "it is not asked about"}]}
    except Exception as error:  # noqa: BLE001 - what cannot be described is not offered
        shortage.check(error)
        return {"models": [{"unavailable": f"{type(error).__name__}: {error}"[:500]}]}


def _signature(function: Any) -> Plain:
    text = inspect.getdoc(function) or ""
    named = arguments.parameters(function)
    entries = {**(_entries(inspect.getdoc(keras.layers.Layer) or "")), **_entries(text)}
    names = [name for name in blame.constructor_parameters(function) if name != "self"]
    parameters = [_parameter(function, name, named.get(name), entries.get(name, "")) for name in names]
    return {"documentation": _first_sentence(text), "parameters": parameters}


def _parameter(function: Any, name: str, parameter: Optional[inspect.Parameter], entry: str) -> Plain:
    has_default = parameter is None or parameter.default is not inspect.Parameter.empty
    default = parameter.default if parameter is not None else inspect.Parameter.empty
    return {
        "name": name,
        "required": not has_default,
        "default": None if default is inspect.Parameter.empty else _written(default),
        "keyword": parameter is None or parameter.kind == inspect.Parameter.KEYWORD_ONLY,
        "documentation": _first_sentence(entry),
        "values": list(_values(function, name, default, entry)),
    }


def _written(value: Any) -> Optional[str]:
    """A default as a program would write it; what is no plain data has none that one could write."""
    if isinstance(value, (str, int, float, bool, type(None))):
        return repr(value)
    if isinstance(value, (tuple, list)) and all(_written(item) is not None for item in value):
        return repr(value)
    return None


def _entries(text: str) -> dict[str, str]:
    """What the documentation says of each argument."""
    section = _SECTION.search(text)
    if section is None:
        return {}
    body = re.split(r"^\S", text[section.end() :], maxsplit=1, flags=re.MULTILINE)[0]
    found: dict[str, str] = {}
    starts = list(_ENTRY.finditer(body))
    for start, following in zip(starts, [*starts[1:], None]):
        entry = " ".join(body[start.end() : following.start() if following else len(body)].split())
        found.update(dict.fromkeys(re.split(r", *", start[1]), entry))
    return found


def _first_sentence(text: str) -> str:
    """The first sentence of a text; one that says as good as nothing (`Boolean.`) with the next one."""
    line = " ".join(re.split(r"\n\s*\n", text.strip(), maxsplit=1)[0].split())
    sentence = line[: found.start() + 1] if (found := _SENTENCE.search(line, _SHORT)) else line
    return sentence if len(sentence) <= _LONGEST else f"{sentence[: _LONGEST - 1]}…"


def _values(function: Any, name: str, default: Any, entry: str) -> Iterator[str]:
    """The values that Keras has a set of, as a program would write them."""
    if isinstance(default, bool):
        yield from ("True", "False")
    elif (module := _MODULES.get(name.rpartition("_")[2])) is not None:
        yield from map(repr, _names_in(module))
    elif isinstance(function, type):
        words = list(dict.fromkeys(_WORD.findall(f" {entry}")))[:_MOST_WORDS]
        if words and not _accepts(function, {name: _NO_WORD}):
            yield from (repr(word) for word in words if _accepts(function, {name: word}))


@functools.cache
def _names_in(module: str) -> tuple[str, ...]:
    """The names that a module's `get` knows, as they are written: `relu`, `mean_squared_error`, `glorot_uniform`."""
    found = getattr(keras, module)
    table = getattr(sys.modules.get(found.get.__module__), "ALL_OBJECTS_DICT", {})
    short = [name for name in table if isinstance(name, str) and name.islower()]  # `mse`, which has no public name
    public = (_lower(name, getattr(found, name)) for name in dir(found) if name not in _NO_VALUES)
    return tuple(sorted({name for each in (short, *public) for name in each if _gets(found, name)}))


def _lower(name: str, value: Any) -> tuple[str, ...]:
    """How a public name of Keras is written in lower case; a class goes by its words."""
    if name.startswith("_") or not callable(value):
        return ()
    return (name,) if not isinstance(value, type) else (_CAMEL.sub("_", name).lower(), name.lower())


def _gets(module: Any, name: str) -> bool:
    with keras_api.stateless():
        try:
            found = module.get(name)
        except Exception as error:  # noqa: BLE001 - whatever Keras raises is a refusal
            shortage.check(error)
            return False
    return callable(found) or (found is not None and not isinstance(found, str))


def _accepts(function: Any, given: dict[str, Any]) -> bool:
    """Whether a constructor takes these values, with 1 for all that it needs beside them.

    Some layers look at a value only when they meet a shape: those that can say what comes out of one are asked that.
    """
    taken = _made(function, given)
    if taken is None:
        return False
    usual = _made(function, {})
    return usual is None or not _computes(usual) or _computes(taken)


def _made(function: Any, given: dict[str, Any]) -> Any:
    named = arguments.parameters(function).items()
    needed = {name: 1 for name, parameter in named if parameter.default is parameter.empty}
    with keras_api.stateless():
        try:
            return function(**{**needed, **given})
        except Exception as error:  # noqa: BLE001 - whatever Keras raises is a refusal
            shortage.check(error)
            return None


def _computes(layer: Any) -> bool:
    """Whether a layer says what comes out of some shape."""
    for rank in _RANKS:
        with keras_api.stateless():
            try:
                layer.compute_output_shape((None, *[_SIZE] * rank))
            except Exception as error:  # noqa: BLE001 - whatever Keras raises is a refusal
                shortage.check(error)
                continue
            return True
    return False
