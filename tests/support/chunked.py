"""Lines with each fault, hostile ones and conforming ones between, for chunks, rows of tables and ranges of files."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

from instanceview.generating.scenarios import scenario
from instanceview.generating.spoilers import SPOILERS
from instanceview.generating.spoiling import spoil

if TYPE_CHECKING:
    from instanceview.literals import ApiVersion, KindName

KIND: KindName = "vmss-vm"
VERSION: ApiVersion = "2024-07-01"

HOSTILE = {
    "blank": b"  \r",
    "carriage return": b'{"platformFaultDomain": 1}\r',
    "cut": b'{"platformFaultDomain":',
    "no JSON": b"\xff\x00",
    "an array": b'[{"platformFaultDomain": 1}]',
    "a scalar": b"1",
    "a list answer": b'{"value": [{"properties": {"instanceView": {"platformFaultDomain": "1"}}}]}',
    "an error": b'{"error": {"code": "NotFound", "message": "gone"}}',
    "a key twice": b'{"disks": [], "disks": []}',
    "a key twice, with a space": b'{"disks": [], "disks" : []}',
    "a key twice, beside an escaped quote": rb'{"disks": [], "disks": [], "computerName": "a\":"}',
    "the CLI's": b'{"additionalProperties": {}, "statuses": []}',
    "deep": b'{"disks": ' + b"[" * 200 + b"]" * 200 + b"}",
    "half a character": rb'{"computerName": "\ud800"}',
    "a large number": b'{"platformFaultDomain": 18446744073709551616}',
    "not a number": b'{"platformFaultDomain": NaN}',
    "a placeholder": b'{"computerName": "<name>"}',
    "a secret": b'{"osName": "https://a.example/?sig=abcdef123"}',
    "an empty object": b"{}",
    "another's": b'{"assetId": "1", "statuses": []}',
}


def lines() -> list[bytes]:
    """Return a line for each rule that has a spoiler, each hostile one, and conforming ones between."""
    clean = scenario("running", api_version=VERSION, kind=KIND)
    made = [json.dumps(clean).encode()]
    for rule in SPOILERS:
        try:
            spoiled = spoil(clean, rule, Random(rule), kind=KIND, api_version=VERSION)  # noqa: S311 (the same in every run)
        except ValueError:  # the rule needs another kind or version
            continue
        made += ["".join(spoiled.text.split("\n")).encode(), json.dumps(clean).encode()]
    return [*made, *HOSTILE.values(), json.dumps(clean).encode()]
