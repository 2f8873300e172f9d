"""Finding: one conformance issue of a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import place
from instanceview.model.redaction import redact_parts, redact_pointer
from instanceview.model.text import escape, join_words, one_line, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from instanceview.literals import RuleName
    from instanceview.model.document import Origin
    from instanceview.model.excerpt import Excerpt
    from instanceview.model.severity import Severity
    from instanceview.model.tables import Tables


@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """One conformance issue; `message` describes it in one line.

    `tables` are the element tables that it contradicts. `pointer` is a JSON pointer into the document, and `element`
    the documented path (`vmAgent.statuses.level`). `value` is the value found (`ABSENT` for a missing member), and
    `allowed` has the allowed values. `basis` is the evidence (`page`, `service`, `observed`), and `hint` the next step,
    if any. `document` is the place where the document begins, and `excerpt` its source line, if it has a text.
    `recorded` is the number of times that the recording has the document. `identity` is equal for findings of equal
    documents. `baseline` is `new` or `unchanged` in a run with a baseline. `end` is the line and column, both from 1,
    after the last character of the place in `origin`. `str()` returns its line in the `concise` report.

    >>> from instanceview import check
    >>> finding = check({"statuses": [{"code": "PowerState/running", "level": "info"}]}).findings[0]
    >>> finding.rule, finding.pointer, finding.element
    ('value-not-allowed', '/statuses/0/level', 'statuses.level')
    >>> finding.message
    '"info" is not allowed; allowed: Info, Warning, Error'
    >>> finding
    <Finding value-not-allowed at /statuses/0/level>
    >>> print(finding)
    <document>: /statuses/0/level: error value-not-allowed: "info" is not allowed; allowed: Info, Warning, Error
    """

    rule: RuleName
    severity: Severity
    origin: Origin
    tables: Tables
    pointer: str
    element: str
    value: object = field(hash=False)  # an object or an array has no hash
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

    def __str__(self) -> str:
        return finding_line(self)

    def __repr__(self) -> str:
        return f"<Finding {self.rule} at {escape(redact_pointer(self.pointer)) or 'the document'}>"

    def __reduce__(self) -> tuple[type[Finding], tuple[object, ...]]:
        # Findings are pickled to files and between processes; the default of a dataclass takes twice the time.
        return Finding, tuple([getattr(self, name) for name in self.__slots__])

    @property
    def message(self) -> str:
        """The finding as one lower-case line: the quoted value, and the allowed ones."""
        fields = {"value": _Shown(self.value), "allowed": join_words(self.allowed)}
        shown = {name: _Shown(_safe_fact(fact, self.value)) for name, fact in self.facts.items()}
        return self.template.format_map({**fields, **shown})


def finding_line(finding: Finding, paint: Callable[[str, str], str] = lambda text, _: text) -> str:
    """Return the place, severity, rule and message of a finding; `paint` colours a text by the name of a colour."""
    severity = finding.severity.value
    # A value of Python has no line; its place is the pointer.
    where = f" {escape(redact_pointer(finding.pointer))}:" if finding.origin.line is None and finding.pointer else ""
    rule = f"{paint(severity, severity)} {paint(finding.rule, 'bold')}"
    return f"{paint(place(finding.origin), 'bold')}:{where} {rule}: {finding.message}"


def _safe_fact(fact: object, value: object) -> object:
    """Return a fact; where it is a part of the value, a secret that it is a part of is redacted."""
    if not isinstance(fact, str) or not isinstance(value, str):
        return fact
    start = value.find(fact)
    return fact if start < 0 else redact_parts(value, (start, start + len(fact)))[0]


class _Shown(NamedTuple):
    """A fact in a template: `{fact}` shows it quoted, `{fact!s}` as a bare word."""

    value: object

    def __format__(self, spec: str) -> str:
        return quote(self.value)

    def __str__(self) -> str:
        return one_line(str(self.value))
