"""The rule `client-output`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import ABSENT
from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.rule import Site

SENTENCE = "The document is what a client printed, not what the service answered."
WHY = "A client writes names and values of its own, and adds or leaves out members, of which the service says nothing."
GOOD = Example('{"statuses": [{"code": "PowerState/running"}]}')
BAD = Example('{"additionalProperties": {}, "statuses": [{"code": "PowerState/running", "message": null}]}')


class _Words(NamedTuple):
    """The message about a document of one writer, and how to get the service's answer."""

    message: str
    hint: str


_WORDS = {
    "az": _Words(
        "written by the az CLI: its null members and additionalProperties are not checked",
        "az … --debug shows the service's own answer, az rest prints it",
    ),
    "powershell": _Words(
        "written by PowerShell: checked by its names and numbers, without what it adds or cuts off",
        "Invoke-AzRestMethod or -Debug shows the service's own answer; ConvertTo-Json cuts less off with -Depth 10",
    ),
    "python-sdk": _Words(
        "written by the Python SDK: checked by the names of its models",
        "serialize(keep_readonly=True), raw_response_hook or logging_enable=True gives the service's own names",
    ),
    "dotnet": _Words(
        "written by .NET: checked by the names and numbers of its models",
        "GetRawResponse().Content has the service's own answer",
    ),
    "resource-graph": _Words(
        "the summary of Azure Resource Graph, not an instance view: it has one power state in place of the statuses",
        "az vm get-instance-view, or GET …/instanceView, shows the service's own answer",
    ),
    "fragment": _Words(
        "only a part of an instance view: the braces, or the members around it, are missing",
        "pass the whole instance view",
    ),
}
"""The words about each writer; the name of one is the value of the site."""


def check(site: Site) -> Iterator[Found]:
    """Yield the document, once, instead of each member that the client added or named in its own way."""
    message, hint = _WORDS[str(site.value)]
    yield Found(site.path, message, ABSENT, hint=hint, spot="writer")


RULE: Rule = Rule(
    "client-output",
    Severity.NOTE,
    SENTENCE,
    WHY,
    ("published",),
    GOOD,
    BAD,
    ("written-by",),
    check,
    follows="secret-in-text",
)
