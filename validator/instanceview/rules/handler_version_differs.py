"""The rule `handler-version-differs`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules._shared import handlers_and_extensions
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "An extension and its handler have different versions."
WHY = "They agree in every capture; where they differ, the handler that ran the extension is no longer installed."
GOOD = Example(
    '{"vmAgent": {"extensionHandlers": [{"type": "Microsoft.Compute.BGInfo", "typeHandlerVersion": "2.1"}]},'
    ' "extensions": [{"name": "info", "type": "Microsoft.Compute.BGInfo", "typeHandlerVersion": "2.1"}]}'
)
BAD = Example(
    '{"vmAgent": {"extensionHandlers": [{"type": "Microsoft.Compute.BGInfo", "typeHandlerVersion": "2.1"}]},'
    ' "extensions": [{"name": "info", "type": "Microsoft.Compute.BGInfo", "typeHandlerVersion": "2.2"}]}'
)


def check(site: Site) -> Iterator[Found]:
    """Yield the version of an extension that no handler of its type has."""
    handlers, extensions = handlers_and_extensions(site.value)
    versions: dict[str, list[str]] = {}
    for handler in handlers:
        version = _version(handler)
        if version:
            versions.setdefault(handler["type"].lower(), []).append(version)
    # The sets are made only once, since many extensions may be of one type.
    known = {kind: (frozenset(listed), tuple(listed)) for kind, listed in versions.items()}
    for index, extension in enumerate(extensions):
        version = _version(extension)
        listed = known.get(extension["type"].lower()) if version else None
        if listed and version not in listed[0]:
            template = "{value} differs from the version of the handler {type}; expected: {allowed}"
            path = ("extensions", index, "typeHandlerVersion")
            hint = "use the same version for both, unless the agent was replacing the handler"
            yield Found(path, template, version, listed[1], {"type": extension["type"]}, hint)


def _version(value: object) -> str | None:
    """Return the version of a handler or extension, None without a version or a type."""
    if not isinstance(value, dict) or not isinstance(value.get("type"), str):
        return None
    version = value.get("typeHandlerVersion")
    return version if isinstance(version, str) else None


RULE: Rule = Rule(
    "handler-version-differs",
    Severity.NOTE,
    SENTENCE,
    WHY,
    ("observed",),
    GOOD,
    BAD,
    ("document",),
    check,
    (
        "extensions.type",
        "extensions.typeHandlerVersion",
        "vmAgent.extensionHandlers.type",
        "vmAgent.extensionHandlers.typeHandlerVersion",
    ),
    follows="extension-without-handler",
)
