"""The interpreter's living state, and the doors between its parts: evaluate, execute, call, bind."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from keras_shapes.data import Array, Dataset, Features
from keras_shapes.model import Argument, Model, TrainingCall, Unknown, UserCode
from keras_shapes.reader.choices import allowed
from keras_shapes.reader.library.objects import ARRAY_LIKE, LibraryObject
from keras_shapes.reader.limits import Budget
from keras_shapes.reader.scopes import Container, Journal, Scope, refill
from keras_shapes.reader.unfolding import MOST_PARTS, Sizes, size_of
from keras_shapes.reader.values import (
    Applied,
    Class,
    Decision,
    Event,
    Function,
    FunctionalValue,
    Guard,
    Guards,
    Happening,
    Instance,
    SequentialValue,
    Trained,
    TrainedGraph,
    Value,
)
from keras_shapes.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keras_shapes.reader.exits import Catcher
    from keras_shapes.reader.project import Modules
    from keras_shapes.reader.reaching import Order
    from keras_shapes.reader.sources import Source


Changes = dict[SequentialValue, int]
"""Models that something happened to, each with the number of its events before."""
MOST_TRAINING = 4
"""A training call in a loop is noted so often."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A name in the text that stands for data or a model."""

    span: Span
    name: str
    value: Value


