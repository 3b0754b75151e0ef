import json

import pytest

from keras_shapes.keras_process.answers import BadAnswerError, BuildError, clean_line, clean_text, parse_answer
from keras_shapes.worker.protocol import ANSWER_LIMIT


def reply(value):
    return parse_answer(json.dumps({"reply": {"value": value}}))["value"]


@pytest.mark.parametrize(
    "value", [None, True, 0, -1, 1.5, 2**63, "relu", [1, [2]], {"a": {"b": []}}, "→ é 漢字 👍\n\tx"]
)
def test_plain_data_passes(value):
    assert reply(value) == value


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\x1b[31mred\x1b[0m", "a[31mred[0m"),
        ("a\x00b\x07c\x7fd\x9be", "abcde"),
        ("a\r\nb", "a\nb"),
        ("user\u202etxt.exe\u2066x\u2069", "usertxt.exex"),
        ("zero\u200bwidth\u200d\ufeff\u00ad", "zerowidth"),
        ("\ud800lone\udfff", "lone"),
        ("tag\U000e0041s", "tags"),
        ("line\u2028paragraph\u2029", "lineparagraph"),
    ],
)
def test_characters_that_deceive_are_taken_out(text, clean):
    assert reply(text) == clean
    assert reply([{text: text}]) == [{clean: clean}]


def test_texts_are_cut():
    assert len(reply("x" * 1_000_000)) == 20_000
    assert clean_line("one\n  two\t\x00three ", 100) == "one two three"
    assert clean_line("x" * 400, 10) == "x" * 9 + "…"
    assert clean_text("x\n") == "x\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        "{",
        '{"reply": []}',
        '{"reply": {}, "error": ""}',
        '{"error": 7}',
        '{"reply": {"a": NaN}}',
        '{"reply": {"a": -Infinity}}',
        '{"reply": {"a": 1e400}}',
        f'{{"reply": {{"a": {10**60}}}}}',
        f'{{"reply": {{"a": {"9" * 5000}}}}}',
        '{"reply": {"a": ' + "[" * 100 + "]" * 100 + "}}",
        '{"reply": {"a": ' + "[" * 100_000 + "]" * 100_000 + "}}",
        '{"reply": {"a": [' + "0," * 500_000 + "0]}}",
        '{"reply": {"a": "' + "x" * ANSWER_LIMIT + '"}}',
    ],
)
def test_nonsense_is_no_answer(text):
    with pytest.raises(BadAnswerError):
        parse_answer(text)


def test_an_error_is_told_in_one_line():
    with pytest.raises(BuildError, match=r"^ValueError: a \[1mb$"):
        parse_answer(json.dumps({"error": "ValueError: a\n\x1b[1mb"}))
