"""Hints for names: a misspelling has one, another word has none, be it near in letters."""

from __future__ import annotations

from instanceview.model.names import did_you_mean, nearest

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
