"""The cache is bounded, and values that a rule can distinguish have different keys."""

from __future__ import annotations

import json
import linecache
import traceback
from typing import TYPE_CHECKING, Any, get_args

import pytest
from states import CHANGED, kind_of

from instanceview.checking.check import check_document
from instanceview.checking.gate import asking, text_gate
from instanceview.checking.gate.codegen import compile_function, new_source
from instanceview.checking.memo import Memo, Shortcut, predicate, shortcut
from instanceview.checking.scope import scope_of
from instanceview.checking.skips import Skips, key_of
from instanceview.checking.text_scan import quiet_hooks
from instanceview.checking.walk import Visit, every_visit, faults_at, walk_document
from instanceview.model.document import Document, Origin
from instanceview.places.source import Source
from instanceview.rules.quiet import AtLeast, Distinct, Fewer, Quiet, Without
from instanceview.rules.site import Hook
from instanceview.tables.elements import tree

if TYPE_CHECKING:
    from pathlib import Path


def test_a_key_is_known_once_it_was_added_and_a_long_one_is_not() -> None:
    memo = Memo(longest=1000)
    for key in ("good", "x" * 10_000, ("good", "x" * 10_000)):
        memo.add(key)
    assert list(memo.known) == ["good"]


def test_a_full_cache_is_emptied() -> None:
    memo = Memo(most=3)
    sizes = []
    for key in range(5):
        memo.add(key)
        sizes.append(len(memo.known))
    assert sizes == [1, 2, 3, 1, 2]


def test_a_key_has_as_many_characters_as_its_texts() -> None:
    memo = Memo(longest=3)
    for key in ("abc", "abcd", b"abc", b"abcd", ("a", ("b", "c")), ("ab", "cd"), (1, 2, 3), (1, 2, 3, 4)):
        memo.add(key)
    assert list(memo.known) == ["abc", b"abc", ("a", ("b", "c")), (1, 2, 3)]


def test_a_list_with_a_value_that_no_cache_can_hold_is_visited() -> None:
    body = {"disks": [{"name": "a"}, {"name": "a"}, {"name": {}}]}
    found = {finding.rule for finding in check_document(Document(body, Origin("a"), kind="vm"))}
    assert "duplicate-name" in found


DISKS = tree("vm").children["disks"]
CONDITIONS: tuple[tuple[Quiet, list[object], list[object]], ...] = (
    (Without(("<", "[{]")), ["", "a>b"], ["a<b", "{"]),
    (AtLeast(3), [3, 3.5, 4], [2, 2.9, "3", None]),
    (Fewer(2), [[], [1]], [[1, 2], "a", None, {}]),
    (Distinct(("other", "name")), [[], [{"name": "a"}, {"name": "b"}]], [[{"name": "a"}, {"name": "A"}], [{}], [5]]),
    (Distinct(("other",)), [[]], [[{"other": "a"}]]),
    (lambda value: value == 7, [7], [8]),
)


@pytest.mark.parametrize(("condition", "quiet", "others"), CONDITIONS, ids=range(len(CONDITIONS)))
def test_a_condition_is_a_predicate_on_values(condition: Quiet, quiet: list[object], others: list[object]) -> None:
    holds = predicate(condition, DISKS)
    assert [bool(holds(value)) for value in [*quiet, *others]] == [True] * len(quiet) + [False] * len(others)


def test_lists_with_one_key_have_one_number_and_a_number_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_MOST_LISTS", 2)
    known, learn = asking.list_cache(lambda text: text[:1] if text else None)
    assert [learn(text) for text in (b"", b"a", b"ab", b"b", b"a")] == [None, 1, 1, 2, 1]
    assert [learn(text) for text in (b"c", b"a")] == [3, 4]
    learn(b"c" * 10_000)
    assert known(b"c" * 10_000) is None


@pytest.mark.parametrize("other", [1, True, {}, [None], [{"type": 1}], "text", None], ids=str)
def test_a_document_is_skipped_only_where_its_deciding_members_are_texts(other: object) -> None:
    skips = Skips("document", tree("vm"))
    skips.learn({"extensions": []})
    skips.learn({"extensions": other})
    assert skips.allow({"extensions": []})
    assert not skips.allow({"extensions": other})