@dataclass(eq=False)
class Interpreter:
    """Everything that changes while a document is read. One instance reads one document once."""

    source: Source
    budget: Budget
    modules: Modules
    globals: Scope = field(default_factory=Scope)
    guards: Guards = ()
    journals: list[Journal] = field(default_factory=list)
    models: list[SequentialValue] = field(default_factory=list)
    watched: list[Changes] = field(default_factory=list)
    seen: dict[int, Seen] = field(default_factory=dict)
    functions: list[Function] = field(default_factory=list)
    classes: list[Class] = field(default_factory=list)
    instances: dict[Class, Instance] = field(default_factory=dict)
    called: set[ast.AST] = field(default_factory=set)
    set_late: dict[ast.AST, bool] = field(default_factory=dict)
    instances_of_layers: dict[int, tuple[UserCode, Instance]] = field(default_factory=dict)
    """Custom layers, by the identity of what stands for them, with the objects that they are."""
    user_functions: dict[int, tuple[Function, UserCode]] = field(default_factory=dict)
    """Functions of the user's that Keras gets, by their identity, and what is read of them."""
    freezes: bool = False
    applied: list[Applied] = field(default_factory=list)
    """Every application to symbolic tensors, in the order of the program."""
    functionals: dict[int, FunctionalValue] = field(default_factory=dict)
    """Functional models, by the identity of the call that stands for them."""
    decided: dict[SequentialValue | FunctionalValue, list[Decision]] = field(default_factory=dict)
    """What models depend on, looked up once reading has ended."""
    layers: dict[int, tuple[Model, int]] = field(default_factory=dict)
    """The numbers of layers in models inside models, by the identity of the model."""
    order: Order | None = None
    inside: int = 0
    """How many models there are around the one that is put together."""
    trained_graphs: list[TrainedGraph] = field(default_factory=list)
    features: dict[int, tuple[Array, Features]] = field(default_factory=dict)
    """What base models gave, by the identity of the array; another array made of it has another shape."""
    settings: dict[str, str] = field(default_factory=dict)
    imported_keras: bool = False
    """Whether the program has imported Keras: variables of the environment choose nothing any more."""
    removed: TrainingCall | None = None
    """The first call of a function that Keras has no more, which is before all models that are made later."""
    crossing: Span | None = None
    expects_error: bool = False
    caught: bool = False
    depth: int = 0
    calls: list[Function] = field(default_factory=list)
    sites: list[Span | None] = field(default_factory=list)
    """Where the functions in `calls` were called; None for one that nobody calls."""
    frames: list[Frame] = field(default_factory=list)
    scopes: list[Scope] = field(default_factory=list)
    """The scopes of the functions that are running."""
    decisions: dict[object, Decision] = field(default_factory=dict)
    keys: dict[object, object] = field(default_factory=dict)
    sizes: Sizes = field(default_factory=dict)
    trained: Counter[Span] = field(default_factory=Counter)
    catchers: list[Catcher] = field(default_factory=list)
    unsettled: int = 0
    """So many models may have been another one already when a function runs that nobody calls."""
    statements: int = 0
    risks: int = 0
    """Calls and subscripts so far of which it is not known what they gave, nor whether they raised an error."""

    def evaluate(self, node: ast.expr, scope: Scope) -> Value:
        """The value of an expression."""
        if type(node) is ast.Constant:
            return node.value
        self.budget.step()
        handler = EXPRESSIONS.get(type(node))
        if handler is None:
            return self.unknown(f"{type(node).__name__} is not read", node)
        if self.depth >= self.budget.limits.depth:
            return self.unknown("nested too deeply", node)
        self.depth += 1
        try:
            value = handler(self, node, scope)
        finally:
            self.depth -= 1
        if type(value) is tuple and size_of(value, self.sizes) > MOST_PARTS:
            return self.unknown("a tuple with very many parts", node)
        return value

    def execute(self, statements: Sequence[ast.stmt], scope: Scope) -> Completion:
        """Run statements in order, until one of them ends the block. Those behind are read too, without effect."""
        from keras_shapes.reader.dead_code import execute_dead

        for number, statement in enumerate(statements):
            self.budget.step()
            self.statements += 1
            executor = STATEMENTS.get(type(statement))
            if executor is None:
                continue
            try:
                completion = executor(self, statement, scope)
            except Raised:
                completion = Completion(RAISE)
            if completion.ends:
                execute_dead(self, statements[number + 1 :], scope)
                return completion
        return NORMAL

    def call(self, function: Value, arguments: Sequence[Argument], node: ast.AST, scope: Scope) -> Value:
        """Call a value. `node` is the call, for places and texts."""
        from keras_shapes.reader.calls import call

        return call(self, function, tuple(arguments), node, scope)

    def span(self, node: ast.AST) -> Span:
        """Where a node is shown: for code of another file, the place in this document that led there."""
        if self.source.foreign:
            return self.crossing or Span(0, 0)
        return self.source.span(node)

    def unknown(self, reason: str, node: ast.AST | None = None, **more: object) -> Unknown:
        """An unknown value with its reason and place."""
        return Unknown(reason, self.span(node) if node is not None else None, **more)  # type: ignore[arg-type]

    def fails(self, reason: str, node: ast.AST) -> Unknown:
        """What an expression gives that surely raises an error: nothing, where the program catches it."""
        if self.caught:
            raise Raised
        return self.unknown(reason, node)

    def key(self, parts: tuple[object, ...]) -> object:
        """A short key for what is computed from `parts`: the same parts give the same key."""
        return self.keys.setdefault(parts, ("derived", len(self.keys)))

    def bind(self, scope: Scope, name: str, value: Value) -> None:
        """Assign to a name; the first name of a model becomes the model's."""
        self.set_entry(scope.home(name), name, value)  # type: ignore[arg-type]
        held = (value.model or value.graph) if isinstance(value, Instance) else value
        model = held if isinstance(held, SequentialValue) else self.functionals.get(id(held))
        if model is not None and model.name is None and scope.home(name) is not None:
            model.name = name

    def see(self, node: ast.AST, name: str, value: Value) -> None:
        """Note that a name in the shown text stands for a value that a person may ask about.

        A data frame is seen as it is now: it may be changed in place later.
        """
        if isinstance(value, LibraryObject) and value.kind in ARRAY_LIKE:
            value = value.facts.get("array")
        if isinstance(value, (Array, Dataset, SequentialValue, Unknown)) and not self.source.foreign:
            span = self.source.span(node)
            self.seen[span.start] = Seen(span, name, value)

    def set_entry(self, container: dict[object, Value], key: object, value: Value) -> None:
        """Write a dictionary entry so that a branch can undo it."""
        if self.journals:
            self.journals[-1].note(container, key)
        container[key] = value

    def remove_entry(self, container: dict[object, Value], key: object) -> None:
        """Remove a dictionary entry so that a branch can undo it."""
        if key in container:
            if self.journals:
                self.journals[-1].note(container, key)
            del container[key]

    def changing(self, container: Container) -> None:
        """Note a list, set or dictionary of the program before it is changed in place, so that a branch can undo it."""
        if self.journals:
            self.journals[-1].note_contents(container)

    def replace(self, container: Container, contents: Container) -> None:
        """Change a list, set or dictionary of the program so that a branch can undo it."""
        self.changing(container)
        refill(container, contents)

    def happen(self, model: SequentialValue, happening: Happening) -> None:
        """Note what happens to a model."""
        if isinstance(happening, Trained):
            if self.trained[happening.call.span] >= MOST_TRAINING:
                return
            self.trained[happening.call.span] += 1
        self.changing_model(model)
        model.events.append(Event(self.guards, happening))

    def changing_model(self, model: SequentialValue) -> None:
        """To be called before something happens to a model."""
        if self.watched:
            self.watched[-1].setdefault(model, len(model.events))

    @contextmanager
    def watching_models(self) -> Iterator[Changes]:
        """The models that something happens to meanwhile."""
        changes: Changes = {}
        self.watched.append(changes)
        try:
            yield changes
        finally:
            self.watched.pop()
            for model, count in changes.items() if self.watched else ():
                self.watched[-1].setdefault(model, count)

    @contextmanager
    def guarded(self, decision: Decision, ways: Sequence[int]) -> Iterator[None]:
        """Read as if `decision` went one of `ways`."""
        before = self.guards
        self.guards = (*before, Guard(decision, frozenset(ways)))
        try:
            yield
        finally:
            self.guards = before

    @contextmanager
    def journal(self) -> Iterator[Journal]:
        """Note all changes until the end of the block; the caller undoes or keeps them."""
        journal = Journal()
        self.journals.append(journal)
        try:
            yield journal
        except BaseException:
            self.journals.pop()
            self.keep(journal)
            raise
        self.journals.pop()

    def keep(self, journal: Journal) -> None:
        """What a finished block changed was changed in the block around it."""
        if self.journals:
            self.journals[-1].keep(journal)

    @contextmanager
    def reading(self, source: Source, crossing: Span | None) -> Iterator[None]:
        """Read code of `source`; `crossing` is shown in its stead when it is another file."""
        before = self.source, self.crossing
        self.source = source
        if source.foreign and not before[0].foreign:
            self.crossing = crossing
        try:
            yield
        finally:
            self.source, self.crossing = before

    @contextmanager
    def untouched(self) -> Iterator[None]:
        """Read something as if it stood alone: under no guards, in no function."""
        before = self.guards, self.journals, self.calls, self.frames, self.expects_error, self.caught, self.depth
        catchers, self.catchers = self.catchers, []
        sites, self.sites = self.sites, []
        self.guards, self.journals, self.calls, self.frames = (), [], [], []
        self.expects_error = self.caught = False
        self.depth = 0
        try:
            yield
        finally:
            self.catchers, self.sites = catchers, sites
            (
                self.guards,
                self.journals,
                self.calls,
                self.frames,
                self.expects_error,
                self.caught,
                self.depth,
            ) = before

    def ways(self, decision: Decision) -> frozenset[int]:
        """The ways that a decision may still go here."""
        return allowed(self.guards, decision)


