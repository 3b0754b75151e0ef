"""Random graphs with a mistake here and there: whatever is marked as an error, a real run refuses as well.

`KERAS_SHAPES_REFUSALS=500` draws as many programs; by default it is a small number.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from graph_programs import program
from tests.shares import draws

from keras_shapes.analysis import analyse
from keras_shapes.files import python_document

DRAWS = draws("KERAS_SHAPES_REFUSALS", 40, 500)
SEED = draws("KERAS_SHAPES_SEED", 7, 7)
LEAST_TOLD = 0.8
"""Of the statements that a real run refuses, so many are marked."""
NUMBER = re.compile(r"(?<=[(, -])\d+\b")


@pytest.fixture(scope="module")
def marked(keras):
    """Programs, and the names whose statements are marked in each."""
    draw = random.Random(SEED)
    programs = [mutated(draw, program(draw)) for _ in range(DRAWS)]
    return [(lines, list(marked_names(keras, lines))) for lines in programs]


def test_what_is_marked_is_refused_and_most_of_what_is_refused_is_marked(marked):
    asked = "".join(json.dumps([lines, sorted(set().union(*groups))]) + "\n" for lines, groups in marked)
    oracle = Path(__file__).parent / "real_refusals.py"
    told = subprocess.run([sys.executable, oracle], input=asked, capture_output=True, text=True, check=True).stdout
    refused = seen = 0
    for (lines, groups), (raised, fails, unreached) in zip(marked, map(json.loads, told.splitlines()), strict=True):
        wrong = [names for names in groups if not names & {*raised, *fails, *unreached}]
        assert not wrong, f"{wrong} marked, real: {raised} raised, {fails} fail:\n" + "\n".join(lines)
        refused += len(raised)
        seen += len(set().union(*groups) & set(raised))
    assert seen >= LEAST_TOLD * refused, f"{seen} of {refused}"


def mutated(draw, lines):
    """The program with another number, another tensor or another axis in one or two of its statements."""
    lines = list(lines)
    for _ in range(draw.randint(1, 2)):
        place = draw.randrange(4, len(lines))
        tensors = re.findall(r"^([it]\d+) = ", "\n".join(lines[:place]), re.MULTILINE)
        if draw.random() < 0.5 and tensors:
            head, equals, rest = lines[place].partition(" = ")
            lines[place] = head + equals + re.sub(r"\b[it]\d+\b", draw.choice(tensors), rest, count=1)
        else:
            lines[place] = NUMBER.sub(lambda number: str(draw.choice((1, 2, 3, 5, int(number[0]) + 1))), lines[place])
    return lines


def marked_names(keras, lines):
    """For each error, the names bound by the statements that it marks: the cause, and the other side."""
    analysis = analyse(python_document("program.py", "\n".join(lines)), keras)
    document = analysis.document
    for diagnostic in analysis.diagnostics:
        spans = [diagnostic.span, *(related.span for related in diagnostic.related)]
        marked = [document.slice(document.line_span(document.line(span.start))) for span in spans]
        names = {bound[1] for line in marked if (bound := re.match(r"([a-z]\w*) = ", line))}
        inside = any(line.startswith(" ") for line in marked)  # of a function: which call of it fails is not said
        if diagnostic.severity == "error" and names and not inside:
            yield names