@pytest.mark.parametrize(
    "value", [{"code": "a"}, {"code": "a", "level": None}, {"code": 1}, {"code": True}, {}, {"cod": "a"}]
)
def test_statuses_that_a_rule_can_tell_apart_have_different_keys(value: dict[str, object]) -> None:
    element = tree("vm").children["statuses"]
    key = key_of(element, ("code", "*", "level"), of_item=True)
    known = key({"code": "a", "level": "Info"})
    assert key(value) != known
    assert key({**value, "level": "Info"}) != known or value == {"code": "a"} or value.keys() == {"code", "level"}


def test_of_a_flag_it_counts_if_there_is_one_and_if_it_is_empty() -> None:
    key = key_of(tree("vm"), ["osName", "osVersion?"])
    keys = [key({"osName": "a", **members}) for members in ({}, {"osVersion": ""}, {"osVersion": "1"})]
    assert keys[1:] == [("a", ""), ("a", "set")]
    assert keys[0] not in keys[1:]
    assert key({"osName": "a", "osVersion": "2"}) == keys[2]
    with pytest.raises(TypeError):
        key({"osVersion": 1})


def extension() -> dict[str, Any]:
    status = {"code": "ProvisioningState/succeeded", "level": "Info", "displayStatus": "Provisioning succeeded"}
    return {"name": "a", "type": "x.y", "typeHandlerVersion": "1.0", "statuses": [status]}


@pytest.mark.parametrize(
    "change",
    [
        {"type": ""},
        {"type": None},
        {"name": "b"},
        {"typeHandlerVersion": "2.0"},
        {"statuses": [{"code": "ProvisioningState/succeeded", "level": "Error"}]},
        {"statuses": [{"code": "ProvisioningState/succeeded", "message": "Bearer 0123456789"}]},
        {"statuses": [{"code": "ProvisioningState/succeeded", "time": "yesterday"}]},
    ],
    ids=str,
)
def test_a_list_that_is_like_a_known_one_is_checked_by_itself(change: dict[str, Any]) -> None:
    usual = extension()
    handler = {"type": "x.y", "typeHandlerVersion": "1.0"}
    for each in (usual, {**usual, **change}, usual):
        body = {"vmAgent": {"extensionHandlers": [handler]}, "extensions": [each]}
        text = json.dumps(body, separators=(",", ":")).encode()
        kind = text_gate("vm", "2024-07-01")(text)
        assert (kind is not None) == (not check_document(Document(body, Origin("x"), "vm", "2024-07-01"))), each


def test_a_repeated_key_in_a_list_is_seen() -> None:
    text = b'{"extensions":[{"name":"a","name":"a"}]}'
    assert text_gate("vm", "2024-07-01")(text.replace(b',"name":"a"', b""))
    assert not text_gate("vm", "2024-07-01")(text)
    assert not text_gate("vm", "2024-07-01")(text)


def summaries(machines: int, extension: int) -> bytes:
    code = "ProvisioningState/succeeded"
    body = {
        "virtualMachine": {"statusesSummary": [{"code": code, "count": machines}]},
        "extensions": [{"name": "configure", "statusesSummary": [{"code": code, "count": extension}]}],
    }
    return json.dumps(body).encode()


def test_counts_that_differ_are_seen_after_thousands_that_agree() -> None:
    is_clean = text_gate("vmss", "2022-08-01")
    assert all(is_clean(summaries(count, count)) for count in range(1000))
    assert not any(is_clean(summaries(count, count + 1)) for count in range(1000))


def test_a_traceback_shows_the_lines_of_generated_code() -> None:
    check = compile_function(new_source("2024-07-01"), "a test", "v0", ["k = v0.statuses", "return k"])
    with pytest.raises(AttributeError) as raised:
        check(None)
    shown = "".join(traceback.format_exception(raised.value))
    assert "<instanceview: a test" in shown
    assert "k = v0.statuses" in shown
    assert [name for name in linecache.cache if "vm at 2024-07-01" in name]


