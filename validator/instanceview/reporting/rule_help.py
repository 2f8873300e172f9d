"""The help of a rule in other programs: a text, the same in Markdown, and the link to its section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.text import REDACTED, redact
from instanceview.tables.kinds import PAGE_VERSION

if TYPE_CHECKING:
    from instanceview.rules.rule import Example, Rule

RULES_URL = "https://instanceview.example/schemas/RULES.md"
"""The beginning of every link: as in the schemas' `$id`, a reserved host, which is a name and not an address yet.

It means `schemas/RULES.md` of this project, whose sections are the rules.
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
    """Return a kind of evidence with its explanation.

    >>> basis_text("observed")
    'observed: captured answers of the service'
    """
    return f"{basis}: {_BASES[basis]}"


def checked_as(example: Example) -> str:
    """Return the tables of an example, in words."""
    return f"{example.kind} at {example.api_version}"


def shown_bad(rule: Rule) -> str:
    """Return the bad example of a rule; even an invented secret in it is redacted, since scanners would find it."""
    return redact(rule.bad.text.rstrip()).replace(REDACTED, "…")


def help_text(rule: Rule) -> str:
    """Return the sentence of a rule, its reason, its evidence, and both of its examples."""
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
