"""Fingerprints of findings: for baselines, and for services that keep track of findings.

Nothing here depends on lines, on indentation, on the order of members or on the order of documents in a file.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from functools import lru_cache
from json.encoder import encode_basestring_ascii
from typing import TYPE_CHECKING

from instanceview.model.document import ABSENT
from instanceview.model.paths import relative
from instanceview.model.redaction import redact, redact_pointer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.document import Document
    from instanceview.model.finding import Finding

_DIGITS = 16  # 64 bits: a baseline of a million findings has two equal ones by chance once in 37 million times


def fingerprint(finding: Finding) -> str:
    """Return 16 hexadecimal digits of the finding's file, document, rule, pointer and value.

    Findings that agree in all of them share it, such as those of two documents of one file that have no name.

    >>> from instanceview import check
    >>> fingerprint(check({"platformFaultDomain": "2"}, kind="vm").findings[0])
    '35c4b7c2f3708239'
    """
    return _fingerprint(finding, os.getcwd())  # noqa: PTH109 (a Path takes ten times as long)


def _fingerprint(finding: Finding, folder: str) -> str:
    file, pointer = _shown_file(finding.origin.file, folder), redact_pointer(finding.pointer)
    return _digits(
        f'[{file},{_canonical_text(finding.identity)},{_canonical_text(finding.rule)},{_canonical_text(pointer)},"{value_digest(finding)}"]'
    )


@lru_cache(maxsize=16)  # findings come file by file
def _shown_file(file: str, folder: str) -> str:
    return _canonical_text(redact(relative(file, folder)))


def fingerprinted(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Yield each finding with its fingerprint; the second of equal ones ends with `:2`, the third with `:3`, and so on.

    So all of them differ, which services require that keep track of findings.
    """
    seen: set[int] = set()  # numbers take half the memory of texts, and a long report keeps nothing else
    again: Counter[str] = Counter()
    folder = os.getcwd()  # noqa: PTH109 (as above)
    for finding in findings:
        each = _fingerprint(finding, folder)
        number = int(each, 16)
        if number in seen:
            again[each] += 1
            yield finding, f"{each}:{again[each] + 1}"
        else:
            seen.add(number)
            yield finding, each


def value_digest(finding: Finding) -> str:
    """Return 16 hexadecimal digits of the value of a finding; for a missing member, of its element."""
    if finding.value is ABSENT:
        return _digits(f'["missing",{_canonical_text(finding.element)}]')
    return _digits(f'["found",{_canonical_text(finding.value)}]')


def digest(value: object) -> str:
    """Return 16 hexadecimal digits of a JSON value, for any order of its members."""
    return _digits(_canonical_text(value))


def _canonical_text(value: object) -> str:
    """Return a JSON value as compact ASCII text with sorted members; most values are a string."""
    if isinstance(value, str):
        return encode_basestring_ascii(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def _digits(text: str) -> str:
    import hashlib  # a run without fingerprints saves 2.6 ms

    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def identity(document: Document) -> str:
    """Return the name of a document, which its place in the file does not change; empty where nothing names it.

    It is the recorded request (method and path, without host and query), then the name of the computer or, without
    one, of the first disk.

    >>> from instanceview.model.document import Document, Origin
    >>> origin = Origin("run.har", method="GET", url="https://management.azure.com/vm/a?api-version=2024-07-01")
    >>> identity(Document({"computerName": "app-0"}, origin))
    'GET /vm/a app-0'
    """
    origin = document.origin
    request = f"{origin.method or 'GET'} {_url_path(origin.url)}" if origin.url else ""
    return redact(" ".join(part for part in (request, _name_in_body(document.body)) if part))


def _url_path(url: str) -> str:
    from urllib.parse import urlsplit  # a run without findings in recordings saves 2 ms

    try:
        return urlsplit(url).path
    except ValueError:  # such as http://[
        return ""


def _name_in_body(body: object) -> str:
    if not isinstance(body, dict):
        return ""
    disks = body.get("disks")
    disk = disks[0] if isinstance(disks, list) and disks else None
    names = (body.get("computerName"), disk.get("name") if isinstance(disk, dict) else None)
    return next((name for name in names if isinstance(name, str) and name), "")
