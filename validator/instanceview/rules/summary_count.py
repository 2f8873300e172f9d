"""The rule `summary-count`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "Extension counts do not add up to the number of machines."
WHY = "Every machine has each extension of its scale set in some state, so both summaries count the same machines."
GOOD = Example(
    '{"virtualMachine": {"statusesSummary": [{"code": "ProvisioningState/succeeded", "count": 3}]}, "extensions":'
    ' [{"name": "monitor", "statusesSummary": [{"code": "ProvisioningState/succeeded", "count": 3}]}]}',
    kind="vmss",
)
BAD = Example(
    '{"virtualMachine": {"statusesSummary": [{"code": "ProvisioningState/succeeded", "count": 3}]}, "extensions":'
    ' [{"name": "monitor", "statusesSummary": [{"code": "ProvisioningState/succeeded", "count": 2}]}]}',
    kind="vmss",
)

_INT32 = range(2**31)  # other rules report a count outside it


def check(site: Site) -> Iterator[Found]:
    """Yield the summary of an extension whose counts have another sum than those of the machines."""
    body = site.value if isinstance(site.value, dict) else {}
    machines = _sum_of_counts(body.get("virtualMachine"))
    extensions = body.get("extensions")
    if machines is None or not isinstance(extensions, list):
        return
    for index, extension in enumerate(extensions):
        total = _sum_of_counts(extension)
        if total is not None and total != machines:
            yield Found(
                ("extensions", index, "statusesSummary"),
                "the counts of {name} add up to {total!s}; expected {allowed}, the number of machines",
                extension["statusesSummary"],
                (str(machines),),
                {"name": extension.get("name", "an extension"), "total": total},
                "count each machine once, under the state of the extension on it",
            )


def _sum_of_counts(holder: object) -> int | None:
    """Return the sum of the counts; None without a summary, or with a count that other rules report."""
    summary = holder.get("statusesSummary") if isinstance(holder, dict) else None
    if not summary or not isinstance(summary, list):
        return None
    items = [item for item in summary if isinstance(item, dict)]
    numbers = [item["count"] for item in items if type(item.get("count")) is int and item["count"] in _INT32]
    codes = {str(item.get("code")).lower() for item in items}
    return sum(numbers) if len(numbers) == len(codes) == len(summary) else None


RULE: Rule = Rule(
    "summary-count",
    Severity.WARNING,
    SENTENCE,
    WHY,
    ("observed",),
    GOOD,
    BAD,
    ("document",),
    check,
    (
        "extensions.statusesSummary.code",
        "extensions.statusesSummary.count",
        "virtualMachine.statusesSummary.code",
        "virtualMachine.statusesSummary.count",
    ),
    follows="duplicate-name",
)
