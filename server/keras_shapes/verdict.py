"""What Keras said about a model: `Built`, `Refused` or `Unavailable`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from keras_shapes.model import Unknown


@dataclass(frozen=True, slots=True)
class Multiple:
    """A size that is `coefficient` times a named unknown: `676·filters`."""

    coefficient: int
    unknown: Unknown


@dataclass(frozen=True, slots=True)
class UnknownSize:
    """A size that Keras gives but that depends on something unknown: shown as `?`."""


Dim: TypeAlias = int | None | Multiple | UnknownSize


@dataclass(frozen=True, slots=True)
class UnknownRank:
    """A shape of unknown rank; `last` is its last size where that is certain: `(…, 64)`."""

    last: Dim = UnknownSize()


Shape: TypeAlias = tuple[Dim, ...] | UnknownRank


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight of a layer: its name inside the layer (`kernel`) and its shape."""

    name: str
    shape: Shape
    trainable: bool = True


@dataclass(frozen=True, slots=True)
class Costs:
    """What one application of a layer costs, for one sample.

    `multiply_adds` and `output_bytes` are None where they are not known; `reason` says why the first are not. The
    outputs of a model that is put in are those of all its layers. `trainable` are the numbers that training changes.
    `reach` has for each axis of a map the extent of the window that a value comes from, and the stride between two
    windows; it is empty where a value comes from the one in its place, None where it comes from all, or is not known.
    """

    multiply_adds: int | None
    reason: str | None
    output_bytes: int | None
    weight_bytes: int
    trainable: int
    trainable_bytes: int
    reach: Reach | None


Reach: TypeAlias = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Named:
    """What a public name is that stands where a layer belongs, and the path of what holds it.

    "layer" is the class of a layer; "missing" is what the user's Keras does not have.
    """

    kind: Literal["layer", "class", "function", "module", "object", "missing"]
    holder: str


@dataclass(frozen=True, slots=True)
class LayerVerdict:
    """What Keras says of one element of a model.

    `output_shape` is None when it is not known, with `reason`; a tuple of several shapes is in `output_shapes`.
    `params` is None when it depends on something unknown. `input_shape` is what Keras feeds it.
    """

    class_name: str
    name: str
    output_shape: Shape | None = None
    output_shapes: tuple[Shape, ...] = ()
    input_shape: Shape | None = None
    dtype: str | None = None
    weights: tuple[Weight, ...] = ()
    params: int | None = None
    reason: str | None = None
    skipped: bool = False
    """In a graph: the program does not come here, for what Keras says of a shape."""
    inputs: tuple[int | None, ...] = ()
    """In a graph: the indices of the nodes whose tensors go in, None for tensors that no node of it gives."""
    input_shapes: tuple[Shape, ...] = ()
    """In a graph: the shapes of the tensors that go in."""
    connected: tuple[str, ...] = ()
    """In a graph: where they come from, as `model.summary()` prints it: `conv2d[0][0]`."""
    input_spec: str | None = None
    """The layer's own `InputSpec`, in words of Keras: `ndim=3`, `min_ndim=4, axes={-1: 3}`."""
    parameters: tuple[str, ...] = ()
    """Names that its constructor takes, positional ones first and in order; those of `keras.Layer` included."""
    window: tuple[int, ...] = ()
    """The `pool_size` that a pooling layer has, also where the program leaves it to Keras."""
    costs: Costs | None = None
    """None where they depend on something unknown."""
    named: Named | None = None
    """Set where the element is no layer but a name, or the call of a name that is nothing to call."""

    @property
    def made(self) -> bool:
        """Whether Keras made a layer of it, with or without a known shape."""
        return self.output_shape is not None or bool(self.parameters)


