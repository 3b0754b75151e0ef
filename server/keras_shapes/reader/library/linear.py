"""Products of matrices: `dot`, `matmul`, `tensordot`, `einsum`, `outer`."""

from __future__ import annotations

from keras_shapes.data import Array, Size
from keras_shapes.reader.library import dtypes, sizes
from keras_shapes.reader.library.arrays import changed, opaque, scalar, shape_of
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.registry import LibraryCall, function
from keras_shapes.reader.values import Value


def matmul(left: Array, right: Array) -> Value:
    """`left @ right`."""
    if left.shape is None or right.shape is None:
        return _unknown_product(left, right)
    if not left.shape or not right.shape:
        raise GiveUp("matmul of a number")
    _contract(left.shape[-1], right.shape[-1 if len(right.shape) == 1 else -2], left, right)
    batch = sizes.broadcast(left.shape[:-2], right.shape[:-2])
    rows = left.shape[-2:-1]
    columns = right.shape[-1:] if len(right.shape) > 1 else ()
    return _product(left, right, (*batch, *rows, *columns))


@function("numpy.matmul", "numpy.linalg.matmul", "tensorflow.matmul", "tensorflow.linalg.matmul", "keras.ops.matmul")
def _matmul(call: LibraryCall) -> Value:
    left, right = _operands(call)
    if call.has("transpose_a") or call.has("transpose_b") or call.path.startswith("tensorflow."):
        left = _turned(left) if call.flag("transpose_a") else left
        right = _turned(right) if call.flag("transpose_b") else right
    return matmul(left, right)


@function("numpy.dot", "keras.ops.dot", "keras.backend.dot")
def _dot(call: LibraryCall) -> Value:
    left, right = _operands(call)
    if left.shape is None or right.shape is None:
        return _unknown_product(left, right)
    if not left.shape or not right.shape:
        return _product(left, right, left.shape or right.shape)
    if len(right.shape) == 1:
        return matmul(left, right)
    _contract(left.shape[-1], right.shape[-2], left, right)
    return _product(left, right, (*left.shape[:-1], *right.shape[:-2], right.shape[-1]))


@function("numpy.outer", "keras.ops.outer")
def _outer(call: LibraryCall) -> Value:
    left, right = _operands(call)
    return _product(left, right, (sizes.volume(shape_of(left)), sizes.volume(shape_of(right))))


@function("numpy.tensordot", "tensorflow.tensordot", "keras.ops.tensordot")
def _tensordot(call: LibraryCall) -> Value:
    left, right = _operands(call)
    axes = call.value("axes", default=2)
    first, second = shape_of(left), shape_of(right)
    if isinstance(axes, (tuple, list)) and len(axes) == 2:
        gone = (sizes.axes_of(axes[0], len(first)), sizes.axes_of(axes[1], len(second)))
    else:
        count = sizes.whole(axes)
        gone = (tuple(range(len(first) - count, len(first))), tuple(range(count)))
    kept = [size for axis, size in enumerate(first) if axis not in gone[0]]
    kept += [size for axis, size in enumerate(second) if axis not in gone[1]]
    return _items(left, right, tuple(kept))


@function("numpy.einsum", "tensorflow.einsum", "keras.ops.einsum")
def _einsum(call: LibraryCall) -> Value:
    text, *operands = [call.value("equation", "subscripts", default=None), *call.rest()]
    if text is None and operands:
        text, *operands = operands
    arrays = [call.own(value) for value in operands]
    if call.value("optimize", default=False) not in (False, True, "greedy", "optimal"):
        raise GiveUp("this einsum is not read")
    if not isinstance(text, str) or "..." in text or not arrays:
        raise GiveUp("this einsum is not read")
    inputs, arrow, output = text.replace(" ", "").partition("->")
    letters = inputs.split(",")
    known: dict[str, Size] = {}
    for names, array in zip(letters, arrays, strict=False):
        known.update(dict(zip(names, shape_of(array), strict=False)))
    if not arrow:
        everything = "".join(letters)
        output = "".join(sorted(name for name in set(everything) if everything.count(name) == 1))
    if not set(output) <= set(known):
        raise GiveUp("this einsum is not read")
    return _product(arrays[0], arrays[-1], tuple(known[name] for name in output))


def _operands(call: LibraryCall) -> tuple[Array, Array]:
    return call.array("a", "x1", "x"), call.array("b", "x2", "y")


def _turned(array: Array) -> Array:
    shape = shape_of(array)
    if len(shape) < 2:
        raise GiveUp("an array of one axis cannot be turned")
    return changed(array, (*shape[:-2], shape[-1], shape[-2]), array.dtype)


def _contract(left: Size, right: Size, first: Array, second: Array) -> None:
    if isinstance(left, int) and isinstance(right, int) and left != right:
        raise GiveUp(f"shapes that do not fit: {sizes.text(shape_of(first))} and {sizes.text(shape_of(second))}")


def _product(left: Array, right: Array, shape: tuple[Size, ...]) -> Value:
    result = _items(left, right, shape)
    return scalar(result) if shape == () else result


def _items(left: Array, right: Array, shape: tuple[Size, ...]) -> Array:
    library = "tensorflow" if "tensorflow" in (left.library, right.library) else left.library
    if library == "numpy":
        dtype = dtypes.promote(left.dtype, right.dtype)
    else:  # TensorFlow's rules for two types differ from numpy's
        dtype = left.dtype if left.dtype == right.dtype else None
    return changed(left, shape, dtype, library=library)


def _unknown_product(left: Array, right: Array) -> Array:
    return opaque(left if left.shape is None else right, dtype=dtypes.promote(left.dtype, right.dtype))
