"""Reports to render: without findings, with many, and of files with hostile names, keys and values."""

from __future__ import annotations

import json
import os
from functools import cache
from typing import TYPE_CHECKING

from checkout import SAMPLES

from instanceview import Severity
from instanceview.reading.inputs import read_all
from instanceview.running.tally import report
from instanceview.running.wanted import Selection, Wanted

if TYPE_CHECKING:
    from pathlib import Path

    from instanceview import Report


HOSTILE = {
    "control characters": "\x00\x07\x08\x7f\x9b",
    "terminal escapes": "\x1b[31mred\x1b]0;title\x07\x1b[2J",
    "escaped lines": "%0A::error::x%0D%0A##[error]y%25",
    "command of GitHub": "::error file=a.json,line=1::x",
    "command after a line": "\n::error::x\r\n::set-output name=a::b\u2028::error::x",
    "command of Azure": "##vso[task.setvariable variable=PATH]x",
    "commands in a line": "x ##vso[task.complete result=Failed;]y ##[add-mask]z ###[error]",
    "escapes of Azure": "%AZP25 %3B%5D ;]",
    "separators": "a,b:c;d]e=f[g",
    "end of CDATA": "]]>",
    "markup": "<script>alert(1)</script><!-- <img src=x> &amp; &#0;",
    "markdown": "`code` ``two`` | *b* [a](http://evil.example) ![i](x) @user #1",
    "link of SARIF": "[click here](http://evil.example) [1](0) {0}",
    "right to left": "\u202egpj.elif\u200f\u2067",
    "no characters of XML": "\ufffe\uffff\x0b",
    "lone surrogate": "\ud800 \udfff",
    "formula": "=cmd|'/C calc'!A0",
    "long": "x" * 2**20,
    "long without a letter": "\x1b" * 2**17,  # each is an escape of six characters
}
"""Texts that harm some program that reads a report, by what they are."""


def checked(*paths: str, selection: Selection | None = None, fail_on: Severity = Severity.ERROR) -> Report:
    """Return the report of files and folders, with every document in it."""
    wanted = Wanted(selection=selection or Selection(), keep_documents=True)
    return report(read_all(paths), fail_on=fail_on, wanted=wanted)


def zero() -> Report:
    """Return a report without findings and without documents."""
    return checked()


@cache
def clean() -> Report:
    """Return a report of documents without findings."""
    return checked(str(SAMPLES / "conformant" / "2022-11-01"))


@cache
def many() -> Report:
    """Return a report of all samples: findings of every rule."""
    return checked(str(SAMPLES))


def hostile(folder: Path) -> Report:
    """Return a report of files with hostile names, keys, values and error codes, made in the working folder."""
    (folder / "unrelated").mkdir()
    for number, text in enumerate(HOSTILE.values()):
        key = text[:1000]
        document = {"platformFaultDomain": text, text: 1, "statuses": [{"code": text, "level": text, key: text}]}
        lines = [document, {"vmAgent": {"vmAgentVersion": {text: text}}}]
        name = _file_name(number, text)
        (folder / os.fsdecode(name)).write_text("".join(f"{json.dumps(line)}\n" for line in lines))
        # In a file of its own: beside documents it would be skipped.
        (folder / os.fsdecode(b"error " + name)).write_text(json.dumps({"error": {"code": text}}))
        (folder / "unrelated" / os.fsdecode(name)).write_text(json.dumps({"name": text}))
    documents = sorted(path.name for path in folder.iterdir() if path.is_file())
    missing = ["::error::missing.json", "##vso[missing].json"]
    return checked(*documents, "unrelated", *missing)


def _file_name(number: int, text: str) -> bytes:
    shown = text.replace("/", "").replace("\0", "").encode("utf-8", "surrogatepass")[:60]
    return shown + b" \xff" + f"{number}.json".encode()
