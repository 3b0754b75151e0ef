"""What the site has beside docs/: README as its first page, the pages of the repository's root, and every rule.

Hooks of MkDocs, as mkdocs.yml says. A link that leads out of the site leads to the repository.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
OF_THE_ROOT = {"README.md": "index.md", **{name: name for name in ("CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")}}
"""Files beside docs/ that are pages, and their names in the site."""

_ADDRESS = re.compile(r'^Repository = "(?P<address>[^"]+)"$', re.MULTILINE)
_LINK = re.compile(r"(?P<before>!?\[[^\]]*\]\()(?![a-z]+:|#)(?P<path>[^)#\s]+)(?P<anchor>#[^)]*)?\)")
_FENCED = re.compile(r"(^```.*?^```)", re.MULTILINE | re.DOTALL)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """The address of the repository, and the pages that mkdocs.yml does not name: those of the rules.

    The address is no `repo_url`: the theme would ask the host for stars and forks.
    """
    found = _ADDRESS.search((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert found is not None, "pyproject.toml has no Repository"
    config.extra["social"] = [{"icon": "fontawesome/brands/git-alt", "link": found["address"], "name": "Repository"}]
    parts = {title: pages for part in config.nav or () if isinstance(part, dict) for title, pages in part.items()}
    parts["Rules"] += _not_listed("rules", parts["Rules"])
    parts["Use"] += _not_listed("", parts["Use"] + parts["Inside"])
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that lie beside docs/."""
    for source, target in OF_THE_ROOT.items():
        files.append(File.generated(config, target, content=(ROOT / source).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The page with its links as they are in the site."""
    source = next((name for name, target in OF_THE_ROOT.items() if target == page.file.src_uri), None)
    place = source or f"docs/{page.file.src_uri}"
    known = {file.src_uri for file in files}
    parts = _FENCED.split(markdown)
    parts[::2] = [_LINK.sub(lambda link: _linked(link, place, page, config, known), part) for part in parts[::2]]
    return "".join(parts)


def _not_listed(folder: str, listed: list[str]) -> list[str]:
    """The pages of a folder of docs/ that mkdocs.yml does not name."""
    pages = (ROOT / "docs" / folder).glob("*.md")
    return sorted(name for page in pages if (name := posixpath.join(folder, page.name)) not in listed)


def _linked(link: re.Match[str], place: str, page: Page, config: MkDocsConfig, known: set[str]) -> str:
    path = posixpath.normpath(posixpath.join(posixpath.dirname(place), link["path"]))
    target = OF_THE_ROOT.get(path) or (path.removeprefix("docs/") if path.startswith("docs/") else None)
    if target in known:
        there = posixpath.relpath(target, posixpath.dirname(page.file.src_uri) or ".")
    elif (ROOT / path).exists():
        there = f"{config.extra['social'][0]['link']}/blob/HEAD/{path}"
    else:
        there = link["path"]  # MkDocs tells of it
    return f"{link['before']}{there}{link['anchor'] or ''})"
