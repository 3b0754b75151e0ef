"""What the source says: models, their layer calls and training calls, as the reader found them.

Everything here is an *expression*: a value that Keras can be asked about. Plain Python constants (`None`, bool,
int, float, complex, str, bytes, `...`), `tuple`, `list`, `dict` and `slice` of expressions stand for themselves.
Two expressions that are the same Python object are the same Keras object (a layer used twice); equality is identity.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from keras_shapes.source import Span

Expression: TypeAlias = object
"""A constant, a container of expressions, or one of the dataclasses of this module or of `data`."""

NumberKind: TypeAlias = Literal["int", "float", "numpy int", "numpy float", "bool", "str"]
ModelKind: TypeAlias = Literal["sequential", "functional", "call", "open"]
Flavour: TypeAlias = Literal["keras", "tf.keras", "tensorflow.python.keras", "tf_keras"]

PRIVATE: Final = "tensorflow.python.keras"
"""A frozen Keras 2 inside TensorFlow, which nobody should import."""


def family(flavour: Flavour, *, legacy: bool = False) -> Literal["keras", "tensorflow.python.keras", "tf_keras"]:
    """Which Keras a name comes from: those of one family fit together. With `legacy`, `tf.keras` means `tf_keras`."""
    if flavour == "tf.keras":
        return "tf_keras" if legacy else "keras"
    return flavour


@dataclass(frozen=True, slots=True, eq=False)
class Unknown:
    """A value that the reader cannot know.

    `reason` is for people ("X comes from read_csv"), `span` where it became unknown.
    `name` is its source text when it has one worth showing (`num_classes`, `X.shape[1]`), `kind` the type of the
    number when only its value is unknown. Two unknowns with the same `key` are the same value everywhere.
    `low` and `high` bound it where the source says so (`hp.Int("units", 32, 512)`).
    """

    reason: str
    span: Span | None = None
    name: str | None = None
    kind: NumberKind | None = None
    key: object = None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class NumpyNumber:
    """A known number of a numpy type (`np.int64(10)`): some Keras arguments refuse it where they take an int."""

    dtype: str
    value: int | float


@dataclass(frozen=True, slots=True)
class PublicName:
    """A public name of a library, by its canonical dotted path: `keras.layers.Dense`, `numpy.zeros`.

    Keras names are spelt `keras.…` whatever they were imported from; `flavour` keeps the difference.
    """

    path: str
    flavour: Flavour = "keras"

    @property
    def last(self) -> str:
        """The last component: `Dense`."""
        return self.path.rpartition(".")[2]


@dataclass(frozen=True, slots=True, eq=False)
class Argument:
    """One argument of a call: `name` is None when positional; `span` covers `units=10`, `value_span` the `10`."""

    name: str | None
    value: Expression
    span: Span
    value_span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """A call of a public name: a layer, an initializer, `keras.Input`, an application, an allow-listed operation.

    `span` is the whole call expression, `name_span` its last name (`Dense` in `layers.Dense(10)`).
    """

    target: PublicName
    arguments: tuple[Argument, ...]
    span: Span
    name_span: Span

    def argument(self, name: str, position: int | None = None) -> Argument | None:
        """The argument given by keyword `name`, or by `position` (0-based)."""
        return _argument(self.arguments, name, position)


@dataclass(frozen=True, slots=True, eq=False)
class Apply:
    """A layer, model or function called on symbolic tensors: `layer(x)`. `target` is an expression.

    `inside` is what the `call` of a layer of the user's makes of these tensors, where the reader could express it.
    """

    target: Expression
    arguments: tuple[Argument, ...]
    span: Span
    inside: Expression = None


@dataclass(frozen=True, slots=True, eq=False)
class Attribute:
    """An attribute of a Keras object: `base.output`, `x.shape`."""

    target: Expression
    name: str
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """An item of a Keras object: `base.layers[-2]`, `x[:, -1]` (`index` is an expression; slices are `slice`).

    `is_tensor` says that it is a part of a tensor, `is_size` of a shape.
    """

    target: Expression
    index: Expression
    span: Span
    is_tensor: bool = False
    is_size: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """Arithmetic on symbolic tensors, or on sizes of them that only Keras knows.

    `operator` is the name of a function of the `operator` module (`add`, `neg`), or `int`, `float`, `len`, `round`,
    `min`, `max`. `is_tensor` says that a tensor is among its operands, `is_size` that there are only sizes.
    """

    operator: str
    operands: tuple[Expression, ...]
    span: Span
    is_tensor: bool = False
    is_size: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """What the program chooses by something that Keras knows (`x.shape[-1] != filters`): the first option if it holds.

    There are two options, for true and for false.
    """

    condition: Expression
    options: tuple[Expression, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    """The n-th parameter of the readable function that is being described."""

    index: int


@dataclass(frozen=True, slots=True, eq=False)
class ReadableFunction:
    """A function of the user's whose body the reader could express: `Lambda(lambda x: x[:, -1])`."""

    parameters: int
    result: Expression
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class UserCode:
    """Something of the user's own code that only running it could tell: a custom layer, a function.

    `source` is the text that would have to run to define `name`: the needed definitions, imports and constants.
    `arguments` is None where the object itself is passed (a function), else the arguments of the call that makes it.
    """

    name: str
    arguments: tuple[Argument, ...] | None
    span: Span
    name_span: Span
    reason: str
    source: str = ""
    base: PublicName | None = None
    readable: ReadableFunction | None = None
    """What its `call` does with its input, where the reader could express it."""
    output_shape: ReadableFunction | None = None
    """What its `compute_output_shape` does with the input shape (with batch axis), where that could be expressed."""


