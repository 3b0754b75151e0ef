"""Completion, as real shells ask for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig

import pytest

PATH = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
ASK = """
eval "$(keras-shapes completion bash)"
COMP_WORDS=({words}); COMP_CWORD={last}
complete -p keras-shapes >&2
_keras_shapes_completion keras-shapes && printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["keras-shapes", "ru"], ["rule"]),
        (["keras-shapes", "rule", "reshape"], ["reshape-size"]),
        (["keras-shapes", "check", "--fix"], ["--fix"]),
        (["keras-shapes", "rule", "--output-format", ""], ["text", "json"]),
        (["keras-shapes", "completion", ""], ["bash", "zsh", "fish"]),
    ],
)
def test_bash_completes(typed, offered, tmp_path):
    words = " ".join(f"'{word}'" for word in typed)
    result = shell("bash", "--norc", "-c", ASK.format(words=words, last=len(typed) - 1), cwd=tmp_path)
    assert result.stderr == "complete -o nosort -F _keras_shapes_completion keras-shapes\n"
    assert result.stdout.split() == offered


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_each_shell_takes_its_script(name, tmp_path):
    script = shell("keras-shapes", "completion", name, cwd=tmp_path).stdout
    assert f"_KERAS_SHAPES_COMPLETE={name}_complete" in script
    if shutil.which(name):
        (tmp_path / "script").write_text(script, encoding="utf-8")
        assert shell(name, "-n", tmp_path / "script", cwd=tmp_path).stderr == ""


def test_another_shell(tmp_path):
    result = shell("keras-shapes", "completion", "tcsh", cwd=tmp_path)
    assert result.returncode == 2
    assert "'tcsh' is not one of" in result.stderr


def shell(*command, cwd):
    given = {**os.environ, "PATH": PATH}
    return subprocess.run([*map(str, command)], cwd=cwd, env=given, capture_output=True, encoding="utf-8", check=False)
