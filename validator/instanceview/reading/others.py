"""Things that are not instance views of ours, by name."""

from __future__ import annotations

_MARKS = {
    "typeHandlerVersion": "an extension's instance view",
    "substatuses": "an extension's instance view",
    "assetId": "a dedicated host's instance view",
    "availableCapacity": "a dedicated host's instance view",
    "executionState": "a run command's instance view",
    "utilizationInfo": "a capacity reservation's instance view",
}


def other_view(value: dict[str, object]) -> str | None:
    """Return the words for a view of something else, None for what may be ours."""
    return next((view for name, view in _MARKS.items() if name in value), None)


def looks_like(value: object) -> str | None:  # noqa: ARG001
    """Return the words for a value that is not an instance view, None where it is not known."""
    return None
