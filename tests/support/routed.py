"""Limits times routes: for each limit an input that is just beyond it, for each route how an input comes in by it.

A new limit is one line of `LIMITS`, and a new route one of `ROUTES`.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
import tarfile
import zipfile
from typing import TYPE_CHECKING, Any, NamedTuple

from inside import run
from limited import FIRST, LAST, VIEWS
from limited import URL as MACHINE

from instanceview import Limits, check, check_chunk, check_path, check_text, state
from instanceview.model.document import place
from instanceview.model.limits import DEFAULTS, NAMES, option
from instanceview.running.choices import chosen
from instanceview.running.found import found_in_rows
from instanceview.running.rows import check_rows
from instanceview.testing import Validator, assert_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from instanceview import Report, Summary

_URL = f"{MACHINE}/instanceView?api-version=2024-07-01"
_LARGE = {**FIRST, "computerName": "large" * 600}
_BROKEN = {**FIRST, "vmAgent": 1, "disks": 1, "extensions": 1}
COUNTED = "findings_per_document"
"""The limit that makes nothing unreadable."""
_PACKED = {"decoded_size", "ratio"}


class Input(NamedTuple):
    """Three texts, of which one or all together are beyond a limit, and the least value with which they are read.

    `place` is that of the line in a file with a text in each line, and `left` the number of documents that such a file
    still has.
    """

    texts: list[bytes]
    least: float
    place: str = ""
    left: int = 2
    suffix: str = ".ndjson"

    @property
    def content(self) -> bytes:
        """The content of a file of these texts."""
        if self.suffix == ".yaml":
            return b"".join(b"---\n" + text + b"\n" for text in self.texts)
        lines = b"\n".join(self.texts)
        return gzip.compress(lines, mtime=0) if self.suffix.endswith(".gz") else lines


def _text(value: object) -> bytes:
    return json.dumps(value).encode()


def _three(second: bytes) -> list[bytes]:
    return [_text(FIRST), second, _text(LAST)]


def _with_body(data: bytes) -> list[bytes]:
    return _three(_text({"body": base64.b64encode(data).decode()}))


_ALL = _three(_text(_LARGE))
_SIZE, _SIZE_OF_ALL = len(_ALL[1]), len(b"\n".join(_ALL))
_GZIP = gzip.compress(_text(_LARGE), mtime=0)
_ALIASES = b"statuses: &a [{code: PowerState/running}]\nother: [*a]"
LIMITS = {
    "document_size": Input(_ALL, _SIZE, ":2:1"),
    "file_in_memory": Input(_ALL, _SIZE_OF_ALL + 13, "", 0, ".yaml"),
    "file_size": Input(_ALL, _SIZE_OF_ALL),
    "decoded_size": Input(_with_body(_text(_LARGE)), len(_text(_LARGE)), ":2:10"),
    "unpacked_size": Input(_ALL, _SIZE_OF_ALL, "", 1, ".ndjson.gz"),
    "ratio": Input(_with_body(_GZIP), -(-len(_text(_LARGE)) // len(_GZIP)), ":2:10"),
    "nesting": Input(_three(_text(VIEWS["nesting"])), 20, ":2:116"),
    "members": Input(_three(_text(VIEWS["members"])), 100, ":2:1621"),
    "items": Input(_three(_text(VIEWS["items"])), 100, ":2:2167"),
    "aliases": Input(_three(_ALIASES), 26, ":5:9", 2, ".yaml"),
    "documents": Input(_ALL, 3, ":3:1"),
    COUNTED: Input(_three(_text(_BROKEN)), 3, ":2:1", 3),
    "seconds": Input(_three(_text(_BROKEN)), 60, "", 0),
}
LEAST_SECONDS = 1e-9
"""Just beyond the limit of seconds is not a number of them: each file takes longer than this."""


class Told(NamedTuple):
    """The lines of a run that name a limit, the number of its documents, and its exit code, which Python has not."""

    lines: list[str]
    documents: int | None = None
    code: int | None = None


class Case(NamedTuple):
    """An input, a value of its limit, and the folder of the run."""

    name: str
    value: float
    folder: Path

    @property
    def input(self) -> Input:
        """The input that belongs to the limit."""
        return LIMITS[self.name]

    @property
    def written(self) -> str:
        """The value as an option takes it."""
        return f"{self.value:.9f}" if self.name == "seconds" else str(self.value)

    @property
    def limits(self) -> Limits:
        """The limits of a caller of Python; a ratio that is not the default counts from the first byte on."""
        values: dict[str, Any] = {self.name: self.value, **({"ratio_from": 0} if self.name == "ratio" else {})}
        return DEFAULTS._replace(**values)

    @property
    def file(self) -> str:
        """The name of a file with the input, which is written now."""
        name = f"a{self.input.suffix}"
        (self.folder / name).write_bytes(self.input.content)
        return name


def _run(case: Case, *arguments: str, stdin: bytes = b"", variables: dict[str, str] | None = None) -> Told:
    ran = run(*arguments, cwd=case.folder, stdin=stdin, **(variables or {}))
    lines = [line for line in (ran.out + ran.err).splitlines() if option(case.name) in line]
    found = re.search(r"(?m)^(\d+) documents?: ", ran.out + ran.err)
    return Told(lines, int(found[1]) if found else None, ran.code)


def _beside(case: Case) -> list[str]:
    """Return the input as a file, with a file before it and one after it."""
    for name in ("before.json", "behind.json"):
        (case.folder / name).write_bytes(_text(FIRST))
    return ["before.json", case.file, "behind.json"]


def _command(*command: str) -> Callable[[Case], Told]:
    return lambda case: _run(case, *command, *_beside(case), f"{option(case.name)}={case.written}")


def _configured(case: Case) -> Told:
    (case.folder / ".instanceview.toml").write_text(f"{option(case.name)[2:]} = {json.dumps(case.written)}\n")
    return _run(case, "check", *_beside(case))


def _of_environment(case: Case) -> Told:
    name = option(case.name)[2:].replace("-", "_").upper()
    return _run(case, "check", *_beside(case), variables={f"INSTANCEVIEW_{name}": case.written})


def _of_stdin(case: Case) -> Told:
    return _run(case, "check", "-", f"{option(case.name)}={case.written}", stdin=case.input.content)


def _of_folder(case: Case) -> Told:
    _beside(case)
    return _run(case, "check", ".", f"{option(case.name)}={case.written}")


def _of_zip(case: Case) -> Told:
    with zipfile.ZipFile(case.folder / "all.zip", "w") as archive:
        for name in _beside(case):
            archive.write(case.folder / name, name)
    return _run(case, "check", "all.zip", f"{option(case.name)}={case.written}")


def _of_tar(case: Case) -> Told:
    with tarfile.open(case.folder / "all.tar.gz", "w:gz") as archive:
        for name in _beside(case):
            archive.add(case.folder / name, name)
    return _run(case, "check", "all.tar.gz", f"{option(case.name)}={case.written}")


def _body(case: Case, text: bytes) -> tuple[str, str | None]:
    """Return a text as the body of an answer, and its encoding; the packed ones are bodies by themselves."""
    held = json.loads(text).get("body") if case.name in _PACKED else None
    return (held, "base64") if held else (text.decode(), None)


def _har_entry(case: Case, text: bytes) -> dict[str, Any]:
    body, encoding = _body(case, text)
    content = {"text": body, **({"encoding": encoding} if encoding else {})}
    return {"request": {"method": "GET", "url": _URL}, "response": {"status": 200, "content": content}}


def _of_har(case: Case) -> Told:
    entries = [_har_entry(case, text) for text in case.input.texts]
    (case.folder / "a.har").write_bytes(_text({"log": {"entries": entries}}))
    return _run(case, "check", "a.har", f"{option(case.name)}={case.written}")


def _of_cassette(case: Case) -> Told:
    bodies = [_body(case, text) for text in case.input.texts]
    held = [{"base64_string": body} if encoding else {"string": body} for body, encoding in bodies]
    interactions = b"".join(
        b"- "
        + _text({"request": {"method": "GET", "uri": _URL}, "response": {"status": {"code": 200}, "body": body}})
        + b"\n"
        for body in held
    )
    (case.folder / "a.yaml").write_bytes(b"interactions:\n" + interactions)
    return _run(case, "check", "a.yaml", f"{option(case.name)}={case.written}")


def _of(found: Report | Summary, case: Case) -> Told:
    """Return the lines of the result of a function of Python."""
    lines = [f"{place(item.origin)}: {item.reason}" for item in found.unreadable]
    lines += [f"{place(item.origin)}: {item}" for item in found.counted] if case.name == COUNTED else []
    return Told(lines, found.documents)


def _of_rows(case: Case) -> Told:
    """Check a table; `instanceview.arrow.check_batch` is this, with columns of pyarrow around it."""
    wanted = chosen({"limits": case.limits}).wanted()
    summary = check_rows(case.input.texts, None, wanted, iter)
    found = [each for each in found_in_rows(summary) if each.severity in {"unreadable", "counted"}]
    return Told([f"{each.document}:{each.line}:{each.column}: {each.message}" for each in found], summary.documents)


def _raised(call: Callable[[], object]) -> Told:
    """Return the lines of an error that name a limit."""
    try:
        call()
    except (ValueError, AssertionError) as error:
        return Told([line for line in str(error).splitlines() if "limits=" in line or "--max-" in line])
    return Told([])


def _of_chunk(case: Case) -> Told:
    return _of(check_chunk(case.input.content, limits=case.limits), case)


def _of_state(case: Case) -> Told:
    return _raised(lambda: state(json.loads(case.input.texts[1]), limits=case.limits))


def _of_assertion(case: Case) -> Told:
    return _raised(lambda: assert_state(case.folder / case.file, power="running", limits=case.limits))


def _of_value(case: Case) -> Told:
    try:
        lines = _of(check(json.loads(case.input.texts[1]), limits=case.limits), case).lines
    except ValueError as error:
        lines = [str(error)]
    return Told(lines)


class Route(NamedTuple):
    """A route: the function that takes it, and the limits that an input can reach by it.

    `files` is the number of files of the run, each of which but one has a document. `is_exact` means that the input
    comes in as a file with a text in each line, so that its places are known.
    """

    take: Callable[[Case], Told]
    limits: Iterable[str] = NAMES
    files: int = 1
    is_exact: bool = True

    def left(self, limit: str) -> int:
        """Return the number of documents of a run with an input beyond a limit."""
        return self.files - 1 + (LIMITS[limit].left if self.is_exact or limit == COUNTED else 2)


_WITHOUT_FINDINGS = tuple(name for name in NAMES if name != COUNTED)
_OF_TEXTS = tuple(name for name in NAMES if name != "unpacked_size")
_OF_LINES = ("document_size", *_PACKED, "nesting", "members", "items", COUNTED, "seconds")
_OF_VALUES = ("nesting", "members", "items")
_OF_MEMBERS = [name for name in _OF_TEXTS if name != "seconds"]
_OF_BODIES = (*_PACKED, *_OF_VALUES, "documents")
ROUTES = {
    "check": Route(_command("check"), files=3),
    "state": Route(_command("state"), _WITHOUT_FINDINGS, files=3),
    "report": Route(_command("report"), _WITHOUT_FINDINGS, files=3),  # it has findings by rule alone, all counted
    "extract": Route(_command("extract", "--to", "new"), _WITHOUT_FINDINGS, files=3),
    "--jobs 2": Route(_command("check", "--jobs", "2"), files=3),
    "configuration": Route(_configured, files=3),
    "environment": Route(_of_environment, files=3),
    "standard input": Route(_of_stdin),
    "folder": Route(_of_folder, files=3),
    "zip": Route(_of_zip, _OF_MEMBERS, files=3),
    "tar.gz": Route(_of_tar, [name for name in _OF_MEMBERS if name != "ratio"], files=3),
    "HAR": Route(_of_har, _OF_BODIES, is_exact=False),
    "cassette": Route(_of_cassette, _OF_BODIES, is_exact=False),
    "check_path": Route(lambda case: _of(check_path(case.folder / case.file, limits=case.limits), case)),
    "check_text": Route(lambda case: _of(check_text(case.input.content, limits=case.limits), case), _OF_TEXTS),
    "check_chunk": Route(_of_chunk, _OF_LINES, is_exact=False),
    "check_batch": Route(_of_rows, _OF_LINES, is_exact=False),
    "Validator": Route(lambda case: _of(Validator(limits=case.limits).result(case.folder / case.file), case)),
    "check of a value": Route(_of_value, (*_PACKED, *_OF_VALUES), is_exact=False),
    "state of a value": Route(_of_state, _OF_VALUES, is_exact=False),
    "assert_state": Route(_of_assertion, _WITHOUT_FINDINGS),
}
