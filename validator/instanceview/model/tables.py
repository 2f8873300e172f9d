"""The tables that a document is checked against, by kind and api-version, and the source of that version in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.text import one_line

if TYPE_CHECKING:
    from instanceview.literals import ApiVersion, KindName


class Tables(NamedTuple):
    """The tables that a document is checked against: its kind, its api-version, and the source of that version.

    `unlisted` is the api-version that was given, where the tables do not list it.
    """

    kind: KindName
    api_version: ApiVersion
    api_version_from: str
    unlisted: str | None = None

    @property
    def name(self) -> str:
        """The kind and the api-version, the kind alone where that has none.

        >>> Tables("vm", "2026-04-01", "url").name, Tables("resource-graph", "unversioned", "kind").name
        ('vm at 2026-04-01', 'resource-graph')
        """
        return self.kind if self.api_version_from == "kind" else f"{self.kind} at {self.api_version}"

    def words(self) -> str:
        """Return the api-version and its source.

        >>> Tables("vm", "2026-04-01", "default").words(), Tables("vm", "2026-04-01", "url", "2031-01-01").words()
        ('2026-04-01 (the newest, since none was given)', '2026-04-01 (in place of 2031-01-01 from the URL)')
        """
        return f"{self.api_version} ({self.source()})"

    def source(self) -> str:
        """Return the source of the api-version in words."""
        source = _SOURCE_WORDS.get(self.api_version_from, self.api_version_from)
        return f"in place of {one_line(self.unlisted)} {source}" if self.unlisted else source


_SOURCE_WORDS = {
    "option": "as given",
    "url": "from the URL",
    "configuration": "from the configuration",
    "page-only element": "since a member is only on the documentation page",
    "fragment": "the first that documents the fragment",
    "removed element": "since later ones have none of its members",
    "kind": "since Azure Resource Graph has no api-versions",
    "default": "the newest, since none was given",
}
