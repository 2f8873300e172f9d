"""Debug logs of Azure PowerShell: any language, lines that a console broke, statuses by name, cut bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from recordings import cases, expected, seen, stands_there

from instanceview.reading.formats import powershell_log
from instanceview.reading.inputs import read_path
from instanceview.running.tally import report

if TYPE_CHECKING:
    from pathlib import Path

REQUEST = "============================ HTTP REQUEST ============================\n"


@pytest.mark.parametrize("path", cases("powershell_log"), ids=lambda path: path.name)
def test_a_log_gives_exactly_what_is_beside_it(path: Path) -> None:
    assert seen(path) == expected(path)
    assert [each for each in report(read_path(path)).findings if not stands_there(path.read_bytes(), each)] == []


@pytest.mark.parametrize("before", ["", "DEBUG: ", "DÉBOGUER : ", "2024-05-14T08:30:12.1234567Z DEBUG: "])
def test_the_line_before_a_request_is_known_in_any_language(before: str) -> None:
    assert powershell_log.sniff(f"{before}{REQUEST}".encode())
    assert powershell_log.sniff(f"PS C:\\> Get-AzVM -Debug\r\n{before}{REQUEST}".replace("\n", "\r\n").encode())


@pytest.mark.parametrize("text", [f'{{"message": "{REQUEST[:-1]}"}}', f"message: |\n  {REQUEST}", f'"{REQUEST[:-1]}"'])
def test_a_text_that_holds_such_a_line_is_not_log(text: str) -> None:
    assert not powershell_log.sniff(text.encode())
