"""Parts of a recording that Python gives up on: nested too deep for its parser, a number too long, half a character."""

from __future__ import annotations

import json

import pytest
from yaml_cases import every_loader, reading_with

from instanceview import check_text

URL = "/subscriptions/a/resourceGroups/b/providers/Microsoft.Compute/virtualMachines/c/instanceView"
DEEP = "[" * 50_000 + "]" * 50_000
BEYOND = "the body is nested deeper than 128 levels; limits=Limits(nesting=...) raises the limit"


def _nock(query: str = "{'api-version': '2024-07-01'}", reply: str = "{statuses: []}") -> str:
    host = "nock('https://management.azure.com:443')"
    return f"const nock = require('nock')\n{host}.get('{URL}').query({query}).reply(200, {reply})\n"


def _har(body: str, **content: str) -> str:
    request = {"method": "GET", "url": f"https://management.azure.com{URL}?api-version=2024-07-01"}
    entry = {"request": request, "response": {"status": 200, "content": {"text": body, **content}}}
    return json.dumps({"log": {"version": "1.2", "creator": {}, "entries": [entry]}})


def _example(status: str) -> str:
    answer = {"body": {"statuses": [{"code": "PowerState/running"}], "vmAgent": {}}}
    return json.dumps({"parameters": {"api-version": "2024-07-01"}, "responses": {status: answer}})


TEXTS = {
    "status of many digits in an example": (_example("9" * 5000), []),
    "query of nock": (_nock(query=DEEP), []),
    "object in a query of nock": (_nock(query="{a: " * 50_000 + "1" + "}" * 50_000), []),
    "half a character in a query of nock": (_nock(query=r"{a: '\ud800'}"), []),
    "headers of nock": (_nock(reply=f"{{statuses: []}}, {DEEP}"), []),
    "body of nock": (_nock(reply=DEEP), [BEYOND]),
    "chunks of nock": (_nock(reply=f"""'["7b", {DEEP}]'"""), [BEYOND]),
    "chunks of HAR": (_har(f'["7b", {DEEP}]'), [BEYOND]),
    "encoded chunks of HAR": (_har(f'["7b", {DEEP}]', encoding="base64"), [BEYOND]),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_part_that_no_parser_takes_is_one_line_at_most(name: str) -> None:
    text, reasons = TEXTS[name]
    report = check_text(text)
    assert [each.reason for each in report.unreadable] == reasons
    assert report.documents == 1 - len(reasons)


@every_loader
def test_a_deep_value_that_begins_a_line_of_a_mapping_is_one_line(loader: str) -> None:
    text = f"level: Info\n{'[' * 5000}\n"  # the pure loader looks ahead for a colon, before it counts levels
    with reading_with(loader):
        (fault,) = check_text(text).unreadable
    assert fault.reason.startswith(("nested deeper than 128 levels; ", "not YAML: could not find expected ':'"))
    assert fault.origin.line == 2
