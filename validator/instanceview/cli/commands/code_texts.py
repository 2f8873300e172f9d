"""The parts of a status code in words: their meaning, the places that know the code, and the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.cli.commands.codes import BARE, category_names, elsewhere, is_number, places_of, states_of
from instanceview.cli.commands.source_texts import source_lines
from instanceview.cli.paragraphs import labelled, wrapped
from instanceview.model.names import did_you_mean
from instanceview.model.text import join_words, one_line
from instanceview.tables.catalog import tables_json, versions_of
from instanceview.tables.describe import captures_text
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.cli.commands.codes import CodePlace
    from instanceview.tables.status_code import StatusCode
    from instanceview.tables.vocabulary import State


def code_text(code: StatusCode) -> str:
    """Return the meaning of a status code, wrapped to the terminal."""
    return "".join(f"{line}\n" for line in _code_lines(code))


def evidence_text() -> str:
    """Return the meaning of the words that evidence is given in, with the address of the page."""
    kind = KINDS[0]
    lines = source_lines(("page", "observed", "published"), [(kind, versions_of(kind)[-1])], "codes")
    return "".join(f"  {line}\n" for line in lines)


def _code_lines(code: StatusCode) -> Iterator[str]:
    detail = code.detail or ""
    category = category_names().get(code.category.lower(), "") if code.category else BARE
    known_at = [place for place in places_of(category) if place.state.name.lower() == code.state.lower()]
    fitting = [place for place in known_at if place.fits(detail)] or known_at
    yield one_line(str(code))
    yield from labelled(_parts(code, known_at), "  ")
    for place in fitting:
        yield ""
        yield from wrapped(f"at {place.named()}: {place.about}", "    ", "  ")
        yield from labelled(_meaning(place, detail), "    ")
    others = [place.named() for place in known_at if place not in fitting]
    if others:
        yield ""
        yield from wrapped(f"also known without this detail at {', '.join(others)}", "    ", "  ")


def _parts(code: StatusCode, known_at: list[CodePlace]) -> list[tuple[str, str]]:
    if not code.category:
        return [("error code", _bare(code))]
    other = elsewhere(code)
    return [
        ("category", _category(code, known=bool(other))),
        ("component", _component(code)),
        ("state", _state_text(code, known=bool(other))),
        ("detail", _detail(code, known_at)),
        ("elsewhere", f"{other} None of the three kinds of document is known to have this code." if other else ""),
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


def _detail(code: StatusCode, known_at: list[CodePlace]) -> str:
    if code.detail is None:
        return ""
    known = {folded: state.name for place in known_at for folded, state in place.state.details.items()}
    usual = known.get(code.detail.lower())
    if usual:
        return _spelt(code.detail, usual)
    if is_number(code.detail):
        return f"{one_line(code.detail)}: a number from the component that reports the state"
    return _unknown(code.detail, tuple(known.values())) if known_at else one_line(code.detail)


def _bare(code: StatusCode) -> str:
    states = states_of(BARE)
    state = states.get(code.state.lower())
    about = next(row["about"] for row in tables_json()["statusCodes"]["grammar"] if row["form"] == BARE)
    if state:
        return f"{_spelt(code.state, state.name)}: {about}"
    # Nobody means an error code with a state or a category alone.
    whole = tuple(f"{name}/{each.name}" for name in category_names().values() for each in states_of(name).values())
    meant = next((each for each in whole if each.partition("/")[2].lower() == code.state.lower()), None)
    known = tuple(each.name for each in states.values())
    hint = f'did you mean "{meant}"?' if meant else did_you_mean(code.state, (*known, *category_names().values()))
    return f"{_unknown(code.state, known, hint)}. {about}"


def _unknown(word: str, known: tuple[str, ...], hint: str | None = None) -> str:
    """Return the words for an unknown part of a code, with the nearest known one."""
    if word[0] + word[-1] in {"<>", "{}"}:
        return f"{one_line(word)}: a placeholder; replace it with the real word"
    hint = hint or did_you_mean(word, known)
    listed = f";{f' {hint}' if hint else ''} known: {join_words(known)}" if known else ""
    return f"{one_line(word)}: unknown{listed}"


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
    return [*pairs, ("details", "" if detail else details), ("evidence", _evidence(place, shown))]


def _time(state: State) -> str:
    """Return whether a status with a state has a time, and the moment that it means."""
    present = f"{state.time} present" if state.time else "not known"
    return f"{present}: {state.time_of}" if state.time_of and state.time not in {"", "never"} else present


def _evidence(place: CodePlace, state: State) -> str:
    """Return the basis of a state or detail, with its captures, or with the reason for none."""
    if state.captures:
        observed = f"observed in {captures_text(state.captures)}"
    elif place.counts:
        observed = "observed in the counted statuses"
    else:
        observed = "observed only with a detail"
    return ", ".join(observed if basis == "observed" else basis for basis in state.basis)