@dataclass(frozen=True, slots=True)
class Built:
    """Keras built the model, as far as the source tells it.

    `layers` has one verdict for each element, in order. `complete` is False where some shape is not known.
    `nested` has the verdicts of the elements of models inside (by the position path of the nested model).
    """

    layers: tuple[LayerVerdict, ...]
    params: int | None
    input_shape: Shape | None
    output_shape: Shape | None
    complete: bool
    reason: str | None = None
    nested: tuple[tuple[tuple[int, ...], tuple[LayerVerdict, ...]], ...] = ()
    input_shapes: tuple[Shape, ...] = ()
    output_shapes: tuple[Shape, ...] = ()
    """Of a functional model, in the order of its inputs and outputs."""
    generation: int | None = field(default=3, compare=False)
    """2 or 3: the Keras that has answered; None where its word on refusals does not count."""
    backend: str = field(default="tensorflow", compare=False)
    """The backend of that Keras."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Keras raised.

    `node` is the index of the node that it refused, `path` the way further inside (nested models, wrapped layers):
    `(2, 0)` is the first element of the nested model that is the third element. `call` is the expression that failed
    (a `model.Call` or similar) where it is known more exactly, e.g. a wrapped layer or an initializer.
    `stage` is "constructor", "build", "input" or, for the call of `Model` itself, "model": `node` is the last one then.
    `layers` are the verdicts of all elements, those before with shapes.
    `input_shape` is what the refused layer got. `others` are further elements whose constructors were refused too.
    """

    node: int
    path: tuple[int, ...]
    stage: str
    exception: str
    message: str
    layers: tuple[LayerVerdict, ...]
    input_shape: Shape | None = None
    model_input_shape: Shape | None = None
    call: object = None
    input_spec: str | None = None
    others: tuple[Refused, ...] = ()
    nested: tuple[tuple[tuple[int, ...], tuple[LayerVerdict, ...]], ...] = ()
    parameters: tuple[str, ...] = ()
    """Names that the constructor of `call` takes, as in `LayerVerdict`."""
    missing: tuple[str, ...] = ()
    """Required parameters that `call` does not give (stage "constructor")."""
    blamed: tuple[str, ...] = ()
    """Parameters of `call` at fault (stage "constructor"): unknown keywords, or each one that Keras refuses as it is
    while it accepts the call without it (a required one: with 1 in its place)."""
    config: tuple[tuple[str, object], ...] = ()
    """Values that the refused layer really uses, defaults included, where they are plain data (stage "build")."""
    generation: int | None = field(default=3, compare=False)
    """2 or 3: the Keras that has answered; None where its word on refusals does not count."""


@dataclass(frozen=True, slots=True)
class Unavailable:
    """No verdict: no Keras, a time-out, a dead worker. Never a diagnostic about the user's model.

    One that is `passing` may be another one when Keras is asked again: its process failed.
    """

    reason: str
    passing: bool = field(default=False, compare=False)
    generation: int | None = field(default=None, compare=False)
    """2 or 3: the Keras that would have answered; None where nobody knows."""


Verdict: TypeAlias = Built | Refused | Unavailable


@dataclass(frozen=True, slots=True)
class Meeting:
    """What met in a training call. A shape is None where it is not known, or where there are several.

    `input_shape` is that of the model, `declared` whether it had one before this call.
    `compared` are the shapes of labels and output as the loss function gets them, `broadcast` whether it stretched
    one of them although it takes equal shapes. `loss` is the name of its function (`mean_squared_error`), `activation`
    that of the function that gives the output its values. `batch_sizes` are the sizes of the batches that run.
    """

    x: Shape | None = None
    y: Shape | None = None
    input_shape: Shape | None = None
    output_shape: Shape | None = None
    declared: bool = True
    loss: str | None = None
    from_logits: bool | None = None
    activation: str | None = None
    compared: tuple[Shape, Shape] | None = None
    broadcast: bool = False
    batch_sizes: tuple[int, ...] = ()
    unchecked: bool = False
    """Whether numbers that are too large, of words or of classes, pass without a word when the program runs."""


@dataclass(frozen=True, slots=True)
class DataAccepted:
    """Keras takes the data, as far as it was asked: `reason` says why the labels did not meet the loss."""

    meeting: Meeting
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class DataRefused:
    """Keras raised on the data of a training call.

    `what` is "x" (the model or Keras' data adapter refuses the data), "y" (the loss refuses the labels),
    "sample_weight", "together" (each is fine, but not with the others: numbers of samples, labels beside a dataset),
    "loss" (there is no such loss) or "call" (the method does not take these arguments).
    `argument` is the argument that holds them: "x" for those of the call itself, "validation_data" or
    "validation_split". `batch_size` is set where only running a batch of that size shows it.
    `ranks` are ranks of data, with the batch, that a model without declared input would take instead.
    """

    what: str
    argument: str
    exception: str
    message: str
    meeting: Meeting
    batch_size: int | None = None
    ranks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TrainingUnknown:
    """No verdict on a training call, and why. Never a diagnostic about the data.

    `callback` is the place, among the callbacks, of one that Keras refuses: the call is never reached.
    `passing` as in `Unavailable`.
    """

    reason: str
    callback: int | None = None
    passing: bool = field(default=False, compare=False)


TrainingVerdict: TypeAlias = DataAccepted | DataRefused | TrainingUnknown
