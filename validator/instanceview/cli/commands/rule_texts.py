"""The texts of a rule for a terminal and as Markdown, with the real finding of its bad example."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from instanceview.api import check_text
from instanceview.cli.paragraphs import labelled, wrapped
from instanceview.model.text import quote
from instanceview.reading.json_texts.parse import parse
from instanceview.reporting import render
from instanceview.reporting.places import markdown_table
from instanceview.reporting.rule_help import basis_notes, help_markdown, tables_of
from instanceview.rules import RULES
from instanceview.tables.catalog import versions_of
from instanceview.tables.descent import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.finding import Finding
    from instanceview.model.report import Report
    from instanceview.rules.rule import Rule


def rule_text(rule: Rule) -> str:
    """Return all texts of a rule, wrapped to the terminal."""
    return "".join(f"{line}\n" for line in _rule_lines(rule))


def _rule_lines(rule: Rule) -> Iterator[str]:
    yield f"{rule.name} ({rule.severity.value})"
    yield ""
    yield from wrapped(rule.sentence)
    yield from wrapped(rule.why)
    yield ""
    yield from labelled(list(_evidence(rule)))
    yield f"see       {_tables_command(rule)}"
    yield ""
    yield f"good, as {tables_of(rule.good)}:"
    yield from _indented(rule.good.text)
    yield ""
    yield f"bad, as {tables_of(rule.bad)}:"
    yield from _indented(rule.bad.text)
    yield ""
    yield from bad_text(rule).splitlines()


def _evidence(rule: Rule) -> Iterator[tuple[str, str]]:
    label = "evidence"
    for basis, words, address in basis_notes(rule):
        yield label, f"{basis}: {words}"
        yield "", address
        label = ""


def bad_text(rule: Rule) -> str:
    """Return the text report of a rule's bad example, without the summary."""
    return render(bad_report(rule), quiet=True)


def rule_list(rules: tuple[Rule, ...] = RULES) -> str:
    """Return a line for each rule with its name, severity and sentence, aligned."""
    name = max(len(rule.name) for rule in rules)
    level = max(len(rule.severity.value) for rule in rules)
    return "".join(f"{rule.name:{name}}  {rule.severity.value:{level}}  {rule.sentence}\n" for rule in rules)


def rule_markdown(rule: Rule) -> str:
    """Return a rule's section of the index of all rules."""
    return f"""## {rule.name}

{help_markdown(rule)}
```text
{bad_text(rule).rstrip()}
```

See `{_tables_command(rule)}`.
"""


def rules_index() -> str:
    """Return the index of all rules as Markdown: a table, then a section for each."""
    return "\n".join(["# Rules", "", *rule_table(RULES, linked=True), "", *(rule_markdown(rule) for rule in RULES)])


def rule_table(rules: tuple[Rule, ...], *, linked: bool = False) -> Iterator[str]:
    """Yield the lines of a Markdown table of rules; with `linked`, each name is a link to its section of the page."""
    rows = [
        (f"[{rule.name}](#{rule.name})" if linked else f"`{rule.name}`", rule.severity.value, rule.sentence)
        for rule in rules
    ]
    yield from markdown_table(("rule", "severity", "meaning"), rows)


def _indented(text: str) -> Iterator[str]:
    # An example is copied, so its lines are not wrapped.
    yield from (f"  {line}" for line in text.rstrip().splitlines())


def _tables_command(rule: Rule) -> str:
    """Return the command that shows the table row that the bad example contradicts."""
    kind, version = rule.bad.shown_as, rule.bad.api_version
    element = line_of(kind, bad_finding(rule).element)[-1]
    known = [each for each in versions_of(kind) if element.documented_at(each)]
    words = ["instanceview tables", element.path, "--kind", kind]
    words += ["--api-version", version if version and version in known else known[-1]]
    return " ".join(word for word in words if word)


@cache
def bad_report(rule: Rule) -> Report:
    """Return the report of a rule's bad example."""
    return check_text(rule.bad.text, kind=rule.bad.kind, api_version=rule.bad.api_version, extend_select=rule.name)


def bad_finding(rule: Rule) -> Finding:
    """Return the finding of a rule's bad example; raises ValueError where the example does not break the rule."""
    findings = bad_report(rule).findings
    found = next((finding for finding in findings if finding.rule == rule.name), None)
    if found is None:
        others = ", ".join(finding.rule for finding in findings) or "nothing"
        problem = f"the bad example of rule {quote(rule.name)} shows {others}; expected {rule.name}"
        raise ValueError(f"{problem}; change BAD in rules/{rule.name.replace('-', '_')}.py")
    return found


def bad_value(rule: Rule) -> object:
    """Return the value of the bad example at the place of its finding, whose own value may be redacted."""
    value: object = parse(rule.bad.text.encode())
    for step in bad_finding(rule).pointer.split("/")[1:]:
        value = value[int(step)] if isinstance(value, list) else value.get(step) if isinstance(value, dict) else None
    return value
