"""Raw HTTP: HTTP/1.0 to HTTP/2, curl with -i and -v, `.http` files, chunks, compressed bodies, Terraform's logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from checkout import DATA, SAMPLES
from click.testing import CliRunner
from evident import evident
from recordings import cases, expected, seen, stands_there

from instanceview.api import check_text
from instanceview.cli.main import cli
from instanceview.reading.formats import http_text
from instanceview.reading.inputs import read_path
from instanceview.running.tally import report

if TYPE_CHECKING:
    from pathlib import Path

CAPTURES = SAMPLES / "captures"
SPOILT = '{"statuses": [{"code": "PowerState/running", "level": "info"}]}'


@pytest.mark.parametrize("path", cases("http_text"), ids=lambda path: path.name)
def test_a_text_gives_exactly_what_is_beside_it(path: Path) -> None:
    assert seen(path) == expected(path)
    exact = [each for each in report(read_path(path)).findings if not each.origin.inside]
    assert [each for each in exact if not stands_there(path.read_bytes(), each)] == []


@pytest.mark.parametrize(
    "text",
    [
        "HTTP/1.1 200 OK\nServer: a\n",
        "HTTP/1.1 200 OK\r\nServer: a\r\n",
        "HTTP/2 200 \r\nserver: a\r\n",
        "HTTP/2 200\nserver: a\n",
        "HTTP/3 404\nserver: a\n",
        "* Connected\n> GET / HTTP/1.1\n>\n< HTTP/1.0 200 OK\n< Server: a\n",
    ],
)
def test_a_status_line_with_a_header_is_known(text: str) -> None:
    assert http_text.sniff(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        '{"message": "HTTP/1.1 200 OK\\nServer: a"}',
        '[\n{"a": "\\\nHTTP/1.1 200 OK"}]',
        "message: |\n  HTTP/1.1 200 OK\n  Server: a\n",
        "HTTP/1.1 200 OK\n",
        "HTTP/1.1 200 OK\n\n{}",
        "see HTTP/1.1 200 OK\nServer: a\n",
    ],
)
def test_a_text_that_holds_such_a_line_is_not_recording(text: str) -> None:
    assert not http_text.sniff(text.encode())


@pytest.mark.parametrize("note", ["* Connection #0 to host h left intact", "HTTP/2 404 \r\nserver: a\r\n\r\n{}"])
def test_what_follows_a_body_without_a_line_break_is_not_part_of_it(note: str) -> None:
    found = check_text(f"HTTP/2 200 \r\nserver: a\r\n\r\n{SPOILT}{note}")
    assert [(each.origin.line, each.origin.column) for each in found.findings] == [(4, 55)]
    assert found.unreadable == ()


@pytest.mark.parametrize("name", ["]* Connection", "}HTTP/2 200 ", "}HTTP/1.1 200 OK", "{ [7 bytes data]"])
def test_what_a_string_of_a_body_holds_ends_no_body(name: str) -> None:
    body = evident(f'{{"disks": [{{"name": "{name}"}}], "platformFaultDomain": "x"}}')
    found = check_text(f"HTTP/2 200 \nserver: a\n\n{body}")
    assert [each.pointer for each in found.findings] == ["/platformFaultDomain"]
    assert found.unreadable == ()


def test_the_token_of_a_request_is_in_no_output() -> None:
    path = CAPTURES / "curl.http"
    assert "not-a-token" in path.read_text()
    for options in ([], ["--format", "json"]):
        assert "not-a-token" not in CliRunner().invoke(cli, ["check", str(path), *options]).output


def test_a_line_made_to_be_slow_is_not() -> None:
    lines = ["]* A" * 250_000 + '"', "HTTP/1.1 200 " + " " * 1_000_000 + '"', ":timestamp=" * 90_000 + " x"]
    found = check_text("HTTP/1.1 200 OK\nServer: a\n\n" + SPOILT + "\n" + "\n".join(lines))
    assert found.documents == 1


SCHEMES = {
    "curl-vi.txt": "http",
    "curl-vi-8.9.txt": "http",
    "curl-vi-terminal.txt": "http",
    "curl-vi-redirected.txt": "http",
    "curl-vi-progress.txt": "http",
    "curl-vi-https.txt": "https",
}


@pytest.mark.parametrize("name", SCHEMES)
def test_a_request_has_the_scheme_of_its_connection(name: str) -> None:
    found = report(read_path(DATA / "recordings" / "http_text" / name))
    places = [*(each.origin for each in found.findings), *(each.origin for each in found.skipped)]
    assert {(each.url or "").partition("://")[0] for each in places} == {SCHEMES[name]}


@pytest.mark.parametrize(
    ("notes", "scheme"),
    [
        ("", "https"),
        ("* Connected to h (::1) port 443\n", "https"),
        ("* Connected to h (::1) port 80 (#0)\n", "http"),
        ("* Connected to h (::1) port 8443\n* ALPN: offers h2,http/1.1\n", "https"),
        ("* Connected to h (::1) port 8443\n* (304) (OUT), TLS handshake, Client hello (1):\n", "https"),
        ("* Connected to h (::1) port 8443\n* schannel: disabled automatic use of client certificate\n", "https"),
        ("* Connected to h (::1) port 80\n* Connected to h (::1) port 443\n", "https"),
        ("* Connected to h (::1) port 443\n* Connected to h (::1) port 80\n", "http"),
        ("* Established connection to h (::1 port 80) from ::1 port 50712 \n", "http"),
        ("* Established connection to h (::1 port 443) from ::1 port 50712 \n", "https"),
    ],
)
def test_notes_of_curl_say_the_scheme_of_a_request(notes: str, scheme: str) -> None:
    text = f"{notes}> GET /a/instanceView?api-version=2024-07-01 HTTP/1.1\n> Host: h\n>\n< HTTP/1.1 200 OK\n< A: b\n<\n"
    (finding,) = check_text(text + SPOILT).findings
    assert finding.origin.url == f"{scheme}://h/a/instanceView?api-version=2024-07-01"


def test_an_answer_that_is_in_the_text_as_notes_alone_is_not_taken_for_another() -> None:
    noted = "> GET /a?api-version=2019-07-01 HTTP/1.1\n> Host: h\n>\n< HTTP/1.1 204 No Content\n< A: b\n<\n"
    found = check_text(f"{noted}HTTP/1.1 200 OK\nA: b\n\n{SPOILT}")
    assert [each.origin.url for each in found.findings] == [None]
