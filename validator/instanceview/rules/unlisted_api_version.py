"""The rule `unlisted-api-version`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule
from instanceview.tables.catalog import versions_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "The service does not list the api-version of the request URL."
WHY = "The document is checked against the newest listed version before it, which may document other members."
_CAPTURE = (
    '{"Entries": [{"RequestUri": "/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/'
    'virtualMachineScaleSets/s/virtualMachines/0/instanceView?api-version=VERSION", "RequestMethod": "GET", '
    '"StatusCode": 200, "ResponseBody": {"platformFaultDomain": 0}}]}'
)
GOOD = Example(_CAPTURE.replace("VERSION", "2024-07-01"), api_version=None)
BAD = Example(_CAPTURE.replace("VERSION", "2024-08-15"), api_version=None)


def check(site: Site) -> Iterator[Found]:
    """Yield the document whose api-version is not listed."""
    template = "{value} is not a listed api-version; checked against {checked!s}, the newest listed version before it"
    if str(site.value) < versions_of(site.scope.kind)[0]:
        template = "{value} is not a listed api-version; checked against {checked!s}, the oldest listed version"
    hint = "choose another with --api-version, or api_version= in Python"
    facts = {"checked": site.scope.api_version}
    yield Found((), template, site.value, versions_of(site.scope.kind), facts, hint, spot="version")


RULE: Rule = Rule(
    "unlisted-api-version",
    Severity.NOTE,
    SENTENCE,
    WHY,
    ("service",),
    GOOD,
    BAD,
    ("unlisted",),
    check,
    follows="client-output",
)
