"""Array programs made at random, run by numpy and read by the reader: whatever the reader says must be true."""

from __future__ import annotations

import warnings

import numpy as np
from evaluation import evaluate
from hypothesis import HealthCheck, assume, example, given, note, settings
from hypothesis import strategies as st
from tests.shares import draws
from truth import lie

EXAMPLES = draws("KERAS_SHAPES_EXAMPLES", 100, 2000)

small = st.integers(0, 5)
shapes = st.lists(st.sampled_from([1, 2, 3, 4, 6]), min_size=0, max_size=4).map(tuple)
dtypes = st.sampled_from(["'float32'", "'float64'", "'int32'", "'uint8'", "np.int64", "bool", "float", "int", "'int8'"])
axes = st.integers(-4, 3)
axis_or_none = st.one_of(axes.map(str), st.just("None"), st.tuples(axes, axes).map(str))
numbers = st.one_of(st.integers(-3, 300).map(str), st.sampled_from(["0.5", "255.0", "2.0", "-1.5", "np.float32(2)"]))
indices = st.one_of(
    st.integers(-3, 3).map(str),
    st.builds(
        lambda a, b, c: f"{'' if a is None else a}:{'' if b is None else b}{'' if c is None else f':{c}'}",
        *[st.one_of(st.none(), st.integers(-4, 4))] * 2,
        st.sampled_from([None, None, None, 2, -1]),
    ),
    st.sampled_from(["None", "np.newaxis", "...", "[0, 1]", "np.array([0, 0, 1])", "np.array([[0], [1]])"]),
)


@st.composite
def base(draw):
    shape = draw(shapes)
    kind = draw(st.integers(0, 13))
    whole = draw(st.integers(1, 12))
    literal = draw(st.lists(st.lists(st.integers(-5, 9), min_size=3, max_size=3), min_size=1, max_size=4))
    return [
        f"np.zeros({shape}, dtype={draw(dtypes)})",
        f"np.ones({shape})",
        f"np.random.randint(0, {whole}, {shape})",
        f"np.random.randint({whole}, size={shape})",
        f"np.random.rand({', '.join(map(str, shape or (3,)))})",
        f"np.random.random({shape or 2})",
        f"np.arange({whole})",
        f"np.arange({-whole}, {whole}, {draw(st.sampled_from([1, 2, 3]))})",
        f"np.linspace(0, {whole}, {whole})",
        f"np.array({literal})",
        f"np.array({literal}, dtype={draw(dtypes)})",
        f"np.full({shape}, {draw(numbers)})",
        f"np.eye({whole})",
        f"np.random.uniform(-1, {whole}, {shape or 4})",
    ][kind]


