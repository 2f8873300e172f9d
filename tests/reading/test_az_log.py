"""Debug logs of the az CLI: old and new loggers, build services, cut and broken bodies; nothing secret is shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from checkout import SAMPLES
from click.testing import CliRunner
from recordings import cases, expected, seen, stands_there

from instanceview.cli.main import cli
from instanceview.model.document import Document
from instanceview.reading.formats import RECORDINGS, az_log
from instanceview.reading.inputs import read_path
from instanceview.running.tally import report

if TYPE_CHECKING:
    from pathlib import Path

CAPTURES = SAMPLES / "captures"
TOKEN = "c2VjcmV0"  # noqa: S105 (it says: secret)


@pytest.mark.parametrize("path", cases("az_log"), ids=lambda path: path.name)
def test_a_log_gives_exactly_what_is_beside_it(path: Path) -> None:
    assert seen(path) == expected(path)
    assert [each for each in report(read_path(path)).findings if not stands_there(path.read_bytes(), each)] == []


def test_the_token_in_a_log_is_in_no_output() -> None:
    path = next(path for path in cases("az_log") if path.name == "secret.log")
    assert TOKEN in path.read_text()
    for options in ([], ["--format", "json"]):
        output = CliRunner().invoke(cli, ["check", str(path), *options]).output
        assert "secret-in-text" in output
        assert TOKEN not in output


def test_the_same_answer_logged_twice_is_one_document_recorded_twice() -> None:
    found = report(read_path(CAPTURES / "az-debug.log"))
    assert (found.documents, found.recorded) == (1, 2)


@pytest.mark.parametrize(
    "text",
    [
        "cli.azure.cli.core.sdk.policies: Request URL: 'https://a.example/b'\n",
        "DEBUG: cli.azure.cli.core.sdk.policies: Response content:\n",
        "DEBUG: azure.cli.core.util : Response status: 200\n",
        '2024-05-14T08:30:12.1234567Z DEBUG: urllib3.connectionpool: https://a.example:443 "GET / HTTP/1.1" 200 1\n',
        "msrest.http_logger : Response headers:\n",
        "4711 | 2024-05-14 08:30:12,123 | DEBUG | cli.azure.cli.core.sdk.policies | Request method: 'GET'\n",
        "INFO:azure.core.pipeline.policies.http_logging_policy:Response status: 200\n",
    ],
)
def test_the_lines_of_the_loggers_are_known(text: str) -> None:
    assert az_log.sniff(text.encode())
    assert az_log.sniff(b"\xef\xbb\xbf" + text.encode())
    assert az_log.sniff(b"anything before\n" + text.encode())


@pytest.mark.parametrize(
    "text",
    [
        '{"message": "cli.azure.cli.core.sdk.policies: Request URL: \'https://a.example\'"}',
        '[\n"cli.azure.cli.core.sdk.policies: Response content:"]',
        "statuses:\n- message: |\n    cli.azure.cli.core.sdk.policies: Response content:\n",
        "cli.knack.cli: Command arguments: ['vm', 'list']\n",
        "",
    ],
)
def test_texts_that_hold_such_a_line_are_no_log(text: str) -> None:
    assert not az_log.sniff(text.encode())


def test_a_log_that_holds_what_others_are_known_by_is_a_log() -> None:
    whole = next(path for path in cases("az_log") if path.name == "rest.log").read_text()
    text = re.sub("Request method: 'GET'", "HTTP/1.1 200 OK\nServer: nock('https://a.example').get", whole)
    assert next(reader.name for reader in RECORDINGS if reader.sniff(text.encode())) == "az log"


def test_a_log_of_many_answers_is_read_one_answer_at_a_time(tmp_path: Path) -> None:
    one = next(path for path in cases("az_log") if path.name == "rest.log").read_text()
    path = tmp_path / "many.log"
    path.write_text(one * 3000, newline="")
    items = read_path(path)
    assert sum(isinstance(item, Document) for item in items) == 3000
