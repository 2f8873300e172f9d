"""What makes two findings the same: where they stand and what was found, never the line; for baselines and uploads."""

from __future__ import annotations

import json
import os
import posixpath
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model import ABSENT
from instanceview.text import redact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model import Finding

_LENGTH = 32  # hexadecimal digits: 128 bits


class Key(NamedTuple):
    """What a finding is known by, all of it text: a finding with an equal key is the same one.

    `file` has forward slashes and no `./`, `document` tells apart the documents of one file (see `identity`; empty
    where nothing does), `pointer` is the JSON pointer in the document, `digest` stands for the value that was found
    there, or for the member that was missing.
    """

    file: str
    document: str
    rule: str
    pointer: str
    digest: str


def key(finding: Finding) -> Key:
    """Return what a finding is known by, without a secret in it."""
    return Key(
        file=file_name(finding.origin.file),
        document=finding.identity,
        rule=finding.rule,
        pointer=redact(finding.pointer),
        digest=_digest([finding.element] if finding.value is ABSENT else finding.value),
    )


def fingerprint(finding: Finding) -> str:
    r"""Return the key of a finding as 32 hexadecimal digits.

    It stays when lines move, when members change their order and when documents of a file do; it changes with the file
    name, the rule, the place in the document and the value.

    >>> from instanceview import check_text
    >>> one, other = (
    ...     check_text(text).findings[0]
    ...     for text in ('{"vmAgent": {}, "platformFaultDomain": "x"}', '\n{"platformFaultDomain": "x"}')
    ... )
    >>> fingerprint(one) == fingerprint(other), len(fingerprint(one))
    (True, 32)
    """
    return _digest(key(finding))


def fingerprints(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield the fingerprint of each finding; the second of equal ones ends with `:2`, the third with `:3`, and so on.

    So no two of them are equal, which uploads ask for, and a baseline knows how many of a kind it has seen.
    """
    seen: Counter[str] = Counter()
    for each in map(fingerprint, findings):
        seen[each] += 1
        yield each if seen[each] == 1 else f"{each}:{seen[each]}"


def identity(body: object) -> str:
    """Return a digest of what a document calls its machine, or nothing where it has no name for it.

    The name is `computerName`, else that of the first disk; the place in the file is none, since documents move.

    >>> identity({"computerName": "web-0"}) == identity({"statuses": [], "computerName": "web-0"})
    True
    >>> identity({"statuses": []})
    ''
    """
    members = body if isinstance(body, dict) else {}
    disks = members.get("disks")
    first = disks[0] if isinstance(disks, list) and disks and isinstance(disks[0], dict) else {}
    name = next((name for name in (members.get("computerName"), first.get("name")) if isinstance(name, str)), None)
    return _digest(name) if name else ""


def file_name(file: str) -> str:
    """Return a file name as every run names it: with forward slashes, without `./`, without a secret.

    >>> file_name("./captures//run.json"), file_name("<stdin>")
    ('captures/run.json', '<stdin>')
    """
    return posixpath.normpath(redact(file).replace(os.sep, "/"))


def _digest(value: object) -> str:
    from hashlib import sha256  # loads OpenSSL

    text = redact(json.dumps(value, sort_keys=True))
    return sha256(text.encode()).hexdigest()[:_LENGTH]
