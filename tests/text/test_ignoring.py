"""Patterns are read as git reads them; git itself says how."""

from __future__ import annotations

import subprocess
import time

import pytest

from keras_shapes.ignoring import read_patterns

PATHS = [
    *("a.py", "b.py", "!c.py", "#d.py", "e .py", "f\\.py", "[g].py", "é.py", "x1.py", "-.py", "]"),
    *("data/a.py", "data/sub/a.py", "src/data/a.py", "src/a/b/c.py", "src/b.py", "build/x.py", "docs/build/y.py"),
]
PATTERNS = [
    *(
        "",
        "!",
        "/",
        "//",
        "#d.py",
        "\\#d.py",
        "\\!c.py",
        "!a.py",
        "foo\\",
        "a.py\\",
        "[z-a].py",
        "[",
        "[a",
        "[]",
        "[]]",
    ),
    *(
        "*.py",
        "a.py ",
        "a.py\\ ",
        "e\\ .py",
        "e .py  ",
        "?.py",
        "[ab].py",
        "[!ab].py",
        "[^ab].py",
        "[a-c].py",
        "x[0-9].py",
    ),
    *(
        "data",
        "data/",
        "/data",
        "/data/",
        "data/*",
        "data/**",
        "**/data",
        "**/a.py",
        "src/**/c.py",
        "src/**",
        "**",
        "*",
    ),
    *("**/**", "src/*/a.py", "src/a*c.py", "sr*/b.py", "build/", "docs/build", "*/build", "\\[g].py", "[[]g[]].py"),
    *(
        "f\\\\.py",
        "[[:alpha:]].py",
        "[[:nothing:]].py",
        "x[[:digit:]].*",
        "[]-].py",
        "[a-].py",
        "[-a].py",
        "*a*",
        "***",
    ),
    *(
        "é.py",
        "./a.py",
        "a.py/",
        "data//a.py",
        "src/**b.py",
        "?",
        "[!]a].py",
        "data/sub/",
        "*.p[xy]",
        "[\\]].py",
        "**/",
    ),
]


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    folder = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "-q", folder], check=True)
    return folder


def ignored_by_git(folder, patterns: str) -> set[str]:
    (folder / ".gitignore").write_text(patterns, encoding="utf-8")
    command = ["git", "-C", folder, "check-ignore", "--no-index", "-z", "--stdin"]
    result = subprocess.run(command, input="\0".join(PATHS), capture_output=True, text=True, check=False)
    return set(result.stdout.split("\0")) - {""}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_one_pattern(repository, pattern):
    patterns = read_patterns([pattern])
    assert {path for path in PATHS if patterns.ignores(path)} == ignored_by_git(repository, pattern)


@pytest.mark.parametrize(
    "lines", ["*.py\n!a.py", "data/\n!data/a.py", "*\n!*/\n!*.py", "/*\n!/src\n", "a.py\n!a.py\na.py"]
)
def test_the_last_one_that_matches_decides(repository, lines):
    patterns = read_patterns(lines.split("\n"))
    assert {path for path in PATHS if patterns.ignores(path)} == ignored_by_git(repository, lines)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 50 + "b", "a" * 250),
        ("?*" * 100 + "b", "a" * 250),
        ("*[ab]" * 60 + "!", "ab" * 120),
        ("**/a/" * 50 + "b", "a/" * 2_000 + "c"),
        ("**/*a*/" * 20 + "b", "aa/" * 1_000 + "c"),
        ("[" * 20_000, "a"),
        ("[" + "a-z" * 20_000 + "]", "a"),
    ],
)
def test_no_pattern_takes_long(pattern, path):
    start = time.thread_time()
    read_patterns([pattern]).verdict(path, folder=False)
    assert time.thread_time() - start < 0.5