def test_a_member_of_another_kind_is_not_skipped_for_a_document_without_it() -> None:
    agent = {"vmAgentVersion": "2.11.1.4", "statuses": [{"code": "ProvisioningState/Unavailable", "level": "Warning"}]}
    bodies: list[object] = [{"statuses": []}] * 20 + [{"vmAgent": agent, "statuses": []}]
    texts = [json.dumps(body) for body in bodies]
    found = [
        check_document(
            Document(body, Origin("x"), "vmss", "2016-04-30-preview", source=Source(text), data=text.encode())
        )
        for body, text in zip(bodies, texts, strict=True)
    ]
    assert found[:20] == [()] * 20
    assert [each.rule for each in found[20]] == ["undocumented-element", "agent-unavailable-version"]


def test_hooks_with_a_rule_that_declares_nothing_are_open_and_no_others() -> None:
    known = {"time", "code", "open", "text", "number", "status", "statuses", "named", "document"}
    assert {hook for hook in get_args(Hook) if not shortcut(hook).is_open} == known


@pytest.mark.parametrize("quiet", [None, ((Distinct(("code",)),),)], ids=["cached", "quiet"])
def test_what_is_known_is_skipped_if_each_rule_that_reads_nothing_allows_it(
    monkeypatch: pytest.MonkeyPatch, quiet: tuple[tuple[Distinct, ...], ...] | None
) -> None:
    declared = Shortcut(is_open=False, needed=((Fewer(2),),), quiet=quiet, reads=("code",))
    monkeypatch.setattr("instanceview.checking.skips.shortcut", lambda _: declared)
    at = Skips("statuses", tree("vm").children["statuses"])
    one, several = [{"code": "a"}], [{"code": "a"}, {"code": "b"}]
    assert (at.allow(one), at.allow(several)) == (quiet is not None, False)
    at.learn(one)
    at.learn(several)
    assert (at.allow(one), at.allow(several)) == (True, False)
    assert not at.allow([1])
    assert not at.allow(5)


# A list with a number or null where a rule reads is visited each time, as are those of the others.
OF_TEXTS = [path for path in sorted(CHANGED.glob("*.json")) if path.stem not in {"scale-set", "vm-extension"}]


@pytest.mark.parametrize("path", OF_TEXTS, ids=lambda path: path.stem)
def test_what_no_rule_reports_is_not_visited_again(path: Path) -> None:
    document = json.loads(path.read_text("utf-8"))
    scope = scope_of(kind_of(path, document), "2024-07-01")
    visits: list[tuple[Hook, bool]] = []

    def take(visit: Visit) -> None:
        visits.append((visit.site.hook, bool(list(faults_at(visit)))))

    quiet = quiet_hooks(json.dumps(document), scope.kind, scope.api_version)
    walk_document(scope, document, take, quiet)
    visits.clear()
    walk_document(scope, document, take, quiet)
    assert [hook for hook, is_reported in visits if not is_reported] == []
    walk_document(scope, document, take, ())
    assert [hook for hook, is_reported in visits if not is_reported] == ["document"]


def test_what_the_schema_refuses_is_visited_only_as_a_number_a_text_or_null_of_a_member() -> None:
    status = {"code": None, "level": None, "time": 5}
    body = {
        "statuses": [None, 1, True, "x", status],
        "vmAgent": None,
        "disks": {"name": "a"},
        "computerName": ["a"],
        "osName": {"a": "b"},
        "platformFaultDomain": True,
        "platformUpdateDomain": 1.5,
        "other": "a",
    }
    visits = [(visit.site.hook, *visit.site.path) for visit in every_visit(scope_of("vmss-vm", "2024-07-01"), body)]
    assert visits == [
        ("statuses", "statuses"),
        ("number", "statuses", 1),
        ("text", "statuses", 3),
        ("status", "statuses", 4),
        ("null", "statuses", 4, "level"),
        ("number", "statuses", 4, "time"),
        ("null", "vmAgent"),
        ("number", "platformUpdateDomain"),
        ("document",),
    ]
