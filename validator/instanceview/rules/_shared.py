"""Parts that several rules share: conflicting states in a list, a hint, the handlers and extensions of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from instanceview.model.pointer import pointer
from instanceview.rules.rule import Found
from instanceview.tables.vocabulary import parsed, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site
    from instanceview.tables.elements import Member
    from instanceview.tables.status_code import StatusCode


def conflicts(site: Site, category: str, hint: str) -> Iterator[Found]:
    """Yield every later status of a list whose known state in a category differs from that of the first one.

    Details are ignored: `creating` and `creating/osProvisioningInProgress` are one state. A summary counts machines
    in several states, so it has no conflicts.
    """
    if not isinstance(site.value, list) or "count" in site.element.children:
        return
    codes = ((index, _code_of_category(status, category.lower())) for index, status in enumerate(site.value))
    known = [(index, code) for index, code in codes if code is not None and state_of(site.categories, code)]
    for index, code in known[1:]:
        at, first = known[0]
        if code.state.lower() != first.state.lower():
            template = "{value} contradicts {other} at {at!s}"
            facts = {"other": str(first), "at": pointer((*site.path, at, "code"))}
            yield Found((*site.path, index, "code"), template, str(code), facts=facts, hint=hint, spot="conflict")


def hint_to_replace(member: Member) -> str:
    """Return the next step for a member that this api-version does not have: its other name, or another api-version."""
    return f'use "{member.instead}"' if member.instead else "give the api-version of the request, if it is not {tables}"


def _code_of_category(status: object, category: str) -> StatusCode | None:
    """Return the status code of a status, None if it has none or one of another category."""
    text = status.get("code") if isinstance(status, dict) else None
    code = parsed(text) if isinstance(text, str) else None
    return code if code is not None and code.category.lower() == category else None


def handlers_and_extensions(body: object) -> tuple[list[Any], list[Any]]:
    """Return the agent's handlers and the extensions of a document, two empty lists if either is not a list.

    >>> handlers_and_extensions({"vmAgent": {"extensionHandlers": [{"type": "a.b"}]}, "extensions": []})
    ([{'type': 'a.b'}], [])
    """
    agent = body.get("vmAgent") if isinstance(body, dict) else None
    handlers = agent.get("extensionHandlers") if isinstance(agent, dict) else None
    extensions = body.get("extensions") if isinstance(body, dict) else None
    if isinstance(handlers, list) and isinstance(extensions, list):
        return handlers, extensions
    return [], []