@st.composite
def step(draw):
    """A line that makes a new `x` out of `x` (and `y`)."""
    axis, axis_2 = draw(axes), draw(axes)
    shape = draw(st.permutations(draw(shapes)))
    index = ", ".join(draw(st.lists(indices, min_size=1, max_size=3)))
    order = tuple(draw(st.permutations(range(draw(st.integers(1, 4))))))
    return draw(
        st.sampled_from(
            [
                f"x.reshape({', '.join(map(str, [-1, *shape]))})",
                f"np.reshape(x, ({', '.join(map(str, [*shape, -1]))}))",
                f"np.expand_dims(x, {axis})",
                "np.squeeze(x)",
                f"np.squeeze(x, axis={axis})",
                "x.T",
                f"x.transpose({', '.join(map(str, order))})",
                f"np.transpose(x, {order})",
                f"np.swapaxes(x, {axis}, {axis_2})",
                f"np.moveaxis(x, {axis}, {axis_2})",
                f"np.concatenate([x, x], axis={axis})",
                f"np.concatenate((x, y), axis={axis})",
                "np.concatenate([x, y], axis=None)",
                f"np.stack([x, x, x], axis={axis})",
                "np.vstack([x, y])",
                "np.hstack((x, x))",
                "np.dstack([x, x])",
                "np.column_stack((x, x))",
                f"np.split(x, {draw(st.integers(1, 3))}, axis={axis})[0]",
                f"np.array_split(x, {draw(st.integers(1, 4))})[-1]",
                f"np.split(x, [1, 2], axis={axis})[1]",
                f"np.repeat(x, {draw(small)}, axis={draw(st.sampled_from([axis, None]))})",
                f"np.tile(x, {shape or 2})",
                f"np.pad(x, {draw(small)})",
                f"np.pad(x, ({draw(small)}, 1))",
                f"np.flip(x, {axis})",
                f"np.roll(x, 1, axis={axis})",
                f"x.sum(axis={draw(axis_or_none)})",
                f"np.mean(x, axis={draw(axis_or_none)}, keepdims={draw(st.booleans())})",
                f"np.max(x, axis={draw(axis_or_none)})",
                f"x.min({axis})",
                f"np.argmax(x, axis={draw(st.sampled_from([axis, None]))})",
                f"np.argsort(x, axis={axis})",
                f"np.sort(x, {axis})",
                f"np.cumsum(x, axis={draw(st.sampled_from([axis, None]))})",
                "np.unique(x)",
                "np.unique(x, return_counts=True)[1]",
                f"x.astype({draw(dtypes)})",
                "x.flatten()",
                "x.ravel()",
                "x.copy()",
                "np.asarray(x)",
                "np.array([x, x])",
                "np.array([x, y])",
                "np.dot(x, y)",
                "np.matmul(x, y)",
                "x @ x.T",
                "np.outer(x, y)",
                f"np.tensordot(x, y, axes={draw(st.integers(0, 2))})",
                f"x + {draw(numbers)}",
                f"x - {draw(numbers)}",
                f"{draw(numbers)} - x",
                f"x * {draw(numbers)}",
                f"x / {draw(numbers)}",
                f"x // {draw(st.integers(1, 4))}",
                f"x % {draw(st.integers(1, 5))}",
                f"x ** {draw(st.integers(0, 3))}",
                "-x",
                "abs(x)" if draw(st.booleans()) else "np.abs(x)",
                "x + y",
                "x * y",
                "x - y",
                "x / (y + 1)",
                "np.maximum(x, y)",
                "np.minimum(x, 3)",
                "np.where(x > 1, x, y)",
                "np.where(x > 1, 1, 0)",
                "np.where(x > 0)[0]",
                "(x > y).astype(int)",
                "x[x > 1]",
                "x[np.arange(len(x)) % 2 == 0]",
                "np.clip(x, 0, 3)",
                "np.exp(x / 100)",
                "np.sqrt(np.abs(x))",
                "np.round(x)",
                "np.zeros_like(x)",
                "np.ones_like(x, dtype=np.float32)",
                "np.eye(20)[np.abs(x).astype(int) % 20]",
                f"x[{index}]",
                f"x[{index}]",
                f"x[{index}]",
                "x[:len(x) // 2]",
                "x[len(x) // 2:]",
                "x[-3:]",
                "x[:-1]",
                "x[1:] - x[:-1]",
                "np.append(x, y)",
                "np.diag(x)",
                "np.meshgrid(x, y)[0]",
                "np.random.permutation(x)",
                "np.array(x.shape)",
                "np.prod(x.shape)",
                "np.array(x.tolist())",
                "np.atleast_2d(x)",
                "np.broadcast_to(x, (2,) + x.shape)",
                "np.einsum('ij,jk->ik', x, y)",
                "np.array([row for row in x])",
                "np.random.choice(x, 5)",
                "(x - np.mean(x, axis=0)) / (np.std(x, axis=0) + 1)",
                "np.linalg.norm(x, axis=-1)",
                "np.isnan(x)",
                "np.any(x > 2, axis=0)",
                "np.logical_and(x > 0, x < 3)",
                "np.delete(x, 0, axis=0)",
                "np.lib.stride_tricks.sliding_window_view(x, 2, axis=0)",
                "np.full_like(x, 7)",
                "np.count_nonzero(x)",
                "x.max() + 1",
                "len(np.unique(x))",
                "x.shape[0] * 2",
            ]
        )
    )


@st.composite
def programs(draw):
    lines = [f"x = {draw(base())}", f"y = {draw(base())}"]
    for _ in range(draw(st.integers(1, 4))):
        if draw(st.integers(0, 3)) == 0:
            lines.append("y = x")
        lines.append(f"x = {draw(step())}")
    return lines


def truth_of(lines):
    """The values of `x` after each line, until numpy raises."""
    names = {"np": np}
    values = []
    np.random.seed(0)  # noqa: NPY002 - the programs use it
    for line in lines:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                exec(line, names)
            except (ValueError, TypeError, IndexError, np.exceptions.AxisError, np.exceptions.DTypePromotionError):
                break
            except (AttributeError, OverflowError, NotImplementedError, MemoryError):
                break
        if isinstance(names["x"], np.ndarray) and names["x"].size > 50_000:
            break
        values.append(names["x"])
    return values


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(programs())
@example(["x = np.zeros((1,), dtype='int32')", "x = np.split(x, [1, 2], axis=0)[1]", "x = np.array(x.tolist())"])
@example(["x = np.zeros((1, 1))", "x = np.split(x, [1, 2], axis=0)[1]", "x = np.array(x.tolist())"])
def test_nothing_untrue_is_said(lines):
    values = truth_of(lines)
    assume(len(values) > 2)
    for count in range(1, len(values) + 1):
        source = "\n".join([*lines[:count], "x"])
        if "squeeze(x)" in lines[count - 1] and np.shape(values[count - 2])[:1] == (1,):
            break  # an unknown number of samples is taken to be more than one
        claim = evaluate(source)
        found = lie(claim, values[count - 1])
        if found:
            note(source)
        assert not found, f"{found}\n{source}"
