"""Hostile text in every place that it can come from arrives in every output as data.

Places are lines of `tests/support/planted.py`, and readers of formats lines of `tests/support/outputs.py`. The formats
are those that the program registers: a new one is tried at once, as a text for a terminal until it has a reader.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from outputs import READERS, Seen, seen
from planted import ALONE, END, PARTLY, PLACES, plant, start
from reports import HOSTILE

from instanceview.cli.main import cli
from instanceview.cli.report_output import FORMS
from instanceview.model.redaction import redact
from instanceview.reporting import FORMATS
from instanceview.reporting.html import page
from instanceview.reporting.states import FORMATS as STATES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Run(NamedTuple):
    """A run over all places: the text of each place, and each output as its reader has it."""

    texts: Mapping[str, str]
    outputs: Mapping[str, Seen]


def run(text: str) -> Run:
    """Plant a text at every place, and read everything that the commands write about it."""
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        (folder / "in").mkdir()
        texts = plant(folder / "in", text)
        patch.chdir(folder)
        patch.setenv("NO_COLOR", "1")
        patch.setattr(page, "_environment", _templates)
        return Run(texts, {output: seen(output, form, written) for output, form, written in _outputs(folder)})


_templates = cache(page._environment)  # noqa: SLF001 (compiled once for all runs: no page of a user needs it twice)


def _outputs(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the name of each output, its format and its text."""
    paths = ("in", *(f"in/{place.replace(' ', '-')}/a.json" for place in ALONE))
    files = [f"--output={form}={form}.out" for form in FORMATS]
    yield from _printed("check", *paths, "--verbose", "--no-fold", "--statistics", "--documents", *files)
    yield from ((f"check {form}", form, (folder / f"{form}.out").read_text("utf-8")) for form in FORMATS)
    files = [f"--output={form}={form}.state" for form in STATES]
    yield from _printed("state", *paths, "--verbose", "--expect", "power=stopped", *files)
    for form in STATES:
        written = (folder / f"{form}.state").read_text("utf-8")
        yield f"state {form}", {"json": "state.json"}.get(form, form), written
    yield from _printed(
        "report", *paths, "--verbose", "--min-coverage", "99%", *(f"--{form}={form}.report" for form in FORMS)
    )
    yield from _printed("report", "in", "--verbose")
    for form in FORMS:
        written = (folder / f"{form}.report").read_text("utf-8")
        yield f"report {form}", {"json": "coverage.json"}.get(form, form), written
    (folder / "empty.json").write_text('{"statuses": [{"code": "PowerState/running"}]}')
    yield from _printed("report", "empty.json", "--json", "old.report")
    for pair in (("old.report", "json.report"), ("json.report", "old.report")):
        yield f"report --compare {pair}", "markdown", _invoked("report", "--compare", *pair, "--verbose")[0]
    yield from _printed("extract", *paths, "--to", "extracted")
    yield "manifest", "manifest.json", (folder / "extracted" / "manifest.json").read_text("utf-8")
    names = [path.relative_to(folder / "extracted").as_posix() for path in (folder / "extracted").rglob("*.json")]
    assert [each for each in names if not re.fullmatch(r"(?:[a-z0-9-]+/)?[a-z-]+(?:-[0-9]+)?\.json", each)] == []
    yield from _printed("check", "in", "--baseline", "baseline.json", "--write-baseline")
    yield "baseline", "baseline.json", (folder / "baseline.json").read_text("utf-8")
    yield from _printed("check", "in", "--list-files", "--verbose")
    for command in ("check", "state"):
        out, _ = _invoked(command, *paths, "--verbose", "--color", "always")
        assert _COLOUR.search(out)
        yield f"{command} with colours", "text", _COLOUR.sub("", out)


_COLOUR = re.compile(r"\x1b\[(?:0|1|2|31|33|36)m")
"""Our own escapes."""


def _printed(*arguments: str) -> Iterator[tuple[str, str, str]]:
    out, error = _invoked(*arguments)
    yield f"{' '.join(arguments[:1])} stdout {len(arguments)}", "text", out
    yield f"{' '.join(arguments[:1])} stderr {len(arguments)}", "text", error


def _invoked(*arguments: str) -> tuple[str, str]:
    """Run a command and return what it prints; no exception reaches the user."""
    done = CliRunner().invoke(cli, arguments)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.stdout, done.stderr


@cache
def plain() -> Run:
    """A run with a text that harms nothing: what each output shows of each place, and what it is built of."""
    return run("x")


def is_data(shown: str, text: str) -> bool:
    """Return True if what an output shows after the mark of a place is the text, perhaps escaped, cut or redacted."""
    whole, is_cut, _ = re.sub(r"…|\[redacted\]", "\0", shown).partition("\0")
    # A cut may be within an escape, and between the two of a pair.
    cut = re.sub(r"(?:\\+ud[89ab][0-9a-f]{2})?(?:\\+(?:u[0-9a-f]{0,3})?)?$", "", whole) if is_cut else whole
    wanted = text + END.lower()
    # A backslash of the text itself is as the one of an escape beside it: an output of one line escapes controls alone.
    targets = (wanted, re.sub(_ESCAPE, _undone, wanted).lower())
    for found in (cut, unquote(cut), cut.replace("~1", "/").replace("~0", "~")):
        for _ in range(4):
            is_part = is_cut or len(found) > _MUCH
            low = found.lower()
            if low.startswith(targets) or (is_part and any(target.startswith(low) for target in targets)):
                return True
            found = _paired(re.sub(_ESCAPE, _undone, found))  # noqa: PLW2901 (one level less)
    return False


