"""Questions about what a function of Keras takes, in the language of the worker, and what Keras says."""

from __future__ import annotations

import json
from typing import Any

from keras_shapes.keras_process.answers import clean_line
from keras_shapes.model import PublicName
from keras_shapes.signature import Parameter, Signature

Json = Any

_MOST = 200
_LONGEST = 400
_LONGEST_NAME = 80


def signature_request(name: PublicName) -> dict[str, Json]:
    """The request for the signature of a public name."""
    return {"kind": "signature", "signature": name.path, "flavour": name.flavour}


def signature_key(name: PublicName) -> str:
    """What the answer is kept under."""
    return json.dumps(signature_request(name), sort_keys=True)


def decode_signature(reply: Json) -> Signature | None:
    """The signature in a reply, of which every part is checked; None where there is none."""
    match reply:
        case {"models": [{"documentation": str() as text, "parameters": list() as parameters}]}:
            return Signature(_line(text), tuple(filter(None, map(_parameter, parameters[:_MOST]))))
    return None


def _parameter(item: Json) -> Parameter | None:
    match item:
        case {
            "name": str() as name,
            "required": bool() as required,
            "default": (str() | None) as default,
            "keyword": bool() as keyword,
            "documentation": str() as text,
            "values": list() as values,
        } if name.isidentifier() and len(name) <= _LONGEST_NAME:
            known = tuple(_line(value) for value in values[:_MOST] if isinstance(value, str))
            return Parameter(name, required, None if default is None else _line(default), keyword, _line(text), known)
    return None


def _line(text: str) -> str:
    return clean_line(text, _LONGEST)
