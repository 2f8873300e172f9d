"""`instanceview explain`: its texts about every rule and element are true of them now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from checkout import SAMPLES
from command_cases import invoke

from instanceview import check_path
from instanceview.cli.commands.applicable import rules_at
from instanceview.cli.commands.rule_texts import bad_report, bad_text, rule_markdown, rules_index
from instanceview.rules import RULES
from instanceview.tables.descent import below, is_element, line_of
from instanceview.tables.describe import table_row
from instanceview.tables.elements import tree
from instanceview.tables.kinds import MACHINES

if TYPE_CHECKING:
    from instanceview.model.finding import Finding
    from instanceview.rules.rule import Rule

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def _joined(text: str) -> str:
    """Return a text as one line, so that a search finds wrapped words."""
    return " ".join(text.split())


@each_rule
def test_a_rule_is_explained_with_all_it_says_of_itself(rule: Rule) -> None:
    text, code = invoke("explain", rule.name)
    assert code == 0
    assert text.startswith(f"{rule.name} ({rule.severity.value})\n")
    for words in (rule.sentence, rule.why, rule.good.text, rule.bad.text):
        assert _joined(words) in _joined(text)
    for basis in rule.basis:
        assert re.search(rf"\b{basis}: ", text)


@each_rule
def test_the_bad_example_is_shown_with_its_finding(rule: Rule) -> None:
    text, _ = invoke("explain", rule.name)
    (finding,) = bad_report(rule).findings
    assert finding.rule == rule.name
    assert f"{finding.severity.value} {rule.name}: {finding.message}\n" in text
    assert text.endswith(f"\n\n{bad_text(rule)}")


@each_rule
def test_the_command_shown_for_the_table_row_shows_it(rule: Rule) -> None:
    text, _ = invoke("explain", rule.name)
    (command,) = re.findall(r"^see       instanceview (tables .*)$", text, re.MULTILINE)
    table, code = invoke(*command.split())
    element = line_of(rule.bad.shown_as, bad_report(rule).findings[0].element)[-1].path
    assert code == 0
    assert re.search(rf"^{re.escape(element)}\b", table, re.MULTILINE)


def test_the_list_has_every_rule_with_its_severity_and_sentence_aligned() -> None:
    lines = invoke("explain")[0].splitlines()
    rows = [re.fullmatch(r"(\S+) +(error|warning|note) +(\S.*)", line) for line in lines]
    told = [row.groups() if row else None for row in rows]
    assert told == [(rule.name, rule.severity.value, rule.sentence) for rule in RULES]
    assert len({row.start(3) for row in rows if row}) == 1


def test_the_index_has_every_rule_in_the_list_and_as_a_section() -> None:
    index = rules_index()
    assert re.findall(r"^## (.*)$", index, re.MULTILINE) == [rule.name for rule in RULES]
    for rule in RULES:
        assert f"| [{rule.name}](#{rule.name}) | {rule.severity.value} | {rule.sentence} |\n" in index
        assert rule_markdown(rule) in index
        assert f"{rule.name}: {bad_report(rule).findings[0].message}\n" in rule_markdown(rule)


def _of_element(finding: Finding) -> tuple[str, str]:
    return finding.rule, line_of(finding.tables.kind, finding.element)[-1].path


def test_whatever_is_found_at_an_element_is_a_rule_listed_for_it() -> None:
    findings = [finding for rule in RULES for finding in bad_report(rule).findings]
    findings += check_path(SAMPLES).findings
    found = {_of_element(finding) for finding in findings if _of_element(finding)[1]}
    listed = {(rule.name, path) for path in {path for _, path in found} for rule in rules_at(path)}
    assert found - listed == set()


@pytest.mark.parametrize(
    ("path", "rule", "expected"),
    [
        ("platformFaultDomain", "out-of-range", True),
        ("statuses.level", "out-of-range", False),
        ("statuses.level", "value-not-allowed", True),
        ("statuses.level", "unknown-value", False),
        ("hyperVGeneration", "unknown-value", True),
        ("hyperVGeneration", "value-not-allowed", False),
        ("disks.statuses.time", "malformed-time", True),
        ("disks.statuses.code", "malformed-time", False),
        ("disks.statuses.level", "level-contradicts-code", True),
        ("disks.statuses.time", "level-contradicts-code", False),
        ("statuses.message", "placeholder", False),
        ("statuses.displayStatus", "placeholder", True),
        ("statuses", "misspelt-element", True),
        ("statuses.level", "misspelt-element", False),
        ("vmHealth", "later-element", True),
        ("vmAgent", "later-element", False),
        ("disks.encryptionSettings.keyEncryptionKey.keyUrl", "missing-element", True),
        ("disks.encryptionSettings.keyEncryptionKey.keyUrl", "null-element", False),
        ("disks.name", "missing-element", False),
    ],
)
def test_a_rule_is_listed_where_the_row_lets_it_find_something(path: str, rule: str, *, expected: bool) -> None:
    assert (rule in [each.name for each in rules_at(path)]) is expected


def test_every_rule_is_listed_at_some_element() -> None:
    paths = {element.path for kind in MACHINES for element in below(tree(kind))}
    of_documents = {rule for rule in RULES if {"written-by", "unlisted", "guessed"} & set(rule.hooks)}
    assert {rule for path in paths for rule in rules_at(path)} == set(RULES) - of_documents


@pytest.mark.parametrize("kind", MACHINES)
def test_an_element_is_shown_with_its_row_in_every_kind(kind: str) -> None:
    for element in list(below(tree(kind)))[::7]:
        text = _joined(invoke("explain", "--element", element.path)[0])
        for each in MACHINES:
            assert (_joined(f"{each}: {table_row(each, element.path)}") in text) is is_element(each, element.path)
