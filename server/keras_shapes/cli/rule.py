"""`keras-shapes rule`: what a rule reports, as its page says; or all rules, for people and for programs."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from keras_shapes.cli.complaints import NotCheckedError
from keras_shapes.cli.options import complete_rules, known_rule

if TYPE_CHECKING:
    from keras_shapes.rules import Rule


@click.command(short_help="Explain a rule, or list all.")
@click.argument("name", required=False, shell_complete=complete_rules)
@click.option("--all", "every", is_flag=True, help="All rules, a line each.")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for people, or an object in JSON (docs/rule-output.schema.json).",
)
def rule(name: str | None, *, every: bool, output_format: str) -> None:
    """Explain the rule NAME: what it reports and why, an example, and the example mended.

    In a pipe, the page comes as it is written, in Markdown.
    """
    from keras_shapes.rules import rules

    if (name is None) != every:
        raise click.UsageError("Give the name of a rule, or --all.")
    chosen = [each for each in rules() if name is None or each.name == known_rule(name)]
    if output_format == "json":
        click.echo(json.dumps({"version": 1, "rules": list(map(_record, chosen))}, indent=2))
    elif every:
        _list(chosen)
    else:
        _show(chosen[0])


def _record(rule: Rule) -> dict[str, Any]:
    """What a program may want to know; `page` is null where the pages are not installed."""
    from keras_shapes.fixes import is_fixable
    from keras_shapes.pages import rule_page, summary

    page = rule_page(rule.name)
    return {
        "name": rule.name,
        "severity": rule.severity,
        "needs": rule.needs,
        "since": rule.since,
        "summary": summary(rule.name),
        "fixable": is_fixable(rule.name),
        "url": f"docs/rules/{rule.name}.md",
        "page": None if page is None else str(page),
    }


def _list(chosen: list[Rule]) -> None:
    from keras_shapes.pages import summary

    width = max(len(rule.name) for rule in chosen)
    for rule in chosen:
        click.echo(f"{rule.name:<{width}}  {rule.severity:<7}  {summary(rule.name) or ''}".rstrip())


def _show(rule: Rule) -> None:
    from rich.console import Console
    from rich.markdown import Markdown

    from keras_shapes.pages import rule_page

    page = rule_page(rule.name)
    if page is None:
        raise NotCheckedError(f"the page of {rule.name} is not installed")
    text, console = page.read_text(encoding="utf-8"), Console(file=sys.stdout)
    if console.is_terminal:
        console.print(Markdown(text, code_theme="ansi_dark"))
    else:
        click.echo(text, nl=False)
