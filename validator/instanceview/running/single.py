"""The one document in a Python value."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from instanceview.model.document import Document
from instanceview.model.limits import DEFAULTS, Limits
from instanceview.model.text import one_line
from instanceview.running.overrides import overridden
from instanceview.running.values import in_python, inputs_of_value

if TYPE_CHECKING:
    from instanceview.literals import ApiVersion, KindName

_NAMED = 3  # the most places of instance views in a message: they fit on a line


def one_document(
    value: object, kind: KindName | None, api_version: ApiVersion | None, limits: Limits = DEFAULTS
) -> Document:
    """Return the instance view in a Python value, with the kind and api-version that a caller gives.

    Raises ValueError if there is none or more than one, with the next step; TypeError for a text and for a path.
    """
    if isinstance(value, (str, bytes, bytearray, memoryview, os.PathLike)):
        step = "instanceview state PATH" if isinstance(value, os.PathLike) else "json.loads(text)"
        raise TypeError(f"state takes a Python value, found {type(value).__name__}; use {step}")
    inputs = list(overridden(inputs_of_value(value, limits=limits), kind, api_version))
    documents = [each for each in inputs if isinstance(each, Document)]
    if len(documents) == 1:
        return documents[0]
    if documents:
        places = ", ".join(one_line(each.origin.entry or "/") for each in documents[:_NAMED])
        more = ", ..." if len(documents) > _NAMED else ""
        raise ValueError(f"{len(documents)} instance views, at {places}{more}; pass one of them to state")
    reasons = [in_python(each.reason) for each in inputs if not isinstance(each, Document)]
    raise ValueError(next(iter(reasons), "no instance view"))
