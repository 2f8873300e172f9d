"""An answer is one of an error by its status alone, in any form that recordings write; other numbers say nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from instanceview import check_text
from instanceview.model.document import Origin
from instanceview.places.source import Source
from instanceview.reading.http.answer import Answer
from instanceview.reading.http.documents import documents_of

if TYPE_CHECKING:
    from collections.abc import Callable

BODY = {"statuses": [{"code": "PowerState/running", "level": "Info"}]}
URL = (
    "https://management.azure.com/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/v"
    "/instanceView?api-version=2024-07-01"
)
SHAPES: dict[str, Callable[[object], object]] = {
    "facts around": lambda status: {"url": URL, "statusCode": status, "body": BODY},
    "a response": lambda status: [{"request": {"uri": URL}, "response": {"status": status, "json": BODY}}],
}
ERRORS = (404, 500, 599, "404", "404 Not Found", "NotFound", {"code": 404})
NOTHING = (
    200,
    "200 OK",
    "OK",
    {"code": 200},
    7,
    99,
    600,
    -404,
    True,
    None,
    "7",
    "4040",
    "Running",
    {"code": 7},
    [404],
)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("status", [*ERRORS, *NOTHING], ids=str)
def test_an_answer_is_of_an_error_by_its_status(shape: str, status: object) -> None:
    report = check_text(json.dumps(SHAPES[shape](status)))
    is_error = status in ERRORS and not isinstance(status, bool)
    reasons = {each.reason for each in report.skipped} | {each.reason for each in report.unreadable}
    assert (report.documents, "has status" in str(reasons)) == ((0, True) if is_error else (1, False))


@pytest.mark.parametrize(("status", "number"), [(200, 1), (None, 1), (204, 0), (500, 0)])
def test_a_view_of_another_server_is_read_from_an_answer_that_has_one(status: int | None, number: int) -> None:
    answer = Answer(Origin("a.har", url="http://mock.example/vm"), status, Source(json.dumps(BODY)))
    assert len(list(documents_of(answer))) == number
    assert list(documents_of(answer._replace(source=None))) == []
