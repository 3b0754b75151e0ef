"""The Keras that is asked, whatever its version and backend: the only module that knows of the differences.

`keras` is Keras 3 itself, or Keras 2 under the names of Keras 3 (`keras_two`). `tf` is None where another backend
is asked, or where there is no TensorFlow. Other modules take both from here, and ask here what differs.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any, Callable, Optional

import numpy as np

from . import keras_two
from .unreadable import Unreadable

__all__ = ["BACKEND", "GENERATION", "keras", "np", "tf"]

NOT_NEEDED = ("IPython", "sklearn")
"""What Keras imports where it is installed, for its wrappers and to show files (3.15): a quarter of its start."""

LEGACY = os.environ.get("TF_USE_LEGACY_KERAS") == "1"
"""Whether `tf_keras` is asked, the Keras 2 that lives beside Keras 3."""


def _import(name: str) -> Any:
    """A module, None where there is none."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


@contextlib.contextmanager
def _hidden(names: Iterable[str]) -> Iterator[None]:
    """Meanwhile nobody finds these modules, installed or not; those that are imported already stay."""
    hidden = [name for name in names if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # as Python documents it: an import of it fails
    try:
        yield
    finally:
        for name in hidden:
            sys.modules.pop(name, None)


def _backend_wanted() -> str:
    return "tensorflow" if LEGACY else os.environ.get("KERAS_BACKEND") or "tensorflow"


with _hidden(NOT_NEEDED):
    # Keras imports its backend; TensorFlow where it is none of its business is left alone, as in the program.
    tf: Any = importlib.import_module("tensorflow") if _backend_wanted() == "tensorflow" else None
    own: Any = importlib.import_module("tf_keras" if LEGACY else "keras")
"""The module that programs call `keras`."""

VERSION: str = getattr(own, "__version__", "2")
GENERATION = 2 if VERSION.startswith(("2.", "1.", "0.")) else 3
if GENERATION == 2:
    own = tf.keras  # has all of them, whatever the version

keras: Any = own if GENERATION == 3 else keras_two.facade(own)
"""The same under the names of Keras 3."""

BACKEND: str = keras.backend.backend() if GENERATION == 3 else "tensorflow"
"""The backend that this Keras really has."""

SHORTAGES: tuple[type[BaseException], ...] = ()
"""Exceptions of the backend that tell of too little of something."""
NOT_THERE: tuple[type[BaseException], ...] = ()
"""Exceptions of the backend that tell of files."""
OF_TENSORFLOW: tuple[type[BaseException], ...] = ()
INVALID: tuple[type[BaseException], ...] = ()
if tf is not None:
    SHORTAGES = (
        *(tf.errors.ResourceExhaustedError, tf.errors.InternalError),
        *(tf.errors.UnavailableError, tf.errors.AbortedError),
    )
    NOT_THERE = (tf.errors.PermissionDeniedError, tf.errors.NotFoundError)
    OF_TENSORFLOW = (tf.errors.OpError,)
    INVALID = (tf.errors.InvalidArgumentError,)

LAYER_KEYWORDS = ("input_shape", "input_dim") if GENERATION == 3 else keras_two.LAYER_KEYWORDS
"""Keywords of every layer that its signature does not tell."""

TRACES_FUNCTIONS = GENERATION == 3 and tf is not None
"""Whether functions of TensorFlow refuse symbolic tensors outside of a layer's `call`."""


def about() -> dict[str, Any]:
    """Versions, for the hello message."""
    library = importlib.import_module(BACKEND)
    return {
        "keras": VERSION,
        "generation": GENERATION,
        "backend": BACKEND,
        "backend_version": getattr(library, "__version__", None),
        "tensorflow": getattr(tf, "__version__", None),
    }


def adapters() -> Any:
    """Keras 3's modules that take data apart, with `get_data_adapter`; None where this Keras has none of them.

    They are not part of its public interface.
    """
    found = _import("keras.src.trainers.data_adapters") if GENERATION == 3 else None
    slicing = _import("keras.src.trainers.data_adapters.array_slicing") if found is not None else None
    if slicing is None or not hasattr(found, "get_data_adapter"):
        return None
    if tf is not None:
        # TensorFlow imports them when they are first needed, which would be too late in a sandbox.
        for name in ("from_tensors_op", "from_generator_op", "flat_map_op", "zip_op"):
            _import(f"tensorflow.python.data.ops.{name}")
    return found


def train_validation_split(arrays: Any, fraction: float) -> Any:
    """The two parts that `validation_split` makes of arrays."""
    if GENERATION == 2:
        return keras_two.inner("engine.data_adapter").train_validation_split(arrays, fraction)
    return adapters().array_slicing.train_validation_split(arrays, fraction)


def check_cardinality(arrays: Any) -> None:
    """Whether there are as many samples in all of them, in words of Keras 2.

    Raises:
        ValueError: there are not.
    """
    keras_two.inner("engine.data_adapter")._check_data_cardinality(arrays)  # noqa: SLF001


def autograph_loader() -> Any:
    """The module of TensorFlow that loads what AutoGraph makes of functions; None without TensorFlow."""
    return _import("tensorflow.python.autograph.pyct.loader") if tf is not None else None


def as_written(function: Callable[..., Any]) -> Any:
    """A method of a layer that AutoGraph leaves alone, where Keras would let it rewrite all of them."""
    return tf.autograph.experimental.do_not_convert(function) if GENERATION == 2 else function


def spec(shape: Any, dtype: Any) -> Any:
    """What stands for a tensor where a step is traced."""
    return tf.TensorSpec(shape, dtype) if tf is not None else keras.KerasTensor(tuple(shape), dtype=str(dtype))


def is_spec(thing: Any) -> bool:
    """Whether it stands for a tensor."""
    return isinstance(thing, tf.TensorSpec if tf is not None else keras.KerasTensor)


def sizes_of(tensor: Any) -> Optional[tuple[Optional[int], ...]]:
    """The sizes of a tensor, a spec or an array; None where the rank is not known."""
    shape = tensor.shape
    if hasattr(shape, "as_list"):
        return None if shape.rank is None else tuple(shape.as_list())
    return tuple(size if isinstance(size, int) else None for size in shape)


RUNS_CALLS = GENERATION == 2
"""Whether a layer's `call` is really run on symbolic tensors, so that nothing is left to the first batch."""

TRACES_OPEN_SIZES = tf is not None
"""Whether a step can be traced for batches of any size."""


def trace(step: Callable[..., Any], *specs: Any) -> Any:
    """What a step gives for tensors like these, which it gets without any values.

    Other backends than TensorFlow try two sizes where one is open, and run the step for each.

    Raises:
        Exception: whatever Keras raises.
    """
    if tf is not None:
        return tf.function(step, autograph=False).get_concrete_function(*specs).structured_outputs
    return keras.src.backend.compute_output_spec(_without_values(step) if BACKEND == "torch" else step, *specs)


def _without_values(step: Callable[..., Any]) -> Callable[..., Any]:
    """The step as torch tries it with shapes only. What fails then, Keras would try again with values: nobody may."""
    failed: list[Exception] = []

    def tried(*given: Any) -> Any:
        if failed:
            if isinstance(failed[0], (ValueError, TypeError)):
                raise failed[0]
            raise Unreadable("PyTorch cannot tell it without computing") from failed[0]
        try:
            return step(*given)
        except Exception as error:
            failed.append(error)
            raise

    return tried


def placeholder(like: Any) -> Any:
    """A tensor of this shape in a step that is traced and never runs.

    Raises:
        Unreadable: there are none with this backend.
    """
    if tf is None:
        raise Unreadable("a layer of the user's is not tried with this backend")
    return tf.compat.v1.placeholder(like.dtype, like.shape)


def scratch() -> Any:
    """Inside, nothing is computed that is made for its shape only."""
    return tf.Graph().as_default() if tf is not None else contextlib.nullcontext()


def take_generated(specs: Any) -> None:
    """Whether a generator may yield this, as Keras asks TensorFlow.

    Raises:
        TypeError: the structure is one that datasets do not have.
    """
    if tf is not None:
        with scratch():
            tf.data.Dataset.from_generator(lambda: iter(()), output_signature=specs)


def judge_with(names: Any, loss: Any, loss_weights: Any, metrics: Any) -> Any:
    """An empty model with these: what it says of a loss is what any model says.

    `names` are those of the outputs, where losses may be given by them.
    """
    judge = keras.Sequential()
    if names:
        judge.output_names = names
    judge.compile(None if GENERATION == 3 else "sgd", loss=loss, loss_weights=loss_weights, metrics=metrics)
    return judge


def import_late_parts() -> None:
    """Import what this Keras would import when it is first needed: a confined child could not."""
    for name in ("keras._tf_keras.keras", "keras.api._tf_keras.keras", "scipy.signal", "PIL.Image"):
        _import(name)
    adapters()
    autograph_loader()
    if tf is not None:
        _walk_modules(tf.keras)
    if GENERATION == 3:
        _walk_modules(keras)
        _look_for_libraries()


def _walk_modules(package: Any) -> None:
    for name in ("layers", "losses", "applications", "backend", "utils", "models", "initializers", "activations"):
        with contextlib.suppress(ImportError):
            dir(getattr(package, name, None))


ABSENT = frozenset(
    name for name in ("tensorflow", "scipy", "PIL", "pandas", "tensorflow_io") if importlib.util.find_spec(name) is None
)
"""Optional libraries that are really not installed, and not only hidden by a sandbox."""


def _look_for_libraries() -> None:
    """Let Keras look which optional libraries there are: in a sandbox it would find none."""
    lazy = _import("keras.src.utils.module_utils")
    for module in list(vars(lazy).values()) if lazy is not None else ():
        if getattr(module, "name", None) in ("tensorflow", "scipy", "tensorflow_io"):
            with contextlib.suppress(Exception):
                _ = module.available


def clear() -> None:
    """Forget all names and graphs."""
    try:
        keras.utils.clear_session(free_memory=False)
    except TypeError:  # before 3.3 it has no such argument
        keras.utils.clear_session()


def warm_up() -> None:
    """Run one operation, which starts the threads of the backend."""
    if tf is not None:
        tf.constant(0.0)
    elif keras.backend.backend() == "jax":
        importlib.import_module("jax.numpy").zeros(())


COMPILES = BACKEND in ("jax", "torch")
"""Whether the backend makes machine code of all that it computes."""

CHECKS_VALUES = BACKEND != "jax"
"""Whether an index that is too large is refused when the program runs; JAX takes the nearest one."""

STARTS_LATE = BACKEND != "tensorflow" or GENERATION == 2
"""Whether parts of the backend or of Keras are imported when they are first needed."""


def work_once() -> None:
    """Use the backend with values: a small model is made, called and judged."""
    import warnings

    warnings.simplefilter("ignore")
    layers = [keras.Input((8, 8, 3)), keras.layers.Conv2D(2, 3), keras.layers.Flatten(), keras.layers.Dense(2)]
    model = keras.Sequential([*layers, keras.layers.Normalization()])
    model.compile("sgd", "mse")
    model.evaluate(np.zeros((2, 8, 8, 3)), np.zeros((2, 2)), verbose=0)
    recurrent = keras.Sequential([keras.Input((4, 3)), keras.layers.LSTM(2)])
    recurrent.predict(np.zeros((2, 4, 3)), verbose=0)


def add(model: Any, layer: Any) -> None:
    """Add a layer to a `Sequential` that is built later, where that can be."""
    if GENERATION == 3:
        model.add(layer, rebuild=False)
    else:
        model.add(layer)


NOT_THE_USERS = ("keras.", "tf_keras.", "keras_shapes", "builtins")
"""How the names of modules begin whose classes are no code of the user's."""

CALLS_AT_ONCE = GENERATION == 2
"""Whether a `Sequential` with an input calls each layer when it is added."""


def is_called_by_add(model: Any, layer: Any) -> bool:
    """Whether what `add` raises comes from calling the layer, as Keras 2 does at once."""
    if GENERATION == 3:
        return False
    named = isinstance(layer, keras.layers.Layer) and all(layer.name != other.name for other in model.layers)
    return named and bool(getattr(model, "outputs", None) or keras_two.declares_input(layer))


def build_now(model: Any, last: Any) -> None:
    """Build a model whose layers were added; each `add` that rebuilds costs the whole model, so only the last does."""
    if GENERATION == 3:
        model.pop(rebuild=False)
        model.add(last)


def declares_input(layer: Any) -> bool:
    """Whether a layer brings the input of its model."""
    return isinstance(layer, keras.layers.InputLayer) or keras_two.declares_input(layer)


def put_input_before(model: Any, shape: Any) -> None:
    """Give an empty model of Keras 2 its input: a later `build` would not say what it refuses."""
    if shape is not None:
        model.add(keras.layers.InputLayer(batch_input_shape=tuple(shape)))


def nodes_of(layer: Any) -> list[Any]:
    """The calls of a layer on symbolic tensors."""
    return [] if isinstance(layer, type) else list(getattr(layer, "_inbound_nodes", ()))


def inputs_of(node: Any) -> tuple[Any, ...]:
    """The tensors that went into a call."""
    if GENERATION == 2 and not node.is_input:
        return tuple(node.keras_inputs)  # `input_tensors` are those of the first argument only
    return tuple(keras.tree.flatten(node.input_tensors))


def outputs_of(node: Any) -> tuple[Any, ...]:
    """The tensors that came out of a call."""
    return tuple(keras.tree.flatten(node.output_tensors))


def node_of(tensor: Any) -> Any:
    """The call that gave a tensor of a model."""
    layer, index, _ = tensor._keras_history  # noqa: SLF001 - both generations keep it there
    return nodes_of(layer)[index]


def layer_at(node: Any) -> Any:
    """The layer of a call."""
    return node.operation if GENERATION == 3 else node.layer


def weights_of(layer: Any) -> list[Any]:
    """The weights of a layer; Keras 2 lists tables beside them, which have no shape."""
    return [weight for weight in getattr(layer, "weights", ()) if hasattr(weight, "shape")]


def weights_to_stand_in_for(model: Any) -> list[Any]:
    """The weights that a traced step gets from outside; in Keras 2 they are there without any memory."""
    return list(model.variables) if GENERATION == 3 else []


def path_of(weight: Any) -> str:
    """`dense/kernel`."""
    return str(weight.path) if GENERATION == 3 else str(weight.name).partition(":")[0]


def input_of(model: Any) -> Any:
    """The shape that a `Sequential` declares, with the batch; None without one."""
    layers = getattr(model, "_layers", None) if GENERATION == 3 else getattr(model, "_self_tracked_trackables", None)
    first = next(iter(layers or ()), None)
    if not isinstance(first, keras.layers.InputLayer):
        return None
    return first.batch_shape if GENERATION == 3 else first._batch_input_shape  # noqa: SLF001


def symbolic(shape: Any, dtype: Any) -> Any:
    """A tensor that no layer gave."""
    return keras.KerasTensor(tuple(shape), dtype=dtype)


@contextlib.contextmanager
def stateless(values: Any = None) -> Iterator[None]:
    """Inside, no weight is allocated; `values` are pairs of weights and what stands for them."""
    if GENERATION == 2:
        with keras_two.unallocated(tf):
            yield
        return
    with keras.StatelessScope(state_mapping=values, initialize_variables=False):
        yield


def let_values_be_given() -> None:
    """Let layers make variables of given values (the states of a stateful RNN) where nothing may be allocated.

    Keras refuses that inside a stateless scope, though it would not in the program.
    """
    if GENERATION == 2:
        return
    variable = keras.src.backend.Variable  # `keras.Variable` is a class of its own in some versions
    original = variable.__init__

    def init(self: Any, initializer: Any, shape: Any = None, *args: Any, **kwargs: Any) -> None:
        if not callable(initializer) and not isinstance(initializer, str):
            value, shape = initializer, tuple(keras.ops.shape(initializer))
            initializer = lambda shape, dtype=None: keras.ops.cast(value, dtype)  # noqa: ARG005, E731
        original(self, initializer, shape, *args, **kwargs)

    variable.__init__ = init


def keep_clear_of(prefix: str, last: int) -> None:
    """Automatic names of this prefix count from behind `last`."""
    if GENERATION == 2:
        keras_two.keep_clear_of(prefix, last)
        return
    while keras.backend.get_uid(prefix) <= last:
        pass
