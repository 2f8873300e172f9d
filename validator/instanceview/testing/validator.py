"""The choices of a test suite, by which it checks a document, a response or a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from instanceview.model.document import Document, Origin, Skipped, Unreadable
from instanceview.model.names import known
from instanceview.model.severity import Severity
from instanceview.reporting import Layout, render
from instanceview.rules import RULES
from instanceview.running.overrides import overridden
from instanceview.running.tally import Selection, Wanted, report
from instanceview.tables.catalog import api_versions
from instanceview.tables.kinds import KINDS
from instanceview.testing.subjects import inputs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.literals import ApiVersion, KindName
    from instanceview.model.finding import Finding
    from instanceview.model.report import Report


@dataclass(frozen=True)
class Validator:
    """Checks the subjects of a test suite, always by the same choices; calling it is `assert_conforms`.

    `api_version` and `kind` go before a URL or a recording, `default_api_version` behind them. `fail_on` is the
    severity from which a finding fails, `ignore` the names of rules that are left out, one text of them with commas
    allowed. Raises UnknownNameError, a ValueError, with the nearest known name.

    >>> validator = Validator(api_version="2024-07-01", fail_on="warning", ignore=["undocumented-element"])
    >>> validator.conforms({"colour": 1, "vmAgent": {}})
    True
    """

    api_version: ApiVersion | str | None = None
    kind: KindName | str | None = None
    fail_on: Severity | str = Severity.ERROR
    ignore: Iterable[str] = ()
    default_api_version: ApiVersion | str | None = None

    def __post_init__(self) -> None:
        """Check every name, and keep `fail_on` and `ignore` in one form."""
        for version in (self.api_version, self.default_api_version):
            if version is not None:
                known("api-version", version, api_versions())
        if self.kind is not None:
            known("kind", self.kind, KINDS)
        if not isinstance(self.fail_on, Severity):
            name = known("severity", self.fail_on, [severity.value for severity in reversed(Severity)])
            object.__setattr__(self, "fail_on", Severity(name))
        object.__setattr__(self, "ignore", rule_names(self.ignore))

    def __call__(self, document_or_response: object) -> None:
        """Raise AssertionError, with the text report as its message, unless every instance view conforms."""
        __tracebackhide__ = True
        self.assert_conforms(document_or_response)

    def assert_conforms(self, document_or_response: object) -> None:
        """Raise AssertionError, with the text report as its message, unless every instance view conforms."""
        __tracebackhide__ = True
        fault = self.fault(document_or_response)
        if fault:
            raise AssertionError(fault)

    def conforms(self, document_or_response: object) -> bool:
        """Return True if every instance view conforms; an input that cannot be checked does not."""
        __tracebackhide__ = True
        return self._report(document_or_response).conformant

    def findings(self, document_or_response: object) -> tuple[Finding, ...]:
        """Return the findings of every severity, in document order; raises ValueError if an input is unreadable."""
        __tracebackhide__ = True
        result = self._report(document_or_response)
        if result.unreadable:
            item = result.unreadable[0]
            raise ValueError(f"{item.origin.file}: {item.reason}")
        return tuple(result.findings)

    def fault(self, document_or_response: object) -> str | None:
        """Return the text report, None when every instance view conforms."""
        __tracebackhide__ = True
        result = self._report(document_or_response)
        if result.conformant:
            return None
        # Not folded: a test has no option to show the rest.
        return render("text", result, Layout(fold=False)).rstrip("\n")

    def _report(self, document_or_response: object) -> Report:
        """Return the report; without any document, it has an unreadable input, since nothing was shown to conform."""
        __tracebackhide__ = True
        items = overridden(self._defaulted(inputs(document_or_response)), self.kind, self.api_version)
        wanted = Wanted(selection=Selection(ignore=frozenset(self.ignore)))
        result = report(items, fail_on=Severity(self.fail_on), wanted=wanted)
        if result.documents or result.unreadable:
            return result
        skipped = result.skipped or (Skipped(Origin("<document>"), "nothing to check"),)
        return replace(result, unreadable=(Unreadable(skipped[0].origin, f"no document found: {skipped[0].reason}"),))

    def _defaulted(self, items: Iterable[Document | Skipped | Unreadable]) -> Iterator[Document | Skipped | Unreadable]:
        for item in items:
            if isinstance(item, Document) and item.api_version is None and self.default_api_version:
                yield item._replace(api_version=self.default_api_version, api_version_from="configuration")
            else:
                yield item


def rule_names(names: Iterable[str]) -> frozenset[str]:
    """Return names of rules as a set; a text holds one or more, with commas or white space between.

    Raises UnknownNameError with the nearest name.

    >>> sorted(rule_names(["unknown-state, later-element", "null-element"]))
    ['later-element', 'null-element', 'unknown-state']
    """
    texts = [names] if isinstance(names, str) else names
    wanted = frozenset(name for text in texts for name in text.replace(",", " ").split())
    if not wanted:  # most suites name none, and all rules together take a while to load
        return wanted
    all_names = tuple(rule.name for rule in RULES)
    for name in sorted(wanted.difference(all_names)):
        known("rule", name, all_names, "instanceview explain")
    return wanted
