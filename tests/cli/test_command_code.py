"""`instanceview code`: every code of the vocabulary and of the facts is explained; hostile text is shown escaped."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest
from command_cases import invoke

from instanceview import vocabulary
from instanceview.cli.commands.codes import is_known, is_number, take_apart
from instanceview.model.text import one_line
from instanceview.tables.catalog import tables_json, versions_of
from instanceview.tables.kinds import KINDS
from instanceview.tables.known_codes import shown_as
from instanceview.tables.sources import links, meaning
from instanceview.tables.status_code import MalformedStatusCodeError
from instanceview.tables.vocabulary import BARE

if TYPE_CHECKING:
    from pathlib import Path

SIGNATURE = "c2VjcmV0"
PLACEHOLDER = "ProvisioningState/<handlerStatus>/<code>"
PLACES = tables_json()["statusCodes"]["places"]

STATES = list(dict.fromkeys(code.state for code in vocabulary() if code.category != BARE and code.state.isalpha()))


def _joined(text: str) -> str:
    return " ".join(text.split())


def _code(category: str, state: str) -> str:
    return state if category == "ErrorCode" else f"{category}/{'Part/' * (category == 'ComponentStatus')}{state}"


def _states() -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Return every code of the vocabulary with its place and its row."""
    found = []
    for place in PLACES:
        for category, states in place["categories"].items():
            for state, row in states.items():
                code = _code(category, state)
                found.append((code, place, row))
                found += [(f"{code}/{detail}", place, of) for detail, of in row.get("details", {}).items()]
                found += [(f"{code}/7", place, row["numbered"])] if "numbered" in row else []
    return found


def _block(text: str, place: dict[str, Any]) -> str:
    """Return the part of an explanation about one place, as one line."""
    start = f"  at {place['element']} ({', '.join(place['kinds'])}): "
    (block,) = [each for each in text.split("\n\n") if each.startswith(start)]
    return _joined(block)


@pytest.mark.parametrize(
    ("code", "place", "row"),
    [pytest.param(code, place, row, id=f"{place['element']}-{code}") for code, place, row in _states()],
)
def test_every_state_of_the_vocabulary_is_explained_at_its_place(
    code: str, place: dict[str, Any], row: dict[str, Any]
) -> None:
    text, exit_code = invoke("code", code)
    block = _block(text, place)
    assert exit_code == 0
    assert f"): {place['about']} meaning {row['about']}" in block
    shown = [f'"{words}"' for words in row.get("displayStatus", ())]
    if not place["element"].endswith("statusesSummary"):
        assert f"displayStatus {' or '.join(shown) or 'not known'} time" in block
    if "level" in row:
        assert f"level {row['level']} " in block
    if "time" in row:
        assert f"time {row['time']} present" in block
    assert (f": {row.get('timeOf')} " in block) is ("time" in row and "timeOf" in row)
    for basis in row["basis"]:
        assert basis in block.partition(" evidence ")[2]
    assert (f"observed in {row.get('captures', 0):,} capture" in block) is ("captures" in row)


@pytest.mark.parametrize("code", list(tables_json()["statusCodes"]["elsewhere"]))
def test_a_code_of_another_resource_is_said_to_be_one(code: str) -> None:
    text, exit_code = invoke("code", code)
    about = tables_json()["statusCodes"]["elsewhere"][code]
    assert f"elsewhere {about} No kind of document is known to have this code." in _joined(text)
    assert ": unknown" not in text
    assert exit_code == 0


@pytest.mark.parametrize("name", ["status-codes-observed.csv", "status-codes-published.csv"])
def test_every_code_of_the_facts_is_explained(shared: Path, name: str) -> None:
    rows = csv.DictReader(io.StringIO((shared / "facts" / name).read_text("utf-8")))
    codes = list(dict.fromkeys(row["code"] for row in rows))
    text, exit_code = invoke("code", "-", stdin="".join(f"{code}\n" for code in codes))
    heads = [line for line in text.splitlines() if line and not line.startswith(" ")]
    assert heads == [one_line(code) for code in codes]
    # The page has a placeholder, which is not a code; all others are known.
    assert exit_code == int("published" in name)
    assert [code for code in codes if not is_known(take_apart(code), vocabulary())] == [PLACEHOLDER] * exit_code
    assert "malformed" not in text


