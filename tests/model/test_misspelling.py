"""Hints for names: a misspelling has one, another word has none, be it near in letters."""

from __future__ import annotations

import random
from difflib import SequenceMatcher

from instanceview.model.misspelling import likeness
from instanceview.model.names import did_you_mean, fold, nearest
from instanceview.tables.descent import elements_of
from instanceview.tables.kinds import KINDS

KNOWN: tuple[str, ...] = ("OSProvisioningTimedOut", "VMExtensionProvisioningError", "VMExtensionProvisioningTimeout")
KNOWN += ("InternalOperationError", "succeeded", "failed", "NotReady", "Unavailable", "running", "Info")
MEANT = {
    "VMExtensionProvisioningTimout": "VMExtensionProvisioningTimeout",
    "vmextensionprovisioningeror": "VMExtensionProvisioningError",
    "OSProvisoiningTimedOut": "OSProvisioningTimedOut",
    "succeded": "succeeded",
    "FAILD": "failed",
    "NotRaedy": "NotReady",
    "runing": "running",
    "Inof": "Info",
}
OTHER_WORDS = ("VMProvisioningTimedOut", "InternalExecutionError", "Available", "unsucceeded")


def test_a_misspelt_word_has_a_hint() -> None:
    """One word may have a letter or two that are wrong, missing, extra or swapped, in any case of the letters."""
    assert {name: did_you_mean(name, KNOWN) for name in MEANT} == {
        name: f'did you mean "{meant}"?' for name, meant in MEANT.items()
    }


def test_another_word_has_no_hint() -> None:
    """The letters are near, so that only the words decide."""
    assert [name for name in OTHER_WORDS if not nearest(name, KNOWN)] == []
    assert {name: did_you_mean(name, KNOWN) for name in OTHER_WORDS} == dict.fromkeys(OTHER_WORDS)


def _changed(name: str, drawn: random.Random) -> str:
    letters = list(name)
    for _ in range(drawn.randint(0, 4)):
        at = drawn.randrange(len(letters) + 1)
        letters[at : at + drawn.randint(0, 2)] = drawn.choices("aeInst09\u00e9", k=drawn.randint(0, 2))
    return "".join(letters)


def test_the_likeness_is_that_of_the_standard_library() -> None:
    """The library compares one letter at a time, which a file of a hundred thousand near names makes slow."""
    names = sorted({fold(path.rpartition(".")[2]) for path in elements_of(KINDS)} | set(map(fold, KNOWN)))
    drawn, near = random.Random(17), 0  # noqa: S311 (no secret)
    for _ in range(5_000):
        meant = drawn.choice(names)
        name = fold(_changed(drawn.choice([meant, drawn.choice(names)]), drawn)) or "a"
        ratio = SequenceMatcher(None, name, meant).ratio()
        assert likeness(name, meant, 0.75) == (ratio if ratio >= 0.75 else 0.0), (name, meant)
        near += ratio >= 0.75
    assert 1_000 < near < 4_000
