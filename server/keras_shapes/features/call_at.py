"""The call that a caret stands in, found in the text alone: it may be half typed, and nothing after it is needed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from keras_shapes.model import PublicName
from keras_shapes.public_names import public_name
from keras_shapes.signature import COMPILE, Parameter, Signature
from keras_shapes.source import Span

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
    |(?P<long>(?:\"{3}(?:[^\\]|\\.)*?(?:\"{3}|\Z))|(?:'{3}(?:[^\\]|\\.)*?(?:'{3}|\Z)))
    |(?P<string>"(?:[^"\\\n]|\\.)*(?:"|(?=\n)|\Z)|'(?:[^'\\\n]|\\.)*(?:'|(?=\n)|\Z))
    |(?P<name>[^\W\d]\w*(?:[ \t]*\.[ \t]*[^\W\d]\w*)*)
    |(?P<open>[(\[{])
    |(?P<close>[)\]}])
    |(?P<comma>,)
    |(?P<other>\S)""",
    re.VERBOSE | re.DOTALL,
)
_STATEMENT = re.compile(r"^(?=[^\W\d]|@)", re.MULTILINE)
_IMPORT = re.compile(r"^[ \t]*import[ \t]+([^\n#;]+)", re.MULTILINE)
_FROM = re.compile(r"^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n#;]+)", re.MULTILINE)
_KEYWORD = re.compile(r"\s*([^\W\d]\w*)\s*=(?!=)")
_WORD = re.compile(r"\w*\Z")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_FURTHEST = 100_000
"""How far back the beginning of a statement is looked for."""
_AHEAD = 4_000


@dataclass(slots=True)
class _Open:
    """A bracket that is open at the caret: what is called there, and where each of its arguments begins."""

    name: str
    start: int
    bracket: int
    arguments: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CallAt:
    """`name` is as the text has it (`layers.Conv2D`); `word` is what is typed of the argument's last word.

    `keyword` is the name that the caret's argument is given by, None of a positional one, whose place is `position`.
    `given` are the names of the others. `quote` is open at the caret; then `word` is what stands behind it.
    """

    name: str
    keyword: str | None
    position: int
    given: frozenset[str]
    word: Span
    quote: str | None = None
    is_alone: bool = True
    """Whether `word` is all that is typed of its argument, or of its value."""
    is_inside: bool = False
    """Whether the caret is in a list or tuple that is given to the call."""
    start: int = 0
    """Where the call begins."""
    closing: str = ""
    """What would close all brackets that are open at the caret, the innermost first."""

    def active(self, signature: Signature) -> Parameter | None:
        """The parameter that the caret's argument is for."""
        if self.keyword is not None:
            return signature.parameter(self.keyword)
        places = [each for each in signature.parameters if not each.keyword]
        return places[self.position] if self.position < len(places) else None


def call_at(text: str, offset: int) -> CallAt | None:
    """The innermost call around an offset."""
    start = max(0, offset - _FURTHEST)
    for statement in _STATEMENT.finditer(text, start, offset):
        start = statement.start()
    stack, quote = _open_brackets(text, start, offset)
    depth = next((number for number, opened in reversed(list(enumerate(stack))) if opened.name), None)
    if depth is None or quote == "#":
        return None
    opened, inner = stack[depth], stack[-1]
    begin = opened.arguments[-1]
    named = _KEYWORD.match(text, begin, offset)
    value = inner.arguments[-1] if inner is not opened else named.end() if named else begin
    mark, first = quote if isinstance(quote, tuple) else (None, _word_before(text, value, offset))
    typed = text[value : first - (mark is not None)].strip()
    names = (_KEYWORD.match(text, *piece) for piece in _pieces(text, opened, offset, len(stack) - depth - 1))
    return CallAt(
        opened.name,
        keyword=named[1] if named else None,
        position=len(opened.arguments) - 1,
        given=frozenset(found[1] for found in names if found),
        word=Span(first, offset),
        quote=mark,
        is_alone=not typed,
        is_inside=inner is not opened,
        start=opened.start,
        closing="".join(_CLOSING[text[each.bracket]] for each in reversed(stack)),
    )


def called(call: CallAt, text: str, models: frozenset[str]) -> PublicName | None:
    """What is called, where it is something of Keras: by the imports of the text, or `compile` of one of its models."""
    root, _, rest = call.name.partition(".")
    if rest == "compile" and root in models:
        return COMPILE
    dotted = _imported(text).get(root)
    if dotted is None:
        return None
    name = public_name(f"{dotted}.{rest}" if rest else dotted)
    return name if name.path.startswith("keras.") else None


def _open_brackets(text: str, start: int, offset: int) -> tuple[list[_Open], tuple[str, int] | str | None]:
    """The brackets that are open at an offset; and the quote that is, with its end, or `#` in a comment."""
    stack: list[_Open] = []
    name, end_of_name = "", -1
    for found in _TOKEN.finditer(text, start, offset):
        kind = found.lastgroup
        if found.end() == offset and kind in ("string", "comment", "long"):
            if kind == "comment":
                return stack, "#"
            if kind == "string" and not (len(found[0]) > 1 and found[0][-1] == found[0][0]):
                return stack, (found[0][0], found.start() + 1)
            if kind == "long":
                return [], None
        if kind == "open":
            is_call = found[0] == "(" and not text[end_of_name : found.start()].strip(" \t") and name != ""
            called = "".join(name.split()) if is_call else ""
            stack.append(_Open(called, end_of_name - len(name), found.start(), [found.end()]))
        elif kind == "close" and stack:
            stack.pop()
        elif kind == "comma" and stack:
            stack[-1].arguments.append(found.end())
        name, end_of_name = (found[0], found.end()) if kind == "name" else ("", -1)
    return stack, None


def _word_before(text: str, value: int, offset: int) -> int:
    """Where the word begins that ends at an offset; a pattern would try each of its characters as the beginning."""
    while offset > value and (text[offset - 1].isalnum() or text[offset - 1] == "_"):
        offset -= 1
    return offset


def _pieces(text: str, opened: _Open, offset: int, depth: int) -> list[tuple[int, int]]:
    """The other arguments of a call: those before the caret, and those behind it if it is closed there.

    The caret is in so many brackets inside the call's own.
    """
    before = list(zip(opened.arguments, opened.arguments[1:], strict=False))
    starts: list[int] = []
    for found in _TOKEN.finditer(text, offset, min(len(text), offset + _AHEAD)):
        if found.lastgroup == "open":
            depth += 1
        elif found.lastgroup == "close":
            depth -= 1
        elif found.lastgroup == "comma" and depth == 0:
            starts.append(found.end())
        if depth < 0:
            return before + list(zip(starts, [*starts[1:], found.start()], strict=False))
    return before


def _imported(text: str) -> dict[str, str]:
    """What the names that a text imports stand for."""
    found: dict[str, str] = {}
    for imported in _IMPORT.finditer(text):
        for dotted, _, name in (each.strip().partition(" as ") for each in imported[1].split(",")):
            first = dotted.strip().split(".")[0]
            found[name.strip() or first] = dotted.strip() if name else first
    for imported in _FROM.finditer(text):
        for member, _, name in (each.strip().partition(" as ") for each in imported[2].strip("()").split(",")):
            found[name.strip() or member.strip()] = f"{imported[1]}.{member.strip()}"
    return found
