"""`argparse`: what a script gets when it is started without arguments."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from keras_shapes.model import Argument, Unknown
from keras_shapes.reader.values import Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter


@dataclass(eq=False, slots=True)
class Parser:
    """An `ArgumentParser` and the defaults of its arguments; `parse_args()` gives it back as the namespace."""

    defaults: dict[str, Value] = field(default_factory=dict)


def argument_parser() -> Parser:
    """`argparse.ArgumentParser(…)`."""
    return Parser()


def method_of_parser(
    it: Interpreter, parser: Parser, name: str, arguments: tuple[Argument, ...], node: ast.AST
) -> Value:
    """`parser.add_argument(…)`, `parser.parse_args()` and what comes between."""
    match name:
        case "add_argument":
            _add(it, parser, arguments, node)
            return None
        case "add_argument_group" | "add_mutually_exclusive_group" | "parse_args":
            return parser
        case "parse_known_args":
            return (parser, [])
        case "set_defaults":
            parser.defaults.update({a.name: a.value for a in arguments if a.name is not None})
            return None
        case _:
            return it.unknown("a command line", node)


def attribute_of_namespace(it: Interpreter, parser: Parser, name: str, node: ast.AST) -> Value | None:
    """`args.name`; None where it is a method of the parser."""
    return parser.defaults.get(name) if name in parser.defaults else None


def _add(it: Interpreter, parser: Parser, arguments: tuple[Argument, ...], node: ast.AST) -> None:
    flags = [a.value for a in arguments if a.name is None and isinstance(a.value, str)]
    given = {a.name: a.value for a in arguments if a.name is not None}
    long = next((flag for flag in flags if flag.startswith("--")), flags[0] if flags else "")
    name = given.get("dest", long.lstrip("-").replace("-", "_"))
    if not isinstance(name, str) or not name:
        return
    default = given.get("default")
    if "default" not in given and given.get("action") in {"store_true", "store_false"}:
        default = given["action"] == "store_false"
    elif "default" not in given:
        default = Unknown(f"{name} comes from the command line", it.span(node), name, key=("argument", parser, name))
    parser.defaults[name] = default
