"""The rule `cli-output`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.document import ABSENT
from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.rule import Site

SENTENCE = "The document is what the az CLI printed, not what the service answered."
WHY = "The CLI keeps members that are null and adds additionalProperties, of which the service says nothing."
GOOD = Example('{"statuses": [{"code": "PowerState/running"}]}')
BAD = Example('{"additionalProperties": {}, "statuses": [{"code": "PowerState/running", "message": null}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield the document, once, instead of each member that the CLI added."""
    template = "written by the az CLI: its null members and additionalProperties are not judged"
    hint = "az … --debug shows the service's own answer"
    yield Found(site.path, template, ABSENT, hint=hint, spot="writer")


RULE: Rule = Rule(
    "cli-output",
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
