"""Write the table in docs/settings.md from the settings themselves: `python scripts/write_settings.py`."""

from __future__ import annotations

from pathlib import Path

from keras_shapes.settings import reference

PAGE = Path(__file__).parents[1] / "docs" / "settings.md"
BEGIN, END = "<!-- written by scripts/write_settings.py -->", "<!-- end -->"


def updated(text: str) -> str:
    """The page with the table as it is today."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{reference()}\n\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(updated(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"wrote {PAGE}")
