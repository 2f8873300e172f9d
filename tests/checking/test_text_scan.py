"""The scan of a document's text: a text that it passes has no secret, placeholder or time that a rule reports."""

from __future__ import annotations

import json
import re
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from instanceview import check as check_body
from instanceview import check_text
from instanceview.checking import check
from instanceview.checking.scope import scope_of
from instanceview.checking.text_scan import scan_of
from instanceview.checking.text_scan.expressions import Scan, is_scannable
from instanceview.checking.text_scan.scanners import in_python, in_rust
from instanceview.model.redaction import redact
from instanceview.rules import RULES
from instanceview.rules._times import PLAIN_TIME, is_date_time
from instanceview.tables.catalog import api_versions

if TYPE_CHECKING:
    from collections.abc import Callable

    Predicate = Callable[[str], bool]

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
    """Return the texts that differ from a time in one character, and those where the time is cut."""
    found = {time}
    for place in range(len(time) + 1):
        found |= {time[:place], time[:place] + time[place + 1 :]}
        for character in "0123456789-:TtZz.+ x٣/":
            found |= {time[:place] + character + time[place:], time[:place] + character + time[place + 1 :]}
    return found


@cache
def scan() -> Scan:
    found = scan_of(scope_of("vmss-vm", api_versions()[-1]))
    assert found is not None
    return found


each_scan = pytest.mark.parametrize("make", [in_python, partial(in_python, words_in_rust=True), in_rust])


@each_scan
@pytest.mark.parametrize("time", TIMES)
def test_a_time_is_passed_if_it_is_plain_and_only_then(time: str, make: Callable[[Scan], Predicate]) -> None:
    is_quiet, is_plain = make(scan()), re.compile(PLAIN_TIME.expression()).fullmatch
    for each in near(time):
        assert is_quiet(f'{{"statuses": [{{"time" : "{each}"}}]}}') == bool(is_plain(each)), each
        assert is_date_time(each) or not is_plain(each), each


@each_scan
@pytest.mark.parametrize("name", ["time", "lastModifiedTime", "maintenanceWindowStartTime"])
@pytest.mark.parametrize("between", [":", " : ", ":\r\n\t"])
def test_every_member_that_is_a_time_is_looked_at(name: str, between: str, make: Callable[[Scan], Predicate]) -> None:
    is_quiet = make(Scan((), ((("time", "lastModifiedTime", "maintenanceWindowStartTime"), PLAIN_TIME),)))
    assert is_quiet(f'{{"{name}"{between}"2024-07-01T12:00:00Z"}}')
    assert not is_quiet(f'{{"{name}"{between}"2024-07-01"}}')


@each_scan
def test_names_that_share_no_ending_are_all_looked_for(make: Callable[[Scan], Predicate]) -> None:
    is_quiet = make(Scan((), ((("at", "when", "date"), PLAIN_TIME),)))
    assert is_quiet('{"at": "2024-07-01T12:00:00Z", "when": "2024-07-01T12:00:00Z", "name": "x"}')
    assert [name for name in ("at", "when", "date", "name") if is_quiet(f'{{"{name}": "x"}}')] == ["name"]


@each_scan
@pytest.mark.parametrize("expression", ["(?i:a|b)", "(?i:xa|yb)", "(?i:za)", "(?i:a-?b)", "a|b", "b"])
def test_an_expression_alone_is_found(expression: str, make: Callable[[Scan], Predicate]) -> None:
    is_quiet = make(Scan((expression,)))
    for text in ("a", "B", "xA", "Yb", "ZA", "a-b", "AB", "b", "c", "x y z"):
        assert is_quiet(text) == (re.search(expression, text) is None), text


SECRETS = (
    "https://a.example/log?sv=1&sig=bm90LWEtc2VjcmV0",
    "Authorization: Bearer 0123456789",
    "BEARER\tabcdefghijklmnopqrstuvwxyz",
    "eyJhbGciOiJIUzI1NiJ9.e30.x",
    "EYJhbGciOiJIUzI1NiJ9.e30",
    "AccountKey=bm90LWEtc2VjcmV0",
    "-----BEGIN RSA PRIVATE KEY-----",
)


@each_scan
@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_found(secret: str, make: Callable[[Scan], Predicate]) -> None:
    assert redact(secret) != secret
    assert not make(scan())(json.dumps({"computerName": f"a {secret}"}))


@each_scan
def test_the_bad_examples_of_texts_and_times_are_found(make: Callable[[Scan], Predicate]) -> None:
    of_texts = {"placeholder", "secret-in-text", "malformed-time", "unset-time"}
    bad = {rule.name: rule.bad.text for rule in RULES if rule.name in of_texts}
    assert set(bad) == of_texts
    assert [name for name, text in bad.items() if make(scan())(text)] == []


@each_scan
def test_an_escape_of_a_line_break_is_passed_and_hides_nothing(make: Callable[[Scan], Predicate]) -> None:
    is_quiet = make(scan())
    assert is_quiet(r'{"message": "a\n\"b\" \/"}')
    assert not is_quiet(r'{"message": "a\nBearer\nabcdefghijklmnopqrstuvwxyz"}')
    assert not is_quiet(r'{"time": "2024-07-01T12:00:00\n"}')


