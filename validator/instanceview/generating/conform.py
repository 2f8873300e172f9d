"""Removes contradictions from a document, so that it conforms; they arise since each part is drawn by itself.

To remove a part is faster than to draw again, and lets a failing example shrink.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from instanceview.reading.json_texts.plain import from_python
from instanceview.rules.site import NAMES
from instanceview.tables.descent import walk
from instanceview.tables.elements import tree
from instanceview.tables.vocabulary import categories_by_element, parsed, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from instanceview.tables.vocabulary import Category

_INT32 = 2**31 - 1
"""The largest count that the definitions allow."""

Json = dict[str, Any]
"""A JSON object."""


def unshared(document: Json) -> Json:
    """Return a copy of a document without shared objects; a drawn document may have some, which `deepcopy` keeps."""
    copied: Any = from_python(document)
    return dict(copied)


def conform(body: Json, kind: str, api_version: str) -> None:
    """Remove from a document, in place, every member and item that has a finding beside an earlier one.

    The document is valid by its schema, has no nulls and only codes of the vocabulary.
    """
    reconcile(body, kind, api_version)
    if power_state(body) == "deallocated":
        body.pop("placementGroupId", None)


def reconcile(body: Json, kind: str, api_version: str) -> None:
    """Remove what contradicts an earlier member or item, in place, except what captures have against the page.

    That is the placement group of a deallocated machine, which 41 of 43 captures have and the page does not expect.
    """
    for _, element, value in list(walk(tree(kind), api_version, body)):
        codes = categories_by_element(kind).get(element.path, {})
        if isinstance(value, list) and "code" in element.children:
            value[:] = _first_of_each(value, "code" if "count" in element.children else "category")
        elif isinstance(value, list):
            names = [name for name in NAMES if name in element.children]
            value[:] = _first_of_each(value, names[0]) if names else value
        elif isinstance(value, dict) and codes and "count" not in element.children:
            _correct_status(value, codes)
    _correct_agent(body.get("vmAgent", {}))
    _correct_extensions(body)
    if "virtualMachine" in body:
        if _total(body["virtualMachine"]) > _INT32:  # an extension may have all machines in one count
            _fit_counts(body["virtualMachine"]["statusesSummary"], _INT32)
        machines = _total(body["virtualMachine"])
        for extension in body.get("extensions", ()):
            _fit_counts(extension.get("statusesSummary", []), machines)


def power_state(body: Json) -> str:
    """Return the folded power state of a machine, empty where its statuses have none.

    >>> power_state({"statuses": [{"code": "PowerState/running"}]})
    'running'
    """
    codes = (parsed(status["code"]) for status in body.get("statuses", ()))
    return next((code.state.lower() for code in codes if code and code.category == "PowerState"), "")


def _first_of_each(items: Iterable[Json], member: str) -> list[Json]:
    """Return the items without those that repeat an earlier one: by a member, or by the category of the code.

    Components may repeat; items without the member are all kept.
    """
    kept: dict[object, Json] = {}
    for index, item in enumerate(items):
        text = item.get("code" if member == "category" else member)
        key: object = text.lower() if text is not None else index
        if member == "category":
            code = parsed(text) if text else None
            key = index if code is None or code.component else code.category.lower()
        kept.setdefault(key, item)
    return list(kept.values())


def _correct_status(status: Json, codes: Mapping[str, Category]) -> None:
    """Give a status the level of its code, and remove the text of another code."""
    code = parsed(status["code"])
    state = state_of(codes, code) if code else None
    if code is None or state is None:
        return
    known = (state.numbered if (code.detail or "").lstrip("-").isdecimal() else None) or state
    if "level" in status:
        status["level"] = known.level or status["level"]
    text = status.get("displayStatus", "").lower()
    others = (other.all_texts() for category in codes.values() for other in category.states.values())
    if text not in state.all_texts() and any(text in each for each in others):
        del status["displayStatus"]


def _correct_agent(agent: Json) -> None:
    """Remove a version that contradicts the state of the agent: only an unavailable agent has none."""
    codes = [parsed(status["code"]) for status in agent.get("statuses", ())]
    states = {code.state.lower() for code in codes if code}
    version = agent.get("vmAgentVersion", "")
    if "unavailable" in states and any(character.isdigit() for character in version):
        agent["vmAgentVersion"] = "Unknown"
    elif "succeeded" in states and version.lower() == "unknown":
        del agent["vmAgentVersion"]


def _correct_extensions(body: Json) -> None:
    """Remove the type of an extension that no handler has, and a version that its handler lacks."""
    handlers = body.get("vmAgent", {}).get("extensionHandlers", [])
    typed = {handler["type"].lower(): handler for handler in handlers if "type" in handler}
    all_typed = all("type" in handler for handler in handlers)
    for extension in body.get("extensions", ()) if handlers else ():
        handler = typed.get(extension["type"].lower()) if "type" in extension else None
        if handler is None and all_typed:
            extension.pop("type", None)
        elif handler and "typeHandlerVersion" in handler and "typeHandlerVersion" in extension:
            extension["typeHandlerVersion"] = handler["typeHandlerVersion"]


def _total(holder: Json) -> int:
    return sum(item.get("count", 0) for item in holder.get("statusesSummary", ()))


def _fit_counts(summary: list[Json], total: int) -> None:
    """Make the counts of a summary sum to a total, in place; later codes are removed where the total is too small."""
    del summary[max(total, 0) :]
    left = total
    for index, item in enumerate(reversed(summary)):
        after = len(summary) - index - 1
        item["count"] = min(item.get("count", 1) or 1, left - after) if after else left
        left -= item["count"]
