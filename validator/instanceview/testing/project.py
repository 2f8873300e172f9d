"""The settings of a project for its tests: the configuration and the baseline that `instanceview check` also reads."""

from __future__ import annotations

from collections import Counter
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.paths import relative
from instanceview.reading.folders import Choice
from instanceview.running.baseline import Baseline, hidden, opened, refused
from instanceview.running.baseline.entries import BaselineError, entry
from instanceview.running.configuration import nearest
from instanceview.running.configuration.per_file import configured, ignoring
from instanceview.running.configuration.settings import Configuration, ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.document import Document, Origin, Skipped, Unreadable
    from instanceview.model.report import Report
    from instanceview.running.baseline.entries import Entry
    from instanceview.running.wanted import Wanted

    Inputs = Iterable[Document | Skipped | Unreadable]


class ProjectError(ValueError):
    """A configuration or a baseline that cannot be used; the text has the place and the reason."""


class Project(NamedTuple):
    """A configuration, and its baseline if it names one."""

    configuration: Configuration = Configuration()
    baseline: Baseline | None = None

    @property
    def choice(self) -> Choice:
        """The choices for folders, whose patterns are relative to the folder of the configuration."""
        file, folder, values = self.configuration.file, self.configuration.folder, self.configuration.values
        patterns = tuple(values.get("exclude", ()))
        return Choice(patterns, file or "", folder, no_ignore=bool(values.get("no-ignore")))

    def configured(self, inputs: Inputs) -> Iterator[Document | Skipped | Unreadable]:
        """Yield the inputs with the kind and api-version of the configuration, where nothing else gives them."""
        return configured(inputs, self.configuration)

    def wanted(self, wanted: Wanted) -> Wanted:
        """Return the choices of a run, with the findings that sections ignore, and with documents for the baseline."""
        selection = wanted.selection._replace(ignored=ignoring(self.configuration))
        return wanted._replace(selection=selection, keep_documents=self.baseline is not None)

    def without_known(self, report: Report) -> Report:
        """Return a report without the findings that the baseline knows."""
        if self.baseline is None:
            return report
        report = refused(report)
        return hidden(report, self.baseline.compare(report, lambda _rule: True).answers, None)

    def by_document(self, report: Report) -> dict[Origin, Project]:
        """Return the project for each document with known findings, where each document is its own test.

        Its baseline has the entries that cover the findings of this document in a run over all documents.
        """
        found: dict[Origin, Counter[Entry]] = {}
        if self.baseline:
            answers = self.baseline.compare(report, lambda _rule: True).answers
            for finding in compress(report.findings, answers):
                found.setdefault(finding.document, Counter())[entry(finding, self.baseline.file.parent)] += 1
        return {origin: self._knowing(entries) for origin, entries in found.items()}

    def _knowing(self, entries: Counter[Entry]) -> Project:
        return self._replace(baseline=self.baseline and self.baseline._replace(known=entries))


def project_at(folder: Path, paths: Iterable[Path]) -> Project:
    """Return the settings in a folder, or those for paths where neither that folder nor one above it has any.

    Raises ProjectError for a configuration or a baseline that cannot be used.
    """
    try:
        configuration = nearest(str(folder), [str(path) for path in paths])
    except ConfigurationError as error:
        raise ProjectError(str(error)) from None
    named = configuration.values.get("baseline")
    if named is None:
        return Project(configuration)
    try:
        return Project(configuration, opened(Path(relative(Path(configuration.folder) / named))))
    except BaselineError as error:
        place = f"{configuration.file}:{configuration.lines['baseline',]}"
        raise ProjectError(f"{place}: baseline: {error}") from None
