"""Tensors and pipelines made at random, run by TensorFlow and read by the reader: what is said must be true."""

from __future__ import annotations

import warnings

import numpy as np
import tensorflow as tf
from evaluation import evaluate
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from keras import ops
from tests.shares import draws
from truth import lie

EXAMPLES = draws("KERAS_SHAPES_EXAMPLES", 100, 2000)
FAILURES = (ValueError, TypeError, IndexError, AttributeError, NotImplementedError, OverflowError, tf.errors.OpError)
often = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))

shapes = st.lists(st.sampled_from([1, 2, 3, 4, 6]), min_size=0, max_size=4).map(tuple)
dtypes = st.sampled_from(["tf.float32", "tf.int32", "'float64'", "tf.uint8", "'int64'", "tf.bool"])
axes = st.integers(-4, 3)
axis_or_none = st.one_of(axes.map(str), st.just("None"))
numbers = st.sampled_from(["2", "3.0", "255.0", "-1", "0.5"])


@st.composite
def tensors(draw):
    shape = draw(shapes)
    whole = draw(st.integers(1, 6))
    return draw(
        st.sampled_from(
            [
                f"tf.zeros({shape}, dtype={draw(dtypes)})",
                f"tf.ones({shape})",
                f"tf.random.normal({shape})",
                f"tf.random.uniform({shape}, 0, {whole}, dtype=tf.int32)",
                f"tf.range({whole})",
                "tf.constant([[1, 2, 3], [4, 5, 6]])",
                "tf.constant([1.5, 2.5])",
                "tf.constant(['a', 'b'])",
                f"tf.constant({whole})",
                f"tf.convert_to_tensor(np.random.rand{shape or (2,)})",
                f"tf.eye({whole})",
                f"tf.fill({shape}, 7)",
                f"ops.zeros({shape})",
                f"ops.arange({whole})",
                f"ops.ones({shape})",
            ]
        )
    )


@st.composite
def tensor_steps(draw):
    axis = draw(axes)
    shape = draw(shapes)
    order = list(draw(st.permutations(range(draw(st.integers(1, 4))))))
    return draw(
        st.sampled_from(
            [
                f"tf.reshape(x, {[-1, *shape]})",
                f"tf.expand_dims(x, {axis})",
                "tf.squeeze(x)",
                f"tf.squeeze(x, axis={axis})",
                "tf.transpose(x)",
                f"tf.transpose(x, perm={order})",
                f"tf.concat([x, x], axis={axis})",
                f"tf.concat([x, y], {axis})",
                f"tf.stack([x, x], axis={axis})",
                f"tf.split(x, {draw(st.integers(1, 3))}, axis={axis})[0]",
                f"tf.tile(x, {list(shape) or [2]})",
                f"tf.repeat(x, 2, axis={axis})",
                f"tf.cast(x, {draw(dtypes)})",
                f"tf.reduce_sum(x, axis={draw(axis_or_none)})",
                f"tf.reduce_mean(x, axis={draw(axis_or_none)}, keepdims=True)",
                f"tf.reduce_max(x, axis={draw(axis_or_none)})",
                f"tf.argmax(x, axis={axis})",
                f"tf.one_hot(x, {draw(st.integers(1, 5))})",
                f"ops.one_hot(x, {draw(st.integers(1, 5))})",
                "tf.matmul(x, y)",
                "tf.matmul(x, x, transpose_b=True)",
                f"x + {draw(numbers)}",
                f"x * {draw(numbers)}",
                f"x / {draw(numbers)}",
                "x - y",
                "x + np.float32(1)",
                "tf.square(x)",
                "tf.sqrt(x)",
                "tf.nn.relu(x)",
                "tf.nn.softmax(x)",
                "tf.math.log(x)",
                "tf.clip_by_value(x, 0, 1)",
                "tf.maximum(x, 0)",
                "tf.where(x > 1, x, y)",
                "tf.equal(x, y)",
                "x > 1",
                "x[0]",
                "x[..., tf.newaxis]",
                "x[:, 0]",
                "x[1:]",
                "x[:, :2]",
                "tf.image.resize(x, (5, 6))",
                "tf.image.rgb_to_grayscale(x)",
                "tf.zeros_like(x)",
                "tf.pad(x, [[1, 1], [0, 2]])",
                "x.numpy()",
                "tf.unstack(x)[0]",
                f"tf.sort(x, axis={axis})",
                "ops.reshape(x, (-1,))",
                f"ops.expand_dims(x, {axis})",
                f"ops.mean(x, axis={draw(axis_or_none)})",
                "ops.matmul(x, y)",
                "ops.concatenate([x, x], axis=0)",
                "ops.cast(x, 'float32')",
                "tf.tensordot(x, y, 1)",
                "tf.norm(x)",
                "tf.cumsum(x)",
                "tf.math.reduce_std(x)",
                "tf.broadcast_to(x, (2, 3))",
                "np.array(x)",
                "np.concatenate([x, x])",
            ]
        )
    )


