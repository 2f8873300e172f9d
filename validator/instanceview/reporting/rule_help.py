"""What a rule says of itself wherever its findings go: one text, the same in Markdown, and the link to its section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.text import REDACTED, redact
from instanceview.tables.kinds import PAGE_VERSION

if TYPE_CHECKING:
    from instanceview.rules.rule import Example, Rule

RULES_URL = "https://instanceview.example/schemas/RULES.md"
"""What every link begins with: as with the schemas' `$id`, a reserved host, so a name and no address yet.

It stands for `schemas/RULES.md` of this project, whose sections are the rules.
"""

_BASES = {
    "page": f"the documentation page of {PAGE_VERSION}",
    "service": "the definitions of the service, all api-versions",
    "observed": "captured answers of the service",
    "published": "documentation and outputs of tools that others published",
}


def link(rule: str) -> str:
    """Return the link of a rule, by its name.

    >>> link("wrong-type")
    'https://instanceview.example/schemas/RULES.md#wrong-type'
    """
    return f"{RULES_URL}#{rule}"


def basis_text(basis: str) -> str:
    """Return a kind of evidence with what it is.

    >>> basis_text("observed")
    'observed: captured answers of the service'
    """
    return f"{basis}: {_BASES[basis]}"


def checked_as(example: Example) -> str:
    """Return the tables that judge an example, as a text."""
    return f"{example.kind} at {example.api_version}"


def shown_bad(rule: Rule) -> str:
    """Return the bad example of a rule; a secret in it is left out, invented as it is, since scanners look for such."""
    return redact(rule.bad.text.rstrip()).replace(REDACTED, "…")


def help_text(rule: Rule) -> str:
    """Return what a rule finds, why that matters, what it rests on, and both of its examples."""
    return f"""{rule.sentence} {rule.why}

Rests on {"; ".join(map(basis_text, rule.basis))}.

Good, as {checked_as(rule.good)}: {rule.good.text.rstrip()}

Bad, as {checked_as(rule.bad)}: {shown_bad(rule)}

More: instanceview explain {rule.name}
"""


def help_markdown(rule: Rule) -> str:
    """Return the same as Markdown, without a heading."""
    return f"""**{rule.severity.value}**: {rule.sentence} {rule.why}

Rests on {"; ".join(map(basis_text, rule.basis))}.

Good, as {checked_as(rule.good)}:

```json
{rule.good.text.rstrip()}
```

Bad, as {checked_as(rule.bad)}:

```json
{shown_bad(rule)}
```
"""
