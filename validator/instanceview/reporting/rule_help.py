"""The help of a rule for other programs: as text, as Markdown, and a public address with more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.redaction import REDACTED, redact
from instanceview.tables.catalog import versions_of
from instanceview.tables.sources import link, links, meaning

if TYPE_CHECKING:
    from instanceview.rules.rule import Example, Rule


def rule_link(rule: Rule) -> str:
    """Return the public address about a rule: that of its first basis that has one, at the tables of its bad example.

    >>> from instanceview.rules import RULES
    >>> rule_link(next(rule for rule in RULES if rule.name == "duplicate-name"))
    'https://learn.microsoft.com/en-us/rest/api/compute/virtual-machine-scale-set-vms/get-instance-view?view=rest-compute-2024-07-01'
    """
    return link(rule.basis, rule.bad.shown_as, rule.bad.api_version)


def basis_notes(rule: Rule) -> tuple[tuple[str, str, str], ...]:
    """Return each basis of a rule with its meaning and its address, which is empty without one."""
    kind = rule.bad.shown_as
    known = links(kind, rule.bad.api_version or versions_of(kind)[-1])
    return tuple((basis, meaning(basis), known.get(basis, "")) for basis in rule.basis)


def basis_markdown(basis: str, words: str, address: str) -> str:
    """Return a basis with its meaning, as a link where it has an address.

    >>> basis_markdown("page", "the page", "https://learn.microsoft.com/"), basis_markdown("observed", "seen", "")
    ('[page](https://learn.microsoft.com/): the page', 'observed: seen')
    """
    return f"[{basis}]({address}): {words}" if address else f"{basis}: {words}"


def _basis_in_line(basis: str, words: str, address: str) -> str:
    return f"[{basis}]({address}) ({words})" if address else f"{basis} ({words})"


def tables_of(example: Example) -> str:
    """Return the tables that check an example, in words."""
    return f"{example.shown_as} at {example.api_version}"


def shown_bad(rule: Rule) -> str:
    """Return the bad example of a rule; even an invented secret in it is redacted, since scanners would find it."""
    return redact(rule.bad.text.rstrip()).replace(REDACTED, "…")


def help_text(rule: Rule) -> str:
    """Return the sentence of a rule, its reason, its evidence, and both of its examples."""
    notes = (f"{basis} ({words}{f': {address}' if address else ''})" for basis, words, address in basis_notes(rule))
    return f"""{rule.sentence} {rule.why}

Evidence: {"; ".join(notes)}.

Good, as {tables_of(rule.good)}: {rule.good.text.rstrip()}

Bad, as {tables_of(rule.bad)}: {shown_bad(rule)}

See: instanceview explain {rule.name}
"""


def help_markdown(rule: Rule) -> str:
    """Return the help of a rule as Markdown, without a heading."""
    return f"""**{rule.severity.value}**: {rule.sentence} {rule.why}

Evidence: {"; ".join(_basis_in_line(*each) for each in basis_notes(rule))}.

Good, as {tables_of(rule.good)}:

```json
{rule.good.text.rstrip()}
```

Bad, as {tables_of(rule.bad)}:

```json
{shown_bad(rule)}
```
"""
