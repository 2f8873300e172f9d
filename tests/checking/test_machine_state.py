"""The state of a machine or scale set: row by row of the decision tables, on hazards, and on anything at all."""

from __future__ import annotations

import json
import pickle
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from drawn import values_at
from hypothesis import example, given, settings
from hypothesis import strategies as st
from states import CHANGED, changes, differences, expected, text_of

from instanceview import MachineState, UnknownNameError, generating, state
from instanceview.checking.machine_state import state_of
from instanceview.checking.machine_state.as_json import to_json
from instanceview.checking.machine_state.clock import instant, latest_of, seconds_between
from instanceview.checking.machine_state.paths import NOT_REPORTED, paths
from instanceview.checking.machine_state.paths import found as value_at
from instanceview.checking.machine_state.timed import first_of, timed_members, times_of
from instanceview.generating.hazards import hazards
from instanceview.literals import OtherWord
from instanceview.model.document import Document, Origin
from instanceview.testing.strategies import instance_views

CASES = yaml.safe_load(Path(__file__).with_name("state_cases.yaml").read_text("utf-8"))


@cache
def cases() -> dict[str, dict[str, Any]]:
    """Return the cases by row and name."""
    return {f"{row}: {name}": case for row, several in CASES.items() for name, case in several.items()}


@pytest.mark.parametrize("name", cases())
def test_a_state_says_what_the_decision_tables_say(name: str) -> None:
    case = cases()[name]
    document = generating.hazard(case["hazard"]) if "hazard" in case else case["document"]
    found = state_of(
        Document(document, Origin("x"), case.get("kind", "vm"), "2024-07-01"), answered_at=case.get("answered_at")
    )
    assert list(differences(case["expected"], to_json(found))) == []


@pytest.mark.parametrize("name", hazards())
def test_a_hazard_document_has_its_expected_state(name: str) -> None:
    assert expected(name).read_text("utf-8") == text_of(hazards()[name])


SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False, allow_infinity=False) | st.text()
TELLING = st.sampled_from(
    ["", "PowerState/running", "ProvisioningState/", "2024-07-01T12:00:00.5Z", "0001-01-01T00:00:00+00:00", "/", "\0"]
)
ANYTHING = st.recursive(
    SCALARS | TELLING,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["code", "time", "status", "statuses", "name", "type", "count"]), inner)
    ),
    max_leaves=8,
)


@st.composite
def broken_views(draw: st.DrawFn) -> Any:  # noqa: ANN401 (any JSON value)
    """Draw an instance view, with up to four of its values replaced by anything."""
    view = json.loads(json.dumps(draw(instance_views(draw(st.sampled_from(["vm", "vmss"]))))))
    for _ in range(draw(st.integers(0, 4))):
        paths = [path for path, _ in values_at(view) if path]
        if not paths:
            return view
        *above, last = draw(st.sampled_from(paths))
        holder = view
        for step in above:
            holder = holder[step]
        holder[last] = draw(ANYTHING)
    return view


@given(broken_views() | ANYTHING)
def test_a_state_never_fails_and_shows_one_safe_line(value: object) -> None:
    for kind in (None, "vm", "vmss"):
        found = state_of(Document(value, Origin("x"), kind))
        shown = [str(found), *(each.text for each in found.notes), *reasons(to_json(found))]
        assert [text for text in shown if "\n" in text or "\x1b" in text] == []
        assert json.loads(json.dumps(to_json(found))) == to_json(found)
        assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 (our own)


def reasons(value: object) -> list[str]:
    """Return the reasons in a state as JSON."""
    if isinstance(value, list):
        return [text for item in value for text in reasons(item)]
    if not isinstance(value, dict):
        return []
    return [text for name, item in value.items() for text in ([item] if name == "reason" else reasons(item))]


@given(broken_views())
@example({"statuses": [{"code": "PowerState/asleep"}]})
def test_a_word_is_one_of_its_type_or_another_word(view: dict[str, Any]) -> None:
    for kind in ("vm", "vmss"):
        found = state_of(Document(view, Origin("x"), kind))
        for path, about in paths().items():
            word = value_at(found, path).value if about.words else None
            assert word in {None, NOT_REPORTED, *about.known_words()} or type(word) is OtherWord


