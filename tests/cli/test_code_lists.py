"""`instanceview code` lists the vocabulary in every format, and finds codes by their texts and what is near."""

from __future__ import annotations

import csv
import io
import itertools
import json
from typing import TYPE_CHECKING, Any

import pytest
from command_cases import invoke
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from instanceview import vocabulary
from instanceview.cli.commands.code_lookup import matching, near
from instanceview.cli.named_values import CATEGORY, KIND, LEVEL, PLACE
from instanceview.tables.catalog import schemas_folder
from instanceview.tables.kinds import MACHINES
from instanceview.tables.known_codes import NUMBER, KnownCode

if TYPE_CHECKING:
    from collections.abc import Callable

VALIDATOR = Draft7Validator(json.loads((schemas_folder() / "vocabulary.json").read_text("utf-8")))
CODES = vocabulary()
TEXTS = list(dict.fromkeys(text for code in CODES for text in code.display_texts))
EXPLAINED = [code for code in CODES if code.detail != NUMBER]
CHOICES = {
    name: [None, *kind.names(None)]
    for name, kind in {"place": PLACE, "kind": KIND, "category": CATEGORY, "level": LEVEL}.items()
}
ALL: list[dict[str, Any]] = [
    dict(zip(CHOICES, values, strict=True))
    for values in itertools.product(*CHOICES.values())
    if sum(value is not None for value in values) <= 2
]


def _listed(chosen: dict[str, Any], form: str) -> tuple[str, int]:
    options = [f"--{name}={value}" for name, value in chosen.items() if value is not None]
    return invoke("code", *options, "--format", form)


@pytest.mark.parametrize("form", ["text", "json", "csv", "markdown"])
def test_each_format_lists_the_codes_that_the_options_choose(form: str) -> None:
    for chosen in ALL:
        expected = vocabulary(**chosen)
        output, exit_code = _listed(chosen, form)
        assert _codes(output, form) == [str(code) for code in expected], chosen
        assert exit_code == (0 if expected else 1)


BOTH = ("disks.statuses", "vmHealth.status")
SEVERAL: list[tuple[tuple[str, ...], Callable[[KnownCode], bool]]] = [
    (("--place=disks.statuses", "--place=vmHealth.status"), lambda code: code.place in BOTH),
    (("--place=vmHealth.status, disks.statuses",), lambda code: code.place in BOTH),
    (("--place=extensions",), lambda code: code.place.startswith("extensions.")),
    (("--place=VMAgent", "--level=Info"), lambda code: code.place.startswith("vmAgent.") and code.level == "Info"),
    (("--place=statuses",), lambda code: code.place == "statuses"),
    (("--kind=vm,vmss",), lambda code: not {"vm", "vmss"}.isdisjoint(code.kinds)),
    (("--category=OSState", "--category=HealthState"), lambda code: code.category in {"OSState", "HealthState"}),
    (("--level=Error,Warning",), lambda code: code.level in {"Error", "Warning"}),
]


@pytest.mark.parametrize(("options", "is_chosen"), SEVERAL)
def test_several_names_of_an_option_are_all_chosen(
    options: tuple[str, ...], is_chosen: Callable[[KnownCode], bool]
) -> None:
    output, _ = invoke("code", *options, "--format", "json")
    expected = [str(code) for code in CODES if is_chosen(code)]
    assert (_codes(output, "json"), bool(expected)) == (expected, True)


def _codes(output: str, form: str) -> list[str]:
    """Return the codes that a list has, in its order."""
    if form == "json":
        content = json.loads(output)
        VALIDATOR.validate(content)
        return [row["code"] for row in content["codes"]]
    if form == "csv":
        return [row["code"] for row in csv.DictReader(io.StringIO(output))]
    if form == "markdown":
        return [line.split("`")[1] for line in output.splitlines()[2:]]
    blocks = [block for block in output.split("\n\n") if block.startswith("  at ")]
    return [line.strip().split(" · ")[0].rstrip(" ·") for block in blocks for line in _rows(block)]


