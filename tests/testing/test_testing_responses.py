"""Responses of common HTTP clients: the URL chooses the tables, the body's own lines are shown."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

import pytest

from instanceview.model.dates import instant
from instanceview.model.document import Document
from instanceview.tables.catalog import api_versions
from instanceview.testing import assert_conforms, conforms, findings
from instanceview.testing.responses import of_response

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PREFIX = "/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/"
VIEW = {"statuses": [{"code": "ProvisioningState/succeeded", "level": "info"}]}
ERROR = {"error": {"code": "ResourceNotFound", "message": "The Resource 'web' was not found."}}
FAULT = 'error value-not-allowed: "info" is not allowed; allowed: Info, Warning, Error'


def resource(view: object) -> dict[str, object]:
    return {"name": "web_0", "properties": {"vmId": "1", "instanceView": view}}


ANSWERS: dict[str, tuple[int, object]] = {
    "virtualMachineScaleSets/web/virtualMachines/0/instanceView?api-version=2017-03-30": (200, VIEW),
    "virtualMachineScaleSets/web/instanceView?api-version=2024-07-01": (200, VIEW),
    "virtualMachines/db/instanceView?api-version=2024-07-01": (200, VIEW),
    "virtualMachineScaleSets/web/virtualMachines?api-version=2024-07-01": (
        200,
        {"value": [resource({}), {"name": "web_1", "properties": {}}, resource(VIEW)]},
    ),
    "virtualMachines/db?$expand=instanceView&api-version=2030-01-01": (200, resource(VIEW)),
    "mock?api-version=latest": (200, resource(VIEW)),
    "plain/mock": (200, VIEW),
    "virtualMachines/none?api-version=2024-07-01": (200, {"name": "none", "properties": {"vmId": "1"}}),
    "virtualMachines?api-version=2024-07-01": (200, {"value": []}),
    "virtualMachines/db/instanceView?status=404": (404, ERROR),
    "virtualMachines/db/instanceView?status=429": (429, {"code": "TooManyRequests", "message": "Later."}),
    "virtualMachines/db/instanceView?status=200": (200, ERROR),
    "virtualMachines/db/instanceView?status=502": (502, "<html>"),
    "virtualMachines/db/instanceView?status=202": (202, VIEW),
    "virtualMachines/db/instanceView?cut=1": (200, '{"statuses": ['),
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, body = ANSWERS[unquote(self.path).removeprefix(PREFIX)]
        self.send_response(status)
        self.end_headers()
        self.wfile.write((body if isinstance(body, str) else json.dumps(body)).encode())

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
    server.shutdown()
    server.server_close()


def _urllib3(url: str) -> Any:  # noqa: ANN401 (a response)
    client = pytest.importorskip("urllib3")
    with client.PoolManager() as pool:
        return pool.request("GET", url, retries=False)


CLIENTS: dict[str, Callable[[str], Any]] = {
    "requests": lambda url: pytest.importorskip("requests").get(url, timeout=60),
    "httpx": lambda url: pytest.importorskip("httpx").get(url, timeout=60),
    "urllib3": _urllib3,
}


class Expected(NamedTuple):
    """The source of a finding: kind, api-version, the source of that version, and the entry."""

    kind: str
    api_version: str
    source: str
    entry: str | None


CASES = {
    "virtualMachineScaleSets/web/virtualMachines/0/instanceView?api-version=2017-03-30": Expected(
        "vmss-vm", "2017-03-30", "url", None
    ),
    "virtualMachineScaleSets/web/instanceView?api-version=2024-07-01": Expected("vmss", "2024-07-01", "url", None),
    "virtualMachines/db/instanceView?api-version=2024-07-01": Expected("vm", "2024-07-01", "url", None),
    "virtualMachineScaleSets/web/virtualMachines?api-version=2024-07-01": Expected(
        "vmss-vm", "2024-07-01", "url", "/value/2/properties/instanceView"
    ),
    "plain/mock": Expected("vmss-vm", api_versions()[-1], "default", None),
}


@pytest.mark.parametrize("client", CLIENTS)
def test_a_response_has_its_date_and_the_name_in_its_url(client: str, host: str) -> None:
    response = CLIENTS[client](f"{host}virtualMachines/db/instanceView?api-version=2024-07-01")
    (document,) = of_response(response)
    assert isinstance(document, Document)
    assert (document.name, document.answered_at) == ("db", instant(response.headers["date"]))
    assert document.answered_at


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("path", CASES)
def test_the_url_chooses_the_tables_and_the_views(client: str, path: str, host: str) -> None:
    response = CLIENTS[client](host + path)
    [finding] = findings(response)
    assert CASES[path] == Expected(*finding.tables[:3], finding.origin.entry)
    assert finding.origin.column == json.dumps(ANSWERS[path][1]).index('"info"') + 1
    assert finding.pointer == "/statuses/0/level"
    with pytest.raises(AssertionError) as caught:
        assert_conforms(response)
    first, excerpt, caret, *_ = str(caught.value).splitlines()
    shown = unquote(first).removesuffix(f":1:{finding.origin.column}: {FAULT}")
    assert shown == path
    assert excerpt.startswith('    1 | …"level": "info"}]}')
    assert caret == '      |           ^^^^^^ help: did you mean "Info"?'


EXPECTED = "expected status 200 with an instance view"
NOT_FOUND = 'error code "ResourceNotFound": "The Resource \'web\' was not found."'
ASK = "no instance view in the answer: no properties.instanceView; request it with $expand=instanceView"
REFUSED = {
    "virtualMachines/none?api-version=2024-07-01": ASK,
    "virtualMachines?api-version=2024-07-01": "no instance view in the answer: an empty list",
    "virtualMachines/db/instanceView?status=404": f"the answer has status 404, {NOT_FOUND}; {EXPECTED}",
    "virtualMachines/db/instanceView?status=429": (
        f'the answer has status 429, error code "TooManyRequests": "Later."; {EXPECTED}'
    ),
    "virtualMachines/db/instanceView?status=200": f"the answer has status 200, {NOT_FOUND}; {EXPECTED}",
    "virtualMachines/db/instanceView?status=502": f"the answer has status 502; {EXPECTED}",
    "virtualMachines/db/instanceView?status=202": f"the answer has status 202; {EXPECTED}",
    "virtualMachines/db/instanceView?cut=1": "not JSON: cut off, expected a value",
}


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("path", REFUSED)
def test_an_answer_without_a_view_fails_and_says_why(client: str, path: str, host: str) -> None:
    response = CLIENTS[client](host + path)
    assert not conforms(response)
    with pytest.raises(AssertionError) as caught:
        assert_conforms(response)
    first, summary = str(caught.value).splitlines()
    assert first.partition(": unreadable: ")[2] == REFUSED[path]
    assert summary == "0 documents: 0 conformant; 0 errors, 0 warnings, 0 notes; 1 unreadable"


URL = "https://a.example/virtualMachines/db/instanceView?api-version=2017-03-30"
MADE_BY_HAND: dict[str, SimpleNamespace] = {
    "json() alone": SimpleNamespace(status_code=200, url=URL, json=lambda: VIEW),
    "content alone": SimpleNamespace(status_code=200, url=URL, content=json.dumps(VIEW).encode()),
    "the URL of its request": SimpleNamespace(
        status_code=200, request=SimpleNamespace(url=URL), content=json.dumps(VIEW).encode(), json=None
    ),
    "a body in a list": SimpleNamespace(
        status=200, url=URL.replace("/db/instanceView", ""), json=lambda: {"value": [resource(VIEW)]}
    ),
}


@pytest.mark.parametrize("name", MADE_BY_HAND)
def test_whatever_looks_like_a_response_is_one(name: str) -> None:
    [finding] = findings(MADE_BY_HAND[name])
    assert (finding.rule, finding.tables[:3]) == ("value-not-allowed", ("vm", "2017-03-30", "url"))


def test_a_response_without_a_request_is_checked_without_its_url() -> None:
    httpx = pytest.importorskip("httpx")
    [finding] = findings(httpx.Response(200, json=VIEW), kind="vm")
    assert finding.tables.api_version_from == "default"
    assert finding.origin.file == "<response>"


def test_a_given_choice_goes_before_the_url(host: str) -> None:
    response = CLIENTS["requests"](host + next(iter(CASES)))
    tables = findings(response, api_version="2020-12-01", kind="vm")[0].tables
    assert tables[:3] == ("vm", "2020-12-01", "option")


@pytest.mark.parametrize(
    ("path", "version"),
    [
        ("virtualMachines/db?$expand=instanceView&api-version=2030-01-01", "2030-01-01"),
        ("mock?api-version=latest", "latest"),
    ],
)
def test_an_unlisted_version_is_noted(path: str, version: str, host: str) -> None:
    response = CLIENTS["requests"](host + path)
    noted, found = findings(response, kind="vm")
    assert (noted.rule, noted.value, noted.tables.api_version) == ("unlisted-api-version", version, api_versions()[-1])
    assert found.rule == "value-not-allowed"


def test_a_response_without_a_body_is_a_mistake_in_the_test() -> None:
    with pytest.raises(TypeError, match=r"^SimpleNamespace has neither content, json\(\) nor body\(\); pass the text"):
        assert_conforms(SimpleNamespace(status_code=200, url=URL))


def test_secrets_in_a_url_or_an_error_are_not_shown() -> None:
    secret = "abc" + "123"
    error = {"error": {"code": "X", "message": f"https://a.example/?sig={secret}"}}
    answer = SimpleNamespace(status_code=403, url=f"https://a.example/x?sig={secret}", json=lambda: error)
    with pytest.raises(AssertionError) as caught:
        assert_conforms(answer)
    assert secret not in str(caught.value)
    assert str(caught.value).count("[redacted]") == 2


def test_a_body_that_its_client_cannot_decode_is_unreadable() -> None:
    def refuse() -> object:
        raise json.JSONDecodeError("Expecting value", "<html>", 0)

    (item,) = of_response(SimpleNamespace(status_code=200, json=refuse))
    assert item.reason == "not JSON: Expecting value: line 1 column 1 (char 0)"  # type: ignore[union-attr] # Unreadable