@each_scan
@pytest.mark.parametrize(
    "text", ['{"osName": "é"}', '{"osName": "\\u003ca>"}', '{"osName": "{name}"}', '{"osName": "<a"}']
)
def test_what_is_written_otherwise_is_not_passed(text: str, make: Callable[[Scan], Predicate]) -> None:
    assert not make(scan())(text)


@pytest.mark.parametrize(
    "expression", ["^a", "a$", r"\bsig", ".", r"\s", "[^a]", '"', r"\"", "/", r"\n", r"a\\u", "(?=a)", r"\d", "a{2}"]
)
def test_an_expression_that_may_find_less_in_json_is_not_scanned_for(expression: str) -> None:
    assert not is_scannable(expression)


def test_every_expression_of_a_rule_is_scanned_for() -> None:
    assert scan().expressions
    closer = [each for _, expressions in scan().closer for each in expressions]
    assert [each for each in (*scan().expressions, *closer) if not is_scannable(each)] == []


SECRETS_IN = Path(__file__).parents[1] / "data" / "secrets"
FORMS = [
    "".join(each["text"])
    for name in ("forms", "edges")
    for each in json.loads((SECRETS_IN / f"{name}.json").read_text(encoding="utf-8"))
    if each["kind"]
]
KEYS = ("AzFu", "AzCa", "+ASt", "+ABa", "+AEh", "+ARm", "ACDb", "APIM", "AIoT")
ONLY_CLOSER = (
    "encryption_key=h0fTe3KpLqzN4B2uV8sYx1Rj6WmCgDkEaPtQ",
    "https://f.example/api/x?code=S3cr3tT0kenValueAbCdEf",
    '"key1"="Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsu"',
    r"\x70\x61\x73\x73\x77\x6f\x72\x64=hunter2",
    "pa\u00adssword=hunter2",
    "pass\u200bword=hunter2",
    "https://user:hunter2@db.example/",
    "https://user:hunter2@[::1]/",
    "https://user:hunter2@\u00e9.example/",
    *(f"k: {'aB3' * 12}{mark}xYz1=" for mark in KEYS),
)
"""Texts with a secret whose only marks are `=` and `@`."""


@each_scan
def test_a_secret_is_not_passed_in_any_form(make: Callable[[Scan], Predicate]) -> None:
    is_quiet = make(scan())
    for text in (*FORMS, *ONLY_CLOSER):
        assert redact(text) != text
        for written in (json.dumps({"message": text}), json.dumps({"message": text}, ensure_ascii=False)):
            assert not is_quiet(written), text


CHANGES = [
    *((" ", "\n"), (" ", "\t"), (" ", "  "), ("=", ": "), ("=", " "), (":", "="), (":", " "), ("_", "-"), ("-", " ")),
    *(("&", "\t"), ("?", ""), ("@", "'@'%"), ('"', "'"), ("\\u", "\\U"), ("\\x", "\\X")),
]
"""What else is between the words of a secret, or before them."""


def test_a_secret_that_is_written_otherwise_is_not_passed() -> None:
    is_quiet = in_python(scan())
    changed = (form.replace(sign, other) for form in FORMS for sign, other in CHANGES if sign in form)
    secrets = [text for text in changed if redact(text) != text]
    assert len(secrets) > len(FORMS)
    assert [text for text in secrets if is_quiet(json.dumps({"message": text}))] == []


@each_scan
def test_a_sign_alone_is_passed(make: Callable[[Scan], Predicate]) -> None:
    assert make(scan())(json.dumps({"message": 'deploymentId=4, int="1", 8171M CPU @ 2.60GHz'}))


@pytest.mark.parametrize(
    "text",
    [
        '{"computerName": "sig=Zq7Zq7", "vmAgent": {"vmAgentVersion": 1}}',
        '{"computer_name": "sig=Zq7Zq7", "vm_agent": {"vm_agent_version": 1}}',
    ],
)
def test_no_excerpt_shows_a_secret_of_the_first_documents_or_of_later_ones(text: str) -> None:
    check._first_documents.cache_clear()  # noqa: SLF001 (other tests have had the first ones)
    for _ in range(20):
        findings = check_text(text, kind="vm").findings
        assert {"secret-in-text", "wrong-type"} <= {each.rule for each in findings}
        shown = ["".join(each.excerpt or ()) for each in findings]
        assert all("Zq7" not in each for each in shown)
        assert any("[redacted]" in each for each in shown)


def test_the_value_of_a_finding_is_not_kept_where_its_member_is_named_as_a_secret() -> None:
    members = {"osName": "a", "vmAgent": {}, "adminPassword": "hunter2", "?sig=Zq7Zq7": "b"}
    findings = check_body(members, kind="vm").findings
    assert [(each.rule, each.value) for each in findings] == [
        ("undocumented-element", "[redacted]"),
        ("secret-in-text", "[redacted]"),
        ("undocumented-element", "b"),
        ("secret-in-text", "?sig=[redacted]"),
    ]


@pytest.mark.parametrize("value", [["hunter2"], {"value": {"x": "hunter2"}}, {"a": [{"b": "hunter2"}]}], ids=str)
def test_no_value_below_the_name_of_a_secret_is_kept(value: object) -> None:
    report = check_body({"osName": "a", "vmAgent": {}, "adminPassword": value}, kind="vm")
    assert "undocumented-element" in {each.rule for each in report.findings}
    assert "hunter2" not in "".join(repr(each.value) for each in report.findings)
