"""Hostile text in options, in the environment, in a configuration and in a baseline arrives in the message as data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from outputs import seen
from reports import HOSTILE

from instanceview.cli.main import cli

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Arguments = Callable[[str], tuple[str, ...]]

OPTIONS: Mapping[str, Arguments] = {
    "kind": lambda text: ("check", "a.json", f"--kind={text}"),
    "api-version": lambda text: ("check", "a.json", f"--api-version={text}"),
    "rule": lambda text: ("check", "a.json", f"--select={text}"),
    "family": lambda text: ("check", "a.json", f"--extend-select={text}"),
    "severity": lambda text: ("check", "a.json", f"--severity={text}=error"),
    "level": lambda text: ("check", "a.json", f"--severity=wrong-type={text}"),
    "format": lambda text: ("check", "a.json", f"--format={text}"),
    "output": lambda text: ("check", "a.json", f"--output={text}"),
    "format of an output": lambda text: ("check", "a.json", f"--output={text}=a"),
    "output in a missing place": lambda text: ("check", "a.json", f"--output=json=a.json/{text}"),
    "jobs": lambda text: ("check", "a.json", f"--jobs={text}"),
    "engine": lambda text: ("check", "a.json", f"--engine={text}"),
    "fail-on": lambda text: ("check", "a.json", f"--fail-on={text}"),
    "path": lambda text: ("check", f"x{text}"),
    "list of files": lambda text: ("check", f"--files-from={text}"),
    "pattern": lambda text: ("check", ".", f"--exclude={text}"),
    "revision": lambda text: ("check", ".", f"--changed-since={text}"),
    "name of standard input": lambda text: ("check", "-", f"--stdin-filename={text}"),
    "baseline": lambda text: ("check", "a.json", f"--baseline={text}"),
    "option": lambda text: ("check", "a.json", f"--x{text}"),
    "command": lambda text: (f"x{text}",),
    "facet": lambda text: ("state", "a.json", f"--facets={text}"),
    "expectation": lambda text: ("state", "a.json", f"--expect={text}"),
    "word": lambda text: ("state", "a.json", f"--expect=power={text}"),
    "share": lambda text: ("report", "a.json", f"--min-coverage={text}"),
    "kind of a share": lambda text: ("report", "a.json", f"--min-coverage={text}=80%"),
    "option before the command": lambda text: (f"--x{text}", "check"),
    "page": lambda text: ("report", "a.json", f"--html=a.json/{text}"),
    "report": lambda text: ("report", "--compare", text, "a.json"),
    "folder": lambda text: ("extract", "a.json", f"--to=a.json/{text}"),
    "explained rule": lambda text: ("explain", f"x{text}"),
    "explained element": lambda text: ("explain", f"--element={text}"),
    "code": lambda text: ("code", f"PowerState/{text}"),
    "words of a code": lambda text: ("code", f"x{text}"),
    "the whole of a code": lambda text: ("code", "--", text),
    "the words of a code alone": lambda text: ("code", "--", f"a {text}"),
    "place of codes": lambda text: ("code", f"--place={text}"),
    "version of tables": lambda text: ("tables", f"x{text}"),
    "versions of a difference": lambda text: ("diff", f"x{text}", "2024-07-01"),
    "schema": lambda text: ("schema", f"x{text}"),
    "hazard": lambda text: ("generate", f"--hazard={text}"),
    "path of settings": lambda text: ("config", f"x{text}"),
}
"""The options and arguments that take a text, and a command with each."""


def _toml(form: str) -> Callable[[Path, str], None]:
    def write(folder: Path, text: str) -> None:
        quoted = json.dumps(text.encode("utf-8", "replace").decode())
        (folder / ".instanceview.toml").write_text(form.replace("{}", quoted), "utf-8")

    return write


def _toml_bytes(folder: Path, content: bytes) -> None:
    (folder / ".instanceview.toml").write_bytes(content)


FILES: Mapping[str, Callable[[Path, str], None]] = {
    "key": _toml("{} = 1"),
    "value": _toml("kind = {}"),
    "rule": _toml("ignore = [{}]"),
    "severity": _toml("[severity]\n{} = 'error'"),
    "level": _toml("[severity]\nwrong-type = {}"),
    "share": _toml("min-coverage = {}"),
    "pattern of a folder": _toml("exclude = [{}]"),
    "pattern": _toml('[[per-file]]\nfiles = [{}]\nkind = "x"'),
    "element": _toml("[[per-file]]\nfiles = ['*']\nelement = {}"),
    "file of a baseline": _toml("baseline = {}"),
    "output": _toml("output = [{}]"),
    "broken configuration": lambda folder, text: _toml_bytes(
        folder, b"kind = " + text.encode("utf-8", "surrogatepass")
    ),
    "member of a baseline": lambda folder, text: _baseline(folder, {"version": 1, "findings": [{text: text}]}),
    "version of a baseline": lambda folder, text: _baseline(folder, {"version": text, "findings": []}),
    "broken baseline": lambda folder, text: _baseline(folder, {"version": 1, "findings": text}),
    "finding of a baseline": lambda folder, text: _baseline(
        folder,
        {
            "version": 1,
            "findings": [{"file": text, "document": text, "rule": text, "pointer": text, "value": "0" * 16}],
        },
    ),
}
"""The places of texts in files of the project."""


def _baseline(folder: Path, content: object) -> None:
    (folder / "baseline.json").write_text(json.dumps(content))


def printed(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    """Run a command in a folder with a document, and return what it prints, each stream read as a terminal does."""
    monkeypatch.chdir(folder)
    (folder / "a.json").write_text('{"statuses": [{"code": "PowerState/running", "level": "info"}]}')
    ran = CliRunner().invoke(cli, arguments, input='{"statuses": [{"code": "PowerState/x"}]}')
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    for stream in (ran.stdout, ran.stderr):
        seen(" ".join(arguments[:1]), "text", stream)
        assert len(stream) < 30_000
    return ran.output


def _argument(text: str) -> str:
    """Return a text without the characters that no argument can have."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()[:2000]


