"""The rule `extension-without-handler`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules._shared import handlers_and_extensions
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "An extension has a type that no handler has."
WHY = "A handler runs the extensions of its type; every captured extension that has a type has its handler listed."
GOOD = Example(
    '{"vmAgent": {"extensionHandlers": [{"type": "Microsoft.Compute.BGInfo"}]},'
    ' "extensions": [{"name": "info", "type": "Microsoft.Compute.BGInfo"}]}'
)
BAD = Example(
    '{"vmAgent": {"extensionHandlers": [{"type": "Microsoft.Compute.BGInfo"}]},'
    ' "extensions": [{"name": "script", "type": "Microsoft.Compute.CustomScriptExtension"}]}'
)


def check(site: Site) -> Iterator[Found]:
    """Yield the type of an extension that no handler has, if there are handlers and each has a type."""
    handlers, extensions = handlers_and_extensions(site.value)
    types = tuple(handler.get("type") if isinstance(handler, dict) else None for handler in handlers)
    known = {each.lower() for each in types if isinstance(each, str)}
    if not types or not all(isinstance(each, str) for each in types):
        return
    names = tuple(map(str, types))
    for index, extension in enumerate(extensions):
        found = extension.get("type") if isinstance(extension, dict) else None
        if isinstance(found, str) and found.lower() not in known:
            template = "no handler has the type {value}; listed handlers: {allowed}"
            hint = "check whether the agent has installed its handler"
            yield Found(("extensions", index, "type"), template, found, names, hint=hint)


RULE: Rule = Rule(
    "extension-without-handler",
    Severity.NOTE,
    SENTENCE,
    WHY,
    ("observed",),
    GOOD,
    BAD,
    ("document",),
    check,
    ("extensions.type", "vmAgent.extensionHandlers.type"),
    follows="agent-unavailable-version",
)
