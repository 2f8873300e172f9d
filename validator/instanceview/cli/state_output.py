"""The output of `instanceview state`: states to their destinations as they come, all other lines to standard error."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from instanceview.cli.emitting import is_coloured
from instanceview.cli.progress import Advance
from instanceview.model.document import Skipped, Unreadable, place
from instanceview.model.skipped import skipped_by, skipped_groups
from instanceview.model.text import number_of, safe
from instanceview.reporting import Layout as ReportLayout
from instanceview.reporting.states import MARK, frame
from instanceview.reporting.states.rendering import SETS
from instanceview.reporting.text_report import unreadable
from instanceview.running.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from instanceview.cli.destinations import Destination
    from instanceview.reporting.states import Frame, Layout
    from instanceview.reporting.states.rendering import Rendered

_NAMES = 10_000
"""The most names that are remembered, which is about a megabyte; any further name is written with its place."""


class _Writer:
    """Writes the texts of one format: to standard output at once, to a file at the end, since it is whole or absent."""

    def __init__(self, target: Destination, layout: Layout) -> None:
        self._file = target.file
        self._frame: Frame = frame(target.format, layout)
        self._texts: Spool[str] = Spool()
        self._has_any = False

    def begin(self) -> None:
        """Write the text before all documents."""
        self._write(self._frame.head)

    def add(self, text: str) -> None:
        """Write the text of a document."""
        self._write(self._frame.between + text if self._has_any else text)
        self._has_any = True

    def end(self) -> None:
        """Write the text after all documents, and the file."""
        self._write(self._frame.end if self._has_any else self._frame.empty)
        if self._file is not None:
            from instanceview.cli.output import write_for  # most runs write no file: 7 ms

            write_for("--output", self._file, self._texts)

    def _write(self, text: str) -> None:
        if self._file is not None:
            self._texts.extend([text])
        elif text:
            click.echo(text, nl=False, color=True)  # the layout has the colours already


def advance(item: Rendered | Skipped | Unreadable) -> Advance:
    """Return the advance by one item of a run."""
    return Advance(0, item.origin.file) if isinstance(item, (Skipped, Unreadable)) else Advance(1, item.file)


class Output:
    """Writes the texts of a run to their destinations, and unreadable and skipped inputs and a sum to standard error.

    Standard output has only states, in each format, so that a pipe can take them.
    """

    def __init__(self, targets: Sequence[Destination], layout: Layout, colour: str, *, quiet: bool) -> None:
        """Keep the destinations; `colour` is the value of `--color`."""
        coloured = [layout._replace(colour=is_coloured(colour, each.file)) for each in targets]
        self.forms = [(each.format, one) for each, one in zip(targets, coloured, strict=True)]
        self._writers = [_Writer(each, one) for each, one in zip(targets, coloured, strict=True)]
        self._layout = layout
        self._quiet = quiet
        self._words: Counter[str] = Counter()
        self._names: set[str] = set()
        self._skipped: Counter[tuple[str, str]] = Counter()
        self._differing = self._unreadable = 0

    def write(self, items: Iterable[Rendered | Skipped | Unreadable], nothing: str) -> int:
        """Write the items as they come, and return the exit code; `nothing` is the line for a run without items."""
        for writer in self._writers:
            writer.begin()
        for item in items:
            self._take(item)
        for writer in self._writers:
            writer.end()
        if not self._quiet:
            for line in self._closing(nothing):
                click.echo(line, err=True)
        return 2 if self._unreadable else 1 if self._differing else 0

    def _take(self, item: Rendered | Skipped | Unreadable) -> None:
        if isinstance(item, Skipped):
            self._skipped.update(skipped_by([item]))
            if self._layout.verbose:
                click.echo(f"{place(item.origin)}: skipped: {safe(item.reason)}", err=True)
        elif isinstance(item, Unreadable):
            self._unreadable += 1
            click.echo(unreadable(item, ReportLayout()), err=True)
        else:
            self._words[item.word] += 1
            self._differing += item.differs
            is_again = self._is_again(item.name)
            for writer, text, after in zip(self._writers, item.texts, item.after_names, strict=True):
                writer.add(text.replace(MARK, after if is_again else "", 1))

    def _is_again(self, name: str) -> bool:
        """Return True if a name was written before, or may have been, since only `_NAMES` are remembered."""
        if not name or name in self._names:
            return bool(name)
        if len(self._names) >= _NAMES:
            return True
        self._names.add(name)
        return False

    def _closing(self, nothing: str) -> Iterator[str]:
        """Yield the lines after the states: a sum where there are several documents, then the skipped inputs."""
        documents = self._words.total()
        if nothing and not (documents or self._skipped or self._unreadable):
            yield nothing
        if self._layout.compares or self._unreadable or documents > 1:
            yield self._sum(documents)
        groups = skipped_groups(self._skipped, names_options=True)
        if groups:
            yield f"skipped: {groups}{'' if self._layout.verbose else '; --verbose lists them'}"

    def _sum(self, documents: int) -> str:
        """Return the numbers of documents by power state, of scale sets, and of those that differ."""
        sets = self._words.pop(SETS, 0)
        counts = [f"{number} {word}" for word, number in self._words.most_common()]
        counts += [number_of(sets, SETS)] if sets else []
        parts = [f"{number_of(documents, 'document')}{': ' if counts else ''}{', '.join(counts)}"]
        if self._layout.compares:
            differing = f"{self._differing} {'differs' if self._differing == 1 else 'differ'} from what is expected"
            right = "all that were read are as expected" if self._unreadable else "all as expected"
            parts.append(differing if self._differing or not documents else right)
        parts += [f"{self._unreadable} unreadable"] if self._unreadable else []
        return "; ".join(parts)
