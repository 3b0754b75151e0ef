"""Whether what the reader says of a value is true of the real one. Saying nothing is always true."""

from __future__ import annotations

import math

import numpy as np
from PIL.Image import Image

from keras_shapes.data import Array, Dataset
from keras_shapes.model import NumpyNumber, Unknown
from keras_shapes.reader.library import LibraryObject, data_of

_KINDS = {
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "float": lambda value: isinstance(value, float) and not isinstance(value, np.generic),
    "bool": lambda value: isinstance(value, (bool, np.bool_)),
    "str": lambda value: isinstance(value, str),
    "numpy int": lambda value: isinstance(value, np.integer),
    "numpy float": lambda value: isinstance(value, np.floating),
}


def lie(claim, truth):
    """What is wrong about a claim, in words; None when nothing is."""
    claim = data_of(claim)
    match claim:
        case Unknown():
            return _lie_about_number(claim, truth)
        case LibraryObject():
            return None
        case Dataset():
            return _lie_about_dataset(claim, truth)
        case Array():
            return _lie_about_array(claim, truth)
        case NumpyNumber(dtype=dtype, value=value):
            if not isinstance(truth, np.generic) or str(truth.dtype) != dtype:
                return f"{type(truth).__name__} is said to be numpy {dtype}"
            return None if _close(value, truth) else f"{truth} is said to be {value}"
        case tuple() | list():
            if not isinstance(truth, (tuple, list)) or len(truth) != len(claim):
                return f"{type(truth).__name__} is said to be {claim}"
            return next((found for one, real in zip(claim, truth, strict=True) if (found := lie(one, real))), None)
        case bool() | int() | float() | str() | None:
            if isinstance(truth, np.generic) and not isinstance(truth, (np.bool_, np.str_)):
                return f"numpy {truth.dtype} is said to be a plain {type(claim).__name__}"
            same = truth is None if claim is None else claim == truth
            return None if same else f"{truth!r} is said to be {claim!r}"
    return f"no claim about data: {claim!r}"


def known(claim):
    """Whether nothing about a value's shape is left open."""
    match claim:
        case Unknown(kind=kind):
            return kind is not None and kind.startswith("numpy")
        case Dataset(element=element):
            return known(element)
        case Array(shape=shape, dtype=dtype):
            return (
                shape is not None and all(isinstance(size, int) or size is None for size in shape) and dtype is not None
            )
        case tuple() | list():
            return all(map(known, claim))
    return True


def _lie_about_number(claim, truth):
    if claim.kind is not None and not _KINDS[claim.kind](truth):
        return f"{type(truth).__name__} is said to be {claim.kind}"
    if claim.low is not None and truth < claim.low:
        return f"{truth} is said to be at least {claim.low}"
    if claim.high is not None and truth > claim.high:
        return f"{truth} is said to be at most {claim.high}"
    return None


def _lie_about_array(claim, truth):
    if isinstance(truth, (bool, int, float)) or (isinstance(truth, list) and "python list" in claim.provenance):
        truth = np.asarray(truth)
    if isinstance(truth, Image):
        truth = np.asarray(truth)
    if not hasattr(truth, "shape"):
        return f"{type(truth).__name__} is said to be an array {claim.shape}"
    if claim.shape is not None and claim.library != _library(truth):
        return f"{type(truth).__name__} is said to be of {claim.library}"
    shape = tuple(truth.shape)
    if claim.shape is not None:
        if len(claim.shape) != len(shape):
            return f"shape {shape} is said to be {claim.shape}"
        for size, real in zip(claim.shape, shape, strict=True):
            if size is not None and (found := lie(size, real)):
                return f"shape {shape}: {found}"
    dtype = dtype_name(truth)
    empty_frame = hasattr(truth, "iloc") and truth.size == 0
    if claim.dtype is not None and claim.dtype != dtype and not empty_frame:
        return f"{dtype} is said to be {claim.dtype}"
    return _lie_about_items(claim, np.asarray(truth))


