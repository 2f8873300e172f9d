"""Every rule is described, and its examples show it."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING, get_args

import pytest

from instanceview import check_text, rules
from instanceview.rules import RULES
from instanceview.rules.site import Hook

if TYPE_CHECKING:
    from instanceview.model.report import Report
    from instanceview.rules.rule import Example, Rule

BASES = {"page", "service", "observed", "published"}
every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def report_of(rule: Rule, example: Example) -> Report:
    report = check_text(example.text, kind=example.kind, api_version=example.api_version, extend_select=rule.name)
    assert (report.documents, report.unreadable) == (1, ())
    return report


@every_rule
def test_the_good_example_has_no_finding(rule: Rule) -> None:
    assert [(finding.rule, finding.message) for finding in report_of(rule, rule.good).findings] == []


@every_rule
def test_the_bad_example_raises_its_own_rule_alone(rule: Rule) -> None:
    assert [(finding.rule, finding.severity) for finding in report_of(rule, rule.bad).findings] == [
        (rule.name, rule.severity)
    ]


def test_the_rules_are_the_files_of_their_folder() -> None:
    files = sorted(
        module.name
        for module in pkgutil.iter_modules(rules.__path__)
        if not module.name.startswith("_") and module.name not in {"quiet", "rule", "site"}
    )
    assert sorted(rule.name.replace("-", "_") for rule in RULES) == files


@pytest.mark.parametrize("hook", get_args(Hook))
def test_a_hook_has_the_rules_that_name_it(hook: Hook) -> None:
    assert rules.rules_for(hook) == tuple(rule for rule in RULES if hook in rule.hooks)


@every_rule
def test_a_rule_lies_in_the_file_of_its_name(rule: Rule) -> None:
    module = import_module(f"instanceview.rules.{rule.name.replace('-', '_')}")
    assert module.RULE is rule
    assert module.__doc__ == f"The rule `{rule.name}`."
    assert rule.check.__module__ == module.__name__


@every_rule
def test_a_rule_says_what_why_and_on_what_evidence(rule: Rule) -> None:
    for text in (rule.sentence, rule.why):
        assert text == text.strip()
        assert text.endswith(".")
        assert "\n" not in text
        assert text[0].isupper()
    assert rule.sentence != rule.why
    assert set(rule.basis) <= BASES
    assert rule.basis
    assert rule.hooks
