"""The values of the reader: what a Python expression of the user's may stand for.

Python constants, `tuple`, `list`, `dict`, `set` and `range` are themselves (lists and dicts keep their identity
and may be mutated). Keras objects are expressions of `model`, data is an `Array` or a `Dataset` of `data`, and what
nobody knows is `model.Unknown`. The rest is here.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from keras_shapes.model import (
    Argument,
    Call,
    Expression,
    InputSource,
    Node,
    PublicName,
    Settings,
    TrainingCall,
    Unknown,
)
from keras_shapes.source import Span

if TYPE_CHECKING:
    from keras_shapes.reader.scopes import Scope
    from keras_shapes.reader.sources import Source

Value: TypeAlias = Expression


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """Something the program decides and the reader cannot: an unknown condition, the turns of an unknown loop.

    `condition` is an expression that Keras can be asked for; it goes the first way where that is true.
    """

    count: int
    text: str
    span: Span | None = None
    condition: Value = None


@dataclass(frozen=True, slots=True)
class Guard:
    """Holds where `decision` went one of the `allowed` ways."""

    decision: Decision
    allowed: frozenset[int]

    def otherwise(self) -> Guard:
        """Holds where this one does not."""
        return Guard(self.decision, frozenset(range(self.decision.count)) - self.allowed)


Guards: TypeAlias = tuple[Guard, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """A value that depends on a decision: `options[i]` where it went the i-th way."""

    decision: Decision
    options: tuple[Value, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Guarded:
    """An item that is in its list only where the guards hold."""

    guards: Guards
    value: Value


@dataclass(frozen=True, slots=True, eq=False)
class Items:
    """A list of unknown length whose items look like `item`."""

    item: Value
    length: Unknown


@dataclass(frozen=True, slots=True, eq=False)
class Generated(Items):
    """What a generator function of the user's yields: `item`, after `earlier` ones."""

    earlier: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Rest:
    """In a list, set or dictionary: any number of further items, each like `item`.

    In a dictionary it is a key, and the values look like its value.
    """

    item: Value
    length: Unknown


@dataclass(frozen=True, slots=True, eq=False)
class Once:
    """An iterator (`zip`, `map`, `iter`): what it still gives, which is gone once it was given.

    It looks its items up when it gives them: they hold while its `sources` hold what they did, and, where functions or
    other iterators make them, in the statement of number `born` only.
    """

    items: list[Value]
    sources: tuple[tuple[Collection[Value], tuple[Value, ...]], ...] = ()
    born: int | None = None

    def is_fresh(self, statement: int) -> bool:
        """Whether it gives in this statement what it would have given where it was made."""
        same = all(
            len(source) == len(before) and all(a is b for a, b in zip(source, before, strict=True))
            for source, before in self.sources
        )
        return same and self.born in {None, statement}


class Deque(list[Value]):
    """A `collections.deque`; with `most` items it forgets one at the other end for each new one."""

    __slots__ = ("most",)

    def __init__(self, items: Iterable[Value] = (), most: int | None = None) -> None:
        super().__init__(items)
        self.most = most


class Defaulting(dict[Value, Value]):
    """A `collections.defaultdict` or `Counter`: a missing entry is made by `factory`."""

    __slots__ = ("factory",)

    def __init__(self, factory: Value, entries: Mapping[Value, Value] | None = None) -> None:
        super().__init__(entries or {})
        self.factory = factory


@dataclass(frozen=True, slots=True, eq=False)
class Builtin:
    """A name of Python's own: `len`, `range`, `super`."""

    name: str


