"""Replies come from a process that may have been taken over: whatever it says, there is a verdict, and no exception."""

import copy
import random
import unicodedata

import pytest
from making import model

from keras_shapes.keras_process.recipe import encode_model, request
from keras_shapes.keras_process.replies import decode_recipes
from keras_shapes.verdict import Built, Refused, Unavailable

SOURCES = (
    "[keras.Input((28, 28, 1)), L.Conv2D(n, 3), L.Flatten(), Mine(), L.Dense(10)]",
    "[keras.Input((8, 8, 3)), keras.Sequential([L.Conv2D(4, 3), L.Flatten()]), L.LSTM(4), L.Dense(2, init='x')]",
)
JUNK = (
    *(None, True, -1, 10**30, 1.5, "", "\x1b[31m\u202ered\u0000", [], {}, [[[]]], {"last": "?"}, {"last": {}}, "?"),
    *([1, 99], [1, "x"], [None, "?"], {"unavailable": "\u202eno"}, [[0], []], ["constructor"], "build"),
)


@pytest.fixture(scope="module", params=SOURCES)
def asked(worker, request):
    made = model(request.param)
    recipe = encode_model(made)
    return made, recipe, worker.answer(_request(recipe))


def test_an_honest_reply(asked):
    made, recipe, reply = asked
    [verdict] = decode_recipes(reply, [recipe], [made])
    assert isinstance(verdict, (Built, Refused))


def test_replies_with_junk_in_them(asked):
    made, recipe, reply = asked
    chance = random.Random(1)
    kinds = set()
    for _ in range(3_000):
        changed = copy.deepcopy(reply)
        for _ in range(chance.choice((1, 1, 1, 3))):
            _spoil(changed, chance)
        [verdict] = decode_recipes(changed, [recipe], [made])
        kinds.add(type(verdict))
        assert not any(unicodedata.category(character) in ("Cc", "Cf") for character in _texts(verdict))
    assert {Built, Unavailable} <= kinds or {Refused, Unavailable} <= kinds


@pytest.mark.parametrize("reply", [None, [], {}, {"models": []}, {"models": [1, 2]}, {"models": {}}, "x"])
def test_replies_of_another_form(asked, reply):
    made, recipe, _ = asked
    [verdict] = decode_recipes(reply, [recipe], [made])
    assert isinstance(verdict, Unavailable)


def test_long_replies(asked):
    made, recipe, reply = asked
    spoiled = copy.deepcopy(reply)
    spoiled["models"][0]["layers"][0]["class_name"] = "x" * 1_000_000
    spoiled["models"][0]["parameters"] = [["x"] * 1_000_000]
    assert isinstance(decode_recipes(spoiled, [recipe], [made])[0], Unavailable)
    spoiled["models"][0]["parameters"] = reply["models"][0]["parameters"]
    assert len(decode_recipes(spoiled, [recipe], [made])[0].layers[0].class_name) < 1_000


def _request(recipe):
    return request([recipe])


def _spoil(node, chance):
    """Put junk in a random place."""
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return
        key = chance.choice(keys)
        inner = node[key]
        if not isinstance(inner, (dict, list)) or not inner or chance.random() < 0.15:
            break
        node = inner
    if isinstance(node, list) and chance.random() < 0.2:
        del node[key]
    else:
        node[key] = copy.deepcopy(chance.choice(JUNK))


def _texts(verdict):
    layers = getattr(verdict, "layers", ())
    texts = [text for layer in layers for text in (layer.class_name, layer.name, layer.reason, layer.dtype)]
    texts += [getattr(verdict, "reason", None), getattr(verdict, "exception", None)]
    message = getattr(verdict, "message", "").replace("\n", "")
    return "".join(text for text in (*texts, message) if text)
