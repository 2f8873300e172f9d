"""One answer in a recording of each format, and in lists: the text of a document is in it as it is written."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any

import yaml

from instanceview.tables.catalog import versions_of
from instanceview.tables.kinds import KIND_VALUES

_HOST = "https://management.azure.com"


def url_of(kind: str) -> str:
    """Return the URL of a request whose answer has a document of a kind."""
    value = KIND_VALUES[kind]
    path, query = value.operations[0][1:3] if value.operations else (value.answers[0], "")
    name = re.sub(r"\{\w+\}", "a", path)
    start = f"{_HOST}/subscriptions/1/resourceGroups/g/providers/{value.provider}"
    return f"{start}/{name}?{query}{'&' if query else ''}api-version={versions_of(kind)[-1]}"


def answer_of(kind: str, document: object) -> object:
    """Return the answer to that request: the document, or the resource that has it."""
    value = KIND_VALUES[kind]
    if value.within:  # rows of a query
        for name in ("instanceView", *reversed(value.within.split("."))):
            document = {name: document}
        return {"data": [document]}
    if value.views or not value.resources:
        return document
    resource_id = url_of(kind).removeprefix(_HOST).partition("?")[0]
    return {"id": resource_id, "properties": document if value.members else {"instanceView": document}}


def lists(text: str) -> dict[str, str]:
    """Return a document in arrays and lines."""
    line = " ".join(text.split("\n"))
    return {"array": f"[{text}]", "array of two": f"[{text},\n{text}]", "NDJSON": f"{line}\n{line}\n"}


def recordings(text: str, kind: str, mark: str = "") -> dict[str, str]:
    """Return recordings of the answer with a document of a kind after a mark, by the name of the format."""
    url = url_of(kind)
    answer = mark + json.dumps(answer_of(kind, None)).replace("null", text, 1)
    return {**_in_json(answer, url), **_in_texts(answer, url)}


def _in_json(answer: str, url: str) -> dict[str, str]:
    request = {"method": "GET", "url": url, "uri": url}
    headers = [{"name": "Content-Type", "value": "application/json"}]
    response = {"status": 200, "headers": headers, "content": {"text": answer, "mimeType": "application/json"}}
    call = {"Method": "GET", "Uri": url, "Response": {"StatusCode": "200", "Body": answer}}
    entry = {"RequestUri": url, "RequestMethod": "GET", "StatusCode": 200, "ResponseBody": answer}
    noted = {"scope": f"{_HOST}:443", "method": "GET", "path": url.removeprefix(_HOST), "status": 200}
    values: dict[str, Any] = {
        "HAR": {"log": {"version": "1.2", "entries": [{"request": request, "response": response}]}},
        "cassette": {"interactions": [_interaction(answer, url)], "version": 1},
        "cassette of Ruby": {"http_interactions": [_interaction(answer, url)], "recorded_with": "VCR 6.0.0"},
        "session record": {"Entries": [entry], "Variables": {}},
        "record of Java": {"networkCallRecords": [call], "variables": []},
        "nock objects": [{**noted, "body": "", "response": answer}],
    }
    return {name: json.dumps(value, indent=1) for name, value in values.items()}


def _interaction(answer: str, url: str) -> dict[str, object]:
    request = {"method": "GET", "uri": url, "headers": {}}
    response = {"status": {"code": 200, "message": "OK"}, "headers": {}, "body": {"string": answer}}
    return {"request": request, "response": response}


def _in_texts(answer: str, url: str) -> dict[str, str]:
    path = url.removeprefix(_HOST)
    az = "cli.azure.cli.core.sdk.policies: "
    rule = "=" * 28
    texts = {
        "nock": f"nock('{_HOST}').get({json.dumps(path)}).reply(200, {json.dumps(answer)})",
        "HTTP": f"GET {url} HTTP/1.1\n\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n{answer}\n",
        "log of az": f"{az}Request URL: '{url}'\n{az}Request method: 'GET'\n{az}Response status: 200\n"
        f"{az}Response content:\n{az}{answer}\n",
        "log of PowerShell": f"DEBUG: {rule} HTTP REQUEST {rule}\n\nHTTP Method:\nGET\n\nAbsolute Uri:\n{url}\n\n"
        f"Headers:\n\nBody:\n\n\nDEBUG: {rule} HTTP RESPONSE {rule}\n\nStatus Code:\nOK\n\n"
        f"Headers:\n\nBody:\n{answer}\n\nDEBUG: 14:36:11 - GetAzureVMCommand end processing.\n",
    }
    with suppress(yaml.YAMLError, UnicodeEncodeError):
        cassette = {"interactions": [_interaction(answer, url)], "version": 1}
        texts["cassette in YAML"] = yaml.dump(cassette, Dumper=yaml.CSafeDumper)
    return texts
