"""Shapes from headers of files: as numpy and pandas say, and one clear line for what is not as it has to be."""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import random
import struct
import zipfile

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from keras_shapes.data_files import UnreadableData, shape_in


@pytest.mark.parametrize("shape", [(), (7,), (3, 4), (2, 28, 28, 1), (0, 5)])
@pytest.mark.parametrize("dtype", ["uint8", "float32", "float64", "int64", "bool", "complex64", ">i2", "float16"])
def test_arrays_have_the_shape_that_numpy_says(tmp_path, shape, dtype):
    array = np.zeros(shape, dtype)
    np.save(tmp_path / "a.npy", array)
    np.savez(tmp_path / "b.npz", x=array, y=np.zeros(1))
    np.savez_compressed(tmp_path / "c.npz", array)
    for found in (shape_in(tmp_path / "a.npy"), shape_in(tmp_path / "b.npz", "x"), shape_in(tmp_path / "c.npz")):
        assert found.sizes == shape
        assert found.dtype == array.dtype.newbyteorder("=").name


def test_a_table_has_the_rows_and_columns_that_pandas_says(tmp_path):
    path = tmp_path / "a.csv"
    frame = pd.DataFrame({"name, first": ["a\nb", 'c"d', "ü"], "b": [1, 2, 3]})
    frame.to_csv(path, index=False)
    assert shape_in(path).sizes == pd.read_csv(path).shape == (3, 2)
    frame.to_csv(tmp_path / "a.tsv", index=False, sep="\t")
    assert shape_in(tmp_path / "a.tsv").sizes == (3, 2)


@pytest.mark.parametrize("suffix", ["png", "jpg", "gif", "bmp"])
def test_images_have_the_size_that_pillow_says(tmp_path, suffix):
    (tmp_path / "cats").mkdir()
    for place in ("a", "cats/b"):
        Image.new("RGB", (31, 17)).save(tmp_path / f"{place}.{suffix}")
    assert shape_in(tmp_path).text == "(2, 17, 31, 3) uint8"
    Image.new("RGB", (9, 17)).save(tmp_path / f"c.{suffix}")
    assert shape_in(tmp_path).text == "(3, 17, ?, 3) uint8"


class Malicious:
    """What would be done by whoever unpickles it."""

    def __reduce__(self):
        return os.mkdir, ("done",)


def header(text: str, version: int = 1) -> bytes:
    data = text.encode()
    return b"\x93NUMPY" + bytes([version, 0]) + len(data).to_bytes(2 if version == 1 else 4, "little") + data


def archive(names: int = 1, content: bytes = b"") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for number in range(names):
            zipped.writestr(f"x{number}.npy", content)
    return file.getvalue()


HOSTILE = {
    "empty.npy": b"",
    "pickle.npy": pickle.dumps(Malicious()),
    "objects.npy": header("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }") + pickle.dumps(Malicious()),
    "records.npy": header("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }"),
    "code.npy": header("{'descr': '<f8', 'fortran_order': False, 'shape': (__import__('os').mkdir('done'),), }"),
    "huge.npy": header("{'descr': '<f8', 'fortran_order': False, 'shape': (999999999999999999, 9), }"),
    "digits.npy": header(f"{{'descr': '<f8', 'fortran_order': False, 'shape': ({'9' * 3000},), }}"),
    "long.npy": header("{" + " " * 60_000),
    "endless.npy": b"\x93NUMPY\x02\x00\xff\xff\xff\xff" + b"(" * 1000,
    "deep.npy": header("(" * 4000),
    "text.npz": b"PK\x05\x06",
    "end.npz": b"PK\x05\x06" + b"\xff" * 18,
    "bomb.npz": archive(content=bytes(50_000_000)),
    "many.npz": archive(names=30_000),
    "none.npz": archive(names=0),
    "cut.npz": archive(content=header("{'descr': '<f8'"))[:-30] + b"PK\x05\x06" + bytes(18),
    "empty.csv": b"",
    "binary.csv": bytes(range(256)) * 50,
    "line.csv": b"a" * 3_000_000,
    "numbers.csv": b"1,2,3\n4,5,6\n",
    "quote.csv": b'"' + b"a\n" * 200_000,
    "other.h5": b"\x89HDF",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_gives_one_clear_line(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    with pytest.raises(UnreadableData) as error:
        shape_in(path)
    assert 5 < len(str(error.value)) < 120
    assert "\n" not in str(error.value)
    assert not (tmp_path / "done").exists()


def test_what_is_no_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.npy")
    (tmp_path / "zero.npy").symlink_to("/dev/zero")
    (tmp_path / "empty").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path)
    for name, reason in [
        ("pipe.npy", "regular"),
        ("zero.npy", "regular"),
        ("gone.npy", "no such file"),
        ("empty", "no images"),
        ("loop", "no images"),
    ]:
        with pytest.raises(UnreadableData, match=reason):
            shape_in(tmp_path / name)


@pytest.mark.parametrize("seed", range(200))
def test_damaged_files_give_a_shape_or_one_line(tmp_path, seed):
    rng = random.Random(seed)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, x=np.arange(60).reshape(3, 20))
    png = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 5, 6, 8, 2, 0, 0, 0)
    plain = io.BytesIO()
    np.save(plain, np.zeros((3, 4)))
    name, data = rng.choice([("a.npz", buffer.getvalue()), ("a.npy", plain.getvalue()), ("a.png", png)])
    damaged = bytearray(data)
    for _ in range(rng.randint(1, 12)):
        damaged[rng.randrange(len(damaged))] = rng.randrange(256)
    (tmp_path / name).write_bytes(bytes(damaged[: rng.randint(1, len(damaged))] if rng.random() < 0.3 else damaged))
    with contextlib.suppress(UnreadableData):
        assert shape_in(tmp_path if name.endswith("png") else tmp_path / name).sizes is not None
