"""`instanceview explain`: a rule, all rules, or the rules that can find something at an element."""

from __future__ import annotations

import click

from instanceview.cli.commands.applicable import rules_at
from instanceview.cli.commands.rule_texts import rule_list, rule_markdown, rule_table, rule_text, rules_index
from instanceview.cli.commands.source_texts import bases_of, source_items, source_lines
from instanceview.cli.named_values import ELEMENT, EXPLAINED
from instanceview.cli.paragraphs import wrapped, wrapped_row
from instanceview.cli.shared_options import form_option
from instanceview.rules import RULES
from instanceview.tables.catalog import versions_of
from instanceview.tables.descent import is_element, line_of
from instanceview.tables.describe import about_text, evidence, table_row
from instanceview.tables.kinds import KINDS


@click.command()
@click.argument("rule", type=EXPLAINED, required=False)
@click.option("--element", type=ELEMENT, help="Show the table rows of an element and the rules that apply to it.")
@form_option("text", "markdown")
@click.pass_context
def explain(context: click.Context, rule: str | None, element: str | None, form: str) -> None:
    """Explain a rule: its meaning, reason and evidence, with a good and a bad example.

    Without a rule, list all rules. The finding of the bad example is real output.
    """
    if rule and element:
        context.fail("RULE and --element exclude each other; use one of them")
    of_element = _element_markdown if form == "markdown" else _element
    click.echo(of_element(element) if element else _explanation(rule, form), nl=False)


def _explanation(name: str | None, form: str) -> str:
    one, all_of_them = (rule_markdown, rules_index) if form == "markdown" else (rule_text, rule_list)
    return next((one(rule) for rule in RULES if rule.name == name), None) or all_of_them()


def _element(path: str) -> str:
    kinds = [kind for kind in KINDS if is_element(kind, path)]
    lines: list[str] = []
    for kind in kinds:
        lines += wrapped_row(f"{kind}: {table_row(kind, path)}", "    ")
        lines += [*wrapped(about_text(kind, line_of(kind, path)[-1]), "    "), ""]
    lines += source_lines(bases_of((kind, path) for kind in kinds), [(kind, _newest(kind, path)) for kind in kinds])
    lines += ["", "rules that apply here:", ""]
    return "".join(f"{line}\n" for line in lines) + rule_list(rules_at(path))


def _newest(kind: str, path: str) -> str:
    """Return the newest api-version that documents an element."""
    element = line_of(kind, path)[-1]
    return [version for version in versions_of(kind) if element.documented_at(version)][-1]


def _element_markdown(path: str) -> str:
    lines = [f"## {path}", ""]
    for kind in KINDS:
        if is_element(kind, path):
            lines += [f"- {kind}: {table_row(kind, path)}", f"  {about_text(kind, line_of(kind, path)[-1])}"]
            items = source_items(evidence(kind, path).basis, kind, _newest(kind, path))
            lines += [f"  {item}" for item in items]
    return "\n".join([*lines, "", *rule_table(rules_at(path)), ""])
