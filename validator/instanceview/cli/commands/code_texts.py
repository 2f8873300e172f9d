"""The parts of a status code in words: their meaning, the places that know the code, and the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.cli.commands.code_lookup import LEFT_OUT, near
from instanceview.cli.commands.codes import (
    category_names,
    elsewhere,
    evidence_words,
    is_known,
    is_number,
    known_at,
    states_of,
)
from instanceview.cli.commands.source_texts import source_lines
from instanceview.cli.paragraphs import labelled, wrapped
from instanceview.model.names import did_you_mean
from instanceview.model.text import join_words, one_line
from instanceview.tables.catalog import tables_json, versions_of
from instanceview.tables.describe import captures_text
from instanceview.tables.kinds import KINDS
from instanceview.tables.known_codes import vocabulary
from instanceview.tables.vocabulary import BARE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from instanceview.cli.commands.codes import CodePlace
    from instanceview.tables.known_codes import KnownCode
    from instanceview.tables.status_code import StatusCode
    from instanceview.tables.vocabulary import State


def evidence_text() -> str:
    """Return the meaning of the words for evidence, with the address of the documentation page."""
    kind = KINDS[0]
    lines = source_lines(("page", "observed", "published"), [(kind, versions_of(kind)[-1])], "codes")
    return "".join(f"  {line}\n" for line in lines)


def code_lines(code: StatusCode, among: Sequence[KnownCode]) -> Iterator[str]:
    """Yield the meaning of a status code at the places of the codes in `among`, wrapped to the terminal."""
    detail, everywhere, here = code.detail or "", known_at(code, vocabulary()), known_at(code, among)
    fitting = [place for place in here if place.fits(detail)] or here
    yield one_line(str(code))
    yield from labelled(_parts(code, everywhere), "  ")
    if everywhere and not here:
        yield f"  {LEFT_OUT}"
    for place in fitting:
        yield ""
        yield from wrapped(f"at {place.named()}: {place.about}", "    ", "  ")
        yield from labelled(_meaning(place, detail), "    ")
    others = [place.named() for place in here if place not in fitting]
    if others:
        yield ""
        yield from wrapped(f"also known without this detail at {', '.join(others)}", "    ", "  ")


def _parts(code: StatusCode, places: list[CodePlace]) -> list[tuple[str, str]]:
    alike = () if is_known(code, vocabulary()) else near(str(code))
    others = ", ".join(alike)
    if not code.category:
        return [("near", others), _word(code.state, alike)]
    other = elsewhere(code)
    return [
        ("category", _category(code, known=bool(other))),
        ("component", _component(code)),
        ("state", _state_text(code, known=bool(other or places))),
        ("detail", _detail(code, places)),
        ("near", others),
        ("elsewhere", f"{other} No kind of document is known to have this code." if other else ""),
    ]


def _category(code: StatusCode, *, known: bool) -> str:
    usual = category_names().get(code.category.lower())
    if usual:
        return f"{_spelt(code.category, usual)}: {tables_json()['statusCodes']['categories'][usual]}"
    return one_line(code.category) if known else _unknown(code.category, tuple(category_names().values()))


def _component(code: StatusCode) -> str:
    if code.component is None:
        return ""
    names = {name.lower(): (name, captures) for name, captures in tables_json()["statusCodes"]["components"].items()}
    usual, captures = names.get(code.component.lower(), (code.component, 0))
    observed = f"observed in {captures_text(captures)}" if captures else "not observed yet"
    return f"{_spelt(code.component, usual)}: a name chosen by the extension, {observed}"


def _state_text(code: StatusCode, *, known: bool) -> str:
    states = states_of(code.category)
    state = states.get(code.state.lower())
    if state or known or not states:
        return _spelt(code.state, state.name if state else code.state)
    return _unknown(code.state, tuple(each.name for each in states.values()))


def _detail(code: StatusCode, places: list[CodePlace]) -> str:
    if code.detail is None:
        return ""
    known = {folded: state.name for place in places for folded, state in place.state.details.items()}
    usual = known.get(code.detail.lower())
    if usual:
        return _spelt(code.detail, usual)
    if is_number(code.detail):
        return f"{one_line(code.detail)}: a number from the component that reports the state"
    return _unknown(code.detail, tuple(known.values())) if places else one_line(code.detail)


def _word(word: str, alike: tuple[str, ...]) -> tuple[str, str]:
    """Return the line about a text without a slash: a bare error code, the end of codes, or an unknown text."""
    bare = {folded: state.name for folded, state in states_of(BARE).items()}
    about = next(row["about"] for row in tables_json()["statusCodes"]["grammar"] if row["form"] == BARE)
    if word.lower() in bare:
        return "error code", f"{_spelt(word, bare[word.lower()])}: {about}"
    if alike and alike[0].lower().endswith(f"/{word.lower()}"):
        of_states = {each.state.lower() for each in vocabulary()}
        hint = f'unknown without the rest of its code; did you mean "{alike[0]}"?'
        return "state" if word.lower() in of_states else "detail", f"{one_line(word)}: {hint}"
    if did_you_mean(word, tuple(bare.values())):
        return "error code", f"{_unknown(word, tuple(bare.values()))}. {about}"
    hint = did_you_mean(word, tuple(category_names().values())) or "no code has this display text"
    return "text", _unknown(word, (), hint)


def _unknown(word: str, known: tuple[str, ...], hint: str | None = None) -> str:
    """Return the words for an unknown part of a code, with the nearest known one."""
    if word[0] + word[-1] in {"<>", "{}"}:
        return f"{one_line(word)}: a placeholder; replace it with the real word"
    hint = hint or did_you_mean(word, known)
    listed = f"known: {join_words(known)}" if known else ""
    more = " ".join(each for each in (hint, listed) if each)
    return f"{one_line(word)}: unknown{f'; {more}' if more else ''}"


def _spelt(word: str, usual: str) -> str:
    return one_line(word) if word == usual else f"{one_line(word)} (usually written {one_line(usual)})"


def _meaning(place: CodePlace, detail: str) -> list[tuple[str, str]]:
    state = place.state
    narrowed = state.details.get(detail.lower()) or (state.numbered if is_number(detail) else None)
    shown = narrowed or state
    pairs = [("meaning", shown.about), ("state", state.about if narrowed else "")]
    if not place.counts:
        pairs += [
            ("level", shown.level or "not known"),
            ("displayStatus", " or ".join(f'"{text}"' for text in shown.texts) or "not known"),
            ("time", _time(shown)),
        ]
    details = ", ".join(each.name for each in state.details.values())
    return [
        *pairs,
        ("details", "" if detail else details),
        ("evidence", evidence_words(shown.basis, shown.captures, counts=place.counts)),
    ]


def _time(state: State) -> str:
    """Return whether a status with this state has a time, and the moment that the time means."""
    present = f"{state.time} present" if state.time else "not known"
    return f"{present}: {state.time_of}" if state.time_of and state.time not in {"", "never"} else present