@st.composite
def tensor_programs(draw):
    lines = [f"x = {draw(tensors())}", f"y = {draw(tensors())}"]
    for _ in range(draw(st.integers(1, 3))):
        lines.append(draw(st.sampled_from(["y = x", "y = y"])))
        lines.append(f"x = {draw(tensor_steps())}")
    return lines


@st.composite
def pipelines(draw):
    count = draw(st.integers(3, 20))
    shape = draw(st.sampled_from([(28, 28), (5,), (), (4, 4, 3)]))
    start = draw(
        st.sampled_from(
            [
                f"tf.data.Dataset.from_tensor_slices(np.zeros({(count, *shape)}))",
                f"tf.data.Dataset.from_tensor_slices((np.zeros({(count, *shape)}, 'float32'), np.arange({count})))",
                f"tf.data.Dataset.from_tensor_slices({{'a': np.zeros({(count, *shape)}), 'b': list(range({count}))}})",
                f"tf.data.Dataset.range({count})",
                f"tf.data.Dataset.from_tensors(np.zeros({shape}))",
                f"tf.data.Dataset.zip((tf.data.Dataset.range({count}), tf.data.Dataset.range(5)))",
                f"tf.data.Dataset.zip(tf.data.Dataset.range({count}), tf.data.Dataset.range(5))",
            ]
        )
    )
    size = draw(st.integers(1, 6))
    steps = st.sampled_from(
        [
            f".batch({size})",
            f".batch({size}, drop_remainder=True)",
            ".shuffle(10)",
            ".prefetch(tf.data.AUTOTUNE)",
            ".cache()",
            f".take({size})",
            f".skip({size})",
            f".repeat({size})",
            ".unbatch()",
            ".enumerate()",
            ".filter(lambda *a: True)",
            ".map(lambda x, y: (tf.cast(x, tf.float32) / 255.0, y))",
            ".map(lambda x: tf.expand_dims(x, -1))",
            ".map(lambda x: (x, x))",
            ".map(lambda x, y: x)",
            ".map(lambda x, y: (x, tf.one_hot(y, 10)))",
            ".map(lambda d: (d['a'], d['b']))",
            ".map(lambda x: x[:-1])",
            ".concatenate(tf.data.Dataset.range(3))",
            f".window({size}, shift=1, drop_remainder=True).flat_map(lambda w: w.batch({size}))",
            f".padded_batch({size})",
            f".padded_batch({size}, ([9], []), drop_remainder=True)",
            f".padded_batch({size}, [None])",
        ]
    )
    return start + "".join(draw(st.lists(steps, max_size=4)))


@often
@given(tensor_programs())
@example(["x = tf.constant(['a', 'b'])", "x = x.numpy()"])
@example(["x = tf.zeros((), dtype=tf.bool)", "x = x * 2"])
def test_tensors(lines):
    names = {"np": np, "tf": tf, "ops": ops}
    for count, line in enumerate(lines, start=1):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                exec(line, names)
            except FAILURES:
                return
        source = "\n".join([*lines[:count], "x"])
        found = lie(evaluate(source), names["x"])
        assert not found, f"{found}\n{source}"


@often
@given(pipelines())
def test_pipelines(source):
    try:
        truth = eval(source, {"np": np, "tf": tf})
        list(truth.take(100))
    except FAILURES:
        return
    found = lie(evaluate(source), truth)
    assert not found, f"{found}\n{source}"
