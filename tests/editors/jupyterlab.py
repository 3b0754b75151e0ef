"""Opens a notebook with the model in JupyterLab, in a browser, and writes what is seen there: `python jupyterlab.py`.

The configuration of the language server is in the file `setup`. Needs jupyterlab, jupyterlab-lsp, playwright and
Debian's chromium; nothing but this machine is asked for anything.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

PATIENCE, ABSENCE = float(os.environ["PATIENCE"]), float(os.environ["ABSENCE"])
OFF = os.environ["OFF"].split()
"""What must not come: it is looked for last, for a short time."""
START_SECONDS = 120
BROWSER = (
    "--no-sandbox",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
QUIET = (
    "--no-browser",
    "--allow-root",
    "--IdentityProvider.token=",
    "--ServerApp.password=",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.news_url=None",
)
MARK = ".jp-CodeCell .cm-lintRange-error"


def main() -> None:
    """Look, and write what was seen."""
    home = Path.home() / ".jupyter"
    home.mkdir(exist_ok=True)
    shutil.copy("setup", home / "jupyter_server_config.json")
    Path("model.ipynb").write_text(notebook(Path("model.py").read_text(encoding="utf-8")), encoding="utf-8")
    with jupyterlab() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=BROWSER)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{address}/lab/tree/model.ipynb")
        page.wait_for_selector(".jp-CodeCell .cm-line", timeout=1000 * START_SECONDS)
        Path(os.environ["SEEN"]).write_text(json.dumps(look(page)), encoding="utf-8")
        browser.close()


def notebook(text: str) -> str:
    """The text as a notebook, a cell for each part."""
    cells = [
        {"cell_type": "code", "metadata": {}, "source": part, "outputs": [], "execution_count": None}
        for part in re.split(r"\n\n+", text.strip())
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": kernel, "cells": cells})


@contextlib.contextmanager
def jupyterlab() -> Iterator[str]:
    """The address of a JupyterLab that shows this folder."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "jupyterlab", "--ip=127.0.0.1", f"--port={port}", *QUIET]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as process:
        try:
            wait_for(address, process)
            yield address
        finally:
            process.terminate()


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until it answers."""
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}/api/status", timeout=5).close()
            return
        time.sleep(0.1)
    raise SystemExit("JupyterLab does not start")


def look(page: Page) -> dict[str, object]:
    """What a person sees: the marked text, its message under the mouse, and with the key Ctrl the hover."""
    steps = {"diagnostics": look_for_marks, "hover": look_for_hover}
    seen: dict[str, object] = {"marked": "", "message": "", "hover": ""}
    for name in sorted(steps, key=lambda name: name in OFF):
        seen |= steps[name](page, ABSENCE if name in OFF else PATIENCE)
    return seen


def look_for_marks(page: Page, seconds: float) -> dict[str, str]:
    """The marked text and its message."""
    marked = text_when_there(page, MARK, seconds)
    return {"marked": marked, "message": under_mouse(page, ".cm-tooltip-lint", "LSTM", seconds) if marked else ""}


def look_for_hover(page: Page, seconds: float) -> dict[str, str]:
    """The hover; while Keras starts it says less, and this client remembers it until the text changes."""
    end, hover = time.monotonic() + seconds, ""
    while "(None, 16)" not in hover and time.monotonic() < end:
        if hover:
            page.locator(".jp-CodeCell .cm-content").first.click(force=True)
            page.keyboard.press("End")
            page.keyboard.type(" ")
        page.mouse.move(5, 5)
        page.keyboard.down("Control")
        hover = under_mouse(page, ".jp-Tooltip", "(None, 16)", min(10, end - time.monotonic()))
        page.keyboard.up("Control")
    return {"hover": hover}


def under_mouse(page: Page, tooltip: str, wanted: str, seconds: float) -> str:
    """The text that is shown while the mouse moves slowly over the first LSTM."""
    layer = page.locator(".jp-CodeCell .cm-line span", has_text="LSTM").first
    end, text, step = time.monotonic() + seconds, "", 0
    while wanted not in text and time.monotonic() < end:
        box = layer.bounding_box()  # the page may still move, and draw the cell anew
        if box is None:
            continue
        step = (step + 1) % int(box["width"] - 4)
        page.mouse.move(box["x"] + 2 + step, box["y"] + box["height"] / 2)
        text = text_when_there(page, tooltip, 0.7)
    return text


def text_when_there(page: Page, selector: str, seconds: float) -> str:
    """The text of an element, empty if it does not come."""
    try:
        return page.locator(selector).first.inner_text(timeout=1000 * seconds)
    except Error:
        return ""


if __name__ == "__main__":
    main()