@given(broken_views(), st.randoms(use_true_random=False))
def test_the_order_of_statuses_does_not_matter(view: dict[str, Any], random: Any) -> None:  # noqa: ANN401 (its type is private)
    statuses = view.get("statuses")
    if not isinstance(statuses, list):
        return
    categories = [str(each.get("code")).partition("/")[0].lower() for each in statuses if isinstance(each, dict)]
    if len(set(categories)) < len(statuses):
        return  # of two statuses of a category the first one counts
    shuffled = random.sample(statuses, len(statuses))
    first, second = (state_of(Document(each, Origin("x"), "vm")) for each in (view, {**view, "statuses": shuffled}))
    assert words(first) == words(second)


def words(found: object) -> list[object]:
    """Return the words of the facets and what does not depend on the places of statuses."""
    assert isinstance(found, MachineState)
    facets = (found.power, found.provisioning, found.os_state, found.agent, found.colocation, found.hibernation)
    instant = found.newest and latest_of([found.newest.time])
    return [*((each.word, each.detail) for each in facets), found.agent.age, str(found), bool(instant)]


@given(broken_views())
def test_the_newest_time_is_the_latest_of_all(view: dict[str, Any]) -> None:
    found = state_of(Document(view, Origin("x"), "vm"))
    assert isinstance(found, MachineState)
    times = [time for _, time in times_of(view, timed_members())]
    assert found.newest == first_of(view, latest_of(times))


NEAR_TIMES = [
    *(f"2024-07-01T12:00:00{fraction}{zone}" for fraction in ("", ".5", ".50", ".49") for zone in ("Z", "+00:00")),
    *(
        "2024-07-01T14:00:00.5+02:00",
        "2024-07-01T11:59:59.9999999Z",
        "2024-07-01T12:00:01Z",
        "2024-07-01T12:00:0",
        "soon",
        "z",
        "",
    ),
]


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(NEAR_TIMES), max_size=4))
def test_the_latest_times_are_those_of_the_latest_instant(times: list[str]) -> None:
    instants = {time: each for time in times if (each := instant(time))}
    latest = max(instants.values(), default=None)
    assert set(latest_of(times)) == {time for time, each in instants.items() if each == latest}


FACETS = {
    "ProvisioningState/succeeded": "provisioning",
    "PowerState/deallocated": "power",
    "OSState/generalized": "os_state",
    "HibernationState/Hibernated": "hibernation",
}


@pytest.mark.parametrize("more", [{"time": "2024-07-01T12:00:00Z"}, {"message": "a"}, {}], ids=str)
@pytest.mark.parametrize("dated", [*([each] for each in FACETS), list(FACETS)], ids=len)
def test_a_facet_has_the_time_and_the_message_of_its_status(more: dict[str, str], dated: list[str]) -> None:
    found = state({"statuses": [{"code": code, **(more if code in dated else {})} for code in FACETS]}, kind="vm")
    for code, name in FACETS.items():
        facet, expected = getattr(found, name), more if code in dated else {}
        assert facet.time == expected.get("time")
        if name != "power":
            assert facet.message == expected.get("message")


INSTANTS = {
    "2016-12-31T23:59:59Z": ("2016-12-31T23:59:59+00:00", ""),
    "2016-12-31t23:59:59z": ("2016-12-31T23:59:59+00:00", ""),
    "2016-12-31T23:59:60Z": ("2017-01-01T00:00:00+00:00", ""),
    "2016-12-31T23:59:60.1234567Z": ("2017-01-01T00:00:00.123456+00:00", "7"),
    "1999-01-01T00:00:00.12345600Z": ("1999-01-01T00:00:00.123456+00:00", ""),
    "1999-01-01T00:00:00.12345670Z": ("1999-01-01T00:00:00.123456+00:00", "7"),
    "2024-02-29T12:00:00.1+05:30": ("2024-02-29T12:00:00.100000+05:30", ""),
    "2023-02-29T12:00:00Z": None,
    "2024-07-01T24:00:00Z": None,
    "2024-07-01T12:00:61Z": None,
    "0001-01-01T00:00:00Z": None,
    "9999-12-31T23:59:60Z": None,
    "9999-12-31T23:59:59-01:00": None,
    "2024-07-01T12:00:00": None,
    "2024-07-01 12:00:00Z": None,
}


