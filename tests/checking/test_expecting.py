"""Expectations: each path can be expected of each kind, and `unknown` satisfies none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from instanceview import UnknownNameError
from instanceview.checking.machine_state import state_of
from instanceview.checking.machine_state.clock import latest_of
from instanceview.checking.machine_state.expecting import differences, expectation, facets, read
from instanceview.checking.machine_state.facets import Moment
from instanceview.checking.machine_state.path_values import UNKNOWN
from instanceview.checking.machine_state.paths import NOT_REPORTED, found, has, paths
from instanceview.checking.machine_state.timed import first_of_disks
from instanceview.checking.machine_state.values import MachineState
from instanceview.model.document import Document, Origin

if TYPE_CHECKING:
    from instanceview.checking.machine_state.paths import State

MACHINE = {
    "computerName": "a",
    "statuses": [
        {"code": "ProvisioningState/Succeeded/osProvisioningInProgress", "time": "2024-07-01T00:00:00+00:00"},
        {"code": "powerstate/RUNNING"},
    ],
    "vmAgent": {
        "vmAgentVersion": "2.7",
        "statuses": [{"code": "ProvisioningState/succeeded", "time": "2024-07-01T00:00:01+00:00"}],
    },
    "extensions": [
        {"name": "one", "statuses": [{"code": "ProvisioningState/failed/1"}]},
        {"name": "two", "statuses": [{"code": "ProvisioningState/succeeded"}]},
        {"name": "three"},
        {"name": "four", "statuses": [{"code": "ProvisioningState/resting"}]},
    ],
    "disks": [{"name": "os", "statuses": [{"code": "EncryptionState/encrypted"}]}, {"name": "data"}],
}
SCALE_SET = {
    "statuses": [{"code": "ProvisioningState/succeeded"}],
    "virtualMachine": {"statusesSummary": [{"code": "ProvisioningState/succeeded", "count": 2}]},
    "extensions": [
        {"name": "x", "statusesSummary": [{"code": "ProvisioningState/creating", "count": 2}]},
        {"name": "y", "statusesSummary": [{"code": "ProvisioningState/succeeded", "count": 2}]},
    ],
}


def state(body: object, kind: str = "vm") -> State:
    return state_of(Document(body, Origin("a"), kind=kind))


def values(body: object, kind: str = "vm") -> dict[str, Any]:
    """Return the value of a state at each path that its kind has."""
    whole = state(body, kind)
    return {path: found(whole, path).value for path in paths() if has(whole, path)}


def test_a_machine_has_these_values() -> None:
    rare = dict.fromkeys(["osState", "health", "maintenance", "colocation", "hibernation", "migration"], NOT_REPORTED)
    counts = {path: 0 for path in paths() if path.startswith(("extensions.", "disks."))}
    counts |= {"extensions.failed": 1, "extensions.succeeded": 1, "extensions.noStatus": 1, "extensions.other": 1}
    assert values(MACHINE) == {
        "power": "running",
        "power.since": None,
        "power.isBilled": "true",
        "provisioning": "succeeded",
        "provisioning.detail": "osProvisioningInProgress",
        "provisioning.time": "2024-07-01T00:00:00+00:00",
        "agent": "reporting",
        "agent.says": "Ready",
        "agent.version": "2.7",
        "agent.timeIs": "last report",
        "agent.time": "2024-07-01T00:00:01+00:00",
        "agent.age": 0,
        "newest": "2024-07-01T00:00:01+00:00",
        **counts,
        "handlersWithoutExtension": 0,
        "disks.encrypted": 1,
        "disks.notReported": 1,
        **rare,
        "patch": NOT_REPORTED,
        "bootDiagnostics": NOT_REPORTED,
    }


def test_a_scale_set_has_these_values() -> None:
    counts = {path: 0 for path in paths() if path.startswith(("extensions.", "machines."))}
    del counts["extensions.handlerNotReady"]  # of a machine alone
    assert values(SCALE_SET, "vmss") == {
        "power": NOT_REPORTED,
        "provisioning": "succeeded",
        "provisioning.detail": None,
        "provisioning.time": None,
        "agent": NOT_REPORTED,
        "health": NOT_REPORTED,
        **counts,
        "extensions.creating": 2,
        "extensions.succeeded": 2,
        "extensions.other": 2,
        "machines.succeeded": 2,
        "total": 2,
    }


@pytest.mark.parametrize(
    ("kind", "power", "provisioning"),
    [("resource-graph", True, False), ("dedicated-host", False, False)],
)
def test_a_resource_has_a_state_only_where_its_kind_has_one(kind: str, *, power: bool, provisioning: bool) -> None:
    whole = state({"statuses": [{"code": "ProvisioningState/succeeded"}]}, kind)
    assert (has(whole, "power"), has(whole, "provisioning")) == (power, provisioning)


def test_what_is_true_or_false_may_be_a_word_which_a_message_shows_as_it_is() -> None:
    assert [expectation("power.isBilled", value)[1] for value in (True, "TRUE", False)] == ["true", "true", "false"]
    with pytest.raises(UnknownNameError, match='unknown word "Maybe"'):
        expectation("power.isBilled", "Maybe")


def test_a_substatus_whose_code_is_not_a_text_says_nothing_and_another_one_may() -> None:
    said = ((5, "Info"), (None, "Info"), ("a/succeeded", "Info"), (5, "Error"))
    substatuses = [{"code": code, "level": level} for code, level in said]
    whole = state({"extensions": [{"name": "a", "substatuses": substatuses}]})
    assert isinstance(whole, MachineState)
    assert [part.pointer for part in whole.extensions[0].parts] == ["/extensions/0/substatuses/3"]


def test_the_place_of_the_time_since_when_a_machine_is_deallocated_is_that_of_its_disk() -> None:
    time = "2024-07-01T00:00:00+00:00"
    statuses = [{"code": "ProvisioningState/succeeded", "time": time}, {"code": "PowerState/deallocated"}]
    disks = [{"name": "os", "statuses": [{"code": "ProvisioningState/succeeded", "time": time}]}]
    places = [found(state({"statuses": statuses, "disks": each}), "power.since").pointer for each in (disks, [])]
    assert places == ["/disks/0/statuses/0/time", "/statuses/1/code"]


def test_a_day_that_no_month_has_is_not_the_latest_time() -> None:
    days = ("28", "29", "30", "31")
    times = [f"2024-02-{day}T00:00:00Z" for day in days]
    assert [list(latest_of([time])) for time in times] == [times[:1], times[1:2], [], []]


def test_the_first_of_some_times_is_found_after_what_is_not_a_disk_or_a_status() -> None:
    disks = [5, None, {"statuses": 5}, {"statuses": [1, {"time": 3}, {"time": "a"}, {"time": "b"}]}]
    assert first_of_disks(disks, {"b", "c"}) == Moment("b", "/disks/3/statuses/3/time")
    assert first_of_disks(disks, {"c"}) is None
    assert first_of_disks({"a": 1}, {"a"}) is None


@pytest.mark.parametrize("path", paths())
def test_what_a_kind_has_not_differs_with_a_reason(path: str) -> None:
    for body, kind in ((MACHINE, "vm"), (SCALE_SET, "vmss")):
        whole = state(body, kind)
        if not has(whole, path):
            (difference,) = differences(whole, {path: 0 if paths()[path].is_number else "x"})
            assert (difference.found, difference.path) == (NOT_REPORTED, path)
            assert "scale set" in difference.reason


@pytest.mark.parametrize("path", paths())
def test_every_value_satisfies_itself_and_no_other(path: str) -> None:
    for body, kind in ((MACHINE, "vm"), (SCALE_SET, "vmss")):
        whole = state(body, kind)
        value = found(whole, path).value
        assert differences(whole, {path: value}) == ()
        other = value + 1 if isinstance(value, int) else f"{value}x"
        (difference,) = differences(whole, {path: other})
        assert (difference.expected, difference.found) == (other, value)


WRONG_TYPES = {
    "extensions.failed": [{"extensions": "x"}, {"extensions": [3]}, {"extensions": [{"name": 1}]}],
    "disks.encrypted": [{"disks": {}}, {"disks": [{"statuses": "x"}]}],
}


@pytest.mark.parametrize("path", WRONG_TYPES)
def test_what_was_not_read_is_not_counted_as_none(path: str) -> None:
    for body in WRONG_TYPES[path]:
        (difference,) = differences(state(body), {path: 0})
        assert difference.found == UNKNOWN
        assert " is a" in difference.reason


def test_a_summary_that_was_not_read_has_no_numbers() -> None:
    summary = [{"code": "ProvisioningState/succeeded", "count": 1}, {"code": "ProvisioningState/failed", "count": "1"}]
    bodies: list[object] = [{"virtualMachine": {"statusesSummary": each}} for each in (summary, [], None)]
    for body in bodies:
        differing = differences(state(body, "vmss"), {"machines.failed": 0, "total": 1})
        assert [(each.path, each.found) for each in differing] == [("machines.failed", UNKNOWN), ("total", UNKNOWN)]


def test_handlers_that_are_not_ready_are_counted_whatever_the_extension_says() -> None:
    codes = ("succeeded", "NotReady/1009", "Installing")
    handlers = [{"type": f"T{code}", "status": {"code": f"ProvisioningState/{code}"}} for code in codes]
    done = [{"code": "ProvisioningState/succeeded"}]
    extensions = [{"name": code, "type": f"T{code}", "statuses": done} for code in (*codes, "none")]
    whole = state({"vmAgent": {"extensionHandlers": handlers}, "extensions": extensions})
    expected = {"extensions.failed": 0, "extensions.handlerNotReady": 0}
    (difference,) = differences(whole, expected)
    assert (difference.found, difference.reason) == (2, "NotReady/1009 NotReady/1009, Installing Installing")
    (difference,) = differences(state({"vmAgent": {"extensionHandlers": "x"}, "extensions": extensions}), expected)
    assert difference.found == UNKNOWN
    assert expectation("power_is_billed", False) == ("power.isBilled", "false")  # noqa: FBT003 (as a caller has it)


def test_unknown_satisfies_nothing() -> None:
    whole = state({"statuses": [{"code": "PowerState/running"}, {"code": "PowerState/stopped"}]})
    for word in ("running", "stopped", UNKNOWN):
        (difference,) = differences(whole, {"power": word})
        assert difference.found == UNKNOWN
        assert "running at /statuses/0" in difference.reason
        assert ("never satisfies" in difference.reason) == (word == UNKNOWN)
    two = {"name": "x", "statuses": [{"code": "ProvisioningState/succeeded"}, {"code": "ProvisioningState/failed"}]}
    (difference,) = differences(state({"extensions": [two]}), {"extensions.failed": 0})
    assert (difference.found, difference.pointer) == (UNKNOWN, "/extensions/0/statuses")


SPELT = {
    "power=Running": ("power", "running"),
    "OS_State=generalized": ("osState", "generalized"),
    "os-state=not reported": ("osState", "not reported"),
    "agent=notReporting": ("agent", "not reporting"),
    "agent=not_reporting": ("agent", "not reporting"),
    "extensions.no-status=2": ("extensions.noStatus", 2),
    "extensionsFailed=0": ("extensions.failed", 0),
    "provisioning.detail=NONE": ("provisioning.detail", None),
    "power.is-billed=True": ("power.isBilled", "true"),
    "extensions.handler_not_ready=0": ("extensions.handlerNotReady", 0),
    "agent.says=not-ready": ("agent.says", "Not Ready"),
    "agent.version=2.7.41491.1075": ("agent.version", "2.7.41491.1075"),
    "bootDiagnostics=not-reported": ("bootDiagnostics", "not reported"),
    " total = 3 ": ("total", 3),
}


@pytest.mark.parametrize("text", SPELT)
def test_names_and_words_may_be_spelt_in_many_ways(text: str) -> None:
    path, value = SPELT[text]
    assert read([text]) == {path: value}


def test_every_path_can_be_named() -> None:
    for path, about in paths().items():
        assert expectation(path, 0 if about.is_number else (about.known_words() or ("x",))[0])[0] == path
    assert set(facets()) == {path.partition(".")[0] for path in paths()}


REFUSED = {
    "power": "expected FACET=WORD",
    "=x": "expected FACET=WORD",
    "power=": "expected FACET=WORD",
    "pwoer=x": 'unknown facet "pwoer"; did you mean "power"?',
    "power.x=x": 'unknown part of power "x";',
    "disks=1": "disks has several parts; name one, such as disks.encrypted; known: encrypted, ",
    "machines.updatin=1": 'unknown part of machines "updatin"; did you mean "updating"?',
    "power=of": 'power: unknown word "of";',
    "health=succeeded": 'health: unknown word "succeeded";',
    "total=two": 'total takes a whole number of at least 0; found "two"',
    "total=\u0663": "total takes a whole number of at least 0; found",
    "power=running,POWER=stopped": "power is expected to be running and stopped",
    ",": "names no facet",
}


@pytest.mark.parametrize("text", REFUSED)
def test_a_mistake_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 (the message is compared below)
        read([text])
    assert str(caught.value).startswith(REFUSED[text])
    assert "\n" not in str(caught.value)
    assert isinstance(caught.value, UnknownNameError) == ("unknown" in REFUSED[text] or "several" in REFUSED[text])


NUMBERS: tuple[tuple[object, type[Exception], str], ...] = (
    ("two", ValueError, '"two"'),
    ("-1", ValueError, '"-1"'),
    ("", ValueError, '""'),
    (-1, ValueError, "-1"),
    (True, TypeError, "True"),
    (1.5, TypeError, "1.5"),
    (None, TypeError, "None"),
    ([1], TypeError, "[1]"),
)


@pytest.mark.parametrize(("value", "error", "shown"), NUMBERS, ids=[f"{value!r}" for value, *_ in NUMBERS])
def test_a_number_that_is_not_one_is_refused_by_its_type(value: object, error: type[Exception], shown: str) -> None:
    with pytest.raises(error) as caught:
        expectation("disks.encrypted", value)
    assert type(caught.value) is error
    assert str(caught.value) == f"disks.encrypted takes a whole number of at least 0; found {shown}"
    assert expectation("disks.encrypted", " 12 ") == expectation("disks.encrypted", 12) == ("disks.encrypted", 12)


def test_what_is_billed_is_true_false_or_not_known() -> None:
    bodies: tuple[object, ...] = (
        {"disks": []},
        {"statuses": [{"code": "PowerState/running"}]},
        {"statuses": [{"code": "PowerState/x"}]},
    )
    assert [found(state(body), "power.isBilled").value for body in bodies] == [None, "true", None]
    assert found(state({"statuses": [{"code": "PowerState/deallocated"}]}), "power.isBilled").value == "false"


def test_the_newest_time_has_a_reason_where_there_is_none() -> None:
    none, some = found(state({"disks": []}), "newest"), found(state(MACHINE), "newest")
    assert (none.value, none.pointer, none.reason) == (None, "", "no time")
    assert (some.value, some.pointer, some.reason) == (*("2024-07-01T00:00:01+00:00", "/vmAgent/statuses/0/time", ""),)


def of_handlers(**codes: str) -> State:
    """Return the state of a machine whose extensions have handlers with these codes; "" means no name."""
    extensions, handlers = [], []
    for number, (name, code) in enumerate(codes.items()):
        kind = {"type": f"A.B{number}", "typeHandlerVersion": "1.0"}
        extensions.append({**kind, **({} if name == "_" else {"name": name}), "statuses": []})
        handlers.append({**kind, "status": {"code": code} if code else {}})
    return state({"vmAgent": {"extensionHandlers": handlers}, "extensions": extensions})


def test_handlers_that_are_not_ready_are_named() -> None:
    ready = found(of_handlers(a="ProvisioningState/succeeded"), "extensions.handlerNotReady")
    assert (ready.value, ready.about) == (0, "")
    waiting = found(
        of_handlers(a="ProvisioningState/NotReady", _="ProvisioningState/installing"), "extensions.handlerNotReady"
    )
    assert (waiting.value, waiting.about) == (2, "a NotReady, without a name Installing")


def test_a_handler_without_a_code_leaves_the_number_unknown() -> None:
    unknown = found(of_handlers(a="ProvisioningState/succeeded", b=""), "extensions.handlerNotReady")
    assert (unknown.value, unknown.pointer) == (UNKNOWN, "/vmAgent/extensionHandlers/1")


def test_what_is_a_number_is_expected_as_one() -> None:
    counted = {"extensions", "disks", "machines"}
    others = {path for path, about in paths().items() if about.is_number and path.partition(".")[0] not in counted}
    assert others == {"agent.age", "handlersWithoutExtension", "total"}
    assert all(about.is_number for path, about in paths().items() if path.partition(".")[0] in counted)
    of_set = {path for path in paths() if has(state(SCALE_SET, "vmss"), path)} - others
    assert {path for path in of_set if path.partition(".")[0] not in counted} == {
        "provisioning",
        "provisioning.detail",
        "provisioning.time",
        "power",
        "agent",
        "health",
    }
