"""The rule `client-output`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import ABSENT
from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A client printed the document, or it is a fragment; it is not the service's own answer."
WHY = (
    "A client renames members, converts values, and adds or omits members; the definitions do not cover that. "
    "A fragment lacks the braces or members around it."
)
GOOD = Example('{"statuses": [{"code": "PowerState/running"}]}')
BAD = Example('{"additionalProperties": {}, "statuses": [{"code": "PowerState/running", "message": null}]}')


class _Words(NamedTuple):
    """The message about a document of one writer, and the next step to get the service's answer.

    The message has the names that gave the writer away between `writer` and `message`.
    """

    writer: str
    message: str
    hint: str


_WORDS = {
    "az": _Words(
        "printed by the az CLI",
        "; its null members and additionalProperties are not checked",
        "use az rest, or az … --debug, to get the service's own answer",
    ),
    "powershell": _Words(
        "printed by PowerShell",
        "; its names and numbers are translated, and what it adds or cuts off is not checked",
        "use Invoke-AzRestMethod to get the service's own answer, or ConvertTo-Json -Depth 10 to cut off less",
    ),
    "python-sdk": _Words(
        "printed by the Python SDK",
        "; the names of its models are translated",
        "use raw_response_hook or logging_enable=True to get the service's own names; "
        "models of azure-mgmt-compute up to 33 also have serialize(keep_readonly=True)",
    ),
    "dotnet": _Words(
        "printed by .NET",
        "; the names and numbers of its models are translated",
        "use GetRawResponse().Content to get the service's own answer",
    ),
    "fragment": _Words(
        "only part of an instance view",
        "; the surrounding braces or members are missing",
        "pass the whole instance view",
    ),
}
"""The words about each writer, by its name, which is the value of the site."""
_MOST = 3
"""The most names that a message shows: they fit on a line, and one would be enough."""


def check(site: Site) -> Iterator[Found]:
    """Yield the document, once, instead of each member that the client added or named in its own way."""
    writer, message, hint = _WORDS[str(site.value)]
    # The names of a fragment do not say who wrote it: a client did, or it was cut out of the service's answer.
    written = () if site.value == "fragment" else _names(site)
    names = {f"name_{number}": name for number, name in enumerate(written)}
    shown = f", which writes {', '.join(f'{{{key}}}' for key in names)}" if names else ""
    yield Found(site.path, f"{writer}{shown}{message}", ABSENT, hint=hint, facts=names, spot="writer")


def _names(site: Site) -> tuple[str, ...]:
    """Return the names that gave the writer away, the longest first: other writers often use a short one too."""
    names = site.holder if isinstance(site.holder, tuple) else ()
    return tuple(sorted(names, key=lambda name: -len(name))[:_MOST])


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
