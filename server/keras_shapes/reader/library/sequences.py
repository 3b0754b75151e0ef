"""Texts and sequences: `pad_sequences`, `Tokenizer`, `one_hot` of words, `TextVectorization` on real texts."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from keras_shapes.data import Array, Fact, Size
from keras_shapes.model import Unknown
from keras_shapes.reader.library import dtypes, marks, sizes
from keras_shapes.reader.library.arrays import as_array, counted, new, size_argument, why
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.objects import LibraryObject
from keras_shapes.reader.library.registry import LibraryCall, function, method
from keras_shapes.reader.values import Items, Value

TOKENIZER: Final = "keras.utils.Tokenizer"
_OF_NUMBERS: Final = ("fit_on_sequences", "sequences_to_matrix")


@function("keras.utils.pad_sequences")
def _pad_sequences(call: LibraryCall) -> Value:
    """Lists of different length become rows of one length."""
    given = call.value("sequences")
    rows, low, high, origin, provenance = _sequences(given)
    length = call.value("maxlen", default=None)
    width = size_argument(length) if length is not None else _longest(given)
    dtype = dtypes.dtype_of(call.type_argument("dtype", default="int32"))
    value = call.value("value", default=0)
    rest = _sizes_of_items(given)
    if isinstance(value, (int, float)) and low is not None and high is not None:
        low, high = min(low, value), max(high, value)
    else:
        low = high = None
    source = given.source if isinstance(given, Array) else None
    return new(
        None if rest is None else (rows, width, *rest),
        dtype,
        origin,
        call.span,
        low=low,
        high=high,
        source=source,
        provenance=provenance & marks.PARTS,
    )


def _sizes_of_items(given: Value) -> tuple[Size, ...] | None:
    """The sizes that the items of each sequence have: none for numbers; None where that is not known."""
    match given:
        case Array() if Fact.RAGGED in given.provenance:
            return ()
        case Array(shape=shape):
            return shape[2:] if shape is not None and len(shape) > 1 else None
        case Items(item=item):
            shape = _shape_of_sequence(item)
            return None if not shape else shape[1:]
        case list() | tuple():
            found = [_shape_of_sequence(item) for item in given]
            rests = [shape[1:] if shape else None for shape in found]
            same = all(one is not None and len(one) == len(rests[0] or ()) for one in rests)
            known = same and all(all(map(sizes.same, one or (), rests[0] or ())) for one in rests)
            return rests[0] if rests and known else None
        case _:
            return None


def _shape_of_sequence(item: Value) -> tuple[Size, ...] | None:
    try:
        return (0,) if isinstance(item, (list, tuple)) and not item else as_array(item).shape
    except GiveUp:
        return None


@function("keras.utils.Tokenizer")
def _tokenizer(call: LibraryCall) -> Value:
    return LibraryObject(TOKENIZER, call.arguments, {**_unfitted(call)}, call.span)


@method(f"{TOKENIZER}.fit_on_texts", f"{TOKENIZER}.fit_on_sequences")
def _fit_on_texts(value: LibraryObject, call: LibraryCall) -> Value:
    for name, fact in _vocabulary("the vocabulary of the texts").items():
        call.change(value.facts, name, fact)
    _learn_texts(call)
    return None


@method(f"{TOKENIZER}.texts_to_sequences", f"{TOKENIZER}.texts_to_sequences_generator")
def _texts_to_sequences(value: LibraryObject, call: LibraryCall) -> Value:
    _learn_texts(call)
    most = call.maker.value("num_words", "nb_words", default=None)
    high = most - 1 if isinstance(most, int) else None
    found = {Fact.RAGGED, Fact.PYTHON_LIST, *_parts(call.value("texts"))}
    return new(
        (_count(call.value("texts")),), "object", "texts_to_sequences", call.span, low=0, high=high, provenance=found
    )


@method(f"{TOKENIZER}.texts_to_matrix", f"{TOKENIZER}.sequences_to_matrix")
def _texts_to_matrix(value: LibraryObject, call: LibraryCall) -> Value:
    _learn_texts(call)
    most = call.maker.value("num_words", "nb_words", default=None)
    width: Size = size_argument(most) if most is not None else sizes.add(_words(value), 1)
    return new((_count(call.value("texts", "sequences")), width), "float64", "texts_to_matrix", call.span)


@function("keras.utils.one_hot", "keras.utils.hashing_trick")
def _hashed_words(call: LibraryCall) -> Value:
    """Word numbers 1…n-1 of one text: a Python list of unknown length."""
    most = call.value("n")
    length = Unknown("the number of words in a text", call.span, kind="int", key=object())
    high = most - 1 if isinstance(most, int) else None
    return Items(Unknown("the number of a word", call.span, kind="int", key=object(), low=1, high=high), length)


@function("keras.utils.text_to_word_sequence")
def _words_of(call: LibraryCall) -> Value:
    length = Unknown("the number of words in a text", call.span, kind="int", key=object())
    return Items(Unknown("a word", call.span, kind="str"), length)


@method("keras.utils.Vocabulary.items", "keras.utils.Vocabulary.keys", "keras.utils.Vocabulary.values")
def _entries(value: LibraryObject, call: LibraryCall) -> Value:
    word, number = Unknown("a word", call.span, kind="str"), Unknown("the number of a word", call.span, kind="int")
    looks = {"items": (word, number), "keys": word, "values": number}
    length = value.facts["length"]
    if not isinstance(length, Unknown):
        raise GiveUp("a vocabulary")
    return Items(looks[call.path.rpartition(".")[2]], length)


@method("keras.utils.Vocabulary.get")
def _entry(_value: LibraryObject, call: LibraryCall) -> Value:
    return Unknown("the number of a word", call.span, kind="int")


def _sequences(given: Value) -> tuple[Size, float | None, float | None, str, frozenset[Fact]]:
    """How many sequences there are, and the bounds of their items."""
    match given:
        case Array(shape=shape):
            rows = shape[0] if shape else sizes.unknown_size(why(given))
            return rows, given.minimum, given.maximum, given.origin, given.provenance
        case Items(item=item, length=length):
            low, high = _bounds(item)
            return counted(length), low, high, "", frozenset()
        case list() | tuple():
            pairs = [_bounds(item) for item in given]
            low = min((pair[0] for pair in pairs if pair[0] is not None), default=None)
            high = max((pair[1] for pair in pairs if pair[1] is not None), default=None)
            known = all(None not in pair for pair in pairs)
            return len(given), low if known else None, high if known else None, "", frozenset()
        case _:
            reason = given.reason if isinstance(given, Unknown) else "sequences that are not known here"
            return sizes.unknown_size(reason), None, None, reason, frozenset()


def _bounds(item: Value) -> tuple[float | None, float | None]:
    if isinstance(item, Items):
        return (item.item.low, item.item.high) if isinstance(item.item, Unknown) else (None, None)
    try:
        array = as_array(item)
    except GiveUp:
        return None, None
    return array.minimum, array.maximum


def _longest(given: Value) -> Size:
    match given:
        case list() | tuple() if given and all(isinstance(item, (list, tuple)) for item in given):
            return max(len(item) for item in given)
        case Array(shape=(_, width, *_)):
            return width
        case _:
            return sizes.unknown_size("the longest sequence", _key(given))


def _key(given: Value) -> object:
    return ("longest", given.source) if isinstance(given, Array) else object()


def _count(texts: Value) -> Size:
    match texts:
        case list() | tuple():
            return len(texts)
        case Items(length=length):
            return counted(length)
        case _:
            array = as_array(texts)
            return (
                array.shape[0] if array.shape else sizes.unknown_size("the number of texts", ("size", array.source, 0))
            )


def _learn_texts(call: LibraryCall) -> None:
    """A tokenizer takes texts, or lists of words, one by one: numbers have no words."""
    if call.path.endswith(_OF_NUMBERS) or call.maker.has("analyzer"):
        return
    texts = call.value("texts", default=None)
    if isinstance(texts, Array) and texts.shape is not None and len(texts.shape) == 1:
        call.learn(texts, Fact.TEXTS)


def _parts(texts: Value) -> frozenset[Fact]:
    return texts.provenance & marks.PARTS if isinstance(texts, Array) else frozenset()


def _unfitted(call: LibraryCall) -> dict[str, Value]:
    most = call.value("num_words", "nb_words", default=None)
    return {**_vocabulary("the vocabulary of the tokenizer"), "num_words": most}


def _vocabulary(reason: str) -> dict[str, Value]:
    """What a tokenizer knows: one number of words, whichever dictionary is asked."""
    words = Unknown(reason, kind="int", key=object(), low=0)
    index = LibraryObject("keras.utils.Vocabulary", facts={"length": words})
    return dict.fromkeys(("word_index", "index_word", "word_counts", "word_docs"), index)


def _words(value: LibraryObject) -> Size:
    index = value.facts.get("word_index")
    length = index.facts.get("length") if isinstance(index, LibraryObject) else None
    if not isinstance(length, Unknown):
        raise GiveUp("the vocabulary of the tokenizer")
    return replace(length)