@dataclass(eq=False, slots=True)
class Function:
    """A function or lambda of the user's, with the scope it closes over. `owner` is the class that defines it."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    name: str
    scope: Scope
    source: Source
    defaults: tuple[Value, ...]
    keyword_defaults: tuple[Value | None, ...]
    owner: Class | None = None
    kind: str = "function"
    wrapped: bool = False


@dataclass(eq=False, slots=True)
class Class:
    """A class of the user's. `bases` are values: other classes, public names, unknowns.

    Instances of a named tuple (`is_tuple`) are also the tuple of their fields.
    """

    node: ast.ClassDef
    name: str
    bases: tuple[Value, ...]
    attributes: dict[str, Value]
    scope: Scope
    source: Source
    fields: tuple[str, ...] = ()
    is_dataclass: bool = False
    is_tuple: bool = False


@dataclass(eq=False, slots=True)
class Instance:
    """An object of a class of the user's; `model` is set when the class derives from `Sequential`.

    `graph` is set where it makes itself a functional model: `super().__init__(inputs, outputs)`.
    """

    cls: Class
    attributes: dict[str, Value] = field(default_factory=dict)
    model: SequentialValue | None = None
    graph: Call | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """A method of a value: of an instance's class (`function`), or of any other value by `name`."""

    owner: Value
    name: str
    function: Function | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SuperObject:
    """`super()` inside a method of `cls` with `owner` as self."""

    cls: Class
    owner: Value


@dataclass(frozen=True, slots=True, eq=False)
class Partial:
    """`functools.partial(function, …)`."""

    function: Value
    arguments: tuple[Argument, ...]


@dataclass(eq=False, slots=True)
class ModuleValue:
    """A module of the user's project, read by this reader."""

    name: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class Added:
    """An element is put at the end of the model."""

    element: Node


@dataclass(frozen=True, slots=True)
class Popped:
    """The last element is taken away: `model.pop()`."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A training call; `input` is what it would build an unbuilt model from, None where it builds none."""

    call: TrainingCall
    input: InputSource | Unknown | None


@dataclass(frozen=True, slots=True)
class InputGiven:
    """`model.build(shape)` or a call on a symbolic tensor; Unknown where the shape is."""

    input: InputSource | Unknown


@dataclass(frozen=True, slots=True)
class Obscured:
    """Something happened to the model that could not be read: from here on its layers are not known."""

    reason: Unknown


@dataclass(frozen=True, slots=True)
class Asked:
    """Something is asked that only a built model can tell: `model.output_shape`."""

    span: Span


Happening: TypeAlias = Added | Popped | Trained | InputGiven | Obscured | Asked


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a model, and where it happened only on some ways through the program."""

    guards: Guards
    happening: Happening


@dataclass(eq=False, slots=True)
class SequentialValue:
    """A `Sequential` while the program is being read: its events in order, replayed at the end.

    `foreign` marks one made in another file: it is used here, and shown there.
    `nested_after` says how many events it had when it was first put into another model, where that is certain.
    """

    target: PublicName
    span: Span
    name_span: Span
    guards: Guards
    settings: Settings
    arguments: tuple[Argument, ...] = ()
    events: list[Event] = field(default_factory=list)
    name: str | None = None
    foreign: bool = False
    expects_error: bool = False
    caught: bool = False
    stale: bool = False
    nested_after: int | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """A layer, model or operation was applied to symbolic tensors, and `value` came out.

    `calls` are the functions of the user's that were running, outermost first, and `sites` the places where the program
    called them. `foreign` as in `SequentialValue`.
    """

    value: Value
    guards: Guards
    calls: tuple[Function, ...]
    settings: Settings
    foreign: bool
    caught: bool = False
    sites: tuple[Span, ...] = ()


@dataclass(eq=False, slots=True)
class FunctionalValue:
    """A `Model(inputs, outputs)` while the program is being read: `call` is what stands for it among the values."""

    call: Call
    guards: Guards
    settings: Settings
    name: str | None = None
    foreign: bool = False
    expects_error: bool = False
    caught: bool = False


@dataclass(frozen=True, slots=True)
class TrainedGraph:
    """A training call on what stands for a model among the values.

    `ends` are the arguments `inputs` and `outputs` of a model that does what the `call` of a class does.
    """

    owner: Value
    call: TrainingCall
    guards: Guards
    ends: tuple[Argument, ...] = ()


def changed_since(model: SequentialValue, count: int) -> bool:
    """Whether a model's layers changed after its first `count` events; training calls change none."""
    return any(not isinstance(event.happening, Trained) for event in model.events[count:])
