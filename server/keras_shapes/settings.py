"""The settings, as one typed object: what there is, what it means, and who may set it.

Clients write `keras-shapes.inlayHints`, a repository's `pyproject.toml` writes `inlay-hints` under
`[tool.keras-shapes]`. A repository chooses what is shown; what is run is for the client or the machine to choose.
"""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import Field, dataclass, field, fields, replace
from typing import Any, Literal, TypeAlias, get_args

from keras_shapes.diagnostic import Severity

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found, unused-ignore]

SECTION = "keras-shapes"
"""The settings' name in clients, and under `[tool]` in `pyproject.toml`."""

SEVERITIES = ("error", "warning", "hint", "off")

_MOST_DOTS = 100

RuleSeverity: TypeAlias = Severity | Literal["off"]
InlayHints: TypeAlias = Literal["all", "changes", "off"]
FailOn: TypeAlias = Literal["error", "warning", "unknown"]
OutputFormat: TypeAlias = Literal["text", "concise", "json", "github", "gitlab", "junit", "sarif"]
Schema: TypeAlias = dict[str, Any]


def _setting(description: str, schema: Schema, *, project: bool = False, client: bool = True) -> dict[str, Any]:
    """`project`: a repository may choose it. `client`: an editor may; the rest is for the command line."""
    return {"description": description, "schema": schema, "project": project, "client": client}


