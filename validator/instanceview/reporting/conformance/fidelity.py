"""The facts that the service keeps in every capture, and that statuses of this corpus break."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.reporting.conformance.values import BrokenFact, Fidelity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.reporting.conformance.values import CodeCoverage


def fidelity_of(codes: Iterable[CodeCoverage]) -> Fidelity:
    """Return the facts about codes that were captured and seen: their number, and the broken ones, most often first."""
    facts = [fact for code in codes if code.times and code.captures for fact in _facts(code)]
    broken = (fact for fact in facts if fact.times < fact.of)
    return Fidelity(len(facts), tuple(sorted(broken, key=lambda each: (each.times - each.of, each.element, each.code))))


def _facts(code: CodeCoverage) -> Iterator[BrokenFact]:
    """Yield each fact about a code with the number of statuses that keep it."""
    expected = code.expected
    if expected.time in {"always", "never"}:
        kept = code.timed if expected.time == "always" else code.times - code.timed
        yield _fact(code, f"a time is {expected.time} given", kept)
    if expected.level and code.levels is not None:
        yield _fact(code, f"the level is {expected.level}", code.levels.get(expected.level, 0))
    if expected.display_texts and code.display_texts is not None:
        known = {text.lower() for text in expected.display_texts}
        kept = sum(number for text, number in code.display_texts.items() if text.lower() in known)
        yield _fact(code, f"the display text is {' or '.join(expected.display_texts)}", kept)


def _fact(code: CodeCoverage, fact: str, kept: int) -> BrokenFact:
    return BrokenFact(code.element, code.kinds, code.code, fact, code.captures, kept, code.times)
