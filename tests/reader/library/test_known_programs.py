"""Data code as people write it: read completely, and what is said of it is what the libraries really do.

Programs stand between empty lines; the last line of each is an expression.
"""

from __future__ import annotations

import math
import warnings

import numpy as np
import pandas as pd
import pytest
import sklearn
import sklearn.datasets
import sklearn.decomposition
import sklearn.impute
import sklearn.model_selection
import sklearn.preprocessing
import sklearn.utils
from evaluation import evaluate
from truth import known, lie

PROGRAMS = """
np.zeros((3, 4))

np.random.rand(100, 9)

np.random.randint(0, 26, size=(64, 12))

np.random.random((20, 3)).astype("float32")

np.expand_dims(np.random.rand(6, 30), 0)

np.array([np.random.rand(1, 60, 2) for _ in range(30)])

np.array([[1, 2], [3, 4], [5, 6]], dtype=float)

np.array([[0, 1], [1, 0]], "float32")[:, 0].reshape(-1, 1)

np.arange(8).reshape(2, 2, -1)

x = np.random.rand(100, 28, 28)
x = x.reshape(x.shape[0], 28, 28, 1) / 255.0
x = x.reshape((len(x), np.prod(x.shape[1:])))
x = np.zeros((10, 5, 3))
y = x[..., np.newaxis]
(x[0].shape, x[:, 0].shape, x[-3:].shape, x[:, :, 1:].shape, x[None].shape, x[0, 0, 0], y.shape)

y = np.random.randint(0, 10, 5000)
(y.max() + 1, len(np.unique(y)), np.max(y), y.min(), len(set(y)))

y = np.array([3, 1, 2])
(y - 1, y.max(), np.eye(4)[y], y[y > 1], y == 2, int(y[0]), y.tolist(), list(y))

a, b = np.split(np.arange(10), 2)
np.concatenate([a, b])

first, rest = np.split(np.random.rand(10, 4), [3])
(first, rest)

np.vstack([np.zeros((3, 2)), np.ones((2, 2))])

np.where(np.random.rand(10) > 0.5, 1, 0)

np.argmax(np.random.rand(10, 3), axis=1)

(np.mean(np.zeros((4, 5)), axis=0), np.std(np.zeros((4, 5))), np.zeros((4, 5)).sum(axis=1, keepdims=True))

x = np.random.rand(50, 4)
(x - x.mean(axis=0)) / (x.std(axis=0) + 1e-7)

np.stack([np.zeros(3), np.ones(3)], axis=-1)

np.pad(np.zeros((28, 28)), ((2, 2), (2, 2)))

np.tile(np.arange(3), (4, 1))

np.repeat(np.zeros((2, 3)), 4, axis=0)

np.transpose(np.zeros((2, 3, 4)), (0, 2, 1))

np.meshgrid(np.arange(3), np.arange(4))

np.linspace(-1, 1, 200)[:, None]

rng = np.random.default_rng(0)
(rng.random((3, 2)), rng.integers(0, 5, 10), rng.normal(size=(4, 2)), rng.standard_normal((2, 2)))

np.random.RandomState(1).rand(3, 4)

np.random.normal(0, 1, (10, 2))

np.random.choice([0, 1], size=(20,))

index = np.random.permutation(100)
np.random.rand(100, 4)[index[:80]]

np.array([[1, 2], [3, 4]]).T @ np.ones((2, 5))

np.dot(np.ones((3, 4)), np.ones(4))

np.einsum("ij,jk->ik", np.ones((2, 3)), np.ones((3, 4)))

np.ceil(100 / 32)

math.ceil(100 / 32)

(math.floor(7 / 2), math.sqrt(16), np.sqrt(16.0), int(np.ceil(7 / 2)))

np.float32(3)

(np.prod((2, 3)), np.int64(7), np.prod([4.0, 2]))

np.array(["a", "b"])

np.clip(np.array([1, 5, 9]), 2, 8)

np.lib.stride_tricks.sliding_window_view(np.arange(10), 3)

np.ones((3, 2)) * np.array([1, 2])

np.c_[np.ones(5), np.zeros((5, 2))]

np.r_[np.ones(5), np.zeros(2), 3]

X, y = sklearn.datasets.load_iris(return_X_y=True)
(X, y, y.max() + 1, np.eye(3)[y])

iris = sklearn.datasets.load_iris()
(iris.data, iris.target, iris["data"], len(iris.target_names), len(iris.feature_names), iris.target_names)

digits = sklearn.datasets.load_digits()
(digits.images, digits.data, digits.target)

sklearn.datasets.load_wine().data

sklearn.datasets.load_breast_cancer().target

sklearn.datasets.load_diabetes(return_X_y=True)

sklearn.datasets.load_linnerud().target

sklearn.datasets.make_classification(n_samples=200, n_features=5, n_informative=3, n_classes=3)

sklearn.datasets.make_regression(n_samples=50, n_features=4, n_targets=2)

sklearn.datasets.make_blobs(n_samples=100, centers=4, n_features=3)

sklearn.datasets.make_moons(100)

sklearn.datasets.make_circles(n_samples=(30, 50))

sklearn.datasets.make_gaussian_quantiles(n_samples=90)

sklearn.datasets.make_multilabel_classification(n_samples=30, n_classes=4)

sklearn.model_selection.train_test_split(np.zeros((101, 3)), np.zeros(101), test_size=0.2)

sklearn.model_selection.train_test_split(np.zeros((101, 3)), np.zeros(101))

sklearn.model_selection.train_test_split(np.zeros((101, 3)), test_size=11)

sklearn.model_selection.train_test_split(np.zeros((101, 3)), train_size=0.7)

sklearn.preprocessing.StandardScaler().fit_transform(np.random.rand(10, 3))

scaler = sklearn.preprocessing.MinMaxScaler(feature_range=(-1, 1))
scaler.fit(np.random.rand(10, 3))
scaler.transform(np.random.rand(4, 3))

sklearn.preprocessing.LabelEncoder().fit_transform(["cat", "dog", "cat"])

encoder = sklearn.preprocessing.LabelEncoder()
encoder.fit([5, 7, 9])
(encoder.transform([7, 9]), len(encoder.classes_))

sklearn.preprocessing.LabelBinarizer().fit_transform([1, 2, 3, 1])

sklearn.preprocessing.LabelBinarizer().fit_transform([0, 1, 1])

sklearn.preprocessing.OneHotEncoder(sparse_output=False).fit_transform(np.array([[0], [1], [2]]))

sklearn.decomposition.PCA(n_components=2).fit_transform(np.random.rand(10, 4))

sklearn.preprocessing.label_binarize(np.array([0, 1, 2]), classes=[0, 1, 2])

a, b = sklearn.utils.shuffle(np.zeros((5, 2)), np.arange(5))
(a, b)

folds = sklearn.model_selection.KFold(n_splits=4)
[np.zeros((10, 2))[train] for train, test in folds.split(np.zeros((10, 2)))]

df = pd.DataFrame({"a": [1, 2, 3], "b": [4, 5, 6], "y": [0, 1, 0]})
X = df.drop("y", axis=1)
(X.values.shape, X.shape[1], df["y"].values.shape, df[["a", "b"]].to_numpy().shape, len(df), len(df.columns))

df = pd.DataFrame(np.zeros((5, 3)), columns=["a", "b", "c"])
y = df.pop("c")
(df.shape, y.shape)

df = pd.DataFrame(np.zeros((5, 3)), columns=["a", "b", "c"])
df["d"] = df["a"] * 2
df.drop(columns=["a", "b"], inplace=True)
(df.shape, df.iloc[:, 0].shape, df.iloc[:, :-1].values.shape, df.loc[:, "c":"d"].shape, df.head(2).shape)

df = pd.DataFrame(np.zeros((6, 2)), columns=["t", "v"])
(df.tail(3).shape, df.sample(frac=1).shape, df.reset_index(drop=True).shape, df.T.shape, df.describe)[:4]

df = pd.DataFrame(np.zeros((6, 2)), columns=["t", "v"])
(df.mean().shape, df.v.shape, df.columns.drop("t").shape, list(df.columns), df.loc[:, df.columns != "t"].shape)

pd.get_dummies(pd.Series([1, 2, 3, 1])).values.shape

pd.concat([pd.DataFrame(np.zeros((2, 3))), pd.DataFrame(np.zeros((4, 3)))]).shape

df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
pd.concat([df.drop("a", axis=1), pd.get_dummies(df["a"]), df["b"]], axis=1).shape[0]

df = pd.DataFrame({"a": [1, 2, 3, 4], "b": [4, 5, 6, 7]})
train = df[:3]
test = df[3:]
(train.shape, test.shape, df[df["a"] > 1].columns.shape, (df - df.mean()).shape, df.rolling(2).mean().shape)

df = pd.DataFrame({"a": [1, 2, 3, 4], "b": [4, 5, 6, 7]})
X = df.values
X, y = X[:, :-1], X[:, -1]
(X.shape, y.shape)
"""


def run(source):
    """The real value of a program's last line."""
    names = {"np": np, "pd": pd, "sklearn": sklearn, "math": math}
    body, _, last = source.rpartition("\n")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(body, names)
        return eval(last, names)


@pytest.mark.parametrize("source", PROGRAMS.strip().split("\n\n"))
def test_is_read_completely_and_truly(source):
    claim = evaluate(source)
    assert lie(claim, run(source)) is None
    assert known(claim), claim
