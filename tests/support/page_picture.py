"""The picture of the conformance report in README: the top of the page on the samples, drawn as an SVG.

Words and numbers are those of the page, and its colours are read from its style sheet, light and dark.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from checkout import ROOT, SAMPLES

from instanceview.reading.inputs import read_all
from instanceview.reporting.conformance.build import conformance
from instanceview.reporting.html.cells import width
from instanceview.reporting.html.conclusion import conclusion
from instanceview.running.tally import report
from instanceview.running.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from instanceview.reporting.html.conclusion import Conclusion, Figure
    from instanceview.reporting.html.looks import Look

PICTURE = ROOT / "validator" / "docs" / "report.svg"
_COLOURS = re.compile(r"--(\w+): light-dark\((#\w+), (#\w+)\);")
WIDTH, MARGIN, LINE = 960, 28, 24
"""Of the picture, of the space around it and of a line, in pixels."""
_LETTERS = 88
"""Letters of the sentence on a line: at 16 pixels no common font is wider than the picture."""
_STYLE = """
text{font:16px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;fill:var(--ink)}
.verdict{font-size:32px;font-weight:650}.good{fill:var(--good)}.fair{fill:var(--warning)}.bad{fill:var(--error)}
.name,.counts{font-size:13px;fill:var(--dim)}.name{font-weight:600}.value{font-size:30px;font-weight:650}
.tag{font-size:13px;font-weight:600}.error{fill:var(--error)}.warning{fill:var(--warning)}.note{fill:var(--note)}
.info{fill:var(--dim)}.look{fill:var(--link)}.paper{fill:var(--paper);stroke:var(--line)}
.card{fill:var(--card);stroke:var(--line)}.rail{fill:var(--rail)}.bar{fill:var(--accent)}
"""


def fresh() -> Iterator[tuple[Path, str]]:
    """Yield the picture with the text that it should have."""
    documents = read_all([str(SAMPLES / "captures"), str(SAMPLES / "conformant")])
    yield PICTURE, svg(conclusion(conformance(report(documents, wanted=Wanted(coverage=True)))))


def colours() -> str:
    """Return the colours of the page as variables of CSS, dark where the reader's are."""
    sheet = (ROOT / "validator" / "instanceview" / "reporting" / "html" / "page.css").read_text("utf-8")
    found = _COLOURS.findall(sheet)
    light = "".join(f"--{name}:{colour};" for name, colour, _ in found)
    dark = "".join(f"--{name}:{colour};" for name, _, colour in found)
    return f":root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}"


def svg(of: Conclusion) -> str:
    """Return the picture of a conclusion."""
    lines = list(_broken(of.sentence))
    y = MARGIN + 34 + LINE
    texts = [_text(MARGIN, MARGIN + 32, of.verdict, f"verdict {of.tone}")]
    texts += [_text(MARGIN, y + LINE * number + 10, line) for number, line in enumerate(lines)]
    y += LINE * len(lines) + 12
    texts += [part for number, figure in enumerate(of.figures) for part in _figure(number, y, figure, len(of.figures))]
    y += 116 + 34
    texts.append(_text(MARGIN, y, "Look at these first", "head"))
    texts += [part for number, look in enumerate(of.looks) for part in _look(y + LINE * (number + 1) + 2, look)]
    height = y + LINE * len(of.looks) + MARGIN
    title = "The top of the page that instanceview report --html writes"
    body = "\n".join(texts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}">\n'
        f"<title>{title}</title>\n<style>{colours()}{_STYLE}.head{{font-weight:650}}</style>\n"
        f'<rect class="paper" x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="8"/>\n{body}\n</svg>\n'
    )


def _figure(number: int, y: int, figure: Figure, count: int) -> Iterator[str]:
    space = 12
    wide = (WIDTH - 2 * MARGIN - (count - 1) * space) / count
    x = MARGIN + number * (wide + space)
    inner = wide - 32
    yield f'<rect class="card" x="{x:g}" y="{y}" width="{wide:g}" height="116" rx="8"/>'
    yield _text(x + 16, y + 26, figure.name, "name")
    yield _text(x + 16, y + 60, figure.value, "value")
    if figure.whole:
        yield f'<rect class="rail" x="{x + 16:g}" y="{y + 71}" width="{inner:g}" height="7" rx="3"/>'
        share = float(width(figure.part, figure.whole)) / 100
        yield f'<rect class="bar" x="{x + 16:g}" y="{y + 71}" width="{inner * share:.1f}" height="7" rx="3"/>'
    yield _text(x + 16, y + 100, figure.counts, "counts")


def _look(y: int, look: Look) -> Iterator[str]:
    yield _text(MARGIN, y, look.tone, f"tag {look.tone}")
    yield _text(MARGIN + 80, y, look.text, "look")


def _text(x: float, y: int, text: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x:g}" y="{y}"{named}>{escape(text, quote=False)}</text>'


def _broken(text: str) -> Iterator[str]:
    """Yield the lines of a text, broken at spaces."""
    line = ""
    for word in text.split():
        if line and len(line) + len(word) >= _LETTERS:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    yield line
