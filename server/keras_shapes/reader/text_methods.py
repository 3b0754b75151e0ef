"""The methods of texts, over known texts and bounded."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.model import Argument, Unknown
from keras_shapes.reader.contents import open_contents
from keras_shapes.reader.iteration import items_of
from keras_shapes.reader.values import Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

Arguments = tuple[Argument, ...]
_TEXT_METHODS = frozenset(
    "lower upper title capitalize strip lstrip rstrip split rsplit join replace startswith endswith count find isdigit "
    "isalpha format zfill splitlines partition rpartition casefold swapcase rfind isalnum isnumeric islower isupper "
    "isspace istitle removeprefix removesuffix".split()
)
_LENGTHS = frozenset({"count", "find", "rfind", "index", "rindex", "__len__"})
_TRUTHS = frozenset({"startswith", "endswith"})


def method_of_text(it: Interpreter, owner: str, name: str, arguments: Arguments, node: ast.AST) -> Value:
    """`owner.name(…)`."""
    plain = (bool, int, float, str)
    values = [list(a.value) if isinstance(a.value, tuple) else a.value for a in arguments if a.name is None]
    keywords = {a.name: a.value for a in arguments if a.name is not None}
    if name == "join" and arguments:
        values[0] = items_of(it, values[0], node)
    if name == "join" and values and isinstance(values[0], list) and all(isinstance(item, str) for item in values[0]):
        text = owner.join(values[0])
        return text if len(text) <= it.budget.limits.text else it.unknown("a long text", node, kind="str")
    readable = all(isinstance(value, plain) for value in (*values, *keywords.values()))
    small = len(owner) + sum(len(value) for value in values if isinstance(value, str)) <= it.budget.limits.text
    if name == "format":
        readable = readable and not any(mark in owner for mark in (":", ".", "[", "!"))
    if name in {"replace", "zfill"}:
        small = len(owner) * max([len(v) for v in values if isinstance(v, str)] or [1]) <= it.budget.limits.text
        small = small and all(value <= 100 for value in values if isinstance(value, int))
    if name not in _TEXT_METHODS or not readable or not small:
        return _unknown(it, name, node)
    try:
        result: Value = getattr(owner, name)(*values, **keywords)
    except (TypeError, ValueError, IndexError, KeyError):
        return _unknown(it, name, node)
    return result


def _unknown(it: Interpreter, name: str, node: ast.AST) -> Value:
    """What a method of a text gives that is not known: a text, a number, a truth, or several texts."""
    if name in {"split", "rsplit", "splitlines"}:
        words = it.unknown("texts that are not known here", node)
        return open_contents(words, Unknown(words.reason, words.span, kind="str"))
    if name in {"partition", "rpartition"} or name.startswith("encode"):
        return it.unknown("a text that is not known here", node)
    kind = "int" if name in _LENGTHS else "bool" if name.startswith("is") or name in _TRUTHS else "str"
    return it.unknown("a text that is not known here", node, kind=kind)
