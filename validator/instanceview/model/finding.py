"""What is said of a document: one conformance issue."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.text import listed, plain, quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.model.document import Origin, Tables
    from instanceview.model.excerpt import Excerpt
    from instanceview.model.severity import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """One conformance issue: facts, of which `message` makes a sentence when asked.

    `pointer` is a JSON pointer inside the document, `element` the documented path (`vmAgent.statuses.level`),
    `value` what was found (`ABSENT` for a missing member), `allowed` what is allowed there, `basis` the
    evidence (`page`, `service`, `observed`), `hint` the next step where there is one, `document` where its document
    begins, `excerpt` its source line where there is a text, `recorded` how often its recording has that document;
    `identity` tells its document from others wherever it stands, `baseline` is `new` or `unchanged` where the run had a
    baseline. `end` is the line and column, both from 1, behind the last character of what `origin` points at.

    >>> from instanceview import check
    >>> finding = check({"statuses": [{"code": "PowerState/running", "level": "info"}]}).findings[0]
    >>> finding.rule, finding.pointer, finding.element
    ('value-not-allowed', '/statuses/0/level', 'statuses.level')
    >>> finding.message
    '"info" is not allowed; allowed: Info, Warning, Error'
    """

    rule: str
    severity: Severity
    origin: Origin
    tables: Tables
    pointer: str
    element: str
    value: object = field(hash=False)  # which may be an object or an array
    allowed: tuple[str, ...]
    basis: tuple[str, ...]
    hint: str | None
    template: str
    facts: Mapping[str, object] = field(hash=False)
    document: Origin
    excerpt: Excerpt | None
    recorded: int = 1
    identity: str = ""
    baseline: str | None = None
    end: tuple[int, int] | None = None

    def __reduce__(self) -> tuple[type[Finding], tuple[object, ...]]:
        # Findings go through files and between processes, and by its default a dataclass takes twice the time there.
        return Finding, tuple([getattr(self, name) for name in self.__slots__])

    @property
    def message(self) -> str:
        """The finding as one lower-case line that quotes what was found and names what is allowed."""
        fields = {"value": _Shown(self.value), "allowed": listed(self.allowed)}
        shown = {name: _Shown(fact) for name, fact in self.facts.items()}
        return self.template.format_map({**fields, **shown})


class _Shown(NamedTuple):
    """A fact in a template: `{fact}` shows it quoted, `{fact!s}` as a bare word."""

    value: object

    def __format__(self, spec: str) -> str:
        return quote(self.value)

    def __str__(self) -> str:
        return plain(str(self.value))
