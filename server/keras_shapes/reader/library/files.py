"""What comes from files: unknown, but named; images are known as far as their making says their size."""

from __future__ import annotations

from keras_shapes.data import Fact, Size
from keras_shapes.reader.library import sizes
from keras_shapes.reader.library.arrays import new, opaque, shape_argument
from keras_shapes.reader.library.creation import cast
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.registry import LibraryCall, function
from keras_shapes.reader.values import Value


@function("numpy.load", "pickle.load", "joblib.load", "numpy.memmap", "scipy.io.loadmat", "h5py.File")
def _load(call: LibraryCall) -> Value:
    if not call.path.startswith("numpy."):
        raise GiveUp(f"it comes from {call.path}")
    return new(None, None, _origin("np.load", call), call.span)


@function("numpy.loadtxt", "numpy.genfromtxt")
def _load_text(call: LibraryCall) -> Value:
    origin = _origin("np." + call.path.rpartition(".")[2], call)
    dtype = call.type_argument("dtype", default="float64")
    columns = call.value("usecols", default=None)
    array = new(None, None, origin, call.span, provenance={Fact.TABLE})
    if isinstance(columns, (tuple, list)) and len(columns) > 1:
        rows = sizes.unknown_size(f"it comes from {origin}", ("size", array.source, 0))
        array = array.with_shape((rows, len(columns)))
    return cast(array, dtype)


@function("numpy.save", "numpy.savez", "numpy.savetxt", "numpy.savez_compressed", "numpy.set_printoptions")
def _nothing(_call: LibraryCall) -> Value:
    return None


@function("cv2.resize", "skimage.transform.resize", "tensorflow.image.resize", "keras.ops.image.resize")
def _resize(call: LibraryCall) -> Value:
    array = call.array("src", "image", "images")
    size = shape_argument(call.value("dsize", "output_shape", "size"))
    if call.path == "cv2.resize":
        size = (size[1], size[0])
    if array.shape is None:
        return opaque(array, dtype=array.dtype)
    rest: tuple[Size, ...] = array.shape[2:] if call.path.startswith(("cv2", "skimage")) else array.shape[-1:]
    batch = array.shape[:-3] if call.path.startswith(("tensorflow", "keras")) else ()
    if call.path.startswith("cv2") and rest == (1,):
        rest = ()
    if call.has("preserve_aspect_ratio") and call.value("preserve_aspect_ratio") is not False:
        raise GiveUp("a resize that keeps the ratio of the sides")
    dtype = "float32" if call.path.startswith("tensorflow") and not call.has("method") else None
    if call.path.startswith(("cv2", "keras")):
        dtype = array.dtype
    if call.path.startswith("skimage"):
        return opaque(array, shape=(*size, *array.shape[len(size) :]), dtype=None)
    return opaque(array, shape=(*batch, *size[:2], *rest), dtype=dtype)


@function("cv2.imread", "matplotlib.pyplot.imread", "matplotlib.image.imread", "imageio.imread", "skimage.io.imread")
def _read_image(call: LibraryCall) -> Value:
    origin = _origin(call.path.rpartition(".")[2], call)
    if not call.path.startswith("cv2."):
        return new(None, None, origin, call.span, provenance={Fact.IMAGE})
    flags = call.value("flags", default=1)
    name = getattr(flags, "last", None)
    sides = tuple(sizes.unknown_size(f"the size of the image in {origin}") for _ in range(2))
    if flags == 0 or name == "IMREAD_GRAYSCALE":
        return new(sides, "uint8", origin, call.span, low=0, high=255)
    if flags == 1 or name == "IMREAD_COLOR":
        return new((*sides, 3), "uint8", origin, call.span, low=0, high=255)
    return new(None, None, origin, call.span)


@function("cv2.cvtColor")
def _convert_color(call: LibraryCall) -> Value:
    array = call.array("src")
    name = str(getattr(call.value("code"), "last", ""))
    shape = array.shape
    if shape is None or not name:
        return opaque(array, dtype=array.dtype)
    if name.endswith("GRAY"):
        return opaque(array, shape=shape[:2], dtype=array.dtype)
    channels = 4 if name.endswith("A") else 3
    return opaque(array, shape=(*shape[:2], channels), dtype=array.dtype)


def _origin(name: str, call: LibraryCall) -> str:
    path = call.value("fname", "file", "filename", "path", default=None)
    return f"{name}({path!r})" if isinstance(path, str) else name