@pytest.mark.parametrize("place", OPTIONS)
def test_hostile_text_in_an_option_is_data(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, text in enumerate(HOSTILE.values()):
        folder = tmp_path / str(number)
        folder.mkdir()
        printed(folder, monkeypatch, *OPTIONS[place](_argument(text)))


@pytest.mark.parametrize("place", FILES)
def test_hostile_text_in_a_file_of_the_project_is_data(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, text in enumerate(HOSTILE.values()):
        folder = tmp_path / str(number)
        folder.mkdir()
        FILES[place](folder, text[:2000])
        options = ("--baseline", "baseline.json", "--prune-baseline") if "baseline" in place else ()
        printed(folder, monkeypatch, "check", "a.json", *options)
        printed(folder, monkeypatch, "config", "a.json")
        printed(folder, monkeypatch, "config", "a.json", "--format", "json")


def test_a_hostile_name_of_a_variable_is_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in HOSTILE.values():
        monkeypatch.setenv("INSTANCEVIEW_KIND", _argument(text))
        monkeypatch.setenv(f"INSTANCEVIEW_KIN{_argument(text)[:1].replace('=', '')}", "vm")
        printed(tmp_path, monkeypatch, "check", "a.json")


SECRET = "Zq7kP2v" + "X9wLm41"
SECRETS = (
    f" password={SECRET}",
    f" Bearer {SECRET}abc https://u:{SECRET}@h/x?sig={SECRET}%3D",
    f" client_secret%3D'{SECRET}'",
)


@pytest.mark.parametrize("place", OPTIONS)
def test_no_message_shows_a_secret_of_an_option(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in SECRETS:
        assert SECRET.lower() not in printed(tmp_path, monkeypatch, *OPTIONS[place](text)).lower()


@pytest.mark.parametrize("place", FILES)
def test_no_message_shows_a_secret_of_a_file_of_the_project(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in SECRETS:
        FILES[place](tmp_path, text)
        options = ("--baseline", "baseline.json", "--prune-baseline") if "baseline" in place else ()
        for command in (("check", *options), ("config",), ("config", "--format", "json")):
            assert SECRET.lower() not in printed(tmp_path, monkeypatch, *command, "a.json").lower()


@pytest.mark.parametrize("arguments", [("--severity", "{}=error"), ("--select", "{},x"), ("--format", "{}"), ("{}",)])
def test_no_message_shows_a_secret_of_an_argument_that_was_split(arguments: tuple[str, ...]) -> None:
    secret = "Zq7kP2v" + "hX9wLm4"
    text = f'{{"value": "{secret}", "name": "x-api-key"}}'
    done = CliRunner().invoke(cli, ["check", *(each.replace("{}", text) for each in arguments)])
    assert done.exit_code == 2
    assert secret not in done.output
