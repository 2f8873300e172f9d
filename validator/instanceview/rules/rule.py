"""The parts of a rule: its findings, its texts, its check, and when it need not be asked; `site.py` has its hooks."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from instanceview.model.document import ABSENT
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from instanceview.literals import ApiVersion, KindName, RuleName
    from instanceview.model.severity import Severity
    from instanceview.places.spans import Path
    from instanceview.rules.quiet import Quiet
    from instanceview.rules.site import Hook, Site

Spot = Literal["value", "key", "object", "repeat", "conflict", "secret", "secret-key", "writer", "version", "kind"]
"""The part of a document that a finding points at.

`value` and `key` are those of a member, `object` is the object that lacks it, `repeat` is a repeated key, and
`conflict` is a value that contradicts another one. `secret` and `secret-key` are a value and a key with a secret,
whatever else is wrong with them. `writer`, `version` and `kind` are the document: its author, api-version and kind.

Of several findings with the same path and spot, that of the first rule in reading order is reported.
"""


class Found(NamedTuple):
    """A fault that a rule found, its place and its message; the caller adds the rule.

    `template` names facts in braces: `{value}`, `{allowed}` and those of `facts`. All are quoted, except `{fact!s}`.
    `severity` and `basis` are None where they are those of the rule. `find_hint` returns a hint that is slow to find;
    it is called for a fault that is kept, and not for one that is only counted.
    """

    path: Path
    template: str
    value: object = ABSENT
    allowed: tuple[str, ...] = ()
    facts: Mapping[str, object] = MappingProxyType({})  # no facts
    hint: str | None = None
    severity: Severity | None = None
    basis: tuple[str, ...] | None = None
    spot: Spot = "value"
    find_hint: Callable[[], str | None] | None = None


class Example(NamedTuple):
    """A text that shows a rule; `kind` is None where it is a guess, `api_version` where a URL in the text has it."""

    text: str
    kind: KindName | None = KINDS[0]
    api_version: ApiVersion | None = "2024-07-01"

    @property
    def shown_as(self) -> KindName:
        """The kind, or the default one where it is a guess."""
        return self.kind or KINDS[0]


class Rule(NamedTuple):
    """One conformance rule: its texts, its hooks, its check, and the conditions under which it need not be asked.

    `sentence` says what a finding means, `why` why it matters; each is one sentence. `basis` is the evidence for the
    rule. `good` has no finding; all findings of `bad` are of this rule.

    `check` depends only on the value, element and scope of a site; it uses the path only for the place of a finding.

    `reads` names all members that a rule about a status, a list or the document reads. A value is skipped if it has the
    same members as one that the rule did not report. For a status or a list, they are members of the status or of the
    items. For the document they are dotted paths; `?` after one says that the rule asks only whether it is empty or
    absent. `*` is for all members that no table has.

    `quiet` has conditions by hook. If one of them holds for a value, the rule reports nothing.

    A rule that declares neither is asked every time.

    `follows` is the rule that comes directly before this one in reading order; None puts it among the last.
    """

    name: RuleName
    severity: Severity
    sentence: str
    why: str
    basis: tuple[str, ...]
    good: Example
    bad: Example
    hooks: tuple[Hook, ...]
    check: Callable[[Site], Iterator[Found]]
    reads: tuple[str, ...] = ()
    quiet: Mapping[Hook, tuple[Quiet, ...]] = MappingProxyType({})  # no condition
    follows: str | None = None

    def __hash__(self) -> int:
        """Return the hash of the name, which no other rule has."""
        return hash(self.name)
