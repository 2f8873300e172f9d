"""Documents and other inputs as frozen values, which know nothing of files.

A value that a caller keeps is a frozen dataclass. The small values inside, here and elsewhere, are named tuples: they
take an eighth of the time to define (0.12 against 0.94 ms), and the command line starts that much sooner.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.text import safe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.places.spans import Path, Places


class Absent(Enum):
    """The value of a missing member, since `None` is JSON's `null`."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT
"""The one `Absent` value."""


class Origin(NamedTuple):
    """The place of a document or a finding: file, entry (its place in a container), line and column, both from 1.

    `entry` is a JSON pointer: `/3` in an array, `/log/entries/12` in a recording. Where the document is only a part
    of that answer's body, its pointer in the body follows (`/log/entries/12/value/0/properties/instanceView`).
    Line and column are None without a file. `method` and `url` are those of a recorded request; `inside` is
    the line and column in the recorded body, both from 1. It is given where the exact place in the file is unknown,
    such as in a body written in base64.
    """

    file: str
    entry: str | None = None
    line: int | None = None
    column: int | None = None
    method: str | None = None
    url: str | None = None
    inside: tuple[int, int] | None = None


def place(origin: Origin) -> str:
    """Return the file of a place, escaped, with line and column, or without a line with the entry."""
    entry = f"[{safe(origin.entry)}]" if origin.entry else ""
    numbers = [origin.line, origin.column]
    file = f"{shown_file(origin.file)}{entry if origin.line is None else ''}"
    return ":".join([file, *(str(number) for number in numbers if number is not None)])


def shown_file(name: str) -> str:
    """Return the name of a file as a line may begin with it: redacted, escaped, and whole, so that it leads somewhere.

    >>> shown_file("a.json"), shown_file("::error::a.json")
    ('a.json', './::error::a.json')
    """
    # A line of a log that begins with two colons is a command to a runner of CI.
    return f"{'./' if name.lstrip().startswith('::') else ''}{safe(name)}"


class Document(NamedTuple):
    """One instance view to check: its JSON value, its place, and what its source says about it.

    `kind` and `api_version` are None until they are resolved; `source` is its text, for lines and columns.
    `may_repeat_keys` is True if a key may occur twice in an object, so that the text must be scanned. `data` is that
    text where it is JSON and the document is the whole of it. `identity` is equal for a document that a recording has
    again, which is checked once; it is None elsewhere. `recording` is the file of the recording where the document is
    in another file, beside it. `written_by` names the program that wrote the document in place of the service, such as
    `az`. `written` maps the paths in `body` to those in the text, where the program has other names. `headers`
    are those of a recorded answer, in the form in which they are recorded, at least `Date`. `resource` is the ID or
    name of the resource that the document is of, where the value around it says so. `container` is the format of its
    file, such as `HAR`, empty where no reader of a format read it. `is_guess`: only its members say its kind. `whole`
    is the object of which the body is the known part, for a caller who gives a kind; it is there from the reader to
    `running.overrides`.
    """

    body: object
    origin: Origin
    kind: str | None = None
    api_version: str | None = None
    api_version_from: str = "default"
    source: Places | None = None
    may_repeat_keys: bool = False
    data: bytes | None = None
    identity: bytes | None = None
    recording: str | None = None
    written_by: str | None = None
    written: Mapping[Path, Path] | None = None
    headers: object = None
    resource: str | None = None
    container: str = ""
    is_guess: bool = False
    whole: object = None

    def __repr__(self) -> str:
        """Return the place and what is known of the document; the body alone would fill a terminal."""
        known = [word for word in (self.kind, self.api_version) if word]
        return f"<Document {' at '.join([place(self.origin), *known])}>"

    @property
    def name(self) -> str | None:
        """The name of the machine or scale set, by the request's URL or the resource around; None where none says it.

        A machine of a scale set has the set's name and a slash before its own. So has a part of a machine, such as an
        extension in a list.

        >>> url = "/providers/Microsoft.Compute/virtualMachineScaleSets/web/virtualMachines/3/instanceView"
        >>> Document({}, Origin("a.har", url=url)).name, Document({}, Origin("a.json"), resource="app").name
        ('web/3', 'app')
        """
        resource = self.resource or ""
        if not resource and not self.origin.url:
            return None
        from instanceview.model.resources import lists_parts, name_in  # here and below: `check` needs neither

        of_url, own = name_in(self.origin.url or ""), name_in(resource) if "/" in resource else resource or None
        if of_url and own and "/" not in own and lists_parts(self.origin.url or ""):
            return f"{of_url}/{own}"
        is_part = bool(of_url and own and own.lower().startswith(f"{of_url}/".lower()))
        return own if is_part else of_url or own

    @property
    def answered_at(self) -> str | None:
        """The moment of a recorded answer in RFC 3339 by its `Date` header; None without one that can be read.

        >>> Document({}, Origin("a.har"), headers={"date": ["Fri, 02 Jun 2017 14:36:11 GMT"]}).answered_at
        '2017-06-02T14:36:11+00:00'
        """
        if not self.headers:
            return None
        from instanceview.model.dates import answered_at

        return answered_at(self.headers)

    def as_written(self, path: Path) -> Path:
        """Return the path at which the value at a path in the body is written."""
        return self.written.get(path, path) if self.written else path


class Skipped(NamedTuple):
    """An input that is not an instance view and need not be one, the reason, and its group.

    The group is a key of `SKIPPED` in `model/skipped.py`. The origin is a file, a folder (a path with a slash at its
    end) that nobody looks into, or a place in a file. `value` is as that of `Unreadable`.
    """

    origin: Origin
    reason: str
    group: str = "no-view"
    value: Document | None = None

    @property
    def thing(self) -> str:
        """The word for what was skipped: an answer or entry of a recording, a line of a file, a folder or a file.

        >>> Skipped(Origin("a.har", "/log/entries/0", 4, 1, "GET"), "answered 404").thing
        'answer'
        >>> [Skipped(Origin(*place), "no instance view").thing for place in [("a/",), ("a", None, 2, 1), ("a", "/3")]]
        ['folder', 'line', 'entry']
        """
        if self.origin.entry:
            return "answer" if self.origin.method or self.origin.url else "entry"
        if (self.origin.line or 1) > 1:
            return "line"
        return "folder" if self.origin.file.endswith("/") else "file"


class Unreadable(NamedTuple):
    """An input that should have been checked and could not be, and the reason.

    `value` is an object that nothing shows to be an instance view, as the document that it is for a caller who gives a
    kind; it is there from the reader to `running.overrides`.
    """

    origin: Origin
    reason: str
    value: Document | None = None
