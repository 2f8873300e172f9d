"""The committed indexes of all rules and of all element tables, as Markdown."""

from __future__ import annotations

from instanceview.commands.rule_texts import rules_index
from instanceview.commands.table_texts import tables_index

_NOTE = "<!-- Derived by `python -m instanceview.derive`; edit the rules and tables it is made of. -->\n\n"


def indexes() -> dict[str, str]:
    """Return the text of each index by its path below `schemas/`.

    >>> sorted(indexes())
    ['ELEMENTS.md', 'RULES.md']
    """
    return {"RULES.md": _NOTE + rules_index(), "ELEMENTS.md": _NOTE + tables_index()}