@pytest.mark.parametrize("text", INSTANTS)
def test_a_time_has_this_instant_and_these_digits_after_it(text: str) -> None:
    found = instant(text)
    assert (found and (found[0].isoformat(), found[1])) == INSTANTS[text]


BETWEEN = {
    ("2024-07-01T12:00:00Z", "2024-07-01T12:00:00Z"): 0,
    ("2024-07-01T12:00:00.0000002Z", "2024-07-01T12:00:01.0000001Z"): 0,
    ("2024-07-01T12:00:00.0000001Z", "2024-07-01T12:00:01.0000001Z"): 1,
    ("2024-07-01T12:00:00.0000002Z", "2024-07-01T12:00:01.0000011Z"): 1,
    ("2024-07-01T12:00:00.5Z", "2024-07-01T12:00:00.1Z"): -1,
    ("2024-07-01T12:00:00Z", "2024-07-03T12:00:07Z"): 172_807,
}


@pytest.mark.parametrize("times", BETWEEN, ids=" ".join)
def test_so_many_whole_seconds_are_between_two_times(times: tuple[str, str]) -> None:
    earlier, later = (instant(each) for each in times)
    assert earlier
    assert later
    assert seconds_between(earlier, later) == BETWEEN[times]


@pytest.mark.parametrize("zone", ["Z", "+00:00", "-03:00"])
def test_zeros_at_the_end_of_a_fraction_do_not_count(zone: str) -> None:
    start = "2024-07-01T12:00:00"
    for several in (("", ".0", ".0000000"), (".12", ".120", ".1200000000"), (".1234567", ".12345670", ".123456700")):
        assert len({instant(f"{start}{each}{zone}") for each in several}) == 1
    assert instant(f"{start}.1234567{zone}") != instant(f"{start}.123456{zone}")


@pytest.mark.parametrize(
    ("value", "error", "words"),
    [
        ([{"vmAgent": {}}, {"disks": []}], ValueError, "2 instance views, at /0, /1; pass one of them to state"),
        ({"a": 1}, ValueError, "no instance view: none of its members is documented"),
        ([], ValueError, "no instance view: this is an empty array"),
        ('{"vmAgent": {}}', TypeError, "state takes a Python value, found str; use json.loads"),
        (Path("vm.json"), TypeError, "state takes a Python value, found PosixPath; use instanceview state PATH"),
        (
            {"statuses": [{"code": {1}, "displayStatus": "", "a": 1}]},
            TypeError,
            "/statuses/0/code: set is not a JSON type",
        ),
    ],
)
def test_a_value_without_one_instance_view_is_refused(value: object, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        state(value)


def test_a_thousand_values_of_a_wrong_type_are_noted_and_that_there_are_more() -> None:
    found = state({"statuses": [{"code": "PowerState/running"}, *[0] * 3_000]}, kind="vm")
    assert len(found.ignored) == 1_001
    assert found.ignored[-2:] == ("status is a number (/statuses/1000)", "more than 1,000 values")


def test_names_and_times_that_are_not_known_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="vmms"):
        state({"vmAgent": {}}, kind="vmms")  # type: ignore[arg-type]
    with pytest.raises(UnknownNameError, match="2024-07-02"):
        state({"vmAgent": {}}, api_version="2024-07-02")  # type: ignore[arg-type]
    for time in ("noon", "2024-07-01T12:00:00", datetime(2024, 7, 1), 5):  # noqa: DTZ001 (without an offset)
        with pytest.raises(ValueError, match=r"answered_at is .*; expected a time with its offset"):
            state({"vmAgent": {}}, answered_at=time)  # type: ignore[arg-type]


def test_a_value_in_another_form_has_the_same_state() -> None:
    view = generating.hazard("os-state-first-running")
    plain = state(view, kind="vm")
    nested = {"name": "web-0", "properties": {"instanceView": view}}
    assert str(state([nested])) == str(plain)
    assert state({**view, "statuses": tuple(view["statuses"])}, kind="vm").power == plain.power
    printed = {"vm_agent": {"vm_agent_version": "2.7"}, "statuses": [{"code": "PowerState/running"}]}
    assert state(printed).power.word == "running"
    assert (
        state(view, answered_at=datetime(2024, 7, 1, 12, 1, 9, tzinfo=UTC)).answered_at == "2024-07-01T12:01:09+00:00"
    )


