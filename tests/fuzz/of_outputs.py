"""Harnesses of what the program writes: each report parses, the page has our elements alone, and no secret is shown."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
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
from instanceview.reporting.conformance.build import conformance
from instanceview.reporting.html import page
from instanceview.running.tally import report
from instanceview.running.wanted import Selection, Wanted
from instanceview.tables.catalog import schemas_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from instanceview.reporting.conformance.values import Conformance


def _reports(data: bytes) -> None:
    """Each format of a report parses, is as its schema says, and has no character that harms a terminal.

    An execution tries three of the formats.
    """
    found = report(read(stream_of(data), Origin("input")), fail_on=Severity.ERROR, wanted=Wanted(keep_documents=True))
    first = crc32(data)
    for form in (list(FORMATS) * 2)[first % len(FORMATS) :][:3]:
        text = render(found, form, verbose=True)  # type: ignore[arg-type]  # the names are those of the type
        assert text.endswith("\n"), form
        for line in text.split("\n"):
            signs = (each.replace("\\u0023", "#") for each in (escape(line), line))  # some are escapes in both
            assert len(set(signs)) == 1, f"{form} {line!r}"
            commands = {command.name for each in (github, azure_pipelines) if (command := each(line))}
            assert commands <= _COMMANDS.get(form, set()), f"{form} {line!r}"
        _PARSERS.get(form, str)(text)


_COMMANDS = {"github": {"error", "warning", "notice"}, "azure-pipelines": {"task.logissue"}}


def _json(text: str) -> None:
    content = json.loads(text)
    with suppress(UnicodeEncodeError):  # a Rust string cannot hold a lone surrogate
        _schema("report").validate(content)


@cache
def _schema(name: str) -> Draft7Validator:
    return Draft7Validator(json.loads((schemas_folder() / f"{name}.json").read_bytes()))


_PARSERS: dict[str, Callable[[str], Any]] = {
    "json": _json,
    "sarif": json.loads,
    "gitlab": json.loads,
    "junit": ET.fromstring,
}


_TAG = re.compile(r"<!DOCTYPE html>|<(style|script)>.*?</\1>|<(/?)([a-zA-Z]\w*)(?:\s[^<>]*)?>|(<)", re.DOTALL)
_VOID = frozenset({"meta", "link", "input", "wbr", "rect", "line", "br"})


def _page(data: bytes) -> None:
    """A page has our elements alone, each of which ends, whatever the documents have in them."""
    text = data.replace(b"PowerState", b"<planted onx=1>")
    items = read(stream_of(text), Origin("<planted>"))
    wanted = Wanted(selection=Selection(most=0), coverage=True)
    made = conformance(report(items, fail_on=Severity.ERROR, wanted=wanted))
    open_ones: list[str] = []
    for tag in _TAG.finditer(_page_of(made)):
        assert not tag[4], "a bare <"
        name = tag[3]
        assert name != "planted", tag[0]
        if name and name not in _VOID:
            assert not tag[2] or open_ones[-1:] == [name], tag[0]
            open_ones.append(name) if not tag[2] else open_ones.pop()
    assert open_ones == []


def _page_of(made: Conformance) -> str:
    """Return a page; the templates are compiled once for all, which takes as long as ten pages."""
    with patch.object(page, "_environment", _environment):
        return "".join(page.pieces(made))


_environment = cache(page._environment)  # noqa: SLF001 (no page of a user needs it twice)


_AROUND = 1000  # bytes of the texts around a secret
_PART = 12  # characters of a secret that are too many


def _redacted(data: bytes) -> None:
    """A secret between any two texts is in no text that is shown, and in no report of a document with it."""
    text = data[:_AROUND].decode("utf-8", "replace")
    number, at = crc32(data), len(text) // 2
    form, secret = _forms()[number % len(_forms())]
    planted = f"{text[:at]} {form} {text[at:]}"
    shown = [redact(planted), one_line(planted), quote(planted)]
    if "\n" not in form:  # an excerpt is one line, and the lines behind it may say what is a secret in it
        shown += excerpt(planted, 0, at, len(planted))
    view = {"statuses": [{"code": planted, "level": "info", "message": planted}], planted: 1}
    forms = list(FORMATS)
    shown.append(render(check_text(json.dumps(view)), forms[number % len(forms)]))  # type: ignore[arg-type]  # as above
    for each in shown:
        found = (secret[start : start + _PART] for start in range(max(1, len(secret) - _PART)))
        assert not any(part in each for part in found), f"{form!r} {each!r}"


@cache
def _forms() -> list[tuple[str, str]]:
    """Return texts with a secret, each with the secret; the file has them in parts."""
    forms = json.loads((DATA / "secrets" / "forms.json").read_text("utf-8"))
    return [("".join(each["text"]), "".join(each["secret"])) for each in forms]


OUTPUTS = (
    Harness("reports", _reports, lambda: (*seeds.documents(), *seeds.short_texts()[::4]), "json"),
    Harness("page", _page, lambda: (*seeds.documents()[::3], *seeds.short_texts()[::12]), "json"),
    Harness("redaction", _redacted, seeds.short_texts),
)
"""The harnesses of outputs."""
