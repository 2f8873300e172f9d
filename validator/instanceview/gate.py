"""Which documents certainly have no finding: most have none, and only the others need places, order and words.

A document that can be read as one of `clean_types` fulfils its schema, `clean_check` looks at what types cannot say,
and that no key stands twice is seen by writing the document again.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from instanceview.catalog import KINDS
from instanceview.clean_check import clean_check
from instanceview.clean_types import clean_type
from instanceview.resolve import PAGE_VERSION, of_vm_alone

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_FAULTS = (msgspec.MsgspecError, UnicodeDecodeError)


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
        gates = [_of_shape(each, api_version) for each in KINDS]
        return lambda text: any(gate(text) for gate in gates)
    if _is_closed(kind, api_version):
        return lambda _: False
    read = msgspec.json.Decoder(clean_type(kind, api_version)).decode
    return _gate(read, clean_check(kind, api_version))


@cache
def value_gate(kind: str, api_version: str) -> Callable[[object], bool]:
    """Return what says whether a JSON value certainly is a document without findings; False where that is not certain.

    >>> value_gate("vm", "2024-07-01")({"computerName": "<name>"})
    False
    """
    if _is_closed(kind, api_version):
        return lambda _: False
    made, check = clean_type(kind, api_version), clean_check(kind, api_version)

    def is_clean(body: object) -> bool:
        try:
            return check(msgspec.convert(body, made))
        except _FAULTS:
            return False

    return is_clean


def _is_closed(kind: str, api_version: str) -> bool:
    # The rules of the page look at every member.
    return api_version == PAGE_VERSION and kind == "vmss-vm"


def _gate(read: Callable[[bytes], Any], check: Callable[[Any], bool]) -> Callable[[bytes], bool]:
    write = msgspec.json.Encoder().encode

    def is_clean(text: bytes) -> bool:
        try:
            view = read(text)
        except _FAULTS:
            return False
        if not check(view):
            return False
        # What is written again is as short as it can be: in a text of the same length no key stands twice. In a longer
        # one each key has its colon, as in what is written again, and so have the values, unless one is escaped.
        again = write(view)
        return len(again) == len(text) or (again.count(b":") == text.count(b":") and b"\\u" not in text)

    return is_clean


def _of_shape(kind: str, api_version: str) -> Callable[[bytes], bool]:
    """Return the gate for documents that have the shape of a kind, as `kind_of` sees it."""
    if _is_closed(kind, api_version):
        return lambda _: False
    check = clean_check(kind, api_version)
    read = msgspec.json.Decoder(clean_type(kind, api_version)).decode
    return _gate(read, lambda view: _has_shape(kind, view) and check(view))


def _has_shape(kind: str, view: Any) -> bool:  # noqa: ANN401 (a type of its own for each kind and api-version)
    if kind == "vmss-vm":
        return True  # what tells the other kinds has no place in it
    if kind == "vm":
        return any(getattr(view, name, msgspec.UNSET) is not msgspec.UNSET for name in of_vm_alone())
    machine = view.virtualMachine
    return machine is not msgspec.UNSET and machine.statusesSummary is not msgspec.UNSET
