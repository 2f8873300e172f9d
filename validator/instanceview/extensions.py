"""The extensions of a document and the handlers that run them: what the rules that compare the two have in common."""

from __future__ import annotations

from typing import Any


def handlers_and_extensions(body: object) -> tuple[list[Any], list[Any]]:
    """Return the agent's handlers and the extensions of a document, two empty lists where either is no list.

    >>> handlers_and_extensions({"vmAgent": {"extensionHandlers": [{"type": "a.b"}]}, "extensions": []})
    ([{'type': 'a.b'}], [])
    """
    agent = body.get("vmAgent") if isinstance(body, dict) else None
    handlers = agent.get("extensionHandlers") if isinstance(agent, dict) else None
    extensions = body.get("extensions") if isinstance(body, dict) else None
    if isinstance(handlers, list) and isinstance(extensions, list):
        return handlers, extensions
    return [], []