_SWITCH: Schema = {"type": "boolean"}
_TEXT: Schema = {"type": "string"}
_NAMES: Schema = {"type": "array", "items": _TEXT}
_RULE_NAMES: Schema = {"type": "array", "items": {"type": "string", "format": "rule"}}
_RULE_NAMES_OF_FILES: Schema = {"type": "object", "additionalProperties": _RULE_NAMES}
_RULES: Schema = {"type": "object", "additionalProperties": {"enum": list(SEVERITIES)}}


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default."""

    interpreter: str = field(
        default="",
        metadata=_setting(
            "The Python, or the folder of the environment, whose Keras is asked. Empty: the first that has TensorFlow "
            "of the active environment, that of a trusted workspace, those on PATH and those in the home folder.",
            _TEXT,
        ),
    )
    trusted: bool = field(
        default=False,
        metadata=_setting(
            "Whether the workspace is trusted. Only then is an interpreter inside it started, and only then does the "
            "user's own code run, in a sandbox.",
            _SWITCH,
        ),
    )
    run_code: bool = field(
        default=True,
        metadata=_setting(
            "Let custom layers and functions run in a trusted workspace, to learn their shapes.", _SWITCH
        ),
    )
    timeout: int = field(
        default=10,
        metadata=_setting(
            "Seconds that Keras may take for one model.", {"type": "integer", "minimum": 1, "maximum": 300}
        ),
    )
    max_characters: int = field(
        default=2_000_000,
        metadata=_setting("Longer documents are not read.", {"type": "integer", "minimum": 0, "maximum": 100_000_000}),
    )
    inlay_hints: InlayHints = field(
        default="all",
        metadata=_setting(
            "The output shape behind each layer: behind all, behind those that change the shape, or nowhere.",
            {"enum": ["all", "changes", "off"]},
            project=True,
        ),
    )
    code_lens: bool = field(
        default=True, metadata=_setting("A line above each model with its shapes.", _SWITCH, project=True)
    )
    hover: bool = field(default=True, metadata=_setting("Hovers on layers, models and data.", _SWITCH, project=True))
    diagnostics: bool = field(default=True, metadata=_setting("Report mistakes.", _SWITCH, project=True))
    delay: int = field(
        default=400,
        metadata=_setting(
            "Milliseconds without typing before a new mistake is shown. One that is gone disappears at once.",
            {"type": "integer", "minimum": 0, "maximum": 10_000},
            project=True,
        ),
    )
    rules: Mapping[str, RuleSeverity] = field(
        default_factory=dict,
        metadata=_setting(
            'Severities by rule, where they are to differ: "error", "warning", "hint" or "off".', _RULES, project=True
        ),
    )
    exclude: tuple[str, ...] = field(
        default=(),
        metadata=_setting("Files and folders that are not checked, written as in `.gitignore`.", _NAMES, project=True),
    )
    select: tuple[str, ...] = field(
        default=(),
        metadata=_setting(
            "The only rules that speak; all of them without it.", _RULE_NAMES, project=True, client=False
        ),
    )
    ignore: tuple[str, ...] = field(
        default=(), metadata=_setting("Rules that do not speak.", _RULE_NAMES, project=True, client=False)
    )
    per_file_ignores: Mapping[str, Sequence[str]] = field(
        default_factory=dict,
        metadata=_setting(
            "Rules that do not speak in some files, by a pattern as in `.gitignore`.",
            _RULE_NAMES_OF_FILES,
            project=True,
            client=False,
        ),
    )
    fail_on: FailOn = field(
        default="warning",
        metadata=_setting(
            "The least that makes the exit code of `check` 1, where `--fail-on` does not say it.",
            {"enum": list(get_args(FailOn))},
            project=True,
            client=False,
        ),
    )
    output_format: OutputFormat = field(
        default="text",
        metadata=_setting(
            "What `check` writes, where `--output-format` does not say it.",
            {"enum": list(get_args(OutputFormat))},
            project=True,
            client=False,
        ),
    )


@dataclass(frozen=True, slots=True)
class Result:
    """Settings that were read, and one message for each that is wrong and keeps its value."""

    settings: Settings
    problems: tuple[str, ...] = ()


def read_settings(
    values: Mapping[str, Any], base: Settings, *, known_rules: Collection[str] = (), project: bool = False
) -> Result:
    """`base` with `values` over it. With `project`, they come from a repository and may not choose what is run.

    `null` leaves a setting as it is. Rules are added to those of `base`; `known_rules` are the names that exist.
    """
    by_name = {_plain(each.name): each for each in fields(Settings)}
    problems: list[str] = []
    for name, value in values.items():
        setting = by_name.get(_plain(name))
        if setting is None:
            spellings = [_spelling(each, project=project) for each in fields(Settings)]
            problems.append(f"{name} is no setting{_nearest(name, spellings)}")
        elif project and not setting.metadata["project"]:
            problems.append(f"{name} is not for a repository to choose")
        elif not project and not setting.metadata["client"]:
            problems.append(f"{name} is for `pyproject.toml` alone")
        elif value is not None:
            good, wrong = _checked(name, value, setting.metadata["schema"], known_rules)
            problems += wrong
            base = base if good is None else _with(base, setting.name, good)
    return Result(base, tuple(problems))


def project_values(text: str) -> Mapping[str, Any]:
    """The table `[tool.keras-shapes]` of a `pyproject.toml`; empty without one. Raises ValueError with a reason."""
    tool = all_values(text).get("tool")
    values = tool.get(SECTION) if isinstance(tool, dict) else None
    return values if isinstance(values, dict) else {}


def all_values(text: str) -> Mapping[str, Any]:
    """The tables of a file in TOML. Raises ValueError with a reason."""
    if any(_dots(line) > _MOST_DOTS for line in text.splitlines()):
        raise ValueError(f"a key of more than {_MOST_DOTS} parts")
    try:
        tables: dict[str, Any] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ValueError(f"not TOML: {error}") from None
    return tables


def _dots(line: str) -> int:
    """The dots of a line outside of quotes: Python's parser takes the square of their number."""
    return sum(part.count(".") for part in line.split('"')[::2]) if line.count(".") > _MOST_DOTS else 0


def schema(rules: Collection[str]) -> Schema:
    """The settings of clients as JSON schema, by the names that they use."""
    offered = [each for each in fields(Settings) if each.metadata["client"]]
    return {f"{SECTION}.{_spelling(each)}": _schema(each, rules) for each in offered}


def reference() -> str:
    """The settings as a table in Markdown."""
    rows = ["| setting | in `pyproject.toml` | default | meaning |", "|---|---|---|---|"]
    for setting in fields(Settings):
        in_project = f"`{_spelling(setting, project=True)}`" if setting.metadata["project"] else "no"
        default = f"`{json.dumps(_default(setting))}`"
        of_client = f"`{_spelling(setting)}`" if setting.metadata["client"] else "no"
        rows.append(f"| {of_client} | {in_project} | {default} | {_meaning(setting)} |")
    return "\n".join(rows)


