"""A model meets a batch: one step of training, traced and not run, with a shape in the place of every value."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any, Optional

from . import keras_api, shortage
from .keras_api import keras
from .texts import has_texts, refuse_casts


@dataclass(frozen=True)
class Shape:
    """Sizes of one tensor: a leaf among tuples and lists. None for a rank that is unknown."""

    sizes: Optional[tuple[Optional[int], ...]]


@dataclass
class Meeting:
    """What Keras said. `refused` is "x", "y" or "loss", with the `error`; shapes are known as far as the step came."""

    x: Any = None
    y: Any = None
    output: Any = None
    refused: Optional[str] = None
    error: Optional[Exception] = None
    size: Optional[int] = None
    """The size of the batch whose run fails, where tracing alone does not."""
    loss: Optional[str] = None
    """The name of the loss function."""
    from_logits: Optional[bool] = None
    compared: Optional[tuple[Any, Any]] = None
    """Shapes of the labels and of the output as the loss function gets them."""
    doubtful: bool = False
    """Whether Keras warns that the loss makes no sense for an output of this shape."""
    broadcast: bool = False
    """Whether the loss stretches one of them over the other, where equal shapes would do as well."""
    judge: Any = None
    """An empty model with the same loss, and without the regularizers of the layers."""


def unallocated() -> Any:
    """Inside, weights have a shape and no memory."""
    return keras_api.stateless()


def meet(
    model: Any,
    data: Any,
    *,
    training: Optional[bool],
    judged: bool = False,
    loss: Any = None,
    loss_weights: Any = None,
    metrics: Any = None,
) -> Meeting:
    """Trace what a step does with `data`, a structure of specs; if `judged`, the labels meet the loss as well."""
    meeting = Meeting(x=shapes(keras.utils.unpack_x_y_sample_weight(data)[0]))
    recorder = Recorder()
    try:
        meeting.refused = "loss"
        if judged:
            meeting.judge = _judge(model, recorder, loss, loss_weights, metrics)
        meeting.refused = "x"
        _build(model, keras.utils.unpack_x_y_sample_weight(data)[0])
        _trace(model, data, training, judged, meeting)
        meeting.refused = None
    except Exception as error:  # noqa: BLE001 - whatever Keras raises is the verdict
        shortage.check(error)
        meeting.error = error
    if judged:
        meeting.loss, meeting.from_logits = recorder.name, recorder.from_logits
        meeting.compared, meeting.broadcast = recorder.compared, recorder.broadcasts()
    _open_batch(meeting, keras.utils.unpack_x_y_sample_weight(data)[0])
    return meeting


def _open_batch(meeting: Meeting, x: Any) -> None:
    """Where the size of the batch is open, another backend than TensorFlow has tried with one that nobody wrote."""
    first = next((leaf for leaf in keras.tree.flatten(x) if keras_api.is_spec(leaf)), None)
    sizes = keras_api.sizes_of(first) if first is not None else None
    if keras_api.TRACES_OPEN_SIZES or not sizes or sizes[0] is not None:
        return

    def opened(shape: Any) -> Any:
        return (None, *shape[1:]) if shape else shape

    reopen = lambda leaf: Shape(opened(leaf.sizes)) if isinstance(leaf, Shape) else leaf  # noqa: E731
    meeting.y, meeting.output = (keras.tree.map_structure(reopen, each) for each in (meeting.y, meeting.output))
    if meeting.compared is not None:
        meeting.compared = (opened(meeting.compared[0]), opened(meeting.compared[1]))


def sized(data: Any, size: int) -> Any:
    """The specs of a batch of that size."""

    def fix(spec: Any) -> Any:
        sizes = keras_api.sizes_of(spec) if keras_api.is_spec(spec) else None
        return keras_api.spec((size, *sizes[1:]), spec.dtype) if sizes else spec

    return keras.tree.map_structure(fix, data)


def run_loss(meeting: Meeting, output: Any, data: Any, size: int) -> Exception | None:
    """What the loss raises when a batch of `size` samples runs; `output` is the shape that the model gives."""
    _, y, sample_weight = keras.utils.unpack_x_y_sample_weight(sized(data, size))

    def step(output: Any, y: Any, sample_weight: Any) -> Any:
        return _loss(meeting.judge, y, output, sample_weight)

    predicted = keras_api.spec((size, *output[1:]), keras.config.floatx())
    try:
        keras_api.trace(step, predicted, y, sample_weight)
    except Exception as error:  # noqa: BLE001 - whatever Keras raises is the verdict
        shortage.check(error)
        return error
    return None


def shapes(structure: Any) -> Any:
    """The same structure with the shape of each tensor or spec, and None for what has no shape."""
    return keras.tree.map_structure(
        lambda leaf: Shape(keras_api.sizes_of(leaf)) if hasattr(leaf, "shape") else None, structure
    )


def _judge(model: Any, recorder: Recorder, loss: Any, loss_weights: Any, metrics: Any) -> Any:
    with unallocated():
        names = getattr(model, "output_names", None) or ()
        several = names if len(names) > 1 else None
        return keras_api.judge_with(several, recorder.watch(loss), loss_weights, metrics)


def _loss(judge: Any, y: Any, output: Any, sample_weight: Any) -> Any:
    with unallocated():
        return judge.compute_loss(x=None, y=y, y_pred=output, sample_weight=sample_weight)


def _build_metrics(judge: Any, y: Any, output: Any) -> None:
    """Match metrics and outputs, as the first batch does."""
    metrics = getattr(judge, "_compile_metrics", None)
    if metrics is not None:
        with unallocated():
            metrics.build(y, output)


def _build(model: Any, x: Any) -> None:
    """Build a model without input from the data that it meets first, as its first call would."""
    sizes = keras_api.sizes_of(x) if keras_api.is_spec(x) else None
    if not model.built and sizes is not None and keras_api.GENERATION == 3:
        with unallocated():
            model.build(sizes)


def _trace(model: Any, data: Any, training: Optional[bool], judged: bool, meeting: Meeting) -> None:
    variables = keras_api.weights_to_stand_in_for(model)
    values = [keras_api.spec(variable.shape, variable.dtype) for variable in variables]
    texts = has_texts(data)

    def step(data: Any, values: Any) -> Any:
        x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(data)
        with keras_api.stateless(list(zip(variables, values))):
            output = model(x) if training is None else model(x, training=training)
            meeting.output = joined(meeting.output, shapes(output))
            if texts:
                refuse_casts()
            if judged:
                meeting.refused, meeting.y = "y", joined(meeting.y, shapes(y))
                with warnings.catch_warnings(record=True) as caught:
                    warnings.simplefilter("always", SyntaxWarning)
                    _loss(meeting.judge, y, output, sample_weight)
                meeting.doubtful = bool(caught)
                _build_metrics(meeting.judge, y, output)
            if texts:
                refuse_casts()
        return output

    keras_api.trace(step, data, values)


class Recorder:
    """Remembers the shapes that reach the function of a loss."""

    def __init__(self) -> None:
        self.name: Optional[str] = None
        self.from_logits: Optional[bool] = None
        self.compared: Any = None
        self._specs: Any = None
        self._function: Any = None

    def watch(self, loss: Any) -> Any:
        """The loss as `compile` takes it, with its function under watch; structures of losses stay as they are.

        Raises:
            Exception: Keras has no such loss.
        """
        if isinstance(loss, str) and loss.lower() not in ("crossentropy", "ce"):
            loss = keras.losses.get(loss)
        if isinstance(loss, keras.losses.Loss):
            self.from_logits = loss.get_config().get("from_logits")
            if hasattr(loss, "fn"):
                loss.fn = self._watched(loss.fn)
            return loss
        return self._watched(loss) if callable(loss) else loss

    def _watched(self, function: Any) -> Any:
        def watched(y_true: Any, y_pred: Any, **options: Any) -> Any:
            sizes = (keras_api.sizes_of(y_true), keras_api.sizes_of(y_pred))
            self.compared = sizes if self.compared is None else tuple(map(_joined, self.compared, sizes))
            self._specs = [keras_api.spec(y_pred.shape, part.dtype) for part in (y_true, y_pred)]
            self._function = lambda y_true, y_pred: function(y_true, y_pred, **options)
            return function(y_true, y_pred, **options)

        self.name = watched.__name__ = getattr(function, "__name__", "loss")
        return watched

    def broadcasts(self) -> bool:
        """Whether labels and output differ in shape, and labels of the output's own shape would be accepted too."""
        if self.compared is None or _same(*self.compared):
            return False
        try:
            keras_api.trace(self._function, *self._specs)
        except Exception as error:  # noqa: BLE001 - a sparse loss takes labels of one rank less
            shortage.check(error)
            return False
        return True


def joined(before: Any, now: Any) -> Any:
    """The shapes that a step has met: a size that is another one when it is traced again is open."""
    if before is None:
        return now

    def join(first: Any, second: Any) -> Any:
        return second if first is None or second is None else Shape(_joined(first.sizes, second.sizes))

    return keras.tree.map_structure(join, before, now)


def _joined(first: Any, second: Any) -> Any:
    if first is None or second is None or len(first) != len(second):
        return second
    return tuple(a if a == b else None for a, b in zip(first, second))


def _same(first: Any, second: Any) -> bool:
    """Whether two shapes may be equal; the batch does not count."""
    if first is None or second is None:
        return True
    return len(first) == len(second) and all(None in pair or pair[0] == pair[1] for pair in zip(first[1:], second[1:]))