def _rows(block: str) -> list[str]:
    """Return the lines of a block that begin a code; those of the place and of meanings are indented deeper."""
    return [line for line in block.splitlines()[1:] if line.startswith("  ") and line[2] != " "]


def test_json_and_csv_have_every_member_of_every_code() -> None:
    in_json = json.loads(_listed({}, "json")[0])["codes"]
    in_csv = list(csv.DictReader(io.StringIO(_listed({}, "csv")[0])))
    for code, row, cells in zip(CODES, in_json, in_csv, strict=True):
        values = {_camel(name): value for name, value in code._asdict().items()}
        assert row == {name: list(each) if isinstance(each, tuple) else each for name, each in values.items() if each}
        assert cells == {name: _cell(value) for name, value in values.items()}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _cell(value: object) -> str:
    return "; ".join(value) if isinstance(value, tuple) else str(value or "")


@pytest.mark.parametrize("code", EXPLAINED, ids=lambda code: f"{code.place}-{code.code}")
def test_a_listed_code_is_explained_and_found(code: KnownCode) -> None:
    assert invoke("code", code.code)[1] == 0
    assert code in matching(code.code.swapcase(), CODES)
    assert {str(each) for each in matching(code.code, CODES)} == {code.code}


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_finds_the_codes_that_are_shown_as_it(text: str) -> None:
    output, exit_code = invoke("code", text.upper())
    expected = [code for code in CODES if text.lower() in {each.lower() for each in code.display_texts}]
    assert exit_code == 0
    assert output.splitlines()[0] == text.upper()
    assert _codes(output, "text") == [str(code) for code in expected]


@given(data=st.data(), name=st.sampled_from([*TEXTS, *{code.code for code in EXPLAINED if "<" not in code.code}]))
@settings(max_examples=150, deadline=None)
def test_a_name_with_a_letter_left_out_is_near(data: st.DataObject, name: str) -> None:
    # Short words such as Ready have too few letters to be recognised without one.
    at = data.draw(st.integers(0, len(name) - 1))
    typed = name[:at] + name[at + 1 :]
    found = near(typed)
    assert len(name) < len("Updating") or name in found or f'"{name}"' in found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("ProvisioningState/failed/-1", ["extensions.statuses", "statuses"]),
        ("ProvisioningState/NotReady/1009", ["vmAgent.extensionHandlers.status"]),
        ("ProvisioningState/failed/AllocationFailed", ["statuses"]),
        ("ProvisioningState/failed/NoSuchReason", []),
        ("ComponentStatus/StdErr/failed/7", ["extensions.substatuses"]),
        ("StorageAccountNotFound", ["bootDiagnostics.status"]),
        ("failed", []),
        ("PowerState/", []),
    ],
)
def test_a_code_with_a_number_is_found_where_details_have_no_names(code: str, found: list[str]) -> None:
    places = [each.place for each in matching(code, CODES) if not set(MACHINES).isdisjoint(each.kinds)]
    assert places == found


def test_what_is_not_in_the_list_is_named_on_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    from instanceview.cli.main import cli

    with pytest.raises(SystemExit, match="1"):
        cli(["code", "VM runing", "OSState/generalized", "HealthState/degraded", "--format", "csv"])
    out, err = capfd.readouterr()
    assert [row["code"] for row in csv.DictReader(io.StringIO(out))] == ["OSState/generalized"]
    assert err.splitlines() == [
        'unknown code or text "VM runing"; near: "VM running", PowerState/running',
        '"HealthState/degraded" belongs to another resource: a standby pool that is not fully healthy.',
    ]


@pytest.mark.parametrize("text", ["x" * 5_000_000, "a/" * 500_000, "\x1b[31mVM running", "a b?sig=c2VjcmV0"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_long_and_hostile_texts_are_answered_on_short_safe_lines(text: str, form: str) -> None:
    output, exit_code = invoke("code", text, "--format", form)
    assert exit_code == 1
    assert all(line.isprintable() for line in output.splitlines())
    assert "c2VjcmV0" not in output
    assert len(output) < 20_000 or len(text) > 20_000
