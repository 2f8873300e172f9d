"""Which documents certainly have no finding: most have none, and only the others need places, order and words.

A document that can be read as one of `typed` fulfils its schema; `check` and `scan` look at what types cannot say,
`texts` at what the scan leaves in doubt; and that no key stands twice is seen by `written`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from instanceview.checking.gate.repeated_keys import repeated_keys
from instanceview.checking.gate.structure import clean_check
from instanceview.checking.gate.text_scan import plain_document
from instanceview.checking.gate.texts import clean_texts
from instanceview.checking.gate.types import clean_type
from instanceview.places.compact import compact
from instanceview.tables.catalog import kinds_at
from instanceview.tables.kinds import is_of_page
from instanceview.tables.resolve import shape_within

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_FEW = 3000  # documents that are judged without the scan: in the time that it takes to make it


@cache
def text_gate(kind: str | None, api_version: str) -> Callable[[bytes], bool]:
    """Return what says whether a JSON text certainly is one document without findings; False where that is not certain.

    Without a kind a document has that of its shape.

    >>> text_gate("vm", "2024-07-01")(b'{"computerName": "app", "statuses": []}')
    True
    >>> text_gate(None, "2024-07-01")(b'{"statuses": [{"level": "Info"}]}')
    False
    """
    if kind is None:
        gates = [_gate(each, api_version, shape_within(each, _has)) for each in kinds_at(api_version)]
        return lambda text: any(gate(text) for gate in gates)
    return _gate(kind, api_version)


@cache
def value_gate(kind: str, api_version: str) -> Callable[[object], bool]:
    """Return what says whether a JSON value certainly is a document without findings; False where that is not certain.

    >>> value_gate("vm", "2024-07-01")({"computerName": "<name>"})
    False
    """
    gate = text_gate(kind, api_version)

    def is_clean(body: object) -> bool:
        text = compact(body)
        return text is not None and gate(text)

    return is_clean


def _gate(kind: str, api_version: str, has_shape: Callable[[Any], bool] = lambda _: True) -> Callable[[bytes], bool]:
    # The rules of the page look at every member; an older version of a kind is checked in another one's place.
    if is_of_page(kind, api_version) or kind not in kinds_at(api_version):
        return lambda _: False
    read = msgspec.json.Decoder(clean_type(kind, api_version)).decode
    check, texts = clean_check(kind, api_version), clean_texts(kind, api_version)
    may_repeat_keys = repeated_keys()
    few = iter(range(_FEW))

    def is_clean(text: bytes) -> bool:
        try:
            view = read(text)
            if not has_shape(view) or not check(view) or may_repeat_keys(view, text):
                return False
            is_plain = next(few, None) is None and plain_document()(text.decode())
            return is_plain or texts(text)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return False

    return is_clean


def _has(view: object, path: tuple[str, ...]) -> bool:
    """Return whether a view has a member at a path."""
    for name in path:
        view = getattr(view, name, msgspec.UNSET)
    return view is not msgspec.UNSET
