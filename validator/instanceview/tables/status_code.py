"""The grammar of status codes: parses `ProvisioningState/failed/-1`, or finds the first fault in such a text."""

from __future__ import annotations

from dataclasses import dataclass

_COMPONENT = "componentstatus"
_SEGMENTS = (2, 3)
_COMPONENT_SEGMENTS = (3, 4)
_BARE_SEGMENTS = (1, 3)
# The white space that regular expressions of ECMA 262 call `\s`, without the control characters.
_SPACES = frozenset(" \u00a0\u1680\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200B))))
_CONTROLS = frozenset(map(chr, (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)))


class MalformedStatusCodeError(ValueError):
    """A text that is not a status code: `text`, `reason`, and `position`, the offset of the fault from 0.

    >>> from instanceview import MalformedStatusCodeError, StatusCode
    >>> try:
    ...     StatusCode.parse("PowerState//running")
    ... except MalformedStatusCodeError as error:
    ...     print(error.position, error.reason)
    11 empty segment
    """

    def __init__(self, text: str, position: int, reason: str) -> None:
        """Keep the text, the place and the reason."""
        super().__init__(f"{reason} at offset {position}")
        self.text = text
        self.position = position
        self.reason = reason


@dataclass(frozen=True, slots=True)
class StatusCode:
    """A parsed status code; `str()` returns the text exactly.

    `category` is empty for a bare error code; `component` is set only for ComponentStatus. `detail` is the third
    segment (an error code or a phase); for ComponentStatus, it is the code after the state. Source: the documentation
    page, and 13,000 codes observed in captures.

    >>> StatusCode.parse("ProvisioningState/failed/-1")
    StatusCode(category='ProvisioningState', state='failed', detail='-1', component=None)
    >>> StatusCode.parse("ComponentStatus/StdOut/succeeded").component
    'StdOut'
    >>> str(StatusCode.parse("ComponentStatus/SQL Server IaaS Agent/failed/1"))
    'ComponentStatus/SQL Server IaaS Agent/failed/1'
    """

    category: str
    state: str
    detail: str | None = None
    component: str | None = None

    @classmethod
    def parse(cls, text: str, *, bare: bool = False) -> StatusCode:
        """Return the parts of a status code; `bare` allows a bare error code, as in bootDiagnostics.

        Raises MalformedStatusCodeError, a ValueError, with the position of the first fault.

        >>> StatusCode.parse("PowerState/")
        Traceback (most recent call last):
        instanceview.tables.status_code.MalformedStatusCodeError: empty segment at offset 11
        >>> StatusCode.parse("StorageAccountNotFound", bare=True).state
        'StorageAccountNotFound'
        """
        _check_characters(text)
        segments = text.split("/")
        _check_segments(text, segments, bare=bare)
        match segments:
            case [state]:
                return cls("", state)
            case [category, component, state, *rest] if category.lower() == _COMPONENT:
                return cls(category, state, rest[0] if rest else None, component)
            case [category, state, *rest]:
                return cls(category, state, rest[0] if rest else None)
        raise AssertionError(segments)  # pragma: no cover (a text always has a segment)

    def __str__(self) -> str:
        """Return the text that was parsed."""
        parts = (self.category or None, self.component, self.state, self.detail)
        return "/".join(part for part in parts if part is not None)


def _check_characters(text: str) -> None:
    if not text:
        raise MalformedStatusCodeError(text, 0, "empty code")
    for position, character in enumerate(text):
        if character in _CONTROLS:
            raise MalformedStatusCodeError(text, position, "control character")
    if text[0] in _SPACES:
        raise MalformedStatusCodeError(text, 0, "leading white space")
    if text[-1] in _SPACES:
        raise MalformedStatusCodeError(text, len(text) - 1, "trailing white space")


def _check_segments(text: str, segments: list[str], *, bare: bool) -> None:
    position = 0
    for segment in segments:
        if not segment:
            raise MalformedStatusCodeError(text, position, "empty segment")
        position += len(segment) + 1
    component = segments[0].lower() == _COMPONENT and not (bare and len(segments) == 1)
    least, most = _COMPONENT_SEGMENTS if component else _BARE_SEGMENTS if bare else _SEGMENTS
    if len(segments) < least:
        missing = "state" if len(segments) == 1 else "component or state"
        raise MalformedStatusCodeError(text, len(text), f"{missing} missing")
    if len(segments) > most:
        start = len("/".join(segments[:most]))
        raise MalformedStatusCodeError(text, start, f"more than {most} segments")
