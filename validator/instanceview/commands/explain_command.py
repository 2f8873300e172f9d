"""`instanceview explain`: a rule, all rules, or the rules that can find something at an element."""

from __future__ import annotations

import click

from instanceview.commands.options import ELEMENT, RULE


@click.command()
@click.argument("rule", type=RULE, required=False)
@click.option("--element", type=ELEMENT, help="Show an element's rows, and the rules that can find something there.")
@click.pass_context
def explain(context: click.Context, rule: str | None, element: str | None) -> None:
    """Explain a rule: what it finds, why that matters, what it rests on, a good and a bad example.

    Without a rule, list all of them. The bad example is judged while you look at it.
    """
    if rule and element:
        context.fail("a rule and --element were given; give one of them")
    click.echo(_element(element) if element else _rule(rule), nl=False)


def _rule(name: str | None) -> str:
    from instanceview.commands.rule_texts import rule_list, rule_text
    from instanceview.rules import RULES

    return next((rule_text(rule) for rule in RULES if rule.name == name), None) or rule_list()


def _element(path: str) -> str:
    from instanceview.catalog import KINDS
    from instanceview.commands.applicable import rules_at
    from instanceview.commands.paragraphs import wrapped, wrapped_row
    from instanceview.commands.rule_texts import rule_list
    from instanceview.rows import is_element, line_of, table_row

    lines: list[str] = []
    for kind in KINDS:
        if is_element(kind, path):
            lines += wrapped_row(f"{kind}: {table_row(kind, path)}", "    ")
            lines += [*wrapped(line_of(kind, path)[-1].member.about, "    "), ""]
    lines += ["rules that can find something here:", ""]
    return "".join(f"{line}\n" for line in lines) + rule_list(rules_at(path))
