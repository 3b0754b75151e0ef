"""For all tests: which need Keras, and that files which take minutes come first.

None of the long ones is then still at it when the others are done.
"""

from __future__ import annotations

import pytest

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
)
"""What passes where no Keras is installed, as in `nox -s quick`. Every other test has the mark `keras`."""


def pytest_collection_modifyitems(items):
    for item in items:
        if not item.nodeid.startswith(WITHOUT_KERAS):
            item.add_marker(pytest.mark.keras)
    items.sort(key=lambda item: next((i for i, name in enumerate(LONG) if item.nodeid.startswith(name)), len(LONG)))
