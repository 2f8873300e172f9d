"""Every limit by every route: what is just beyond it is one line that names it, and what it just allows is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click import Context
from routed import COUNTED, LEAST_SECONDS, LIMITS, ROUTES, Case

import instanceview
from instanceview.cli.commands import COMMANDS
from instanceview.cli.main import cli
from instanceview.model.limits import NAMES, option
from instanceview.running import pool, tasks
from instanceview.testing.settings import validator_of

if TYPE_CHECKING:
    from pathlib import Path

PAIRS = [
    pytest.param(limit, name, id=f"{limit} by {name}")
    for name, route in ROUTES.items()
    for limit in LIMITS
    if limit in route.limits
]
AS_CHECK = {"state", "report", "extract", "configuration", "environment", "check_path", "Validator", "assert_state"}
"""Routes that read files as `check` does, and are left out where time counts."""
OTHERS = [each for each in PAIRS if each.values[1] not in AS_CHECK]


@pytest.fixture
def small_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two jobs share even small inputs."""
    monkeypatch.setattr(pool, "_MUCH", 0)
    monkeypatch.setattr(tasks, "LINES", 100)


@pytest.mark.usefixtures("small_tasks")
@pytest.mark.parametrize(("limit", "name"), PAIRS)
def test_what_is_just_beyond_a_limit_is_one_line_that_names_it(limit: str, name: str, tmp_path: Path) -> None:
    found, route = LIMITS[limit], ROUTES[name]
    told = route.take(Case(limit, LEAST_SECONDS if limit == "seconds" else found.least - 1, tmp_path))
    way = option(limit) if told.code is not None else f"limits=Limits({limit}=...)"
    verb = "shows more" if limit == COUNTED else "raises the limit"
    # A file that the gate passes takes no time that counts, and any other one takes too long.
    number = len(told.lines) if limit == "seconds" else 1
    assert number
    assert [line.endswith(f"; {way} {verb}") for line in told.lines] == [True] * number, told
    assert told.code in {None, 1 if limit == COUNTED else 2}
    if told.documents is not None and limit != "seconds":
        assert told.documents == route.left(limit)
    assert f"{found.place}: " in told.lines[0] or not route.is_exact


@pytest.mark.usefixtures("small_tasks")
@pytest.mark.parametrize(("limit", "name"), OTHERS)
def test_what_a_limit_just_allows_is_read(limit: str, name: str, tmp_path: Path) -> None:
    told = ROUTES[name].take(Case(limit, LIMITS[limit].least, tmp_path))
    assert told.lines == []
    assert told.documents in {None, 2 + ROUTES[name].files}
    assert told.code in {None, 0, 1}


def test_each_limit_has_an_input_and_each_command_and_function_that_reads_is_a_route() -> None:
    assert list(LIMITS) == list(NAMES)
    context = Context(cli)
    commands = {name: cli.get_command(context, name) for name in COMMANDS}
    reading = {
        name
        for name, command in commands.items()
        if command and {"files_from", "max_nesting"} & {each.name for each in command.params}
    }
    routes = {name.partition(" of ")[0] for name in ROUTES}
    assert reading == routes & set(COMMANDS)
    assert {name for name in instanceview.__all__ if name.startswith(("check", "state"))} <= routes


@pytest.mark.parametrize("limit", NAMES)
def test_the_plugin_of_pytest_takes_a_limit_of_the_configuration(limit: str, suite: pytest.Pytester) -> None:
    found = LIMITS[limit]
    case = Case(limit, LEAST_SECONDS if limit == "seconds" else found.least - 1, suite.path)
    (suite.path / ".instanceview.toml").write_text(f'{option(limit)[2:]} = "{case.written}"\n')
    result = validator_of(suite.parseconfig(case.file)).result(suite.path / case.file)
    told = [each.reason for each in result.unreadable] + [str(each) for each in result.counted]
    assert [f"; limits=Limits({limit}=...) " in each for each in told] == [True]