def _with(settings: Settings, name: str, value: Any) -> Settings:
    if name == "rules":
        value = {**settings.rules, **value}
    changes: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value}
    return replace(settings, **changes)


def _checked(name: str, value: Any, kind: Schema, known_rules: Collection[str]) -> tuple[Any, list[str]]:
    """The value as far as it is right, None where nothing of it is, and what is wrong with it."""
    if kind is _RULE_NAMES:
        return _checked_names(name, value, known_rules)
    if kind is _RULE_NAMES_OF_FILES:
        return _checked_files(name, value, known_rules)
    if "additionalProperties" not in kind:
        wrong = _wrong(value, kind)
        return (None, [f"{name} {wrong}"]) if wrong else (value, [])
    if not isinstance(value, dict):
        return None, [f"{name} is to be a table of rules and severities"]
    problems = {rule: _wrong(severity, kind["additionalProperties"]) for rule, severity in value.items()}
    unknown = {rule: f"is no rule{_nearest(rule, known_rules)}" for rule in value if rule not in known_rules}
    problems |= unknown if known_rules else {}
    good = {rule: severity for rule, severity in value.items() if not problems[rule]}
    return good, [f"{name}: {rule} {problem}" for rule, problem in problems.items() if problem]


def _checked_names(name: str, value: Any, known_rules: Collection[str]) -> tuple[Any, list[str]]:
    wrong = _wrong(value, _NAMES)
    if wrong:
        return None, [f"{name} {wrong}"]
    unknown = [rule for rule in value if known_rules and rule not in known_rules]
    problems = [f"{name}: {rule} is no rule{_nearest(rule, known_rules)}" for rule in unknown]
    return [rule for rule in value if rule not in unknown] or (None if unknown else []), problems


def _checked_files(name: str, value: Any, known_rules: Collection[str]) -> tuple[Any, list[str]]:
    if not isinstance(value, dict):
        return None, [f"{name} is to be a table of patterns and lists of rules"]
    checked = {pattern: _checked_names(f"{name}: {pattern}", names, known_rules) for pattern, names in value.items()}
    good = {pattern: tuple(names) for pattern, (names, _) in checked.items() if names}
    return good, [problem for _, problems in checked.values() for problem in problems]


def _wrong(value: Any, kind: Schema) -> str | None:
    """What is wrong with a value, None if nothing is."""
    match kind:
        case {"enum": allowed}:
            return None if value in allowed else f"is to be one of {', '.join(allowed)}"
        case {"type": "boolean"}:
            return None if isinstance(value, bool) else "is to be true or false"
        case {"type": "string"}:
            return None if isinstance(value, str) else "is to be a text"
        case {"type": "integer", "minimum": low, "maximum": high}:
            right = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
            return None if right else f"is to be a whole number from {low} to {high}"
        case {"type": "array"}:
            right = isinstance(value, list) and all(isinstance(item, str) for item in value)
            return None if right else "is to be a list of texts"
        case _:
            raise AssertionError(kind)


def _nearest(name: str, names: Collection[str]) -> str:
    near = difflib.get_close_matches(name, names, 1)
    return f"; did you mean {near[0]}?" if near else ""


def _plain(name: str) -> str:
    return name.replace("-", "").replace("_", "").lower()


def _spelling(setting: Field[Any], *, project: bool = False) -> str:
    if project:
        return setting.name.replace("_", "-")
    first, *others = setting.name.split("_")
    return first + "".join(map(str.title, others))


def _schema(setting: Field[Any], rules: Collection[str]) -> Schema:
    kind = dict(setting.metadata["schema"])
    if "additionalProperties" in kind:
        kind["properties"] = dict.fromkeys(sorted(rules), kind["additionalProperties"])
        kind["additionalProperties"] = False
    if "enum" in kind:
        kind["type"] = "string"
    return {**kind, "default": _default(setting), "description": setting.metadata["description"]}


def _default(setting: Field[Any]) -> Any:
    value = getattr(Settings(), setting.name)
    return list(value) if isinstance(value, tuple) else value


def _meaning(setting: Field[Any]) -> str:
    allowed = setting.metadata["schema"].get("enum")
    values = f" One of {', '.join(f'`{each}`' for each in allowed)}." if allowed else ""
    return f"{setting.metadata['description']}{values}"
