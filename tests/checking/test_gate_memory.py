"""What the gate remembers is bounded, and what it forgot is asked again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from instanceview.checking.check import check_document
from instanceview.checking.gate import ask, text_gate
from instanceview.checking.gate.ask import Asker
from instanceview.checking.scope import scope_of
from instanceview.model.document import Document, Origin


def asker() -> Asker:
    return Asker(scope_of("vm", "2024-07-01"))


def test_a_value_of_which_nothing_was_said_is_remembered_and_a_long_one_is_not() -> None:
    known, learn = asker().remembered(lambda key, _: "bad" not in key)
    assert learn("good", None)
    assert learn("x" * 10_000, None)
    assert learn(("good", "x" * 10_000), None)
    assert not learn("bad", None)
    assert known == {"good"}


def test_what_is_remembered_is_forgotten_when_there_is_too_much_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask, "_MOST", 3)
    known, learn = asker().remembered(lambda *_: True)
    assert [(learn(str(each), None), len(known)) for each in range(5)] == [
        (True, 1),
        (True, 2),
        (True, 3),
        (True, 1),
        (True, 2),
    ]


def test_a_number_is_of_what_decides_and_is_not_given_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask, "_MOST_LISTS", 2)
    known, learn = asker().whole(lambda text: text[:1] if text else None)
    assert [learn(text) for text in (b"", b"a", b"ab", b"b", b"a")] == [None, 1, 1, 3, 4]
    assert [known(text) for text in (b"b", b"a", b"ab")] == [3, 4, None]
    learn(b"c" * 10_000)
    assert known(b"c" * 10_000) is None


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
def test_a_list_that_is_like_a_remembered_one_is_judged_by_itself(change: dict[str, Any]) -> None:
    usual = extension()
    handler = {"type": "x.y", "typeHandlerVersion": "1.0"}
    for each in (usual, {**usual, **change}, usual):
        body = {"vmAgent": {"extensionHandlers": [handler]}, "extensions": [each]}
        text = json.dumps(body, separators=(",", ":")).encode()
        is_clean = text_gate("vm", "2024-07-01")(text)
        assert is_clean == (not check_document(Document(body, Origin("x"), "vm", "2024-07-01"))), each


def test_a_key_that_stands_twice_in_a_list_is_seen() -> None:
    text = b'{"extensions":[{"name":"a","name":"a"}]}'
    assert text_gate("vm", "2024-07-01")(text.replace(b',"name":"a"', b""))
    assert not text_gate("vm", "2024-07-01")(text)
    assert not text_gate("vm", "2024-07-01")(text)
