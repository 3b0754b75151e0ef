"""For all tests: files that take minutes come first, so that none of them is still at it when the others are done."""

from __future__ import annotations

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


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: next((i for i, name in enumerate(LONG) if item.nodeid.startswith(name)), len(LONG)))
