"""The documentation as a site: built strictly, complete, and able to live without the network."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from keras_shapes.rules import rules

ROOT = Path(__file__).parent.parent
LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return folder


def test_every_page_is_in_it(site):
    pages = {str(page.relative_to(ROOT / "docs").with_suffix(".html")) for page in (ROOT / "docs").rglob("*.md")}
    assert "rules/reshape-size.html" in pages
    beside = {"index.html", "CHANGELOG.html", "CONTRIBUTING.html", "SECURITY.html", "404.html"}
    assert {str(page.relative_to(site)) for page in site.rglob("*.html")} == pages | beside


def test_rules_are_found(site):
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    found = {page["location"]: page["text"] for page in index["docs"]}
    assert all(f"rules/{rule.name}.html" in found for rule in rules())
    assert "same values into another shape" in found["rules/reshape-size.html"]


def test_nothing_is_loaded_from_elsewhere_and_every_file_is_there(site):
    for page in site.rglob("*.html"):
        elements = Elements(page.read_text(encoding="utf-8")).found
        for tag, attributes in elements:
            address = urlsplit(attributes.get(LOADED.get(tag, ""), ""))
            assert not address.netloc, (page, tag, attributes)
            if address.path and not address.scheme and page.name != "404.html":
                assert (page.parent / unquote(address.path)).exists(), (page, tag, attributes)
    styles = [style.read_text(encoding="utf-8") for style in site.rglob("*.css")]
    assert styles
    assert not [found for style in styles for found in re.findall(r"url\(\s*[\"']?https?://[^)]*\)", style)]


def test_the_first_page_shows_the_picture(site):
    text = (site / "index.html").read_text(encoding="utf-8")
    assert 'src="pictures/residual_block.svg"' in text
    assert 'href="rules/index.html"' in text
    assert re.search(r'href="https://[^"]+/blob/HEAD/\.github/workflows/tests\.yml"', text)


class Elements(HTMLParser):
    """The elements of a page, with their attributes."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))
