"""`instanceview state`: what it reads, where its output goes, and its gate. Its texts are in tests/data/commands."""

from __future__ import annotations

import csv
import gzip
import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import click
import pytest
from click.shell_completion import ShellComplete
from inside import run
from needs import RECORDED
from program import environment
from program import run as run_apart
from recorded import SET_VM, entry, recording, url

from instanceview.checking.machine_state.paths import paths
from instanceview.cli import state_output
from instanceview.cli.commands.check import check
from instanceview.cli.commands.machine_state import machine_state
from instanceview.cli.input_options import INPUT
from instanceview.cli.main import cli
from instanceview.cli.options import settable, variable
from instanceview.cli.value_types import LimitType
from instanceview.reporting.states import FORMATS
from instanceview.running import pool, tasks

if TYPE_CHECKING:
    from pathlib import Path


def view(power: str = "running", **members: object) -> dict[str, object]:
    """Return a view with a power state."""
    statuses = [{"code": "ProvisioningState/succeeded"}, {"code": f"PowerState/{power}"}]
    return {"statuses": statuses, "vmAgent": {"statuses": [{"code": "ProvisioningState/succeeded"}]}, **members}


def lines(power: str, number: int) -> str:
    """Return lines of NDJSON."""
    return "".join(f"{json.dumps(view(power, computerName=f'{power}-{index}'))}\n" for index in range(number))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with inputs of several sorts."""
    (tmp_path / "a.json").write_text(json.dumps(view()))
    (tmp_path / "b.ndjson").write_text(lines("stopped", 3))
    other = entry(json.dumps(view("deallocated")), url(f"{SET_VM}/1/instanceView"))
    (tmp_path / "c.json").write_text(recording(entry(json.dumps(view())), other, entry(json.dumps(view()))))
    (tmp_path / "d.ndjson.gz").write_bytes(gzip.compress(lines("starting", 2).encode()))
    (tmp_path / "e.txt").write_text("nothing")
    monkeypatch.chdir(tmp_path)
    return tmp_path


STATES = """\
a.json:1:1: running; provisioning succeeded; agent reporting
stopped-0: stopped; provisioning succeeded; agent not reporting
stopped-1: stopped; provisioning succeeded; agent not reporting
stopped-2: stopped; provisioning succeeded; agent not reporting
a/0: running; provisioning succeeded; agent reporting
a/1: deallocated; provisioning succeeded; agent not reporting
starting-0: starting; provisioning succeeded; agent reporting
starting-1: starting; provisioning succeeded; agent reporting
"""
SUM = "8 documents: 3 stopped, 2 running, 2 starting, 1 deallocated\n"
SKIPPED = "skipped: 1 file without an instance view; --verbose lists them\n"


def states(out: str) -> str:
    return "".join(f"{line}\n" for line in out.splitlines() if not line.startswith(" "))


def test_it_reads_what_check_reads(here: Path) -> None:
    ran = run("state", ".", cwd=here)
    assert (ran.code, states(ran.out), ran.err) == (0, STATES, SUM + SKIPPED)
    assert run("state", "*.*", cwd=here)._replace(err="") == ran._replace(err="", code=2)
    quiet = run("state", "-q", ".", cwd=here)
    assert quiet == ran._replace(err="")
    again = run("state", "--no-dedupe", "c.json", cwd=here)
    assert [line.split(":")[0] for line in states(again.out).splitlines()] == ["a/0", "a/1", "a/0 (c.json"]
    packed = run("state", "-", cwd=here, stdin=(here / "d.ndjson.gz").read_bytes())
    assert states(packed.out) == "".join(STATES.splitlines(keepends=True)[-2:])
    listed = run("state", "--list-files", "--exclude", "*.gz,e.txt", ".", cwd=here)
    assert listed.out.split() == ["a.json", "b.ndjson", "c.json"]
    verbose = run("state", "-v", "e.txt", "--as-folder", cwd=here)
    assert (verbose.code, verbose.out) == (0, "")
    assert verbose.err.startswith("e.txt: skipped: no instance view: ")


def test_its_input_options_are_those_of_check() -> None:
    both = [{each.name: each for each in command.params} for command in (check, machine_state)]
    for key in (*INPUT, "color", "quiet", "jobs", "paths"):
        one, two = (each[key.replace("-", "_")] for each in both)
        said = [
            (each.opts, each.nargs, each.multiple, each.envvar, each.default, repr(each.type)) for each in (one, two)
        ]
        assert said[0] == said[1], key


def test_the_kind_of_an_option_goes_before_that_of_a_request(here: Path) -> None:
    found = [json.loads(line) for line in run("state", "c.json", "--format", "ndjson", cwd=here).out.splitlines()]
    assert [(each["kind"], each["apiVersion"], each["name"]) for each in found] == [
        ("vmss-vm", "2024-07-01", "a/0"),
        ("vmss-vm", "2024-07-01", "a/1"),
    ]
    given = "--kind", "vm", "--api-version", "2019-07-01", "--format", "ndjson"
    found = [json.loads(line) for line in run("state", "c.json", *given, cwd=here).out.splitlines()]
    assert {(each["kind"], each["apiVersion"]) for each in found} == {("vm", "2019-07-01")}


def test_settings_of_check_apply_where_they_mean_the_same(here: Path) -> None:
    text = 'kind = "vm"\nexclude = ["*.ndjson", "c.json"]\nformat = "sarif"\noutput = "x.sarif"\nverbose = true\n'
    (here / ".instanceview.toml").write_text(f'{text}select = ["unset-time"]\nfail-on = "note"\n')
    ran = run("state", ".", cwd=here)
    assert states(ran.out).splitlines()[0] == STATES.splitlines()[0]
    assert "at /statuses" not in ran.out
    assert ran.err.endswith("skipped: 1 file without an instance view, 2 excluded by --exclude; --verbose lists them\n")
    assert not (here / "x.sarif").exists()
    (found,) = json.loads(run("state", "a.json", "--format", "json", cwd=here).out)
    assert found["kind"] == "vm"
    (found,) = json.loads(run("state", "a.json", "--format", "json", "--no-config", cwd=here).out)
    assert found["kind"] == "vmss-vm"


OF_CHECK = sorted(variable(each) for each in check.params if settable(each))


@pytest.mark.parametrize("name", OF_CHECK)
def test_a_variable_of_check_is_used_or_says_nothing(name: str, here: Path) -> None:
    shared = {each.envvar for each in machine_state.params}
    values = {"INSTANCEVIEW_KIND": "vm", "INSTANCEVIEW_API_VERSION": "2019-07-01", "INSTANCEVIEW_COLOR": "never"}
    values |= dict.fromkeys((variable(each) for each in check.params if isinstance(each.type, LimitType)), "100")
    values |= {f"INSTANCEVIEW_MAX_{each}": "1MB" for each in ("DOCUMENT_SIZE", "FILE_IN_MEMORY", "FILE_SIZE")}
    ran = run("state", "a.json", cwd=here, **{name: values.get(name, "1")})
    assert (ran.code, ran.err, states(ran.out)) == (0, "", STATES.splitlines(keepends=True)[0])
    of_text = {"INSTANCEVIEW_EXCLUDE", "INSTANCEVIEW_STDIN_FILENAME"}
    if name in shared - of_text:
        assert run("state", "a.json", cwd=here, **{name: "no-value"}).code == 2


def test_each_format_goes_to_its_file(here: Path) -> None:
    ran = run("state", "b.ndjson", "--output", "s/a.csv", "--output", "a.jsonl", "--output", "json=b", cwd=here)
    assert (ran.code, states(ran.out)) == (0, "".join(STATES.splitlines(keepends=True)[1:4]))
    rows = list(csv.DictReader((here / "s" / "a.csv").read_text().splitlines()))
    assert [row["power"] for row in rows] == ["stopped"] * 3
    assert {*paths(), "name", "origin", "kind", "apiVersion", "answeredAt", "notes"} == {*rows[0]}
    found = [json.loads(line) for line in (here / "a.jsonl").read_text().splitlines()]
    assert json.loads((here / "b").read_text()) == found
    alone = run("state", "b.ndjson", "--format", "markdown", "--output", "a.md", cwd=here)
    assert (alone.out, (here / "a.md").read_text()[:9]) == ("", "| machine")
    assert run("state", "b.ndjson", "--output", "x/", cwd=here).code == 2


def test_colours_are_for_a_terminal_unless_they_are_asked_for(here: Path) -> None:
    plain = run("state", ".", cwd=here).out
    coloured = run("state", "--color", "always", ".", cwd=here).out
    assert "\x1b" not in plain
    assert "\x1b[33magent not reporting\x1b[0m" in coloured
    assert "\x1b" not in run("state", ".", cwd=here, NO_COLOR="1", FORCE_COLOR="1").out
    assert run("state", ".", cwd=here, FORCE_COLOR="1").out == coloured


@pytest.mark.parametrize("form", FORMATS)
def test_any_number_of_jobs_has_the_same_output(form: str, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_MUCH", 0)
    monkeypatch.setattr(tasks, "LINES", 2000)
    (here / "b.ndjson").write_text(lines("stopped", 150) + "{\n" + lines("running", 20) + "\x00\n")
    asked = ("state", "b.ndjson", "a.json", "--format", form, "--expect", "power=stopped")
    one, two = (run(*asked, "--jobs", number, cwd=here) for number in "12")
    assert one == two
    assert one.code == 2
    assert one.out.count("stopped-149") >= 1
    assert (
        one.err.endswith("172 documents: 150 stopped, 22 running; 22 differ from what is expected; 2 unreadable\n")
        or (one.err.splitlines()[-1])
    )


_PEAK = """
import os, runpy, sys
end = os._exit
def tell(code):
    said = dict(line.split(":", 1) for line in open("/proc/self/status"))
    print(said["VmHWM"].split()[0], file=sys.stderr, flush=True)
    end(code)
