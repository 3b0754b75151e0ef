"""What is derived when the package is built: its links, and a README whose links work where no repository is beside it.

Run by the build, as pyproject.toml says.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_LINK = re.compile(r"(?P<image>!?)\[(?P<text>[^\]]*)\]\((?![a-z]+:|#)(?P<path>[^)]+)\)")


class PackageMetadata(MetadataHookInterface):
    """Fills in what `dynamic` in pyproject.toml names, but for the version."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add links and README to the metadata."""
        address = self.config["Repository"]
        readme = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        metadata["urls"] = project_urls(address)
        metadata["readme"] = {"content-type": "text/markdown", "text": with_absolute_links(readme, address)}


def project_urls(address: str) -> dict[str, str]:
    """All links of the project, from the one address."""
    return {
        "Repository": address,
        "Documentation": f"{address}/tree/HEAD/docs",
        "Changelog": f"{address}/blob/HEAD/CHANGELOG.md",
        "Issues": f"{address}/issues",
    }


def with_absolute_links(text: str, address: str) -> str:
    """Markdown whose links to files of the repository are addresses; pictures are linked as they are."""
    return _LINK.sub(
        lambda link: "{image}[{text}]({0}/{1}/HEAD/{path})".format(
            address, "raw" if link["image"] else "blob", **link.groupdict()
        ),
        text,
    )
