"""Harnesses of what the program writes: each report parses, the page has our elements alone, and no secret is shown."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET
from zlib import crc32

import seeds
from checkout import DATA
from ci_commands import azure_pipelines, github
from harness import Harness
from jsonschema_rs import Draft7Validator

from instanceview import check_text, render
from instanceview.model.document import Origin
from instanceview.model.excerpt import excerpt
from instanceview.model.redaction import redact
from instanceview.model.severity import Severity
from instanceview.model.text import escape, one_line, quote
from instanceview.reading.dispatch import read
from instanceview.reading.files.stream import stream_of
from instanceview.reporting import FORMATS
from instanceview.running.tally import report
from instanceview.running.wanted import Wanted
from instanceview.tables.catalog import schemas_folder

if TYPE_CHECKING:
    from collections.abc import Callable


def _reports(data: bytes) -> None:
    """A report parses, is as its schema says, and has no character that harms a terminal.

    An execution tries one of the formats: with all of them it takes six times as long.
    """
    found = report(read(stream_of(data), Origin("input")), fail_on=Severity.ERROR, wanted=Wanted(keep_documents=True))
    form = list(FORMATS)[crc32(data) % len(FORMATS)]
    text = render(found, form, verbose=True)  # type: ignore[arg-type]  # the names are those of the type
    assert text.endswith("\n"), form
    assert_harmless(form, text)
    _PARSERS.get(form, str)(text)


def assert_harmless(form: str, text: str) -> None:
    for line in text.split("\n"):
        _assert_harmless(form, line)


@lru_cache(1 << 12)  # SARIF repeats four hundred lines about our rules in each report
def _assert_harmless(form: str, line: str) -> None:
    signs = (each.replace("\\u0023", "#") for each in (escape(line), line))  # some are escapes in both
    assert len(set(signs)) == 1, f"{form} {line!r}"
    commands = {command.name for each in (github, azure_pipelines) if (command := each(line))}
    assert commands <= _COMMANDS.get(form, set()), f"{form} {line!r}"


_COMMANDS = {"github": {"error", "warning", "notice"}, "azure-pipelines": {"task.logissue"}}


def _json(text: str) -> None:
    content = json.loads(text)
    with suppress(UnicodeEncodeError):  # a Rust string cannot hold a lone surrogate
        schema_of("report").validate(content)


@cache
def schema_of(name: str) -> Draft7Validator:
    return Draft7Validator(json.loads((schemas_folder() / f"{name}.json").read_bytes()))


_PARSERS: dict[str, Callable[[str], Any]] = {
    "json": _json,
    "sarif": json.loads,
    "gitlab": json.loads,
    "junit": ET.fromstring,
}


_AROUND = 1000  # bytes of the texts around a secret
_PART = 12  # characters of a secret that are too many
_REPORTS = 8  # executions for one with a report, which takes as long as ten without it


def _redacted(data: bytes) -> None:
    """A secret between any two texts is in no text that is shown, and in no report of a document with it."""
    text = data[:_AROUND].decode("utf-8", "replace")
    number, at = crc32(data), len(text) // 2
    number, which = divmod(number, len(_forms()))
    form, secret = _forms()[which]
    parts = [secret[start : start + _PART] for start in range(max(1, len(secret) - _PART))]
    if any(part in text for part in parts):
        return  # there it has another form, or none
    planted = f"{text[:at]} {form} {text[at:]}"
    shown = [redact(planted), one_line(planted), quote(planted)]
    if "\n" not in form:  # an excerpt is one line, and the lines after it may say what is a secret in it
        begin = planted.index(secret, at) if secret in form else at
        shown += [*excerpt(planted, 0, at, len(planted)), *excerpt(planted, begin, begin, len(planted))]
    if number % _REPORTS == 0:
        view = {"statuses": [{"code": planted, "level": "info", "message": planted}], planted: 1}
        name = list(FORMATS)[number // _REPORTS % len(FORMATS)]
        shown.append(render(check_text(json.dumps(view)), name))  # type: ignore[arg-type]  # as above
    for each in shown:
        assert not any(part in each for part in parts), f"{form!r} {each!r}"


@cache
def _forms() -> list[tuple[str, str]]:
    """Return texts with a secret, each with the secret; the file has them in parts."""
    forms = json.loads((DATA / "secrets" / "forms.json").read_text("utf-8"))
    return [("".join(each["text"]), "".join(each["secret"])) for each in forms]


def _commanding() -> bytes:
    """Return a document with commands to runners and markup in its texts and keys."""
    code, text = "##vso[task.complete result=Failed;]x", "::error::x\n##[error]<b>]]>"
    view = {"statuses": [{"code": code, "level": text, "message": text}], code: 1, "vmAgent": {text: code}}
    return json.dumps(view).encode()


OUTPUTS = (
    Harness("reports", _reports, lambda: (_commanding(), *seeds.documents(), *seeds.short_texts()[::4]), "json"),
    Harness("redaction", _redacted, seeds.short_texts),
)
"""The harnesses of outputs."""
