"""Methods of plain values, of models, and of what libraries give."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.model import Argument
from keras_shapes.reader.attributes import find_in_class, public_bases
from keras_shapes.reader.choices import settled
from keras_shapes.reader.command_line import Parser, method_of_parser
from keras_shapes.reader.functions import call_function
from keras_shapes.reader.iteration import items_of
from keras_shapes.reader.library_calls import library_method
from keras_shapes.reader.sequential import add_all, method_of_model
from keras_shapes.reader.values import Class, Function, Instance, Items, SequentialValue, SuperObject, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

Arguments = tuple[Argument, ...]
_TEXT_METHODS = frozenset(
    "lower upper title capitalize strip lstrip rstrip split rsplit join replace startswith endswith count find isdigit "
    "isalpha format zfill splitlines partition rpartition".split()
)


def call_method(it: Interpreter, owner: Value, name: str, arguments: Arguments, node: ast.AST) -> Value:
    """`owner.name(…)`."""
    match owner:
        case SequentialValue():
            return method_of_model(it, owner, name, arguments, node)
        case Instance():
            return _of_instance(it, owner, name, arguments, node)
        case SuperObject():
            return _of_super(it, owner, name, arguments, node)
        case Parser():
            return method_of_parser(it, owner, name, arguments, node)
        case list():
            return _of_list(it, owner, name, arguments, node)
        case dict():
            return _of_dict(it, owner, name, arguments, node)
        case str():
            return _of_text(it, owner, name, arguments, node)
        case Items() if name in {"append", "extend", "insert"}:
            return None
        case _:
            value = library_method(it, owner, name, arguments, node)
            return it.unknown(f"{name}() is not read", node) if value is None else value


def _of_list(it: Interpreter, owner: list[Value], name: str, arguments: Arguments, node: ast.AST) -> Value:
    values = [argument.value for argument in arguments]
    match name, values:
        case "append", [value]:
            it.replace_list(owner, [*owner, value])
        case "extend", [more]:
            items = items_of(it, settled(more, it.guards), node)
            it.replace_list(owner, [*owner, *(items if isinstance(items, list) else [it.unknown("more items", node)])])
        case "insert", [int() as place, value]:
            it.replace_list(owner, [*owner[:place], value, *owner[place:]])
        case "pop", [] if owner:
            last = owner[-1]
            it.replace_list(owner, owner[:-1])
            return last
        case "pop", [int() as place] if -len(owner) <= place < len(owner):
            taken = owner[place]
            changed = list(owner)
            del changed[place]
            it.replace_list(owner, changed)
            return taken
        case "reverse", []:
            it.replace_list(owner, owner[::-1])
        case "clear", []:
            it.replace_list(owner, [])
        case "copy", []:
            return list(owner)
        case "index", [bool() | int() | float() | str() as value] if value in owner:
            return owner.index(value)
        case "count", [bool() | int() | float() | str() as value]:
            return owner.count(value)
        case ("sort", _) if all(isinstance(item, (bool, int, float)) for item in owner):
            it.replace_list(owner, sorted(owner))  # type: ignore[type-var]
        case ("sort" | "remove", _):
            it.replace_list(owner, [it.unknown("a list in another order", node)] if owner else [])
        case _:
            return it.unknown(f"{name}() of a list", node)
    return None


def _of_dict(it: Interpreter, owner: dict[Value, Value], name: str, arguments: Arguments, node: ast.AST) -> Value:
    values = [argument.value for argument in arguments if argument.name is None]
    keywords = {argument.name: argument.value for argument in arguments if argument.name not in {None, "*", "**"}}
    match name, values:
        case "get", [str() | int() as key, *default]:
            return owner.get(key, default[0] if default else None)
        case "keys", []:
            return list(owner)
        case "values", []:
            return list(owner.values())
        case "items", []:
            return list(owner.items())
        case "copy", []:
            return dict(owner)
        case "update", [] | [dict()]:
            for key, value in {**(values[0] if values else {}), **keywords}.items():  # type: ignore[dict-item]
                it.set_entry(owner, key, value)
            return None
        case "setdefault", [str() | int() as key, value]:
            if key not in owner:
                it.set_entry(owner, key, value)
            return owner[key]
        case "pop", [str() | int() as key, *default]:
            value = owner.get(key, default[0] if default else it.unknown("this key is not known", node))
            it.remove_entry(owner, key)
            return value
        case _:
            return it.unknown(f"{name}() of a dictionary", node)


def _of_text(it: Interpreter, owner: str, name: str, arguments: Arguments, node: ast.AST) -> Value:
    plain = (bool, int, float, str)
    values = [list(a.value) if isinstance(a.value, tuple) else a.value for a in arguments if a.name is None]
    keywords = {a.name: a.value for a in arguments if a.name is not None}
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
        return it.unknown("a text that is not known here", node, kind="str")
    try:
        result: Value = getattr(owner, name)(*values, **keywords)
    except (TypeError, ValueError, IndexError, KeyError):
        return it.unknown("a text that is not known here", node, kind="str")
    return result


def _of_instance(it: Interpreter, owner: Instance, name: str, arguments: Arguments, node: ast.AST) -> Value:
    if owner.model is not None:
        return method_of_model(it, owner.model, name, arguments, node)
    if name in {"fit", "predict", "evaluate", "train_on_batch"} and public_bases(owner.cls):
        found = find_in_class(owner.cls, "call")
        given = next((a for a in arguments if a.name in {"x", None}), None)
        if found is not None and isinstance(found[0], Function) and given is not None:
            _build_from_data(it, owner, found[0], given, node)
    return it.unknown(f"{name}() of a model of the user's own", node)


def _build_from_data(it: Interpreter, owner: Instance, call: Function, given: Argument, node: ast.AST) -> None:
    """The models inside a subclassed model are built by what its `call` hands them."""
    from keras_shapes.reader.tensors import tensor_of

    tensor = tensor_of(it, given.value)
    span = it.span(node)
    arguments = (Argument(None, owner, span, span), Argument(None, tensor, given.span, given.value_span))
    call_function(it, call, arguments, node)


def _of_super(it: Interpreter, owner: SuperObject, name: str, arguments: Arguments, node: ast.AST) -> Value:
    for base in owner.cls.bases:
        found = find_in_class(base, name) if isinstance(base, Class) else None
        if found is not None and isinstance(found[0], Function):
            span = it.span(node)
            return call_function(it, found[0], (Argument(None, owner.owner, span, span), *arguments), node)
    instance = owner.owner
    if not isinstance(instance, Instance):
        return it.unknown(f"{name}() of a library's class", node)
    if name == "__init__":
        if instance.model is not None:
            layers = next((a for a in arguments if a.name in {"layers", None}), None)
            if layers is not None and layers.value is not None:
                add_all(it, instance.model, layers.value, layers.value_span)
        return None
    if instance.model is not None:
        return method_of_model(it, instance.model, name, arguments, node)
    return it.unknown(f"{name}() of a library's class", node)
