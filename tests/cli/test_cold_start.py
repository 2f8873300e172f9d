"""A cold start loads what it needs and nothing else: every module is a part of the time that each hook waits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from program import environment

import instanceview
from instanceview.rules._reading_order import HOOKS

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "samples" / "conformant" / "2020-06-01" / "vm-dedicated-host-and-health.json"

# Runs a module or a statement, and writes the names of the loaded modules to standard error, as JSON. The program
# leaves by `os._exit`, and an import by `importlib` is missing in the output of `-X importtime`.
_PROGRAM = """
import json, os, runpy, sys
before, leave = set(sys.modules), os._exit
def report(code=0):
    print(json.dumps(sorted(set(sys.modules) - before)), file=sys.stderr, flush=True)
    leave(code)
os._exit = report
sys.argv = ["instanceview", *sys.argv[1:]]
if len(sys.argv) > 1:
    runpy.run_module("instanceview", run_name="__main__")
import instanceview
report()
"""

IMPORT = {"": "__init__"}
VERSION = {
    "": "__init__ __main__",
    "cli": "__init__ commands main",
    "model": "__init__ ended names redaction secrets secrets.gate text",
}
WALK = {"time", "code", "open", "text", "number", "status", "statuses", "named", "document"}
OF_THE_WALK = [module for module, hooks in HOOKS.items() if WALK.intersection(hooks)]
"""The rules of the hooks that a document without a fault has; the others are loaded where a hook needs them."""
CHECK = {
    "": "__init__ __main__",
    "cli": (
        "__init__ arguments commands commands.check configured destinations emitting input_options limit_options main "
        "named_values options progress selecting shared_options value_types"
    ),
    "reporting": "__init__ text_report",
    "running": (
        "__init__ check_one chunks configuration configuration.settings gates job lines overrides pool repeats runs "
        "spool tally tasks wanted"
    ),
    "checking": "__init__ check engines engines.plain faults scope violations walk walk_plan",
    "rules": " ".join(("__init__ _reading_order _shared _times quiet rule site", *OF_THE_WALK)),
    "reading": (
        "__init__ bounded contents depth dialects dialects.printed dispatch files files.names files.packings "
        "files.signatures files.stream folders formats formats.json_text formats.ndjson inputs json_texts "
        "json_texts.bounds json_texts.parse json_texts.plain paths plain_files recognise sources structures views"
    ),
    "tables": (
        "__init__ catalog descent elements family kind kinds other_kinds resolve status_code undecided vocabulary"
    ),
    "model": (
        "__init__ counted document ended limits names paths pointer redaction report secrets secrets.gate severity "
        "skipped summary tables text written_limits"
    ),
    "places": "__init__ compact source spans",
}
_MACHINE_STATE = Path(instanceview.__file__).parent / "checking" / "machine_state"
_OF_STATES = " ".join(
    f"machine_state.{each.stem}"
    for each in _MACHINE_STATE.glob("*.py")
    if each.stem not in {"as_json", "resource", "resource_facts", "resource_reading", "results"}
)
STATE = {
    **CHECK,
    "cli": (
        "__init__ arguments commands commands.machine_state configured destinations emitting input_options "
        "limit_options main named_values options progress shared_options state_output value_types"
    ),
    "reporting": "__init__ states states.rendering states.text states.words text_report",
    "checking": f"{CHECK['checking']} machine_state {_OF_STATES.replace('machine_state.__init__ ', '')}",
    "rules": "__init__ _reading_order _times quiet rule site unset_time",
    "tables": f"{CHECK['tables']} states",
    "model": f"{CHECK['model']} dates",
}
CASES = {
    "import instanceview": ([], IMPORT, set()),
    "instanceview --version": (["--version"], VERSION, {"click"}),
    "instanceview check one.json": (["check", "one.json"], CHECK, {"click", "orjson"}),
    "instanceview state one.json": (["state", "one.json"], STATE, {"click", "orjson"}),
}

SLOW = {
    "click.shell_completion",
    "concurrent.futures",
    "difflib",
    "hashlib",
    "multiprocessing",
    "pathlib",
    "pickle",
    "shutil",
    "tempfile",
    "tomllib",
    "urllib.parse",
}
"""Modules that the functions that need them import: each takes half a millisecond or more."""


def modules(rooms: dict[str, str]) -> set[str]:
    """Return the full names of the modules of some rooms; the room of the package itself has no name."""
    names = {f"instanceview.{room}.{name}" for room, names in rooms.items() for name in names.split()}
    return {name.replace("..", ".").removesuffix(".__init__") for name in names}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a document and without a configuration, whose reading takes modules of its own."""
    (tmp_path / "one.json").write_bytes(DOCUMENT.read_bytes())
    return tmp_path


def loaded(program: str, *arguments: str, cwd: Path) -> set[str]:
    """Return the names of the modules that a program in a process of its own has loaded at its end."""
    command = [sys.executable, "-c", program, *arguments]
    ran = subprocess.run(command, env=environment(), cwd=cwd, capture_output=True, text=True, timeout=60, check=True)
    return set(json.loads(ran.stderr.splitlines()[-1]))


@pytest.mark.parametrize("name", CASES)
def test_a_cold_start_loads_no_other_module(name: str, folder: Path) -> None:
    arguments, rooms, others = CASES[name]
    found = loaded(_PROGRAM, *arguments, cwd=folder) - {"__main__"}
    ours = {each for each in found if each.partition(".")[0] == "instanceview"}
    allowed = modules(rooms) - {"instanceview.__main__"}
    assert sorted(ours - allowed) == [], f"{name} loads more modules of ours; import them where used, or list them here"
    assert sorted(allowed - ours) == [], f"{name} loads less than this test lists; take the names out of the list"
    third = {each.partition(".")[0] for each in found - ours} - sys.stdlib_module_names
    assert third == others, f"{name} loads {sorted(third)} of other projects, and may load {sorted(others)}"


def test_a_cold_start_loads_no_slow_module_of_the_standard_library(folder: Path) -> None:
    bare = loaded(_PROGRAM.replace("import instanceview", "import click, orjson"), cwd=folder)
    for command in ("check", "state"):
        assert sorted((loaded(_PROGRAM, command, "one.json", cwd=folder) - bare) & SLOW) == []


@pytest.mark.parametrize(("form", "is_loaded"), [("html", True), ("markdown", False), ("json", False)])
def test_the_template_library_is_loaded_for_the_page_alone(form: str, folder: Path, *, is_loaded: bool) -> None:
    found = loaded(_PROGRAM, "report", "one.json", f"--{form}", "file", cwd=folder)
    assert ("jinja2" in found) == is_loaded
