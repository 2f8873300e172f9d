"""The vocabulary for programs: every state, detail and number of the tables, chosen by place, kind, category, level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pytest

from instanceview import UnknownNameError, literals, vocabulary
from instanceview.tables.catalog import tables_json
from instanceview.tables.known_codes import COMPONENT, LEVELS, NUMBER, categories, places, shown_as

if TYPE_CHECKING:
    from instanceview.literals import KindName

CODES = vocabulary()


def _rows() -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Return each code as the tables spell it, with its place and its row."""
    found = []
    for place in tables_json()["statusCodes"]["places"]:
        for category, states in place["categories"].items():
            for state, row in states.items():
                parts = [] if category == "ErrorCode" else [category]
                parts += [COMPONENT] if category == "ComponentStatus" else []
                code = "/".join([*parts, state])
                below = {**row.get("details", {}), **({NUMBER: row["numbered"]} if "numbered" in row else {})}
                found.append((code, place, row))
                found += [(f"{code}/{name}", place, {"time": row.get("time"), **of}) for name, of in below.items()]
    return found


def test_the_vocabulary_is_that_of_the_tables_in_their_order() -> None:
    assert [(code.code, code.place, list(code.kinds)) for code in CODES] == [
        (code, place["element"], place["kinds"]) for code, place, _ in _rows()
    ]
    for code, (_, _, row) in zip(CODES, _rows(), strict=True):
        assert (code.about, code.captures, list(code.basis)) == (row["about"], row.get("captures", 0), row["basis"])
        assert list(code.display_texts) == row.get("displayStatus", [])
        assert list(code.spellings) == row.get("spellings", [])
        assert code.time == row.get("time")
        assert not row.get("level") or code.level == row["level"]
        assert str(code) == code.code


def test_a_detail_has_the_level_and_moment_of_its_state_unless_it_has_its_own() -> None:
    by_code = {(code.place, code.kinds, code.code): code for code in CODES}
    details = [code for code in CODES if code.detail]
    assert len(details) > 20
    for code in details:
        state = by_code[code.place, code.kinds, code.code.rpartition("/")[0]]
        assert code.level == (state.level if code.detail != NUMBER else "Warning")
        assert code.time_of == state.time_of or code.time != state.time


def test_only_a_code_with_a_time_has_a_moment() -> None:
    assert {code.time for code in CODES if code.time_of} == {"always"}
    said = {code.time_of for code in vocabulary(place="vmAgent.statuses")}
    assert said == {"the agent's last report", "the moment of the answer"}


@pytest.mark.parametrize("kind", ["vmss-vm", "vm", "vmss", None])
def test_the_choices_choose_together(kind: KindName | None) -> None:
    all_places: list[Any] = [None, *places()]
    all_categories: list[Any] = [None, *categories()]
    for place in all_places:
        for category in all_categories:
            for level in (None, *LEVELS):
                found = vocabulary(place=place, kind=kind, category=category, level=level)
                assert found == tuple(
                    code
                    for code in CODES
                    if (not place or code.place == place)
                    and (not kind or kind in code.kinds)
                    and (not category or code.category == category)
                    and (not level or code.level == level)
                )


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"place": "vmAgent"}, 'unknown place "vmAgent"; did you mean "vmAgent.statuses"? known: statuses, '),
        ({"kind": "vmms"}, 'unknown kind "vmms"; did you mean "vmss"? known: vmss-vm, vm, vmss'),
        ({"category": "powerstate"}, 'unknown category "powerstate"; did you mean "PowerState"? known: '),
        ({"level": "info"}, 'unknown level "info"; did you mean "Info"? known: Info, Warning, Error'),
    ],
)
def test_a_wrong_name_is_refused_with_the_nearest(chosen: dict[str, Any], message: str) -> None:
    with pytest.raises(UnknownNameError) as error:
        vocabulary(**chosen)
    assert str(error.value).startswith(message)


def test_a_name_that_is_not_text_is_a_type_error() -> None:
    level: Any = 3
    with pytest.raises(TypeError, match='level takes str, such as "Error"; found 3'):
        vocabulary(level=level)


def test_the_literals_are_all_names_and_no_other() -> None:
    assert get_args(literals.PlaceName) == tuple(places())
    assert get_args(literals.CategoryName) == tuple(categories())
    assert get_args(literals.LevelName) == LEVELS
    assert tables_json()["tables"]["InstanceViewStatus"]["members"]["level"]["values"] == dict.fromkeys(LEVELS, "")


def test_the_values_are_frozen() -> None:
    code: Any = CODES[0]
    with pytest.raises(AttributeError):
        code.level = "Error"
    assert len(set(CODES)) == len(CODES)


def test_several_codes_share_a_text() -> None:
    assert [code.place for code in shown_as("ready", CODES)] == [
        "vmAgent.statuses",
        "vmAgent.extensionHandlers.status",
    ]