def _lie_about_dataset(claim, truth):
    """`truth` is a real `tf.data.Dataset`: its element spec says which sizes are open."""
    found = _lie_about_spec(claim.element, truth.element_spec) or _lie_about_elements(claim.element, truth)
    if found is not None:
        return found
    if not isinstance(claim.length, int):
        return None
    count = sum(1 for _ in truth.take(claim.length + 1))
    return None if count == claim.length else f"{count} elements are said to be {claim.length}"


def _lie_about_elements(claim, truth):
    import tensorflow as tf

    for element in truth.take(3):
        claims, tensors = tf.nest.flatten(claim), tf.nest.flatten(element)
        for one, tensor in zip(claims, tensors, strict=False):
            if isinstance(one, Array) and one.shape is not None:
                for size, real in zip(one.shape, tensor.shape, strict=True):
                    if isinstance(size, int) and size != real:
                        return f"an element {tensor.shape} is said to be {one.shape}"
    return None


def _lie_about_spec(claim, spec):
    match claim:
        case tuple():
            if not isinstance(spec, tuple) or len(spec) != len(claim):
                return f"{spec} is said to be {claim}"
            return next((found for pair in zip(claim, spec, strict=True) if (found := _lie_about_spec(*pair))), None)
        case dict():
            return next((found for key in claim if (found := _lie_about_spec(claim[key], spec[key]))), None)
        case Array(shape=shape, dtype=dtype):
            if dtype is not None and dtype != spec.dtype.name:
                return f"{spec} is said to be {dtype}"
            if shape is None or (spec.shape.rank == len(shape) and all(map(_fits, shape, spec.shape.as_list()))):
                return None
            return f"{spec} is said to be {shape}"
    return None


def _fits(size, real):
    """A size that TensorFlow leaves open may be known to us: then every element has it."""
    return size == real or real is None or isinstance(size, Unknown)


def _library(truth):
    if hasattr(truth, "iloc") or type(truth).__name__.endswith("Index"):
        return "pandas"
    return "tensorflow" if hasattr(truth, "numpy") else "scipy" if hasattr(truth, "tocsr") else "numpy"


def dtype_name(truth):
    """The name that the reader uses for the type of an array's items."""
    if hasattr(truth, "columns"):
        found = set(map(str, truth.dtypes))
        return found.pop() if len(found) == 1 else "several"
    name = getattr(truth.dtype, "name", str(truth.dtype))
    return "str" if name.startswith("str") and name != "string" else name


def _lie_about_items(claim, truth):
    if claim.values is not None and not all(map(_close, claim.values, truth.ravel().tolist())):
        return f"{truth.ravel().tolist()} are said to be {claim.values}"
    if truth.dtype.kind not in "biuf" or truth.size == 0 or np.isnan(truth.astype(float)).any():
        return None
    low, high = float(truth.min()), float(truth.max())
    if claim.minimum is not None and low < claim.minimum - _slack(low):
        return f"the minimum {low} is said to be {claim.minimum}"
    if claim.maximum is not None and high > claim.maximum + _slack(high):
        return f"the maximum {high} is said to be {claim.maximum}"
    if "exact range" in claim.provenance and not (_close(claim.minimum, low) and _close(claim.maximum, high)):
        return f"the range {low}…{high} is said to be exactly {claim.minimum}…{claim.maximum}"
    if "every integer" in claim.provenance and len(np.unique(truth)) != claim.maximum - claim.minimum + 1:
        return f"{len(np.unique(truth))} values are said to be all of {claim.minimum}…{claim.maximum}"
    if "one-hot" in claim.provenance and not (truth.sum(axis=-1) <= 1).all():
        return "rows that are not one-hot are said to be"
    return None


def _close(claim, truth):
    if isinstance(claim, str) or isinstance(truth, str):
        return claim == truth
    return math.isclose(claim, truth, rel_tol=1e-5, abs_tol=1e-9) or (math.isnan(claim) and math.isnan(truth))


def _slack(value):
    return 1e-5 * max(1.0, abs(value))