os._exit = tell
runpy.run_module("instanceview", run_name="__main__", alter_sys=True)
"""


def peak(file: Path, form: str) -> int:
    """Return the kilobytes that a run held at most."""
    command = [sys.executable, "-c", _PEAK, "state", "-q", "--format", form, "--jobs", "1", file.name]
    with (file.parent / "out").open("wb") as out:
        ran = subprocess.run(
            command, cwd=file.parent, env=environment(), stdout=out, stderr=-1, check=True, timeout=120
        )
    return int(ran.stderr.split()[-1])


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc of Linux")
@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_memory_does_not_grow_with_the_lines(form: str, tmp_path: Path) -> None:
    few, many = tmp_path / "few.ndjson", tmp_path / "many.ndjson"
    long = view(vmAgent={"statuses": [{"code": "ProvisioningState/succeeded", "message": "m" * 2000}]})
    few.write_text(f"{json.dumps(long)}\n" * 1500)
    many.write_text(f"{json.dumps(long)}\n" * 6000)
    assert many.stat().st_size > 12_000_000
    assert peak(many, form) < 1.15 * peak(few, form)


def test_a_closed_pipe_is_not_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").write_text(lines("running", 5000))
    command = [sys.executable, "-m", "instanceview", "state", "-q", "a.ndjson"]
    with subprocess.Popen(command, cwd=tmp_path, env=environment(), stdout=-1, stderr=-1) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"running-0: running; provisioning succeeded; agent reporting\n"
        process.stdout.close()
        assert process.stderr.read() == b""


def test_an_unreadable_input_does_not_keep_the_others_from_being_compared(here: Path) -> None:
    ran = run("state", "a.json", "none.json", "b.ndjson", "--expect", "power=running", cwd=here)
    assert ran.code == 2
    assert ran.out.count("differs: power: expected running, found stopped") == 3
    assert ran.err.splitlines() == [
        "none.json: unreadable: cannot be read: no such file or directory",
        "4 documents: 3 stopped, 1 running; 3 differ from what is expected; 1 unreadable",
    ]


BAD = {
    "{": "<stdin>:1:2: unreadable: ",
    "[]": "<stdin>:1:1: unreadable: ",
    '{"error": {"code": "NotFound", "message": "x"}}': "<stdin>:1:1: unreadable: ",
}


@pytest.mark.parametrize("text", BAD)
def test_bad_input_is_said_as_check_says_it(text: str, tmp_path: Path) -> None:
    state, checked = (run(command, "-", cwd=tmp_path, stdin=text) for command in ("state", "check"))
    assert (state.code, state.out) == (checked.code, "") == (2, "")
    assert state.err.splitlines()[0] == checked.out.splitlines()[0]
    assert state.err.startswith(BAD[text])


def test_a_document_with_errors_has_a_state(tmp_path: Path) -> None:
    text = json.dumps({"statuses": [{"code": "PowerState/running", "level": 3}], "vmAgent": "x", "colour": []})
    ran = run("state", "--kind", "vm", "-", cwd=tmp_path, stdin=text)
    assert (ran.code, ran.out.splitlines()[0]) == (0, "<stdin>:1:1: running; provisioning unknown; agent unknown")
    assert "vmAgent is a string" in ran.out


def labelled() -> list[dict[str, Any]]:
    from checkout import shared_folder

    folder = shared_folder()
    return json.loads((folder / "state" / "labels.json").read_text()) if folder else []


def fits(expected: object, found: object) -> bool:
    """Return True if a value has all that a label has."""
    if isinstance(expected, dict):
        return isinstance(found, dict) and all(fits(each, found.get(name)) for name, each in expected.items())
    if isinstance(expected, list):
        return isinstance(found, list) and len(expected) == len(found) and all(map(fits, expected, found))
    return expected == found


@pytest.mark.skipif(not labelled(), reason=RECORDED)
def test_the_labelled_captures_have_their_labels(shared: Path, tmp_path: Path) -> None:
    wrong = []
    for kind in ("vm", "vmss-vm", "vmss"):
        labels = [each for each in labelled() if each["kind"] == kind]
        rows = (shared / "captures" / "documents" / f"{kind}.ndjson").read_text().splitlines()
        bodies = [json.loads(rows[each["line"] - 1]) for each in labels]
        text = "".join(f"{json.dumps(each.get('document', each))}\n" for each in bodies)
        (tmp_path / f"{kind}.ndjson").write_text(text)
        ran = run_apart("state", "--kind", kind, "--format", "ndjson", f"{kind}.ndjson", cwd=tmp_path)
        found = [json.loads(line) for line in ran.out.splitlines()]
        assert len(found) == len(labels) > 2
        wrong += [label["id"] for label, each in zip(labels, found, strict=True) if not fits(label["expected"], each)]
    assert wrong == []


def test_a_name_that_comes_again_has_its_place(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "a.ndjson").write_text(lines("running", 2) * 2)
    said = "running; provisioning succeeded; agent reporting"
    places = ["running-0", "running-1", "running-0 (a.ndjson:3:1)", "running-1 (a.ndjson:4:1)"]
    assert run("state", "a.ndjson", cwd=here).out.splitlines() == [f"{each}: {said}" for each in places]
    rows = run("state", "a.ndjson", "--format", "markdown", cwd=here).out.splitlines()[2:]
    assert [row.split(" | ")[0] for row in rows] == [
        "| `running-0`",
        "| `running-1`",
        "| `running-0` `a.ndjson:3:1`",
        "| `running-1` `a.ndjson:4:1`",
    ]
    for form in ("json", "ndjson", "csv"):
        assert "\0" not in run("state", "a.ndjson", "--format", form, cwd=here).out
    monkeypatch.setattr(state_output, "_NAMES", 1)
    few = run("state", "a.ndjson", cwd=here).out.splitlines()
    assert [line.partition(" (")[0] for line in few[1:]] == ["running-1", "running-0", "running-1"]


def test_a_machine_of_resource_graph_has_a_power_state(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"powerState": {"code": "PowerState/running"}, "computerName": "a"}')
    (tmp_path / "b.json").write_text('{"powerState": {"code": 5, "displayStatus": "VM running"}, "computerName": "b"}')
    ran = run("state", "--expect", "power=running,provisioning=succeeded", "a.json", cwd=tmp_path)
    differs = "differs: provisioning: expected succeeded, found not reported (a.json:1:1)"
    why = "this is the view of a VM in Azure Resource Graph, not of a machine"
    assert (ran.code, ran.out.splitlines()[1:]) == (1, [f"    {differs}: {why}"])
    (row,) = csv.DictReader(io.StringIO(run("state", "--format", "csv", "a.json", cwd=tmp_path).out))
    assert (row["power"], row["result"], row["provisioning"]) == ("running", "running", "")
    assert run("state", "--facets", "power", "a.json", cwd=tmp_path).out == "a: power running\n"
    assert run("state", "b.json", cwd=tmp_path).out.splitlines()[1:] == [
        "    power unknown: code is a number (/powerState/code)",
        "    not read: code is a number (/powerState/code)",
    ]


COMPLETED = {
    ("--facets", "po"): ["power"],
    ("--facets", "power,o"): ["power,osState", "power,other", "power,orchestrationServices"],
    ("--expect", "extensions.f"): ["extensions.failed="],
    ("--expect", "total=1,agent=not"): ["total=1,agent=not-reporting"],
    ("--expect", "nothing="): [],
    ("--output", "c"): ["csv="],
    ("--format", "nd"): ["ndjson"],
}


@pytest.mark.parametrize("words", COMPLETED, ids=" ".join)
def test_a_shell_completes_facets_and_words(words: tuple[str, str]) -> None:
    option, typed = words
    completed = ShellComplete(cli, {}, "instanceview", "_C").get_completions(["state", option], typed)
    assert [each.value for each in completed if each.type != "file"] == COMPLETED[words]


def test_the_help_names_every_facet(tmp_path: Path) -> None:
    out = " ".join(run("state", "--help", cwd=tmp_path).out.split())
    assert [path for path in paths() if path.partition(".")[0] not in out] == []
    assert all(isinstance(each, click.Parameter) for each in machine_state.params)
