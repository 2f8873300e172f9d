"""The rule `duplicate-status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.pointer import pointer
from instanceview.model.severity import Severity
from instanceview.rules.quiet import Fewer
from instanceview.rules.rule import Example, Found, Rule
from instanceview.tables.vocabulary import parsed, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A list has the same status code twice."
WHY = "Readers use the first one or count both; no captured list repeats a code, except the code of a component."
GOOD = Example('{"statuses": [{"code": "ProvisioningState/succeeded"}, {"code": "PowerState/running"}]}')
BAD = Example('{"statuses": [{"code": "PowerState/running"}, {"code": "PowerState/running"}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield every known code that an earlier status of the list has, except those of components, which may repeat."""
    if not isinstance(site.value, list) or len(site.value) < 2:  # noqa: PLR2004 (two make a pair)
        return
    codes = [status.get("code") if isinstance(status, dict) else None for status in site.value]
    folded = [code.lower() if isinstance(code, str) else None for code in codes]
    if len(set(folded)) == len(folded):
        return
    firsts: dict[str | None, int] = {}
    for index, text in enumerate(folded):
        first = firsts.setdefault(text, index)
        code = parsed(str(codes[index])) if text is not None and first < index else None
        if code is not None and code.component is None and state_of(site.categories, code):
            template = "{value}: duplicate status code; first used at {at!s}"
            facts = {"at": pointer((*site.path, first, "code"))}
            path = (*site.path, index, "code")
            yield Found(path, template, codes[index], facts=facts, hint="keep one of them", spot="conflict")


RULE: Rule = Rule(
    "duplicate-status",
    Severity.WARNING,
    SENTENCE,
    WHY,
    ("observed",),
    GOOD,
    BAD,
    ("statuses",),
    check,
    ("code",),
    quiet={"statuses": (Fewer(2),)},
    follows="conflicting-provisioning-states",
)
