"""What changes arrays and frames in place, under every name: what is said of each name at the end is true."""

from __future__ import annotations

import ast
import warnings

import pytest
from truth import known, lie

from keras_shapes.reader import read
from keras_shapes.source import Document

IMPORTS = """
import copy, random
import warnings
import numpy as np, pandas as pd
from PIL import Image
from sklearn.preprocessing import StandardScaler, LabelBinarizer
"""
PROGRAMS = """
a = np.arange(12)
b = a
a.shape = (3, 4)

a = np.arange(12)
b = a.reshape(3, 4)
a[0] = 99
c = b.max()

a = np.arange(12).reshape(3, 4)
row = a[1]
row[:] = 77
b = [a, a]

a = np.arange(6)
b = a
b.resize((2, 5), refcheck=False)

a = np.arange(6)
b = a.copy()
a.resize((2, 5), refcheck=False)

a = np.random.rand(4, 3).astype("float32")
b = a
a *= 300.0
a += np.ones(3)

a = np.arange(5)
b = a[1:3]
a += 10

a = np.array([3, 1, 2])
b = {"key": a}
a.sort()
c = b["key"][0]

a = np.array([3, 1, 2])
np.random.shuffle(a)
b = a[0]

a = np.arange(6)
b = a
np.put(a, [0], 50)

a = np.arange(6)
np.copyto(a, np.full(6, 9))

a = np.arange(9).reshape(3, 3)
np.fill_diagonal(a, 100)

a = np.arange(3)
b = np.zeros(3, int)
np.add(a, 5, out=a)
np.multiply(b, 0, b)

a = np.eye(3)
b = np.argmax(a, axis=1)
a[0] = 5

a = np.arange(4, dtype="int64")
a.dtype = "int32"

def fill(x):
    x[:] = 40
    return x
a = np.arange(4)
b = fill(a)

class Holder:
    def __init__(self, x):
        self.x = x
    def grow(self):
        self.x.shape = (2, 2)
a = np.arange(4)
h = Holder(a)
h.grow()
b = h.x

df = pd.DataFrame({"a": [1, 2], "b": [3, 4], "c": [5, 6]})
other = df
del df["b"]
x = other.values

df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
df.columns = ["x", "y"]
x = df["x"]
y = df.columns

df = pd.DataFrame(np.zeros((3, 2)))
df.columns = list("pq")
df["r"] = 1
x = df[["p", "r"]].values

df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
df.loc[len(df)] = [7, 8]
df.loc[0, "c"] = 5
x = df.values

df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
df.loc[:, "c"] = 5
df.iloc[0, 0] = 9
df.at[1, "a"] = 3
x = df.values

df = pd.DataFrame({"a": [1, None, 2], "b": [3, 4, 4]})
df.dropna(inplace=True)
df.drop(columns=["b"], inplace=True)
df.insert(0, "new", 3)
x = df.values

df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
df.rename(columns={"a": "z"}, inplace=True)
df.reset_index(inplace=True)
df.sort_values("z", inplace=True)
x = df.values

df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
df.update(pd.DataFrame({"a": [9, 9]}))
df.isetitem(0, [5, 6])
df.eval("k = a + b", inplace=True)
x = df.values

s = pd.Series([1, 2, 3])
t = s
s.loc[7] = 4
s.drop(0, inplace=True)
x = t.values

s = pd.Series([1, 2, 3])
s[1] = 100
s += 1
x = s.max()

im = Image.new("RGB", (100, 80))
im.thumbnail((64, 64))
x = np.array(im)

im = Image.new("RGB", (10, 8))
im.putalpha(3)
x = np.array(im)

im = Image.new("L", (10, 8))
im.paste(3, (0, 0, 2, 2))
x = np.array(im)

sc = StandardScaler()
sc.set_output(transform="pandas")
x = sc.fit_transform(pd.DataFrame({"a": [1.0, 2.0]}))

lb = LabelBinarizer()
lb.sparse_output = True
x = lb.fit_transform([1, 2, 3])

a = np.arange(4)
b = copy.deepcopy(a)
a += 100

rng = np.random.default_rng(0)
a = np.arange(4)
b = a[:2]
rng.shuffle(a)
"""


def final(text):
    """What is said of each name behind the last statement, and what each name really is."""
    tree = ast.parse(text)
    stores = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    tops = sorted(stores)
    whole = IMPORTS + text + "\n" + "".join(f"{name}_end = {name}\n" for name in tops)
    said = {seen.name: seen.value for seen in read(Document("", whole, whole)).names}
    names: dict[str, object] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(whole, "program", "exec"), names)
    return [(name, said[f"{name}_end"], names[name]) for name in tops if f"{name}_end" in said]


@pytest.mark.parametrize("program", PROGRAMS.strip().split("\n\n"))
def test_nothing_untrue_is_said_at_the_end(program):
    checked = final(program)
    assert checked
    for name, claim, truth in checked:
        assert lie(claim, truth) is None, f"{name}: {lie(claim, truth)}"


def test_what_is_modelled_stays_known():
    source = "a = np.arange(12)\nb = a\na.shape = (3, 4)"
    assert all(known(claim) for _, claim, _ in final(source))
    source = "df = pd.DataFrame({'a': [1, 2], 'b': [3, 4]})\ndel df['b']\ndf.columns = ['z']\nx = df['z'].values"
    claim = {name: claim for name, claim, _ in final(source)}["x"]
    assert claim.shape == (2,)
