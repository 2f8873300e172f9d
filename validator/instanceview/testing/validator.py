"""The validator of a test suite, which checks documents, responses and files by the same choices."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Unpack

from instanceview.model.document import Document, Origin, Skipped, Unreadable
from instanceview.model.names import known
from instanceview.reading.folders import EVERYTHING
from instanceview.reporting import render
from instanceview.running.choices import chosen
from instanceview.running.overrides import overridden
from instanceview.running.tally import report
from instanceview.running.values import for_python, without_lines
from instanceview.running.wanted import Wanted
from instanceview.tables.catalog import versions_for
from instanceview.testing.subjects import inputs, is_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from instanceview.literals import ApiVersion
    from instanceview.model.finding import Finding
    from instanceview.model.report import Report
    from instanceview.reading.folders import Choice
    from instanceview.running.choices import Choices, Selecting
    from instanceview.testing.project import Project


class Validator:
    """Checks the subjects of a test suite by the same choices; a call of it is `assert_conforms`.

    The choices are those of `instanceview.check`. A call can replace them. `api_version` and `kind` take precedence
    over a URL or a recording, which take precedence over `default_api_version` and the settings of a `project`. Raises
    UnknownNameError, a ValueError, with the nearest known name.

    >>> validator = Validator(api_version="2024-07-01", fail_on="warning", ignore=["undocumented-element"])
    >>> validator.conforms({"colour": 1, "vmAgent": {}}), validator.conforms({"colour": 1, "vmAgent": {}}, ignore=[])
    (True, False)
    """

    def __init__(
        self,
        *,
        default_api_version: ApiVersion | None = None,
        project: Project | None = None,
        **choices: Unpack[Choices],
    ) -> None:
        """Check every name."""
        __tracebackhide__ = True
        if default_api_version is not None:
            known("api-version", default_api_version, versions_for(default_api_version))
        self._default_api_version = default_api_version
        self._project = project
        self._choices = choices
        self.chosen = chosen(choices)

    @property
    def api_version(self) -> ApiVersion | None:
        """The api-version for documents without one, None for the newest."""
        return self.chosen.api_version or self._default_api_version

    @property
    def choice(self) -> Choice:
        """The choices for folders of the configuration."""
        return self._project.choice if self._project else EVERYTHING

    def __call__(self, subject: object, /, **choices: Unpack[Choices]) -> None:
        """Raise AssertionError, with the text report as its message, unless every instance view conforms."""
        __tracebackhide__ = True
        self.assert_conforms(subject, **choices)

    def assert_conforms(self, subject: object, /, **choices: Unpack[Choices]) -> None:
        """Raise AssertionError, with the text report as its message, unless every instance view conforms."""
        __tracebackhide__ = True
        fault = self.fault(subject, **choices)
        if fault:
            raise AssertionError(fault)

    def conforms(self, subject: object, /, **choices: Unpack[Choices]) -> bool:
        """Return True if every instance view conforms; an input that cannot be checked does not."""
        __tracebackhide__ = True
        return self.with_choices(choices).result(subject).conformant

    def findings(self, subject: object, /, **choices: Unpack[Selecting]) -> tuple[Finding, ...]:
        """Return the findings of every severity, in document order; raises ValueError if an input is unreadable."""
        __tracebackhide__ = True
        if "fail_on" in choices:
            raise TypeError("findings has no fail_on, since it returns findings of every severity; omit it")
        result = self.with_choices(choices).result(subject)
        if result.unreadable:
            item = result.unreadable[0]
            raise ValueError(f"{item.origin.file}: {item.reason}")
        return tuple(result.findings)

    def fault(self, subject: object, /, **choices: Unpack[Choices]) -> str | None:
        """Return the text report, None if every instance view conforms."""
        __tracebackhide__ = True
        result = self.with_choices(choices).result(subject)
        if result.conformant:
            return None
        # Not folded, since a test has no option to show the rest.
        return render(result, fold=False).rstrip("\n")

    def with_choices(self, choices: Choices | Selecting) -> Validator:
        """Return a validator with these choices, and with the choices of this one for the others."""
        __tracebackhide__ = True
        if not choices:
            return self
        both: Choices = {**self._choices, **choices}
        return Validator(default_api_version=self._default_api_version, project=self._project, **both)

    def result(self, subject: object) -> Report:
        """Return the report; without a document, it has an unreadable input, since nothing was shown to conform."""
        __tracebackhide__ = True
        result = self._run(inputs(subject, self.chosen.limits))
        if is_value(subject):
            result = without_lines(result)
        if result.documents or result.unreadable:
            return self._project.without_known(result) if self._project else result
        first = result.skipped[0] if result.skipped else Skipped(Origin("<document>"), "nothing to check")
        return for_python(replace(result, unreadable=(Unreadable(first.origin, f"no document found: {first.reason}"),)))

    def of_each(self, items: Iterable[Document | Unreadable]) -> Callable[[Document | Unreadable], Validator]:
        """Return a function from a document that is its own test to its validator; only a baseline makes these differ.

        >>> validator = Validator()
        >>> validator.of_each([])(Document({}, Origin("a.json"))) is validator
        True
        """
        project = self._project
        if project is None or project.baseline is None:
            return lambda _item: self
        projects = cache(lambda: project.by_document(self._run(items)))  # called when the first of the tests runs
        without = project._replace(baseline=None)
        return lambda item: Validator(
            default_api_version=self._default_api_version,
            project=projects().get(item.origin, without),
            **self._choices,
        )

    def _run(self, items: Iterable[Document | Skipped | Unreadable]) -> Report:
        """Return the report on inputs, with the findings that the baseline knows."""
        choice, project = self.chosen, self._project
        items, wanted = self._defaulted(items), Wanted(selection=choice.selection, limits=choice.limits)
        if project:
            items, wanted = project.configured(items), project.wanted(wanted)
        items = overridden(items, choice.kind, choice.api_version)
        return for_python(report(items, fail_on=choice.fail_on, wanted=wanted))

    def _defaulted(self, items: Iterable[Document | Skipped | Unreadable]) -> Iterator[Document | Skipped | Unreadable]:
        for item in items:
            if isinstance(item, Document) and item.api_version is None and self._default_api_version:
                yield item._replace(api_version=self._default_api_version, api_version_from="configuration")
            else:
                yield item