def test_every_observed_code_is_known_at_the_place_that_holds_it(shared: Path) -> None:
    rows = csv.DictReader(io.StringIO((shared / "facts" / "status-codes-observed.csv").read_text("utf-8")))
    unknown = []
    for row in rows:
        whose, _, element = row["element"].replace("[]", "").rpartition(") ")
        if "dedicated host" in whose:
            continue  # another resource
        kinds = "vmss)" if "summary" in whose else "vmss-vm, vm)"
        place = f"{'extensions.' * ('extension' in whose)}{element} ({kinds}"
        text, _ = invoke("code", row["code"])
        if f"\n  at {place}: " not in text:
            unknown.append((place, row["code"]))
    assert unknown == []


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("PowerState/\x1b[31mrunning", "PowerState/\\u001b[31mrunning"),
        ("a\tb/c", "a\\tb/c"),
        ("PowerState/run\u202ening", "PowerState/run\\u202ening"),
        ("PowerState/\udcff", "PowerState/\\udcff"),
        ("a/b\nc", "a/b\\nc"),
        ("::error::c", "\\u003a:error::c"),
        (f"{64 * 'a'} ::error::c", f"{64 * 'a'} ::error::c"),  # the text below is wrapped before the colons
    ],
    ids=["escape", "tab", "right-to-left", "surrogate", "newline", "command", "command-in-a-wrapped-line"],
)
def test_hostile_text_is_escaped(code: str, shown: str) -> None:
    text, _ = invoke("code", code)
    assert text.splitlines()[0] == shown
    assert not [line for line in text.splitlines() if line.lstrip().startswith("::")]
    assert all(line.isprintable() for line in text.splitlines())


@pytest.mark.parametrize("text", ["A/b/", "/a", "a//b", "a/b/c/d", " a/b", "a/b ", "a/\x07b", "日本/", "é/x\u3000"])
def test_the_caret_is_under_the_fault(text: str) -> None:
    shown, exit_code = invoke("code", text)
    first, caret, reason = shown.splitlines()[:3]
    with pytest.raises(MalformedStatusCodeError) as error:
        take_apart(text)
    wide = sum(character in "日本" for character in text[: error.value.position])
    assert caret == f"{' ' * (error.value.position + wide)}^ {error.value.reason}"
    assert first.startswith(text[: error.value.position])
    assert reason.startswith(f"malformed: {error.value.reason}; expected: Category/state[/detail] or ")
    assert exit_code == 1


def test_a_long_code_is_cut_and_the_caret_kept_under_the_fault() -> None:
    shown, _ = invoke("code", f"{'x' * 500}/{'y' * 300}//z")
    first, caret, _ = shown.splitlines()
    assert first == f"…{'y' * 59}//z"
    assert caret == f"{' ' * 61}^ empty segment"


@pytest.mark.parametrize(
    "code",
    [
        f"net user a/b {SIGNATURE}",
        f"x/?sig={SIGNATURE}",
        f"x/?sig={SIGNATURE}/",
        f"x/?sig={SIGNATURE * 9}//",
        f"?sig={SIGNATURE}",
    ],
)
def test_a_secret_is_redacted(code: str) -> None:
    text, _ = invoke("code", code)
    assert SIGNATURE not in text
    assert "[redacted]" in text


def test_undecodable_standard_input_is_shown_escaped() -> None:
    text, exit_code = invoke("code", "-", stdin=b"PowerState/\xff\r\n\r\nOSState/generalized\r\n")
    heads = [line for line in text.splitlines() if line and not line.startswith(" ")]
    assert heads == ["PowerState/\\xff", "OSState/generalized"]
    assert exit_code == 1