@dataclass(frozen=True, slots=True)
class Completion:
    """How a block ended. `value` is what it returned."""

    kind: str = "normal"
    value: Value = None

    @property
    def ends(self) -> bool:
        """Whether the statements behind it are not reached."""
        return self.kind != "normal"


NORMAL = Completion()
RETURN, BREAK, CONTINUE, RAISE = "return", "break", "continue", "raise"


class Raised(Exception):
    """The program surely raises an error here, and catches it further out."""


class Yielded(Exception):
    """A generator has given an item, and is not read any further."""


@dataclass(slots=True)
class Frame:
    """A running function: what it returned on ways that ended early, and what it yielded.

    `at_yield` is what happens where it yields; without it, it is not read any further.
    """

    returned: list[tuple[Guards, Value]] = field(default_factory=list)
    yielded: list[Value] | None = None
    at_yield: Callable[[Value], None] | None = None


Handler = Callable[[Interpreter, ast.expr, Scope], Value]
Executor = Callable[[Interpreter, ast.stmt, Scope], Completion]

EXPRESSIONS: dict[type[ast.AST], Handler] = {}
"""What each kind of expression means; filled by `expressions`."""

STATEMENTS: dict[type[ast.AST], Executor] = {}
"""What each kind of statement does; filled by `statements`."""
