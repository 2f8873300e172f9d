"""The facts that the service keeps in every capture, and that statuses of this corpus break."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.reporting.conformance.deviating_values import BrokenFact, Fidelity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.document import Origin
    from instanceview.reporting.conformance.covered_values import CodeCoverage

_OTHER = "another or none"


def fidelity_of(codes: Iterable[CodeCoverage]) -> Fidelity:
    """Return the number of facts about codes that were captured and seen, and those most often broken first."""
    seen = [(code, fact) for code in codes if code.times and code.captures for fact in _facts(code)]
    broken = [_broken(code, fact, code.breaking[fact.about]) for code, fact in seen if fact.about in code.breaking]
    return Fidelity(len(seen), tuple(sorted(broken, key=lambda each: (each.times - each.of, each.element, each.code))))


class _Fact(NamedTuple):
    """A fact about a code: its member, its words, the words for what breaks it, and how many statuses keep it."""

    about: str
    words: str
    breach: str
    kept: int


def _facts(code: CodeCoverage) -> Iterator[_Fact]:
    """Yield each fact about a code with the number of statuses that keep it."""
    expected = code.expected
    if expected.time in {"always", "never"}:
        kept = code.timed if expected.time == "always" else code.times - code.timed
        yield _Fact("time", f"a time is {expected.time} given", "none" if expected.time == "always" else "one", kept)
    if expected.level and code.levels is not None:
        kept = code.levels.get(expected.level, 0)
        yield _Fact("level", f"the level is {expected.level}", _OTHER, kept)
    if expected.display_texts and code.display_texts is not None:
        known = {text.lower() for text in expected.display_texts}
        kept = sum(number for text, number in code.display_texts.items() if text.lower() in known)
        yield _Fact("displayStatus", f"the display text is {' or '.join(expected.display_texts)}", _OTHER, kept)


def captured_text(number: int) -> str:
    """Return in words how often a code was captured; one capture may have it several times.

    >>> captured_text(1), captured_text(4176)
    ('captured once', 'captured 4,176 times')
    """
    return "captured once" if number == 1 else f"captured {number:,} times"


def _broken(code: CodeCoverage, fact: _Fact, first: Origin) -> BrokenFact:
    number = code.times - fact.kept
    here = f"{number:,} of {code.times:,} here {'has' if number == 1 else 'have'} {fact.breach}"
    sentence = f"{fact.words}, {captured_text(code.captures)}; {here}"
    return BrokenFact(
        code.element, code.kinds, code.code, fact.words, code.captures, fact.kept, code.times, sentence, first
    )
