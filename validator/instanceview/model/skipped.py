"""Words for what a run skipped: its numbers by group and thing, and the option that reads it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.text import number_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from instanceview.model.document import Skipped


class SkippedGroup(NamedTuple):
    """The words for a group of skipped inputs, and the option that reads them.

    In the words, `{n}` is their number and `{things}` their numbers with what they are, such as `2 files`.
    """

    words: str
    option: str = ""


SKIPPED = {
    "no-view": SkippedGroup("{things} without an instance view"),
    "other-form": SkippedGroup("{things} in another form than JSON"),
    "broken": SkippedGroup("{things} with syntax errors and no sign of an instance view"),
    "closed": SkippedGroup("{things} that cannot be opened"),
    "linked": SkippedGroup("{things} behind a link"),
    "hidden": SkippedGroup("{n} hidden"),
    "left-out": SkippedGroup("{things} of other tools", "--no-ignore"),
    "ignored": SkippedGroup("{n} ignored by .gitignore", "--no-ignore"),
    "excluded": SkippedGroup("{n} excluded by --exclude"),
}
"""The groups of what is skipped, by which a summary counts it, in the order of the summary."""


def skipped_by(skipped: Iterable[Skipped]) -> Counter[tuple[str, str]]:
    """Return the number of skipped inputs by group and thing."""
    return Counter((item.group, item.thing) for item in skipped)


def skipped_groups(counts: Mapping[tuple[str, str], int], *, names_options: bool = False) -> str:
    """Return the numbers of skipped inputs by group and thing, in words; with `names_options`, also what reads them.

    >>> skipped_groups({("left-out", "folder"): 1, ("no-view", "file"): 1, ("no-view", "answer"): 2})
    '2 answers and 1 file without an instance view, 1 folder of other tools'
    """
    things: dict[str, Counter[str]] = {group: Counter() for group in SKIPPED}
    for (group, thing), number in counts.items():
        things[group][thing] += number
    return ", ".join(_group_words(*each, names_options=names_options) for each in things.items() if each[1])


def _group_words(group: str, things: Counter[str], *, names_options: bool) -> str:
    words, option = SKIPPED[group]
    *others, last = (number_of(number, thing) for thing, number in things.most_common())
    listed = f"{', '.join(others)} and {last}" if others else last
    reads = f" ({option} reads {'it' if things.total() == 1 else 'them'})" if option and names_options else ""
    return words.format(n=things.total(), things=listed) + reads
