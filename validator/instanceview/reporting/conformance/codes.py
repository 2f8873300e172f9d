"""The status-code vocabulary with the statuses that have each entry, and the codes that it does not have."""

from __future__ import annotations

from collections import defaultdict
from functools import reduce
from typing import TYPE_CHECKING

from instanceview.model.counts import ORIGINS, CodeCount
from instanceview.model.text import one_line
from instanceview.reporting.conformance.covered_values import CodeCoverage, Expected, UnseenCode
from instanceview.reporting.conformance.deviating_values import UnknownCode
from instanceview.reporting.conformance.yaml_rows import code_row, malformed_note
from instanceview.tables.kinds import KINDS
from instanceview.tables.known_codes import vocabulary
from instanceview.tables.sources import link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from instanceview.model.counts import CodeKey
    from instanceview.model.document import Origin
    from instanceview.reporting.conformance.corpus import Corpus
    from instanceview.tables.known_codes import KnownCode


def codes_of(corpus: Corpus) -> tuple[CodeCoverage, ...]:
    """Return the entries of the vocabulary for the kinds of the documents, each with the statuses that have it."""
    counts = _by_place(corpus.coverage.codes)
    return tuple(_code(corpus, each, counts) for each in vocabulary() if set(each.kinds) & set(corpus.documents))


def _code(
    corpus: Corpus, known: KnownCode, counts: Mapping[tuple[str, str, str], dict[str, CodeCount]]
) -> CodeCoverage:
    kinds = tuple(kind for kind in known.kinds if kind in corpus.documents)
    found = [counts.get((kind, known.place, known.code), {}) for kind in kinds]
    count = reduce(CodeCount.merge, (each for by_version in found for each in by_version.values()), CodeCount())
    return CodeCoverage(
        element=known.place,
        kinds=kinds,
        code=known.code,
        about=known.about,
        link=link(known.basis, kinds[0]),
        basis=known.basis,
        captures=known.captures,
        expected=Expected(known.level, known.time, known.display_texts),
        times=count.times,
        timed=count.timed,
        levels=_shown(count.levels),
        display_texts=_shown(count.texts),
        api_versions=_versions(found),
        first=count.first,
        breaking=dict(count.breaking),
    )


def unseen_codes(codes: Iterable[CodeCoverage]) -> tuple[UnseenCode, ...]:
    """Return the codes that no status has."""
    return tuple(UnseenCode(each.element, each.code) for each in codes if not each.times)


def unknown_codes(corpus: Corpus) -> tuple[UnknownCode, ...]:
    """Return the codes that the vocabulary does not have at their place, the most frequent first."""
    places: dict[tuple[str, str], dict[str, dict[str, CodeCount]]] = defaultdict(dict)
    for (kind, element, code), by_version in _by_place(corpus.coverage.others).items():
        places[element, code][kind] = by_version
    return tuple(
        sorted(
            (_unknown(element, code, by_kind) for (element, code), by_kind in places.items()),
            key=lambda each: (-each.times, each.element, each.code),
        )
    )


def _unknown(element: str, code: str, by_kind: Mapping[str, Mapping[str, CodeCount]]) -> UnknownCode:
    found = [by_kind[kind] for kind in KINDS if kind in by_kind]
    count = reduce(CodeCount.merge, (each for by_version in found for each in by_version.values()), CodeCount())
    levels, texts, note = _shown(count.levels), _shown(count.texts), malformed_note(code)
    return UnknownCode(
        element=element,
        kinds=tuple(kind for kind in KINDS if kind in by_kind),
        code=one_line(code),
        times=count.times,
        timed=count.timed,
        levels=levels,
        display_texts=texts,
        api_versions=_versions(found),
        origins=_origins([each for _, each in _pairs(found)]),
        note=note,
        row=None if note else code_row(element, code, count),
    )


def _origins(counts: list[CodeCount]) -> tuple[Origin, ...]:
    """Return at most `ORIGINS` places: the first one of each kind and api-version, then others."""
    firsts = [count.origins[0] for count in counts if count.origins]
    others = [origin for count in counts for origin in count.origins[1:]]
    return tuple([*firsts, *others][:ORIGINS])


def _by_place(counts: Mapping[CodeKey, CodeCount]) -> dict[tuple[str, str, str], dict[str, CodeCount]]:
    """Return the counts of each code of a kind and place by api-version."""
    places: dict[tuple[str, str, str], dict[str, CodeCount]] = defaultdict(dict)
    for key, count in counts.items():
        places[key.kind, key.element, key.code][key.api_version] = count
    return places


def _versions(found: Iterable[Mapping[str, CodeCount]]) -> dict[str, int]:
    versions: dict[str, int] = {}
    for version, count in _pairs(found):
        versions[version] = versions.get(version, 0) + count.times
    return dict(sorted(versions.items()))


def _pairs(found: Iterable[Mapping[str, CodeCount]]) -> Iterator[tuple[str, CodeCount]]:
    for by_version in found:
        yield from by_version.items()


def _shown(counts: Mapping[str, int] | None) -> dict[str, int] | None:
    """Return counts of texts, made safe for one line, the most frequent first; None where there are too many."""
    if counts is None:
        return None
    shown: dict[str, int] = {}
    for text, number in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        shown[one_line(text)] = shown.get(one_line(text), 0) + number
    return shown
