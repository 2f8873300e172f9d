"""The rule `display-status-contradicts-code`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule
from instanceview.tables.vocabulary import parsed, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site
    from instanceview.tables.vocabulary import State

SENTENCE = "A status has the display text of another state."
WHY = "People read the text and programs read the code; when they disagree, one of them is wrong."
GOOD = Example('{"statuses": [{"code": "PowerState/stopped", "displayStatus": "VM stopped"}]}')
BAD = Example('{"statuses": [{"code": "PowerState/stopped", "displayStatus": "VM running"}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield the text that the vocabulary has at this place for another state, and not for the state of the code."""
    status = site.value if isinstance(site.value, dict) else {}
    text, code_text = status.get("displayStatus"), status.get("code")
    code = parsed(code_text) if isinstance(code_text, str) else None
    state = state_of(site.categories, code) if code else None
    if code is None or state is None or not isinstance(text, str) or text in state.texts:
        return
    if text.lower() in state.all_texts():
        return
    for category in site.categories.values():
        for other in category.states.values():
            if text.lower() in other.all_texts():
                template = "{value} is the text of {other}, not of {code}; expected: {allowed}"
                facts = {"code": code_text, "other": f"{category.name}/{other.name}"}
                usual = _usual_texts(state, code.detail)
                yield Found((*site.path, "displayStatus"), template, text, usual, facts, basis=state.basis)
                return


def _usual_texts(state: State, detail: str | None) -> tuple[str, ...]:
    known = state.details.get((detail or "").lower())
    return (known.texts if known else ()) or state.texts or ("no text",)


RULE: Rule = Rule(
    "display-status-contradicts-code",
    Severity.WARNING,
    SENTENCE,
    WHY,
    ("observed",),
    GOOD,
    BAD,
    ("status",),
    check,
    ("code", "displayStatus"),
    follows="level-contradicts-code",
)