_MUCH = 900
"""Characters of a text that some formats cut without a mark: SARIF, for GitHub's limits."""
_ESCAPE = r"\\(U[0-9a-fA-F]{8}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)"


def _paired(text: str) -> str:
    """Return a text with its halves of surrogates made characters, where both are there."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def _undone(escape: re.Match[str]) -> str:
    letter = escape[1]
    if letter[0] == "x" and letter[1:]:
        return chr(0xDC00 + int(letter[1:], 16))  # a byte of a file name that is not UTF-8
    return chr(int(letter[1:], 16)) if letter[1:] else _CONTROLS.get(letter, letter)


_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


def faults(text: str) -> list[str]:
    """Return where a text is not data: outputs with parts that a harmless text does not make, and other texts."""
    hostile, harmless = run(text), plain()
    return [
        *(
            f"{output} has {each}"
            for output, found in hostile.outputs.items()
            for each in _parts(found, harmless.outputs[output])
        ),
        *(fault for output, found in hostile.outputs.items() for fault in _altered(hostile.texts, output, found)),
    ]


def _parts(found: Seen, harmless: Seen) -> set[str]:
    return found.parts - harmless.parts - {"softbreak"}


def _altered(texts: Mapping[str, str], output: str, found: Seen) -> Iterator[str]:
    for place, text in texts.items():
        for shown in (shown for each in found.texts for shown in re.split(start(place), each, flags=re.IGNORECASE)[1:]):
            if place not in PARTLY and not is_data(shown, redact(text).lower()):
                yield f"{place} in {output}: {shown[:200]!r}"


def test_every_place_is_shown() -> None:
    shown = {
        place: [name for name, each in plain().outputs.items() if start(place).lower() in " ".join(each.texts).lower()]
        for place in PLACES
    }
    assert {place for place, outputs in shown.items() if not outputs} == set()


def test_every_registered_format_has_a_reader_of_its_own() -> None:
    """This fails for a new format: give it a line of `READERS`, if it has a reader that is not a terminal."""
    assert {*FORMATS, *STATES} - READERS.keys() == {"text", "concise"}


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[] if name == "commands in a line" else [pytest.mark.slow]) for name in sorted(HOSTILE)],
)
def test_hostile_text_is_data_in_every_output(name: str) -> None:
    assert faults(HOSTILE[name][:5000]) == []


PIECES = st.sampled_from(
    [
        *(text[:60] for text in HOSTILE.values()),
        *("\x00", "\x1b[31m", "\r\n", "\n\n", "\u2028", "\u202e", "\ud800", "]]>", "<script>", "&lt;"),
        *("|", "\\|", "`", "```\n", "![x](y)", "<https://x.example>", "~~~\n", "# ", "- ", "    ", "<!--", "{{ 7*7 }}"),
        *(
            '"',
            "'",
            "\\",
            "\\u0022",
            "%0A",
            "%00",
            "=1+1",
            "+1",
            "-1",
            "@x",
            ",",
            ";",
            ":",
            "/",
            "~1",
            "~0",
            "..",
            "$(x)",
        ),
        *("::error::x", "##vso[", "{% x %}", "${x}"),
    ]
)


@pytest.mark.slow
# An example takes seconds, and to shrink one takes an hour: its pieces say enough.
@settings(
    max_examples=4,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(st.lists(PIECES | st.text(max_size=6), max_size=8).map("".join))
@example("|\\|`\\`|")
@example("=1+1")
@example("\U000e3d6d\xf2\U0003d21e::")
def test_any_text_is_data_in_every_output(text: str) -> None:
    assert faults(text) == []


SECRETS = [f"Zq7kP2vX9wLm{number}" for number in range(3)]
SECRET = f" client_secret: {SECRETS[0]} Bearer {SECRETS[1]} api-key: {SECRETS[2]}"


def test_no_extracted_document_has_a_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    plant(tmp_path / "in", SECRET)
    monkeypatch.chdir(tmp_path)
    _invoked("extract", "in", "--to", "extracted")
    documents = [file.read_text("utf-8") for file in (tmp_path / "extracted").rglob("*.json")]
    assert len([text for text in documents if "[redacted]" in text]) > 2
    assert [text for text in documents for secret in SECRETS if secret.lower() in unquote(text).lower()] == []


def test_no_output_shows_a_secret_of_any_place() -> None:
    """Names beside each other, words that a parser did not expect and parts of a code are shown without context."""
    shown = [
        f"{output}: {each[each.lower().find(secret.lower()) - 60 :][:90]!r}"
        for output, found in run(SECRET).outputs.items()
        for each in found.texts
        for secret in SECRETS
        if secret.lower() in unquote(each).lower()
    ]
    assert shown == []