def test_is_number_takes_negative_ones() -> None:
    assert [is_number(text) for text in ("-1", "0", "57001", "", "-", "1a")] == [True, True, True, False, False, False]


@pytest.mark.parametrize(
    ("codes", "exit_code", "said"),
    [
        (["PowerState/running"], 0, ""),
        (["powerstate/RUNNING"], 0, ""),
        (["ProvisioningState/failed/-7"], 0, ""),
        (["ComponentStatus/Any Name/succeeded/3"], 0, ""),
        (["RoleState/RoleStateStarted"], 0, ""),
        (["StorageAccountNotFound"], 0, ""),
        (["PowerState/runing"], 1, 'did you mean "running"?'),
        (["PowerStat/running"], 1, 'did you mean "PowerState"?'),
        (["ProvisioningState/failed/AlocationFailed"], 1, 'did you mean "AllocationFailed"?'),
        (["StorageAcountNotFound"], 1, 'did you mean "StorageAccountNotFound"?'),
        (["running"], 1, 'near PowerState/running, "VM running" state running: unknown'),
        (["Hibernated"], 1, 'did you mean "HibernationState/Hibernated"?'),
        (["dealocated"], 1, 'near PowerState/deallocated, "VM deallocated" text dealocated: unknown; no code'),
        (["AllocationFailed"], 1, "near ProvisioningState/failed/AllocationFailed detail AllocationFailed: unknown"),
        (["PowerStat"], 1, 'text PowerStat: unknown; did you mean "PowerState"?'),
        (["PowerState"], 1, "try: instanceview code --category PowerState"),
        (["Stopped (Allocated)"], 0, "portal name of PowerState/stopped at statuses"),
        (["hibernated  (DEALLOCATED)"], 0, "portal name of PowerState/deallocated, HibernationState/Hibernated"),
        (["Stopped (dealocated)"], 1, 'near "Stopped (Deallocated)"'),
        (["Nothing/alike"], 1, "Nothing: unknown"),
        (["PowerState/<state>"], 1, "replace it with the real word"),
        (["PowerState/"], 1, "malformed"),
        (["PowerState/running", "PowerState/runing"], 1, 'did you mean "running"?'),
        (["PowerState/runing", "PowerState/running"], 1, 'did you mean "running"?'),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_an_unknown_code_fails_the_command(codes: list[str], exit_code: int, said: str) -> None:
    text, code = invoke("code", *codes)
    assert code == exit_code
    assert said in _joined(text)
    assert (": unknown" in text or "malformed" in text or "placeholder" in text) is bool(exit_code)
    assert invoke("code", "-", stdin="\n".join(codes))[1] == exit_code


@pytest.mark.parametrize("state", STATES)
def test_a_state_without_its_category_leads_to_the_codes_that_have_it(state: str) -> None:
    text, exit_code = invoke("code", state)
    if exit_code:
        named = [each.code for each in vocabulary() if each.state == state and not each.detail]
        assert not [code for code in named if code not in _joined(text).partition(" state ")[0]]
        assert "error code" not in text
    else:
        assert shown_as(state, vocabulary())


def test_the_help_says_what_exits_with_1() -> None:
    sentence = (
        "Exits with 1 if a code is malformed, if its category, state or detail is unknown, or if nothing is listed."
    )
    assert sentence in _joined(invoke("code", "--help")[0])


@pytest.mark.parametrize(("code", "known"), [("PowerState/running", True), ("PowerState/runing", False)])
def test_the_words_of_the_evidence_are_explained_below_known_codes(code: str, *, known: bool) -> None:
    text, _ = invoke("code", code)
    assert (meaning("observed", "codes") in text) is known
    assert (meaning("published") in text) is known
    assert (links(KINDS[0], versions_of(KINDS[0])[-1])["page"] in text) is known
