"""Functions and methods that the program does not call, but that hold models: read with what is known."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from keras_shapes.data import Array, Dataset
from keras_shapes.model import Argument, NumpyNumber, Unknown
from keras_shapes.reader.classes import initialise, instantiate, kind_of_base
from keras_shapes.reader.functions import call_function, parameter_names, parameter_of
from keras_shapes.reader.inheritance import public_bases
from keras_shapes.reader.library.objects import LibraryObject
from keras_shapes.reader.limits import OutOfSteps
from keras_shapes.reader.scopes import Journal, Missing
from keras_shapes.reader.user_code import GIVEN_BY_KERAS, call_inside
from keras_shapes.reader.values import Class, Function, InputGiven, Instance, SequentialValue, Trained, Value
from keras_shapes.source import Span

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter
    from keras_shapes.reader.sources import Source

_ROUNDS = 4
_CALLS = 2
"""What layers do that nobody applies may take as long as so many statements."""
_DATA = (bool, int, float, str, tuple, list, set, dict, NumpyNumber, Array, Dataset, LibraryObject)


def read_uncalled(it: Interpreter) -> None:
    """Read functions until every place that makes or uses a model was reached, or cannot be."""
    for _ in range(_ROUNDS):
        waiting = [function for function in it.functions if _is_open(it, function)]
        makers = _makers(waiting)
        wanted = [function for function in waiting if _is_wanted(it, function, makers)]
        if not wanted:
            break
        _read_all(it, _callers_first(wanted))
    # what a layer or model does with tensors that nobody gives it: last, as one of the functions above may do so
    calls = _outer_first([function for function in it.functions if _is_open(it, function) and _is_applied(function)])
    _read_all(it, calls, _CALLS * it.budget.limits.steps)


def _read_all(it: Interpreter, functions: Sequence[Function], steps: int = sys.maxsize) -> None:
    before = it.budget.total
    for function in functions:
        if function.node not in it.called and not it.budget.exhausted and it.budget.total - before < steps:
            _read_one(it, function)


def _read_one(it: Interpreter, function: Function) -> None:
    it.budget.refill()
    it.budget.spend(4 * len(it.globals.bindings))
    models = len(it.models)
    for model in it.models[it.unsettled :]:
        # nobody knows what happened to it before this function runs
        model.nested_after = model.nested_after or 0
    it.unsettled = models
    with it.journal() as journal, it.watching_models() as changes:
        if _is_called_unseen(function):
            _unsettle(it, function.source)
        try:
            _read(it, function)
        except OutOfSteps:
            it.guards = ()
    _settle(it, journal)
    it.called.add(function.node)
    made = set(it.models[models:])
    for model, known in changes.items():
        # nobody calls it: it may tell what data a model would meet, and never what the model is made of
        if model not in made:
            later = [event for event in model.events[known:] if isinstance(event.happening, (Trained, InputGiven))]
            model.events[known:] = later


def _is_called_unseen(function: Function) -> bool:
    """Whether something else than a call that is read names it: `Thread(target=build)`, `timeit(build)`."""
    return function.source.counts[function.name] > 1


def _unsettle(it: Interpreter, source: Source) -> None:
    """A global that is bound more than once may have been another one when the function ran."""
    for name, value in list(it.globals.bindings.items()):
        if source.bound[name] > 1 and isinstance(value, _DATA):
            reason = f"{name} is bound more than once, and it is not known when this runs"
            it.set_entry(it.globals.bindings, name, Unknown(reason, None, name, key=("unsettled", name)))  # type: ignore[arg-type]


def _settle(it: Interpreter, journal: Journal) -> None:
    """The names of the module are again what they were."""
    for container, key, old in journal.entries.values():
        if container is it.globals.bindings and not isinstance(old, Missing):
            container[key] = old


def _is_open(it: Interpreter, function: Function) -> bool:
    """Whether a function of this document is not called."""
    return function.node not in it.called and not function.source.foreign


def _is_applied(function: Function) -> bool:
    """Whether it is the `call` of a layer or model of the user's, which Keras runs on tensors."""
    if function.owner is None or function.name != "call" or function.kind != "function":
        return False
    return any(kind_of_base(base) in ("layer", "model") for base in public_bases(function.owner))