def test_a_state_says_what_powershell_cut_off() -> None:
    status = "Microsoft.Azure.Management.Compute.Models.InstanceViewStatus"
    found = state({"PlatformFaultDomain": 0, "VMAgent": {"VmAgentVersion": "2.7"}, "Statuses": [status, status]})
    said = "/Statuses/1 and perhaps more was cut off by the program that printed it; use ConvertTo-Json -Depth 10"
    assert found.ignored == (said,)
    whole = state(
        {"PlatformFaultDomain": 0, "Statuses": [{"Code": "PowerState/running", "DisplayStatus": "VM running"}]}
    )
    assert (str(whole), whole.ignored) == ("running; provisioning unknown; agent unknown", ())


def test_a_recording_has_the_name_and_the_time_of_its_answer() -> None:
    path = "/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/web-0/instanceView"
    url = f"https://management.azure.com{path}?api-version=2024-07-01"
    date = {"name": "Date", "value": "Mon, 01 Jul 2024 12:01:09 GMT"}
    body = {"text": json.dumps(generating.hazard("maintenance-planned"))}
    answer = {
        "request": {"method": "GET", "url": url},
        "response": {"status": 200, "headers": [date], "content": body},
    }
    found = state({"log": {"version": "1.2", "entries": [answer]}})
    assert isinstance(found, MachineState)
    assert (found.name, found.kind, found.api_version, found.agent.age) == ("web-0", "vm", "2024-07-01", 10)
    assert found.answered_at == "2024-07-01T12:01:09+00:00"


_PROVIDER = "/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute"
_STATUSES = {"statuses": [{"code": "ProvisioningState/succeeded", "level": "Info", "displayStatus": "succeeded"}]}
_HOST = {"name": "h", "properties": {"instanceView": {"assetId": "1", **_STATUSES}}}


@pytest.mark.parametrize(
    ("path", "item", "name"),
    [
        (
            "cloudServices/c/roleInstances?$expand=instanceView&",
            {"name": "r_IN_0", "properties": {"instanceView": {"privateId": "1", **_STATUSES}}},
            "c/r_IN_0",
        ),
        ("hostGroups/g/hosts?$expand=instanceView&", _HOST, "g/h"),
        ("hostGroups/g/hosts?$expand=instanceView&", {**_HOST, "id": f"{_PROVIDER}/hostGroups/g/hosts/h"}, "g/h"),
    ],
)
def test_an_item_of_a_recorded_list_has_its_own_name(path: str, item: dict[str, Any], name: str) -> None:
    url = f"https://management.azure.com{_PROVIDER}/{path}api-version=2021-03-01"
    answer = {
        "request": {"method": "GET", "url": url},
        "response": {"status": 200, "headers": [], "content": {"text": json.dumps({"value": [item]})}},
    }
    assert state({"log": {"version": "1.2", "entries": [answer]}}).name == name


def _resource(path: str, properties: dict[str, Any]) -> dict[str, Any]:
    types, names = path.split("/")[::2], path.split("/")[1::2]
    kind = f"Microsoft.Compute/{'/'.join(types)}"
    return {"id": f"{_PROVIDER}/{path}", "name": names[-1], "type": kind, "properties": properties}


@pytest.mark.parametrize(
    ("resource", "name"),
    [
        (
            _resource("proximityPlacementGroups/p", {"colocationStatus": {"code": "ColocationStatus/Aligned"}}),
            "p",
        ),
        (
            _resource(
                "restorePointCollections/c/restorePoints/r", {"instanceView": {"diskRestorePoints": [], **_STATUSES}}
            ),
            "c/r",
        ),
    ],
)
def test_a_resource_of_another_kind_has_its_name(resource: dict[str, Any], name: str) -> None:
    assert state(resource).name == name


@pytest.mark.parametrize("path", sorted(CHANGED.glob("*.json")), ids=lambda path: path.stem)
def test_each_value_of_a_document_changes_its_state_like_this(path: Path) -> None:
    assert list(changes(path)) == path.with_suffix(".txt").read_text("utf-8").removesuffix("\n").split("\n")
