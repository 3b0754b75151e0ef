"""For all tests: which need Keras, and that files which take minutes come first.

None of the long ones is then still at it when the others are done.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from keras_shapes.environments import choose_interpreter
from keras_shapes.keras_process import start_keras

LONG = (
    "tests/worker/test_build_unknowns.py",
    "tests/rules/test_pages.py",
    "tests/worker/test_build_layers.py",
    "tests/training",
    "tests/reader/library/test_oracle.py",
    "tests/reader/differential",
    "tests/keras_process/test_kill.py",
    "tests/lsp/test_random_edits.py",
    "tests/worker",
    "tests/features/graphs",
    "tests/fixes",
)

WITHOUT_KERAS = (
    "tests/cli/test_completion.py",
    "tests/cli/test_empty_arguments.py",
    "tests/cli/test_excerpt.py",
    "tests/cli/test_rule.py",
    "tests/cli/test_start_up.py",
    "tests/features/test_call_at.py",
    "tests/features/test_shapes.py",
    "tests/fixes/test_candidates.py",
    "tests/fixes/test_saving.py",
    "tests/fixes/test_silencing.py",
    "tests/keras_process/test_answers.py",
    "tests/keras_process/test_disk.py",
    "tests/lsp/test_framing.py",
    "tests/reader/library/test_arguments.py",
    "tests/reader/library/test_declarations.py",
    "tests/reader/library/test_frame_differences.py",
    "tests/reader/library/test_gymnasium_spaces.py",
    "tests/reader/library/test_in_place.py",
    "tests/reader/library/test_known_programs.py",
    "tests/reader/library/test_numpy_differences.py",
    "tests/reader/library/test_polynomials.py",
    "tests/reader/library/test_splits.py",
    "tests/reader/library/test_total.py",
    "tests/reader/library/test_unknown_data.py",
    "tests/reader/test_",
    "tests/rules/test_generations.py",
    "tests/rules/test_index.py",
    "tests/test_interpreters.py",
    "tests/test_packaging.py",
    "tests/test_release.py",
    "tests/test_repository.py",
    "tests/test_settings.py",
    "tests/test_site.py",
    "tests/test_vscode_settings.py",
    "tests/text",
    "tests/training/test_training_replies.py",
    "tests/versions",  # these ask the Keras of another environment, which the session names
)
"""What passes where no Keras is installed, as in `nox -s quick`. Every other test has the mark `keras`."""

STARTING = (
    "tests/agents",
    "tests/attacks",
    "tests/cli",
    "tests/jupyter",
    "tests/keras_process",
    "tests/lsp",
    "tests/test_api.py",
    "tests/test_contributing.py",
    "tests/test_examples.py",
    "tests/worker/test_build_confined.py",
)
"""Tests that start and stop processes: on a busy machine one may need another try, and the summary says so."""

TRIES_MORE = 2

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def keras(tmp_path_factory):
    """The Keras of the interpreter that runs the tests, for all that only ask; it remembers no other run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        process = start_keras(choose_interpreter())
    yield process
    process.close()


def pytest_report_header():
    return None if find_spec("keras") else "there is no Keras here: only the tests that need none are collected"


def pytest_ignore_collect(collection_path):
    """Where there is no Keras, files that import it cannot even be collected."""
    name = collection_path.relative_to(HERE.parent).as_posix() if collection_path.is_relative_to(HERE) else ""
    is_test = name.endswith(".py") and collection_path.name.startswith("test_")
    return True if is_test and not name.startswith(WITHOUT_KERAS) and not find_spec("keras") else None


def pytest_collection_modifyitems(items):
    for item in items:
        if not item.nodeid.startswith(WITHOUT_KERAS):
            item.add_marker(pytest.mark.keras)
        if item.nodeid.startswith(STARTING):
            item.add_marker(pytest.mark.flaky(reruns=TRIES_MORE))
    items.sort(key=lambda item: next((i for i, name in enumerate(LONG) if item.nodeid.startswith(name)), len(LONG)))


def pytest_terminal_summary(terminalreporter):
    """Every test that was tried again, with what had gone wrong."""
    for report in terminalreporter.stats.get("rerun", ()):
        crash = getattr(report.longrepr, "reprcrash", None)
        cause = crash.message.partition("\n")[0] if crash is not None else str(report.longrepr).strip()[-200:]
        terminalreporter.write_line(f"TRIED AGAIN {report.nodeid}: {cause}")