@dataclass(frozen=True, slots=True, eq=False)
class Declared:
    """A layer whose output is declared in a comment: `# keras-shapes: shape (None, 64)`. `shape` has the batch axis."""

    expression: Expression
    shape: tuple[Expression, ...]
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One application of a layer, model or operation to tensors.

    In a `Sequential`, `expression` makes the layer, which gets the output of the node before it; `span` is where it was
    put in (`.add(` or list item). In every other graph, `expression` is the application itself (`layer(x)`, `x + y`),
    its tensors are expressions of nodes before it, and `span` is where the application stands.
    """

    expression: Expression
    span: Span
    conditions: tuple[Condition, ...] = ()
    """What Keras must say for the program to come here at all."""
    aside: bool = False
    """Not of this graph, but before it, and of a layer that it uses: the first tensor that a layer meets builds it."""
    caught: bool = False
    """Whether the program is prepared for an error here: it stands under `try` with a handler."""
    elsewhere: bool = False
    """Whether `expression` makes a layer that is applied here, and is written somewhere else."""
    sites: tuple[Span, ...] = ()
    """The calls of functions of the user's that led to the application, outermost first."""


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """Something that Keras knows (`x.shape[-1] != filters`) and that must be true, or must not."""

    expression: Expression
    holds: bool


@dataclass(frozen=True, slots=True)
class Settings:
    """Process-wide settings of Keras at the moment a layer is made; None means not set by the program."""

    image_data_format: str | None = None
    floatx: str | None = None
    dtype_policy: str | None = None
    backend: str | None = None
    legacy: str | None = None
    """What the program sets `TF_USE_LEGACY_KERAS` to, which makes `tf.keras` Keras 2."""


@dataclass(frozen=True, slots=True, eq=False)
class InputSource:
    """The input shape of a model that declares none: from `build`, or from data that meets it first.

    `shape` includes the batch axis as None. `origin` says where it comes from: "build", "fit", "call".
    `description` is for people: "input from x_train, cell 7".
    """

    shape: tuple[Expression, ...]
    dtype: str | None
    origin: str
    span: Span
    description: str


@dataclass(frozen=True, slots=True, eq=False)
class TrainingCall:
    """`compile`, `fit`, `evaluate`, `predict`, `train_on_batch`, … or `__call__`, on a model, in source order.

    Argument values are expressions, `data.Array`, `data.Dataset`, or containers of these.
    `expects_error` is set under `pytest.raises` and in code that never runs; `caught` under `try` with a handler.
    """

    method: str
    arguments: tuple[Argument, ...]
    span: Span
    name_span: Span
    expects_error: bool = False
    caught: bool = False

    def argument(self, name: str, position: int | None = None) -> Argument | None:
        """The argument given by keyword `name`, or by `position` (0-based)."""
        return _argument(self.arguments, name, position)


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """One graph of nodes as one run of its definition would build it: a `Sequential` is the chain among them.

    `kind` is "sequential", "functional" (`Model(inputs, outputs)`), "call" (what the `call` of a class does) or "open"
    (tensors that no model takes).
    `span` is the `Sequential(...)` or `Model(...)` call, `name` the variable that first holds it (`model`, `self.net`).
    `variant` numbers the models of one site from 1. `arguments` are those of the constructor besides the layers.
    `input_unknown` says why `input` is not known although data builds the model.
    `incomplete` says why layers may be missing or wrong (a cap, a mutation that could not be read): no shapes then.
    `asked` are the places (`model.output_shape`) where it is asked what only a built model can tell, before the program
    has built it from data or with `build()`.
    """

    name: str | None
    span: Span
    name_span: Span
    nodes: tuple[Node, ...]
    arguments: tuple[Argument, ...] = ()
    settings: Settings = field(default_factory=Settings)
    input: InputSource | None = None
    input_unknown: Unknown | None = None
    training: tuple[TrainingCall, ...] = ()
    flavour: Flavour = "keras"
    variant: int = 1
    incomplete: Unknown | None = None
    expects_error: bool = False
    caught: bool = False
    stale: bool = False
    asked: tuple[Span, ...] = ()
    freezes: bool = False
    """Whether the program sets `trainable` of something: which weights are trained is not known then."""
    kind: ModelKind = "sequential"
    ends: tuple[Argument, ...] = ()
    """The arguments `inputs` and `outputs` of a functional model, by these names."""
    unprepared: Span | None = None
    """The `__init__` of the class whose `call` this is, where it never calls that of Keras."""

    @property
    def inputs(self) -> Expression:
        """What a functional model begins with: a tensor, or a structure of tensors."""
        return self._end("inputs")

    @property
    def outputs(self) -> Expression:
        """What a functional model ends with."""
        return self._end("outputs")

    def _end(self, name: str) -> Expression:
        argument = _argument(self.ends, name, None)
        return None if argument is None else argument.value


def _argument(arguments: tuple[Argument, ...], name: str, position: int | None) -> Argument | None:
    for argument in arguments:
        if argument.name == name:
            return argument
    positional = [argument for argument in arguments if argument.name is None]
    if position is not None and position < len(positional):
        return positional[position]
    return None
