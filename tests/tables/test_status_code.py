"""Status codes are parsed exactly, and the parser refuses exactly what the schemas refuse."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from instanceview.checking.engines import engine
from instanceview.tables.catalog import tables_json
from instanceview.tables.status_code import MalformedStatusCodeError, StatusCode

API_VERSION = "2024-07-01"

# Category, state, detail, component.
CODES = {
    "PowerState/running": StatusCode("PowerState", "running"),
    "ProvisioningState/failed/-1": StatusCode("ProvisioningState", "failed", "-1"),
    "ProvisioningState/creating/osProvisioningInProgress": StatusCode(
        "ProvisioningState", "creating", "osProvisioningInProgress"
    ),
    "ComponentStatus/StdOut/succeeded": StatusCode("ComponentStatus", "succeeded", None, "StdOut"),
    "ComponentStatus/SQL Server IaaS Agent/failed/1": StatusCode(
        "ComponentStatus", "failed", "1", "SQL Server IaaS Agent"
    ),
    "componentSTATUS/It's (a) name./succeeded": StatusCode("componentSTATUS", "succeeded", None, "It's (a) name."),
    "ComponentStatuses/a/b": StatusCode("ComponentStatuses", "a", "b"),
    "Any words at all/a b/c d": StatusCode("Any words at all", "a b", "c d"),
    "a / b": StatusCode("a ", " b"),
    "a\u00a0b/c\u3000d": StatusCode("a\u00a0b", "c\u3000d"),
    "\u00c7a/va/\U0001f600": StatusCode("\u00c7a", "va", "\U0001f600"),
    "\u200ba/b\u180e": StatusCode("\u200ba", "b\u180e"),  # invisible, and no white space
}
BARE_CODES = {
    "StorageAccountNotFound": StatusCode("", "StorageAccountNotFound"),
    "not found": StatusCode("", "not found"),
    "ComponentStatus": StatusCode("", "ComponentStatus"),
    "ProvisioningState/failed": StatusCode("ProvisioningState", "failed"),
    "ComponentStatus/StdOut/failed/1": StatusCode("ComponentStatus", "failed", "1", "StdOut"),
}
SPACES = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\ufeff"
CONTROLS = "\x00\t\n\x0b\x0c\r\x1b\x1c\x1f\x7f\x80\x85\x9f\u2028\u2029"
MALFORMED = {
    "": (0, "empty code"),
    "/": (0, "empty segment"),
    "/running": (0, "empty segment"),
    "PowerState/": (11, "empty segment"),
    "PowerState//running": (11, "empty segment"),
    "PowerState/running/": (19, "empty segment"),
    "ComponentStatus//failed": (16, "empty segment"),
    "ComponentStatus/StdOut/": (23, "empty segment"),
    "PowerState": (10, "state missing"),
    "ComponentStatus": (15, "state missing"),
    "componentstatus/StdOut": (22, "component or state missing"),
    "a/b/c/d": (5, "more than 3 segments"),
    "ComponentStatus/a/b/c/d": (21, "more than 4 segments"),
    **{f"{space}PowerState/running": (0, "leading white space") for space in SPACES},
    **{f"PowerState/running{space}": (18, "trailing white space") for space in SPACES},
    **{f"PowerState/{control}running": (11, "control character") for control in CONTROLS},
    "PowerState/running\n": (18, "control character"),
    "\nPowerState/running": (0, "control character"),
    "PowerState\r\n": (10, "control character"),
}
MALFORMED_BARE = {
    "": (0, "empty code"),
    "a/": (2, "empty segment"),
    " a": (0, "leading white space"),
    "a\n": (1, "control character"),
    "ComponentStatus/StdOut": (22, "component or state missing"),
    "a/b/c/d": (5, "more than 3 segments"),
}


@pytest.mark.parametrize(
    ("text", "bare", "expected"),
    [
        *((text, False, parts) for text, parts in CODES.items()),
        *((text, True, parts) for text, parts in {**CODES, **BARE_CODES}.items()),
    ],
)
def test_a_code_has_exactly_these_parts_and_gives_its_text_back(text: str, *, bare: bool, expected: StatusCode) -> None:
    assert StatusCode.parse(text, bare=bare) == expected
    assert str(expected) == text


@pytest.mark.parametrize(
    ("text", "bare", "position", "reason"),
    [
        *((text, False, *fault) for text, fault in MALFORMED.items()),
        *((text, True, *fault) for text, fault in MALFORMED_BARE.items()),
    ],
)
def test_a_malformed_code_is_refused_with_place_and_reason(
    text: str, *, bare: bool, position: int, reason: str
) -> None:
    with pytest.raises(MalformedStatusCodeError) as caught:
        StatusCode.parse(text, bare=bare)
    assert (caught.value.text, caught.value.position, caught.value.reason) == (text, position, reason)
    assert str(caught.value) == f"{reason} at offset {position}"
    assert isinstance(caught.value, ValueError)


# Words that the grammar knows and words that only look like them (a long s, a Greek letter), and every sort of
# character that the patterns name, with neighbours that they must not.
WORDS = ("ComponentStatus", "COMPONENTSTATUS", "component\u017ftatus", "P\u03bfwerState", "PowerState", "running", "-1")
PIECES = st.sampled_from(
    [*WORDS, *"//////", *SPACES, *CONTROLS, *"\x20\x7e\xa0\xa1\u1fff\u200b\u180e\u2027\u202a\ud800"]
)
TEXTS = st.lists(PIECES | st.text(max_size=2), max_size=9).map("".join)


def accepts(text: str, *, bare: bool) -> bool:
    try:
        StatusCode.parse(text, bare=bare)
    except MalformedStatusCodeError:
        return False
    return True


def fits_patterns(text: str, form: str) -> bool:
    patterns = tables_json()["statusCodes"]["patterns"][form]
    return bool(re.search(patterns["pattern"], text)) and not re.search(patterns["not"], text)


# 1,000 texts, since a rare pair of pieces (a component, three slashes, a control character) must meet.
@settings(max_examples=1000, deadline=None, database=None)
@given(TEXTS)
@example("ComponentStatus")
@example("ComponentStatus/a\n")
@example("component\u017ftatus/a/b/c")
@example("\ud800/\udc00")
def test_parser_patterns_and_both_engines_refuse_the_same_codes(text: str) -> None:
    for bare, form, body in (
        (False, "status-code", {"statuses": [{"code": text}]}),
        (True, "bare-code", {"bootDiagnostics": {"status": {"code": text}}}),
    ):
        accepted = accepts(text, bare=bare)
        assert fits_patterns(text, form) == accepted
        for name in ("compiled", "reference"):
            violations = list(engine(name, "vm", API_VERSION)(body))
            assert (not violations) == accepted, (name, violations)


@settings(max_examples=300, deadline=None, database=None)
@given(TEXTS, st.booleans())
def test_every_code_that_is_accepted_gives_its_text_back(text: str, bare: bool) -> None:  # noqa: FBT001 (drawn)
    if accepts(text, bare=bare):
        assert str(StatusCode.parse(text, bare=bare)) == text