def _outer_first(calls: Sequence[Function]) -> list[Function]:
    """Those of classes that hold others before those of the others, which they may call."""
    names = {function.owner.name for function in calls if function.owner is not None}
    held = {call: (names & call.source.words(call.owner.node)) - {call.owner.name} for call in calls if call.owner}
    ordered: list[Function] = []
    for call in sorted(held, key=lambda one: -len(held[one])):
        place = min(
            (index for index, one in enumerate(ordered) if one.owner and one.owner.name in held[call]), default=None
        )
        ordered.insert(len(ordered) if place is None else place, call)
    return ordered


def _is_wanted(it: Interpreter, function: Function, makers: set[str]) -> bool:
    """Whether it makes a model, itself or by what it calls, or is a method where models are held."""
    return (
        function.source.makes_model(function.node)
        or _mentions(function, makers)
        or (function.owner is not None and _holds_model(it, function.owner))
    )


def _makers(functions: Sequence[Function]) -> set[str]:
    """Names of the functions and classes that make a model, themselves or by what they call."""
    waiting = [_name(each) for each in functions if each.source.makes_model(each.node)]
    if not waiting:
        return set()
    users: dict[str, list[str]] = {}
    names = {_name(each) for each in functions}
    for each in functions:
        for name in _mentioned(each, names):
            users.setdefault(name, []).append(_name(each))
    makers: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name and name not in makers:
            makers.add(name)
            waiting += users.get(name, ())
    return makers


def _callers_first(functions: Sequence[Function]) -> list[Function]:
    """In an order in which a function that another one calls is read with the arguments of that call."""
    names = {_name(each) for each in functions}
    mentioned = {each: _mentioned(each, names) for each in functions}
    callers = Counter(name for found in mentioned.values() for name in found)
    named: dict[str, list[Function]] = {}
    for each in functions:
        named.setdefault(_name(each), []).append(each)
    ordered = [each for each in functions if not callers[_name(each)]]
    for each in ordered:
        for name in sorted(mentioned[each]):
            callers[name] -= 1
            ordered += named[name] if not callers[name] else ()
    known = set(map(id, ordered))
    return [*ordered, *(each for each in functions if id(each) not in known)]


def _name(function: Function) -> str:
    """What others call to run it: its name, or that of its class if it is the constructor; empty for other methods."""
    if function.owner is None:
        return function.name
    return function.owner.name if function.name == "__init__" else ""


def _mentions(function: Function, names: set[str]) -> bool:
    return bool(_mentioned(function, names))


def _mentioned(function: Function, names: set[str]) -> set[str]:
    """The names among some that a function mentions, but for its own."""
    return (names & function.source.words(function.node)) - {_name(function)}


def _holds_model(it: Interpreter, cls: Class) -> bool:
    instance = it.instances.get(cls)
    return instance is not None and any(isinstance(value, SequentialValue) for value in instance.attributes.values())


def _read(it: Interpreter, function: Function) -> None:
    span = it.span(function.node)
    if function.owner is None or function.kind == "static" or isinstance(function.node, ast.Lambda):
        call_function(it, function, (), function.node)
        return
    owner: Value = function.owner
    if function.kind != "class":
        owner = it.instances.get(function.owner) or _instance(it, function.owner)
    if function.node not in it.called and isinstance(owner, Instance) and _is_applied(function):
        call_inside(it, owner, _unknown_tensors(function, span), function.node)
    elif function.node not in it.called:
        call_function(it, function, (Argument(None, owner, span, span),), function.node)


def _unknown_tensors(call: Function, span: Span) -> tuple[Argument, ...]:
    """What nobody gives a `call`: its parameters without a default, but for those that Keras itself fills in."""
    names = parameter_names(call)[1 : len(parameter_names(call)) - len(call.defaults)]
    tensors = takewhile(lambda name: name not in GIVEN_BY_KERAS, names)
    return tuple(Argument(None, parameter_of(call, name), span, span) for name in tensors)


def _instance(it: Interpreter, cls: Class) -> Value:
    """An instance to read a method with: one of the program, else `__init__` is read first, with unknown arguments."""
    made = next((instance for _, instance in it.instances_of_layers.values() if instance.cls is cls), None)
    if made is not None:
        return made
    value = instantiate(it, cls, (), cls.node)
    if isinstance(value, Instance):
        return value
    instance = it.instances[cls] = Instance(cls, span=it.span(cls.node))
    initialise(it, instance, (), cls.node)
    return instance
