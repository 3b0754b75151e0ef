"""`Sequential` models while the program is read: made, added to, popped, called, trained."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from keras_shapes.data import Array
from keras_shapes.model import Apply, Argument, Attribute, Call, InputSource, Node, PublicName, Settings, Unknown
from keras_shapes.reader.applying import as_given, as_tensors, note_applied
from keras_shapes.reader.choices import settled
from keras_shapes.reader.dim_ordering import note_removed
from keras_shapes.reader.iteration import items_of
from keras_shapes.reader.values import (
    Added,
    Asked,
    Bound,
    Choice,
    Event,
    Guarded,
    InputGiven,
    Instance,
    Obscured,
    Popped,
    SequentialValue,
    Value,
)
from keras_shapes.source import Span

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

Arguments = tuple[Argument, ...]


def make_sequential(it: Interpreter, target: PublicName, arguments: Arguments, node: ast.AST) -> SequentialValue:
    """`Sequential(…)`."""
    model = SequentialValue(
        target, it.span(node), name_span(it, node), it.guards, settings_of(it), foreign=it.source.foreign
    )
    model.expects_error, model.caught = it.expects_error, it.caught
    if len(it.models) >= it.budget.limits.models_made:
        it.budget.exhaust()
    it.models.append(model)
    note_removed(it, model)
    layers = next((a for a in arguments if a.name == "layers"), None)
    if layers is None and arguments and arguments[0].name is None:
        layers = arguments[0]
    model.arguments = tuple(argument for argument in arguments if argument is not layers)
    if layers is not None and layers.value is not None:
        add_all(it, model, layers.value, layers.value_span, _item_spans(it, node))
    return model


def add_all(it: Interpreter, model: SequentialValue, value: Value, span: Span, spans: tuple[Span, ...] = ()) -> None:
    """Add the items of a list to a model; `spans` are their places where the list is written out."""
    value = settled(value, it.guards)
    if isinstance(value, Choice):
        for way in it.ways(value.decision):
            with it.guarded(value.decision, [way]):
                add_all(it, model, value.options[way], span, spans)
        return
    items = items_of(it, value, None) if not isinstance(value, (SequentialValue, Instance)) else Unknown("not a list")
    if isinstance(items, list):
        places = spans if len(spans) == len(items) else (span,) * len(items)
        for item, place in zip(items, places, strict=True):
            add(it, model, item, place)
    elif isinstance(value, (list, tuple)) or (isinstance(items, Unknown) and isinstance(value, Unknown)):
        it.happen(model, Obscured(items if isinstance(items, Unknown) else items.length))
    else:
        # not a list: Keras takes a single layer too
        add(it, model, value, span)


def give_layers(it: Interpreter, model: SequentialValue, arguments: Arguments) -> None:
    """What `Sequential.__init__` of an object of a subclass does with its arguments."""
    layers = next((a for a in arguments if a.name in {"layers", None}), None)
    if layers is not None and layers.value is not None:
        add_all(it, model, layers.value, layers.value_span)


def add(it: Interpreter, model: SequentialValue, value: Value, span: Span) -> None:
    """`model.add(value)`."""
    value = settled(value, it.guards)
    match value:
        case Guarded(guards=guards, value=inner):
            before = it.guards
            it.guards = (*before, *guards)
            try:
                add(it, model, inner, span)
            finally:
                it.guards = before
        case Choice(decision=decision, options=options):
            for way in it.ways(decision):
                with it.guarded(decision, [way]):
                    add(it, model, options[way], span)
        case _:
            inner = value.model if isinstance(value, Instance) else value
            if isinstance(inner, SequentialValue) and inner.nested_after is None:
                inner.nested_after = len(inner.events)
            it.happen(model, Added(Node(value, span)))


def clone(it: Interpreter, model: SequentialValue, node: ast.AST) -> SequentialValue:
    """`clone_model(model)`: layers of the same kinds in a model of its own, which has met no data yet."""
    copy = SequentialValue(model.target, it.span(node), name_span(it, node), it.guards, settings_of(it))
    copy.foreign, copy.expects_error, copy.caught = it.source.foreign, it.expects_error, it.caught
    copy.arguments = tuple(argument for argument in model.arguments if argument.name != "name")
    it.changing_model(copy)
    for event in model.events:
        match event.happening:
            case Added(element=Node(expression=Call() as layer, span=added)):
                copy.events.append(Event(event.guards, Added(Node(replace(layer), added))))
            case Added() | Obscured():
                copy.events.append(
                    Event(event.guards, Obscured(it.unknown("a copy of layers that are not known", node)))
                )
            case Popped():
                copy.events.append(event)
            case _:
                pass
    it.models.append(copy)
    return copy


def model_attribute(it: Interpreter, model: SequentialValue, name: str, node: ast.AST) -> Value:
    """An attribute of a model: its layers where they are known, else a method or something only Keras knows."""
    if name == "layers":
        return _layers(it, model, node)
    if name in {"output", "input", "outputs", "inputs", "output_shape", "input_shape"}:
        _ask(it, model, node)
        return Attribute(model, name, it.span(node))
    if name == "name":
        given = next((a.value for a in model.arguments if a.name == "name"), None)
        return given if isinstance(given, str) else it.unknown("a name that Keras gives", node, kind="str")
    return Bound(model, name)


def apply_model(it: Interpreter, model: SequentialValue, arguments: Arguments, node: ast.AST) -> Value:
    """`model(x)`: builds the model from `x` when it has no input of its own."""
    from keras_shapes.reader.training import note_training, symbolic_input

    if not arguments:
        return it.unknown("a model called without data", node)
    symbolic = symbolic_input(it, arguments[0].value, node)
    if symbolic is not None:
        it.happen(model, InputGiven(symbolic))
        return note_applied(it, Apply(model, tuple(map(as_given, arguments)), it.span(node)))
    given = note_training(it, model, "__call__", arguments, node)
    if isinstance(arguments[0].value, Array):
        note_applied(it, Apply(model, as_tensors(tuple(map(as_given, arguments))), it.span(node)))
    return given


def method_of_model(it: Interpreter, model: SequentialValue, name: str, arguments: Arguments, node: ast.AST) -> Value:
    """`model.name(…)`."""
    from keras_shapes.reader.training import TRAINING_METHODS, is_no_path, note_other, note_training

    match name:
        case "add" if arguments:
            add(it, model, arguments[0].value, arguments[0].value_span)
            return None
        case "pop":
            it.happen(model, Popped())
            return None
        case "build":
            _build(it, model, arguments, node)
            note_other(it, model, name, arguments, node)
            return None
        case "call":
            return apply_model(it, model, arguments, node)
        case "get_layer":
            return _layer_by_name(it, model, arguments, node)
        case _ if name in TRAINING_METHODS:
            return note_training(it, model, name, arguments, node)
        case "count_params":
            _ask(it, model, node)
            return it.unknown("a number of parameters", node, kind="int")
        case "load_weights" | "save_weights" | "save" if arguments and is_no_path(arguments[0].value):
            note_other(it, model, name, arguments, node)
            return None
        case "summary" | "save" | "save_weights" | "load_weights" | "get_config" | "set_weights" | "reset_states":
            return None
        case _:
            return it.unknown(f"{name}() of a model", node)


def settings_of(it: Interpreter) -> Settings:
    """The process-wide settings at this moment."""
    return Settings(**it.settings)


def name_span(it: Interpreter, node: ast.AST) -> Span:
    """Span of the last name of what a call calls: `Sequential` in `keras.Sequential(…)`."""
    span = it.span(node)
    if it.source.foreign or not isinstance(node, ast.Call):
        return span
    function = it.source.span(node.func)
    if isinstance(node.func, ast.Attribute):
        return Span(function.end - len(node.func.attr), function.end)
    return function


def _item_spans(it: Interpreter, node: ast.AST) -> tuple[Span, ...]:
    """Where the items of `Sequential([…])` stand; nothing where they are not written out one by one."""
    if not isinstance(node, ast.Call):
        return ()
    given = next((keyword.value for keyword in node.keywords if keyword.arg == "layers"), None)
    given = given or next(iter(node.args), None)
    if not isinstance(given, (ast.List, ast.Tuple)) or any(isinstance(item, ast.Starred) for item in given.elts):
        return ()
    return tuple(it.span(item) for item in given.elts)


def _layers(it: Interpreter, model: SequentialValue, node: ast.AST) -> Value:
    """`model.layers`: the elements so far, without the input, as Keras gives them."""
    layers: list[Value] = []
    for event in model.events:
        if any(guard not in model.guards and guard not in it.guards for guard in event.guards):
            return it.unknown("the layers of this model depend on something unknown", node)
        match event.happening:
            case Added(element=element):
                if not _is_input(element.expression):
                    layers.append(element.expression)
            case Popped():
                if layers:
                    layers.pop()
            case Obscured(reason=reason):
                return reason
    return layers


def _is_input(value: Value) -> bool:
    target = getattr(value, "target", None)
    return isinstance(target, PublicName) and target.path in {"keras.Input", "keras.layers.InputLayer"}


def _build(it: Interpreter, model: SequentialValue, arguments: Arguments, node: ast.AST) -> None:
    given = next((a for a in arguments if a.name in {"input_shape", None}), None)
    shape = settled(given.value, it.guards) if given is not None else None
    if isinstance(shape, list):
        shape = tuple(shape)
    if given is None or not isinstance(shape, tuple):
        it.happen(model, InputGiven(Unknown("the shape given to build() is not known", it.span(node))))
        return
    source = InputSource(shape, None, "build", given.value_span, "input from build()")
    it.happen(model, InputGiven(source))


def _ask(it: Interpreter, model: SequentialValue, node: ast.AST) -> None:
    if not it.source.foreign and not it.expects_error:
        it.happen(model, Asked(it.span(node)))


def _layer_by_name(it: Interpreter, model: SequentialValue, arguments: Arguments, node: ast.AST) -> Value:
    layers = _layers(it, model, node)
    index = next((a.value for a in arguments if a.name == "index"), None)
    if isinstance(layers, list) and isinstance(index, int) and -len(layers) <= index < len(layers):
        return layers[index]
    wanted = next((a.value for a in arguments if a.name in {"name", None}), None)
    for layer in layers if isinstance(layers, list) and isinstance(wanted, str) else []:
        for argument in getattr(layer, "arguments", ()) or ():
            if argument.name == "name" and argument.value == wanted:
                return layer
    return it.unknown("a layer by its name", node)
