"""What a rule says of itself, as text for a terminal and as Markdown; its bad example is judged while it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.catalog import api_versions
from instanceview.commands.examples import bad_finding, bad_report
from instanceview.commands.paragraphs import labelled, markdown_table, wrapped
from instanceview.layout import Layout
from instanceview.reporters.text_report import render
from instanceview.resolve import PAGE_VERSION
from instanceview.rows import line_of
from instanceview.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rule import Example, Rule

_BASES = {
    "page": f"the documentation page of {PAGE_VERSION}",
    "service": "the definitions of the service, all api-versions",
    "observed": "captured answers of the service",
    "published": "documentation and outputs of tools that others published",
}


def rule_text(rule: Rule) -> str:
    """Return everything a rule says of itself, wrapped to the terminal."""
    return "".join(f"{line}\n" for line in _rule_lines(rule))


def _rule_lines(rule: Rule) -> Iterator[str]:
    yield f"{rule.name} ({rule.severity.value})"
    yield ""
    yield from wrapped(rule.sentence)
    yield from wrapped(rule.why)
    yield ""
    yield from labelled([("rests on" * (basis is rule.basis[0]), _basis_text(basis)) for basis in rule.basis])
    yield f"see       {_tables_command(rule)}"
    yield ""
    yield f"good, as {_judged_as(rule.good)}:"
    yield from _indented(rule.good.text)
    yield ""
    yield f"bad, as {_judged_as(rule.bad)}:"
    yield from _indented(rule.bad.text)
    yield ""
    yield from bad_text(rule).splitlines()


def bad_text(rule: Rule) -> str:
    """Return the text report of a rule's bad example, without the summary."""
    return render(bad_report(rule), Layout(quiet=True))


def _basis_text(basis: str) -> str:
    return f"{basis}: {_BASES[basis]}"


def rule_list(rules: tuple[Rule, ...] = RULES) -> str:
    """Return rules one a line: name, severity and sentence, aligned."""
    name = max(len(rule.name) for rule in rules)
    level = max(len(rule.severity.value) for rule in rules)
    return "".join(f"{rule.name:{name}}  {rule.severity.value:{level}}  {rule.sentence}\n" for rule in rules)


def rule_markdown(rule: Rule) -> str:
    """Return a rule's section of the index of all rules."""
    return f"""## {rule.name}

**{rule.severity.value}**: {rule.sentence} {rule.why}

Rests on {"; ".join(map(_basis_text, rule.basis))}. See `{_tables_command(rule)}`.

Good, as {_judged_as(rule.good)}:

```json
{rule.good.text.rstrip()}
```

Bad, as {_judged_as(rule.bad)}:

```json
{rule.bad.text.rstrip()}
```

```text
{bad_text(rule).rstrip()}
```
"""


def rules_index() -> str:
    """Return the index of all rules as Markdown: a table, then a section for each."""
    rows = [(f"[{rule.name}](#{rule.name})", rule.severity.value, rule.sentence) for rule in RULES]
    table = markdown_table(("rule", "severity", "what it means"), rows)
    return "\n".join(["# Rules", "", *table, "", *(rule_markdown(rule) for rule in RULES)])


def _judged_as(example: Example) -> str:
    return f"{example.kind} at {example.api_version or 'the api-version of its request URL'}"


def _indented(text: str) -> Iterator[str]:
    # An example is copied, so its lines are not wrapped.
    yield from (f"  {line}" for line in text.rstrip().splitlines())


def _tables_command(rule: Rule) -> str:
    """Return the command that shows the table row which the bad example offends, where some table has it."""
    kind, version = rule.bad.kind, rule.bad.api_version
    element = line_of(kind, bad_finding(rule).element)[-1]
    known = [each for each in api_versions() if element.documented_at(each)]
    words = ["instanceview tables", element.path, "--kind", kind]
    words += ["--api-version", version if version and version in known else known[-1]]
    return " ".join(word for word in words if word)
