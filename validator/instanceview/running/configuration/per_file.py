"""The settings for some files, `[[per-file]]`: their kind and api-version, and findings that are not reported."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Document
from instanceview.model.paths import relative
from instanceview.model.pointer import without_indices
from instanceview.reading.family import are_alike
from instanceview.reading.globs import NEVER
from instanceview.reading.patterns import rules_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from instanceview.model.document import Skipped, Unreadable
    from instanceview.running.configuration.settings import Configuration

    Sections = Callable[[str], tuple["Section", ...]]


class Section(NamedTuple):
    """One `[[per-file]]` section: the predicate for its files, and its settings, which are None where it has none."""

    matches: Callable[[str], bool]
    element: str | None = None
    ignore: frozenset[str] | None = None
    api_version: str | None = None
    kind: str | None = None

    def ignores(self, rule: str, element: str) -> bool:
        """Return True if the section ignores a finding of a rule at an element in one of its files."""
        if self.element is None:
            return self.ignore is not None and rule in self.ignore
        below = element == self.element or element.startswith(f"{self.element}.")
        return below and (self.ignore is None or rule in self.ignore)


def sections(configuration: Configuration) -> tuple[Section, ...]:
    """Return the `[[per-file]]` sections of a configuration.

    Raises ValueError for a pattern that git also refuses.
    """
    values = configuration.values.get("per-file", ())
    return tuple(
        Section(
            matching(each["files"]),
            without_indices(each["element"]) if "element" in each else None,
            frozenset(each["ignore"]) if "ignore" in each else None,
            each.get("api-version"),
            each.get("kind"),
        )
        for each in values
    )


def matching(patterns: list[str]) -> Callable[[str], bool]:
    """Return the predicate for paths, relative to the configuration, that match patterns as in `.gitignore`.

    The last pattern that matches the file decides, else the last one that matches a folder above it. Raises ValueError
    for a pattern that matches nothing.

    >>> matches = matching(["captures/**", "!captures/new/**"])
    >>> matches("captures/a.json"), matches("captures/new/a.json")
    (True, False)
    """
    rules = rules_of("\n".join(patterns).encode("utf-8", "surrogateescape"), "")
    if any(NEVER in rule.expression or not rule.expression for rule in rules.rules):
        raise ValueError(patterns)

    def matches(path: str) -> bool:
        names = os.fsencode(path.replace(os.sep, "/")).lstrip(b"/").split(b"/")
        own = rules.deciding(b"/".join(names), names[-1], is_folder=False)
        above = (rules.deciding(b"/".join(names[:end]), names[end - 1], is_folder=True) for end in range(1, len(names)))
        rule = own or max(filter(None, above), key=lambda each: each.line, default=None)
        return rule is not None and not rule.keeps

    return matches


def of_file(configuration: Configuration) -> Sections:
    """Return a function from a file, as a report names it, to its sections; it looks up each file once."""
    every = sections(configuration)

    @cache
    def of(file: str) -> tuple[Section, ...]:
        path = relative(file, configuration.folder)
        return tuple(section for section in every if section.matches(path))

    return of


def configured(
    inputs: Iterable[Document | Skipped | Unreadable], configuration: Configuration
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the inputs with the kind and api-version of the configuration.

    Those of an option and of a request URL take precedence; the documents already have them.
    """
    of = of_file(configuration)
    for item in inputs:
        yield _configured(item, configuration, of(item.origin.file)) if isinstance(item, Document) else item


def _configured(document: Document, configuration: Configuration, about: tuple[Section, ...]) -> Document:
    kinds = [configuration.values.get("kind"), *(section.kind for section in about)]
    versions = [configuration.values.get("api-version"), *(section.api_version for section in about)]
    kind = next((each for each in reversed(kinds) if each), None)
    version = next((each for each in reversed(versions) if each), None)
    if kind and (document.kind is None or (document.is_guess and are_alike(document.kind, kind))):
        document = document._replace(kind=kind, is_guess=False)
    if document.api_version is None and version:
        document = document._replace(api_version=version, api_version_from="configuration")
    return document


def ignoring(configuration: Configuration) -> Callable[[str, str, str], bool]:
    """Return the predicate on file, rule and element that is True where a section ignores the finding."""
    of = of_file(configuration)
    return lambda file, rule, element: any(section.ignores(rule, element) for section in of(file))
