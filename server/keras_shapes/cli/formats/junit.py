"""JUnit's XML, which most systems show: a file is a test case, and its diagnostics are the failure."""

from __future__ import annotations

from typing import TextIO
from xml.etree import ElementTree as ET

from keras_shapes.api.results import FileResult
from keras_shapes.cli.formats.report import Found, Report, found_in
from keras_shapes.cli.safe import safe_line


def write(report: Report, file: TextIO) -> None:
    """One suite; the files in which there is nothing to report have passed. Its counts stand before its cases."""
    suite = ET.Element("testsuite", name="keras-shapes", tests="", failures="", errors="0")
    suite.extend(map(_case, report.files))
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suites = ET.Element("testsuites", name="keras-shapes")
    suites.append(suite)
    ET.indent(suites)
    file.write(ET.tostring(suites, encoding="unicode", xml_declaration=False) + "\n")


def _case(checked: FileResult) -> ET.Element:
    """Several diagnostics are one failure of several lines: readers of the format show the first one only."""
    found = list(found_in(checked))
    name = safe_line(found[0].name if found else checked.filename)
    case = ET.Element("testcase", name=name, classname="keras-shapes", file=name)
    if found:
        failure = ET.SubElement(case, "failure", type=found[0].diagnostic.code)
        failure.set("message", safe_line(found[0].message))
        failure.text = "\n".join(map(_line, found))
    return case


def _line(found: Found) -> str:
    start, one = found.start, found.diagnostic
    place = "" if start.cell is not None else f"line {start.row}, column {start.column}: "
    return safe_line(f"{place}{one.severity}[{one.code}]: {found.message}")
