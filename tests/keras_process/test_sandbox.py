"""The sandbox, and the test that it passes at every start: a half that is missing is seen."""

import json
import subprocess
import sys

import pytest

from keras_shapes.keras_process.launch import MAIN

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there is a sandbox on Linux only")

PROGRAM = """
import json, sys
from importlib import import_module
from importlib.machinery import SourceFileLoader
package = SourceFileLoader("entry", sys.argv[1]).load_module().load_package()
lockdown, seccomp, self_test = (import_module(f"{package}.{name}") for name in ("lockdown", "seccomp", "self_test"))

def refuse(*_):
    raise OSError(38, "this kernel has no such thing")

def crash(*_):
    import os
    os._exit(0)

found = {"whole": self_test.run(None)}
for name, module, attribute, instead in (
    ("no landlock", lockdown, "landlock", lambda *_: None),
    ("no seccomp", seccomp, "install", lambda *_: None),
    ("nothing", lockdown, "confine_code", lambda *_: None),
    ("refused", lockdown, "landlock", refuse),
    ("crashed", lockdown, "landlock", crash),
    ("no canary", self_test, "_CANARY", self_test.Path("/no/such/file")),
):
    before = getattr(module, attribute)
    setattr(module, attribute, instead)
    found[name] = self_test.run(None)
    setattr(module, attribute, before)
    found[f"{name} again"] = self_test.run(None)
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    finished = subprocess.run(
        [sys.executable, "-I", "-c", PROGRAM, str(MAIN)],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path_factory.mktemp("empty"),
        env={"TF_CPP_MIN_LOG_LEVEL": "3", "OPENBLAS_NUM_THREADS": "1"},
    )
    return json.loads(finished.stdout.splitlines()[-1])


def test_the_whole_sandbox_holds(found):
    assert found["whole"] == {"spec": None, "code": None}


def test_landlock_is_missed(found):
    """seccomp cannot tell paths apart, so it can only forbid to open any file for writing."""
    assert found["no landlock"]["code"] == "the sandbox does not prevent: reading files, reading files in a thread"


def test_seccomp_is_missed(found):
    prevented = "changing modes", "starting processes", "UDP", "unix sockets", "io_uring", "namespaces"
    assert found["no seccomp"]["code"].startswith("the sandbox does not prevent: ")
    assert {*prevented} <= {*found["no seccomp"]["code"].partition(": ")[2].split(", ")}
    assert "reading files" not in found["no seccomp"]["code"]


def test_everything_is_missed(found):
    # The program that it tried to start did start, and took its place.
    assert found["nothing"]["code"] == "the sandbox could not be tested"
    assert found["nothing"]["spec"] is None


def test_a_kernel_that_refuses_is_named(found):
    assert found["refused"]["code"] == "this kernel has no such thing"


@pytest.mark.parametrize(("how", "reason"), [("crashed", "could not be tested"), ("no canary", "to test with")])
def test_what_was_not_tested_does_not_hold(found, how, reason):
    assert all(reason in found[how][child] for child in ("spec", "code"))


def test_the_tests_leave_nothing_behind(found):
    assert {name: result for name, result in found.items() if name.endswith("again")} == {
        name: {"spec": None, "code": None} for name in found if name.endswith("again")
    }
