"""Recordings of answers as Azure gives them, each an instance view of another machine: a session record, a cassette."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import corpora
import yaml

if TYPE_CHECKING:
    from pathlib import Path

_HOST = "https://management.azure.com"


def session(path: Path, share: float, size: int) -> Path:
    """Write a session record of `size` bytes: JSON, as test frameworks of Azure's SDKs do."""
    before = '{"Entries": ['
    with path.open("w", encoding="utf-8", newline="") as file:
        for number, text in enumerate(corpora.documents(share, "indented")):
            entry = {
                "RequestUri": _url(number),
                "RequestMethod": "GET",
                "StatusCode": 200,
                "ResponseBody": text.decode(),
            }
            size -= file.write(before + json.dumps(entry))
            before = ", "
            if size <= 0:
                break
        file.write("]}")
    return path


def cassette(path: Path, share: float, size: int) -> Path:
    """Write a cassette of so many bytes: YAML, as vcrpy does."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("interactions:\n")
        for number, text in enumerate(corpora.documents(share, "indented")):
            request = {"body": None, "headers": {"Accept": ["*/*"]}, "method": "GET", "uri": _HOST + _url(number)}
            headers = {"content-type": ["application/json; charset=utf-8"]}
            status = {"code": 200, "message": "OK"}
            response = {"body": {"string": text.decode()}, "headers": headers, "status": status}
            size -= file.write(yaml.dump([{"request": request, "response": response}], Dumper=yaml.CSafeDumper))
            if size <= 0:
                break
        file.write("version: 1\n")
    return path


def _url(number: int) -> str:
    machine = f"/subscriptions/0/providers/Microsoft.Compute/virtualMachineScaleSets/s/virtualMachines/{number}"
    return f"{machine}/instanceView?api-version={corpora.VERSION}"
