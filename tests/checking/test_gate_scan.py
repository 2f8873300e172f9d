"""The scan of a document's text: what it passes has no secret, no placeholder and no time that a rule looks at."""

from __future__ import annotations

import json

import pytest

from instanceview.checking.gate.text_scan import plain_document
from instanceview.model.text import redact
from instanceview.rules import RULES
from instanceview.rules.malformed_time import plain_time
from instanceview.tables.elements import below, tree
from instanceview.tables.kinds import KINDS

TIMES = (
    "2024-07-01T12:00:00Z",
    "2024-02-28T23:59:59.1234567+00:00",
    "2024-12-31T09:30:00+00:00",
    "2024-11-30T00:00:00.5Z",
    "2024-02-29T00:00:00Z",
    "2024-06-31T00:00:00Z",
    "1999-01-01T00:00:00Z",
    "2024-07-01T12:00:00",
    "2024-07-01T12:00:00.",
    "",
)


def near(time: str) -> set[str]:
    """Return what is written when one character of a time is left out, put in or another, or when it is cut."""
    found = {time}
    for place in range(len(time) + 1):
        found |= {time[:place], time[:place] + time[place + 1 :]}
        for character in "0123456789-:TtZz.+ x٣/":
            found |= {time[:place] + character + time[place:], time[:place] + character + time[place + 1 :]}
    return found


@pytest.mark.parametrize("time", TIMES)
def test_a_time_is_passed_if_it_is_plain_and_only_then(time: str) -> None:
    is_plain = plain_document()
    for each in near(time):
        if is_plain(f'{{"statuses": [{{"time" : "{each}"}}]}}'):
            assert plain_time()(each), each
        elif plain_time()(each):
            assert each.endswith("-00:00"), each


@pytest.mark.parametrize("name", ["time", "lastModifiedTime", "maintenanceWindowStartTime"])
@pytest.mark.parametrize("between", [":", " : ", ":\r\n\t"])
def test_every_member_that_is_a_time_is_looked_at(name: str, between: str) -> None:
    assert plain_document()(f'{{"{name}"{between}"2024-07-01T12:00:00Z"}}')
    assert not plain_document()(f'{{"{name}"{between}"2024-07-01"}}')


SECRETS = (
    "https://a.example/log?sv=1&sig=bm90LWEtc2VjcmV0",
    "Authorization: Bearer 0123456789",
    "BEARER\tabcdefghijklmnopqrstuvwxyz",
    "eyJhbGciOiJIUzI1NiJ9.e30.x",
    "EYJhbGciOiJIUzI1NiJ9",
    "AccountKey=bm90LWEtc2VjcmV0",
    "-----BEGIN RSA PRIVATE KEY-----",
)


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_in_doubt(secret: str) -> None:
    assert redact(secret) != secret
    assert not plain_document()(json.dumps({"computerName": f"a {secret}"}))


def test_the_bad_examples_of_texts_and_times_are_in_doubt() -> None:
    told = {"placeholder", "secret-in-text", "malformed-time", "unset-time"}
    bad = {rule.name: rule.bad.text for rule in RULES if rule.name in told}
    assert set(bad) == told
    assert [name for name, text in bad.items() if plain_document()(text)] == []


def test_a_line_break_in_a_text_is_no_doubt_and_hides_none() -> None:
    assert plain_document()(r'{"message": "a\n\"b\" \/"}')
    assert not plain_document()(r'{"message": "a\nBearer\nabcdefghijklmnopqrstuvwxyz"}')
    assert not plain_document()(r'{"time": "2024-07-01T12:00:00\n"}')


@pytest.mark.parametrize(
    "text", ['{"osName": "é"}', '{"osName": "\\u003ca>"}', '{"osName": "{name}"}', '{"osName": "<a"}']
)
def test_what_is_written_otherwise_is_in_doubt(text: str) -> None:
    assert not plain_document()(text)


def test_every_member_that_holds_a_time_has_a_name_that_is_looked_for() -> None:
    found = [each.path for kind in KINDS for each in below(tree(kind)) if each.member.format == "date-time"]
    assert len(found) > 30
    assert [path for path in found if not path.endswith("ime")] == []
