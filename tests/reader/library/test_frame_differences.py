"""Programs over data frames made at random, run by pandas and read by the reader: what is said must be true."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
from evaluation import evaluate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.shares import draws
from truth import lie

EXAMPLES = draws("KERAS_SHAPES_EXAMPLES", 100, 2000)
FAILURES = (
    *(ValueError, TypeError, IndexError, AttributeError, NotImplementedError, KeyError),
    *(pd.errors.DataError, pd.errors.InvalidIndexError),
)

columns = st.sampled_from(["a", "b", "c", "d", "y"])
some = st.lists(columns, min_size=1, max_size=3, unique=True)
number = st.integers(-3, 5)
bounds = st.builds(
    lambda a, b: f"{'' if a is None else a}:{'' if b is None else b}", *[st.one_of(st.none(), number)] * 2
)

STARTS = [
    'pd.DataFrame({"a": [1, 2, 3], "b": [4, 5, 6], "y": [0, 1, 0]})',
    'pd.DataFrame(np.arange(12.0).reshape(4, 3), columns=["a", "b", "c"])',
    "pd.DataFrame(np.zeros((5, 2)))",
    'pd.DataFrame([{"a": 1, "b": 2}, {"a": 3}])',
    'pd.DataFrame({"a": ["x", "y", "x"], "c": [1.5, None, 2.5]})',
]


@st.composite
def steps(draw):
    column, names = draw(columns), draw(some)
    return draw(
        st.sampled_from(
            [
                f"df = df.drop({column!r}, axis=1)",
                f"df = df.drop(columns={names})",
                f"df.drop({names}, axis=1, inplace=True)",
                f"df = df[{names}]",
                f"x = df.pop({column!r})",
                f"df[{column!r}] = 0",
                f"df[{column!r}] = df[{draw(columns)!r}] * 2",
                f"df = df.iloc[{draw(bounds)}, {draw(bounds)}]",
                f"df = df.iloc[{draw(bounds)}]",
                f"df = df.loc[:, {column!r}:]",
                f"df = df.loc[:, {names}]",
                f"df = df.loc[:, df.columns != {column!r}]",
                f"df = df[df[{column!r}] > 1]",
                "df = df.dropna()",
                "df = df.fillna(0)",
                "df = df.head(2)",
                "df = df.tail(2)",
                "df = df[1:]",
                "df = df.sample(frac=1)",
                "df = df.reset_index(drop=True)",
                "df = df.reset_index()",
                f"df = df.set_index({column!r})",
                f"df = df.sort_values({column!r})",
                "df = df.copy()",
                "df = df.T",
                "df = df.astype('float32')",
                "df = pd.concat([df, df])",
                "df = pd.concat([df, pd.DataFrame({'k': range(len(df))})], axis=1)",
                f"df = df.rename(columns={{{column!r}: 'z'}})",
                "df = (df - df.mean()) / df.std()",
                "df = df.shift(1)",
                "df = df.rolling(2).sum()",
                "df = df.describe()",
                f"df.insert(0, {column!r}, 1)",
                f"df = df.assign({column}=1)",
                "df = df.select_dtypes('number')",
                "df = df.isnull()",
            ]
        )
    )


LAST = [
    "df",
    "df.values",
    "df.shape",
    "df.to_numpy()[:, -1]",
    "df.columns",
    "len(df)",
    "len(df.columns)",
    "df.mean()",
    "df.sum(axis=1)",
    "df['a']",
    "df['a'].values",
    "df.a",
    "df['a'].max()",
    "df['a'].unique()",
    "list(df.columns)",
    "df.iloc[:, 0]",
    "df.iloc[0]",
    "df.values.reshape(-1, 1)",
    "pd.get_dummies(df['a']).values",
    "np.array(df)",
    "np.log(df['a'])",
    "df['a'].shift(1)",
]


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(STARTS), st.lists(steps(), max_size=4), st.sampled_from(LAST))
def test_nothing_untrue_is_said(start, lines, last):
    names = {"np": np, "pd": pd}
    source = "\n".join([f"df = {start}", *lines])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(source, names)
            truth = eval(last, names)
        except FAILURES:
            return
    found = lie(evaluate(f"{source}\n{last}"), truth)
    assert not found, f"{found}\n{source}\n{last}"
