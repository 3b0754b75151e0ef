"""Write what `nox -s keras-versions` has measured into `docs/keras-versions.md`: one line for each environment."""

from __future__ import annotations

import json
import platform
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "keras-versions.md"
HEAD = """# What works with which Keras

Written by `nox -s keras-versions`, which makes each environment and compares what is said there with what its Keras
really does: of programs (refused or not, and the shape of every layer), of every layer class on many inputs, of the
examples, and of the first minute in an editor.
A line is there only where that was really run. The large layer is `Dense(100_000)` behind 224×224×3 values.

"""
COLUMNS = (
    *("environment", "run with", "false errors in programs, mistakes not said", "equal shapes in them"),
    *("layer table, equal to the letter", "unknown models of the examples", "memory of a large layer", "editor"),
)


def line(name: str, found: dict[str, object]) -> str:
    """The line of one environment."""
    programs, layers, examples = (found.get(part, {}) for part in ("programs", "layers", "examples"))
    assert isinstance(programs, dict)
    assert isinstance(layers, dict)
    assert isinstance(examples, dict)
    python = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    cells = [
        f"{name}: Keras {found.get('keras')}, {found.get('backend')}",
        python,
        f"0 of {programs.get('all')}, {programs.get('missed')} of {programs.get('refused')} mistakes",
        programs.get("shapes"),
        f"{layers.get('equal')} of {layers.get('all')}",
        f"{examples.get('unknown')} of {examples.get('models')}",
        f"{found.get('memory')} MB",
        "shapes and the mistake" if found.get("editor") else "not run",
    ]
    return "| " + " | ".join(map(str, cells)) + " |"


def main(paths: list[str]) -> None:
    """Replace the lines of these environments, keep the others."""
    lines: dict[str, str] = {}
    if TARGET.exists():
        rows = TARGET.read_text(encoding="utf-8").splitlines()
        lines = {row[2:].partition(":")[0]: row for row in rows if row.startswith("| ") and ": Keras" in row}
    for path in map(Path, paths):
        lines[path.stem] = line(path.stem, json.loads(path.read_text(encoding="utf-8")))
    head = f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}\n"
    TARGET.write_text(HEAD + head + "\n".join(lines[name] for name in sorted(lines)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
