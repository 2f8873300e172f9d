"""The fast path: proves that a document has no findings, so that only the others need places, order and messages.

Goal: most documents have no finding. The proof must cost little more than parsing and must never be wrong: a document
that some rule reports is not passed, whatever rules are added.

Plan: four steps, each of which may say "not certain", after which the document is checked in the ordinary way.
1. `types`: reading the text into generated types parses it and checks the schema, in one pass of native code.
2. `structure`: a generated function asks the rules about each value that types do not check and no cache knows.
3. `repeated_keys`: writing the value again shows whether a key occurs twice.
4. `text_scan`: a scan of the whole text, or of some texts at once (`texts_gate`), proves that no rule reports a text or
   a time. If it finds something, which proves nothing, the rules are asked about all values that the walk asks about.

Invariants: a value is skipped only if the declarations of every rule of its hook allow it (`Rule.quiet`, `Rule.reads`).
A rule that declares nothing is asked about each of its values. The types refuse undocumented members, nulls, numbers
with a fraction and values that are not listed. The page's own api-version is always refused.

Tried: groups of 8 to 64 lines in one native call gain 0.1 O at most; statuses as tagged unions of known codes 0.2 O.
O is the time in which orjson parses the same text. Kept for their gain: caching lists of handlers and extensions as a
whole (17 % of a clean document), the scan in Rust (see `text_scan`), and the scan of some lines at once (11 %). Measure
with `python tests/benchmarks/run.py process` and `profile_hot_path.py`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from msgspec import MsgspecError, json

from instanceview.checking.faults import has_fault
from instanceview.checking.gate.repeated_keys import repeated_keys
from instanceview.checking.gate.structure import structure_check
from instanceview.checking.gate.types import clean_type
from instanceview.checking.scope import scope_of
from instanceview.checking.text_scan import document_scanner, quiet_of_document, shapes_fit, texts_scanner
from instanceview.checking.walk import walk_document
from instanceview.places.compact import compact
from instanceview.tables.catalog import ANY_NAME, versions_of
from instanceview.tables.descent import below
from instanceview.tables.kinds import MACHINES, is_of_page
from instanceview.tables.resolve import shape_within
from instanceview.tables.undecided import POWER, names_of_machines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, Protocol

    class TextGate(Protocol):
        """The function of `text_gate`. Its arguments are positional: a name costs a hundredth of a document."""

        def __call__(self, text: bytes, is_quiet: bool = ..., /) -> str | None: ...  # noqa: D102, FBT001

    from instanceview.literals import KindName
    from instanceview.rules.site import Scope


@cache
def text_gate(kind: str | None, api_version: str) -> TextGate:
    """Return a function from a JSON text to its kind if it certainly is one document without findings, else to None.

    Without a kind, each document has the kind of its shape. The function takes a second argument, which is True if
    `texts_gate` has proved step 4.

    >>> text_gate("vm", "2024-07-01")(b'{"computerName": "app", "statuses": []}')
    'vm'
    >>> text_gate(None, "2024-07-01")(b'{"statuses": [{"level": "Info"}]}') is None
    True
    """
    if kind is None:
        gates = [_gate(each, api_version, _certain_shape(each, api_version)) for each in _machines_at(api_version)]
        return lambda text, is_quiet=False: _first_kind(text, is_quiet, gates)
    return _gate(kind, api_version)


def _first_kind(text: bytes, is_quiet: bool, gates: list[TextGate]) -> str | None:  # noqa: FBT001 (see `TextGate`)
    for gate in gates:
        kind = gate(text, is_quiet)
        if kind is not None:
            return kind
    return None


TOGETHER = 16
"""Texts that are scanned at once. Each is scanned again where the scan finds something: in 2 % of captures it does."""
_MOST = 1 << 20
"""Bytes of texts that are scanned at once, since they are copied; captured documents have 7 KB at most."""


@cache
def texts_gate(kind: str | None, api_version: str) -> Callable[[Sequence[bytes]], bool]:
    """Return a predicate on `TOGETHER` JSON texts: True if the scan certainly finds nothing in any of them.

    In most texts it finds nothing, so that one scan for some of them costs less than one for each.

    >>> texts_gate(None, "2024-07-01")([b'{"statuses": []}', b"{}"])
    True
    """
    kinds = (kind,) if kind else _machines_at(api_version)
    finds_nothing = texts_scanner(kinds, api_version, TOGETHER)

    def are_quiet(texts: Sequence[bytes]) -> bool:
        data = b"\n".join(texts)
        return data.isascii() and len(data) <= _MOST and finds_nothing(data.decode())

    return are_quiet


@cache
def value_gate(kind: str, api_version: str) -> Callable[[object], bool]:
    """Return a predicate on a JSON value: True if it certainly is a document without findings.

    >>> value_gate("vm", "2024-07-01")({"computerName": "<name>"})
    False
    """
    gate = text_gate(kind, api_version)

    def is_clean(body: object) -> bool:
        text = compact(body)
        return text is not None and gate(text) is not None

    return is_clean


def _gate(kind: str, api_version: str, has_shape: Callable[[Any], bool] = lambda _: True) -> TextGate:
    scope = scope_of(kind, api_version)
    # The page's rules are asked about every member. A kind that the api-version lacks has the tables of another one.
    is_certain = not is_of_page(kind, api_version) and api_version in versions_of(kind) and not _has_map(scope)
    finds_nothing = document_scanner(kind, api_version) if is_certain else None
    if finds_nothing is None:
        return lambda *_: None
    read = json.Decoder(clean_type(scope)).decode
    check = structure_check(kind, api_version)
    are_fit = shapes_fit(kind, api_version)
    may_repeat_keys = repeated_keys()

    def kind_if_clean(text: bytes, is_quiet: bool = False) -> str | None:  # noqa: FBT001, FBT002 (see `TextGate`)
        try:
            view = read(text)
            if not has_shape(view) or not check(view) or may_repeat_keys(view, text):
                return None
            if is_quiet:
                return kind
            decoded = text.decode()
            if finds_nothing(decoded):
                return kind
            # A text without the shape is a fault most often, and a walk in vain costs as much as six clean documents.
            body = json.decode(text)
            quiet = quiet_of_document(decoded)
            found = not are_fit(decoded) or has_fault(lambda take: walk_document(scope, body, take, quiet))
        except (MsgspecError, UnicodeDecodeError):
            return None
        return None if found else kind

    return kind_if_clean


def _machines_at(api_version: str) -> tuple[KindName, ...]:
    """Return the kinds of machine documents that an api-version defines: a document without a kind may be of these."""
    return tuple(kind for kind in MACHINES if api_version in versions_of(kind))


def _has_map(scope: Scope) -> bool:
    """Return True if an object has members of any name, which types do not express."""
    return any(each.path.endswith(ANY_NAME) and each.documented_at(scope.api_version) for each in below(scope.root))


def _certain_shape(kind: str, api_version: str) -> Callable[[Any], bool]:
    """Return a predicate of views that are certainly of a kind: it fits best, and they are not of others as well."""
    fits = shape_within(kind, api_version, _has_member)
    names = names_of_machines()
    return lambda view: (any(_has_member(view, name) for name in names) or _has_power_state(view)) and fits(view)


def _has_power_state(view: object) -> bool:
    """Return True if the statuses of a document have a power state, which are then those of a machine."""
    return any((status.code or "").startswith(POWER) for status in getattr(view, "statuses", None) or ())


def _has_member(view: object, name: str) -> bool:
    """Return True if a document that was read has a member."""
    return getattr(view, name, None) is not None
