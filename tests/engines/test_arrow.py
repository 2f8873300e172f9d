"""Tables of Arrow, whatever the types of their columns, and ranges of files have the findings of the same documents."""

from __future__ import annotations

import doctest
import gzip
import inspect
import multiprocessing
import pickle
import re
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from chunked import HOSTILE, KIND, VERSION, lines
from needs import ARROW

from instanceview import check_chunk, check_path
from instanceview.model.limits import Limits

pa = pytest.importorskip("pyarrow", reason=ARROW)
arrow = pytest.importorskip("instanceview.arrow", reason=ARROW)
schemas = pytest.importorskip("instanceview.running.arrow.schemas", reason=ARROW)

if TYPE_CHECKING:
    from pathlib import Path

CHOICES = {"kind": KIND, "api_version": VERSION}
FAULTY, CLEAN = '{"vmAgent": 1}', '{"vmAgent": {}}'
TYPES = ("string", "large_string", "string_view", "binary", "large_binary", "binary_view")


def test_a_batch_has_the_findings_of_a_chunk_of_the_same_lines() -> None:
    texts = lines()
    batch = arrow.check_batch(pa.array(texts, pa.binary()), **CHOICES)
    chunk = check_chunk(b"\n".join(texts), **CHOICES)  # type: ignore[arg-type] # names as texts
    batch.validate(full=True)
    assert batch.schema == arrow.FINDINGS
    assert [(row["document"] + 1, row["rule"], row["pointer"]) for row in batch.to_pylist() if row["rule"]] == [
        (each.origin.line, each.rule, (each.origin.entry or "") + each.pointer) for each in chunk.findings
    ]
    counts = arrow.summary_batch(pa.array(texts, pa.binary()), coverage=True, **CHOICES)
    counts.validate(full=True)
    assert counts.schema == arrow.SUMMARY
    assert sum(row["count"] for row in counts.to_pylist() if row["measure"] == "documents") == chunk.documents


@pytest.mark.parametrize("name", TYPES)
def test_a_column_may_be_of_any_type_of_text_or_binary(name: str) -> None:
    texts = pa.array([CLEAN, None, FAULTY]).cast(getattr(pa, name)())
    for column in (texts, pa.chunked_array([texts.slice(0, 1), texts.slice(1)])):
        found = arrow.check_batch(column, **CHOICES)
        assert [(row["document"], row["severity"]) for row in found.to_pylist()] == [(1, "skipped"), (2, "error")]


def test_a_column_may_be_coded_empty_or_null() -> None:
    coded = arrow.check_batch(pa.array([FAULTY, CLEAN, FAULTY]).dictionary_encode(), **CHOICES)
    assert coded.column("document").to_pylist() == [0, 2]
    assert arrow.check_batch(pa.nulls(2)).column("severity").to_pylist() == ["skipped", "skipped"]
    empty = arrow.check_batch(
        pa.table({"id": pa.array([], pa.int32()), "text": pa.array([], pa.string())}), id_column="id"
    )
    assert (empty.num_rows, empty.schema.field("id").type) == (0, pa.int32())
    assert arrow.summary_batch(pa.array([], pa.string())).num_rows == 0


def test_the_id_column_is_passed_through() -> None:
    table = pa.table({"id": [7, 8, None], "text": [FAULTY, CLEAN, FAULTY], "url": pa.nulls(3, pa.string())})
    for documents in (table, table.to_batches()[0]):
        found = arrow.check_batch(documents, id_column="id", **CHOICES)
        assert found.schema == arrow.FINDINGS.append(table.field("id"))
        assert found.column("id").to_pylist() == [7, None]
    views = pa.table(
        {"id": pa.array(["a", "b"], pa.string_view()), "text": pa.array([CLEAN, FAULTY], pa.string_view())}
    )
    found = arrow.check_batch(views, id_column="id", **CHOICES)
    assert (found.column("id").to_pylist(), found.column("id").type) == (["b"], pa.string_view())


def test_a_url_need_not_be_utf_8() -> None:
    url = b"/providers/Microsoft.Compute/virtualMachines/\xff/instanceView?api-version=2019-07-01"
    found = arrow.check_batch(pa.table({"url": pa.array([url, None]), "text": [FAULTY, FAULTY]}))
    assert found.column("api_version").to_pylist()[0] == "2019-07-01"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_rows_that_arrow_takes(name: str) -> None:
    text = HOSTILE[name]
    for texts in ([text], [b'{"a\\ud800": "\\ud800", "vmAgent": {"\\ud800<name>": "\\ud800"}}', text]):
        for batch in (
            arrow.check_batch(pa.array(texts, pa.binary())),
            arrow.summary_batch(pa.array(texts, pa.binary())),
        ):
            batch.validate(full=True)
        # Arrow does not look whether a text is UTF-8 where its bytes come from elsewhere.
        unchecked = pa.Array.from_buffers(pa.string(), len(texts), pa.array(texts, pa.binary()).buffers())
        arrow.check_batch(unchecked).validate(full=True)


WRONG: dict[str, tuple[Any, dict[str, Any], str]] = {
    "numbers": ({"document": [1]}, {}, 'column "document": expected text or binary, found int64; cast it'),
    "two columns": (
        {"a": ["{}"], "b": ["{}"]},
        {},
        'expected one column with the documents, found "a", "b"; name it with column=',
    ),
    "no column": ({"url": ["/"]}, {}, "expected one column with the documents, found none"),
    "another column": ({"a": ["{}"]}, {"column": "b"}, 'expected one column "b", found "a"'),
    "another id": ({"a": ["{}"]}, {"id_column": "b"}, 'expected one column "b", found "a"'),
    "an id of ours": (
        {"a": ["{}"], "line": [1]},
        {"id_column": "line"},
        'id_column: the findings have a column "line" of their own; rename it',
    ),
    "a kind": ({"a": ["{}"]}, {"kind": "vmms"}, 'unknown kind "vmms"; did you mean "vmss"?'),
    "a choice": ({"a": ["{}"]}, {"fail_on": "note"}, 'unknown choice "fail_on"'),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_argument_is_refused(name: str) -> None:
    columns, arguments, message = WRONG[name]
    with pytest.raises((TypeError, ValueError), match=re.escape(message)):
        arrow.check_batch(pa.table(columns), **arguments)


def test_what_is_not_of_arrow_is_refused() -> None:
    with pytest.raises(TypeError, match="expected an array, a batch or a table of Arrow, found list; convert it"):
        arrow.check_batch(["{}"])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with lines of every kind, one of them too long."""
    path = tmp_path / "many.ndjson"
    path.write_bytes(b"\n".join([*lines(), b'{"a": "%s"}' % (b"x" * 20_000), *lines(), b""]))
    return path


LIMITS = Limits(document_size=15_000)


@pytest.mark.parametrize("size", [1, 1000, 10_000, 1 << 20])
def test_ranges_have_the_findings_of_the_file_at_its_lines(size: int, file: Path) -> None:
    cut = arrow.ranges(file, size=max(size, 1000) if size == 1 else size, limits=LIMITS)
    assert cut.schema == arrow.RANGES
    found = arrow.check_ranges(cut, limits=LIMITS, **CHOICES)
    assert found.schema == arrow.FINDINGS_OF_RANGES
    report = check_path(file, limits=LIMITS, **CHOICES)  # type: ignore[arg-type]
    rows = found.to_pylist()
    assert [(row["line"], row["column"], row["rule"], row["message"]) for row in rows if row["rule"]] == [
        (each.origin.line, each.origin.column, each.rule, each.message) for each in report.findings
    ]
    assert {row["file"] for row in rows} == {str(file)}
    others = sorted(
        [(each.origin.line, each.reason) for each in report.skipped]
        + [(each.origin.line, each.reason) for each in report.unreadable]
    )
    assert sorted((row["line"], row["message"]) for row in rows if not row["rule"]) == others
    counts = arrow.summary_of_ranges(cut, limits=LIMITS, **CHOICES).to_pylist()
    assert sum(row["count"] for row in counts if row["measure"] == "documents") == report.documents
    assert sum(row["count"] for row in counts if row["measure"] == "unreadable") == len(report.unreadable) > 0


@pytest.mark.parametrize("given", ["x", pa.record_batch({"file": ["x"]})])
def test_what_is_not_a_batch_of_ranges_is_refused_with_the_next_step(given: object) -> None:
    with pytest.raises(TypeError, match=r"found .*(str|file).*; make it with instanceview\.arrow\.ranges"):
        arrow.check_ranges(given)
    with pytest.raises(TypeError, match="expected a batch of the schema RANGES"):
        arrow.summary_of_ranges(given)


def test_ranges_are_read_from_any_storage(file: Path) -> None:
    opened: list[str] = []

    def open_file(name: str, mode: str) -> Any:
        opened.append(name)
        return (file.parent / name.removeprefix("store://")).open(mode)

    cut = arrow.ranges("store://many.ndjson", size=40_000, open_file=open_file)
    found = arrow.check_ranges(cut, open_file=open_file, **CHOICES)
    assert opened == ["store://many.ndjson"] * (1 + cut.num_rows)
    here = arrow.check_ranges(arrow.ranges(file), **CHOICES)
    assert found.column("line").equals(here.column("line"))


def test_a_fingerprint_does_not_depend_on_the_folder_of_the_worker(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = arrow.check_ranges(arrow.ranges(file), **CHOICES).column("fingerprint")
    (tmp_path / "worker").mkdir()
    monkeypatch.chdir(tmp_path / "worker")
    assert arrow.check_ranges(arrow.ranges(file), **CHOICES).column("fingerprint").equals(here)


def test_a_file_that_changed_is_an_error_that_the_engine_sees(file: Path) -> None:
    cut = arrow.ranges(file)
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(OSError, match='" cannot be read: the file became shorter meanwhile'):
        arrow.check_ranges(cut)


PACKED = {
    "gzip": gzip.compress(b'{"a": 1}\n'),
    "UTF-16": '{"a": 1}\n'.encode("utf-16"),
    "indented": b'{\n "a": 1\n}\n',
}


@pytest.mark.parametrize("name", PACKED)
def test_a_file_without_lines_has_no_ranges(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(PACKED[name])
    with pytest.raises(ValueError, match=r'a.json" is .*; check it whole with check_path'):
        arrow.ranges(tmp_path / "a.json")
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "one").write_bytes(FAULTY.encode())
    assert arrow.ranges(tmp_path / "empty").num_rows == 0
    assert arrow.ranges(tmp_path / "one").to_pylist()[0]["size"] == len(FAULTY)


def test_a_worker_with_a_wrong_choice_is_refused_before_it_is_sent() -> None:
    with pytest.raises(ValueError, match='unknown kind "vmms"'):
        arrow.worker(arrow.check_batch, kind="vmms", id_column="id")
    with pytest.raises(TypeError, match='unknown choice "colum"'):
        arrow.worker(arrow.check_ranges, colum="a")


def test_a_range_has_a_byte(file: Path) -> None:
    with pytest.raises(ValueError, match="size: expected a number of bytes from 1, found 0; omit it"):
        arrow.ranges(file, size=0)
    with pytest.raises(TypeError, match="limits takes limits, such as"):
        arrow.ranges(file, limits=5)


def test_counts_take_the_arguments_of_findings() -> None:
    table = pa.table({"id": [7], "document": [FAULTY]})
    assert arrow.summary_batch(table, id_column="id") == arrow.summary_batch(table.select(["document"]))


def test_a_worker_does_what_the_function_does() -> None:
    work = pickle.loads(pickle.dumps(arrow.worker(arrow.check_batch, id_column="id", **CHOICES)))  # noqa: S301 (made here)
    batches = [pa.record_batch({"id": [number], "text": [text]}) for number, text in enumerate([FAULTY, CLEAN, FAULTY])]
    assert [batch.column("id").to_pylist() for batch in work(iter(batches))] == [[0], [], [2]]
    assert work(batches[2]).column("id").to_pylist() == [2]
    assert work(pa.Table.from_batches(batches)).column("id").to_pylist() == [0, 2]


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_a_worker_runs_in_a_process_however_it_starts(method: str) -> None:
    batch = pa.record_batch({"text": [FAULTY, CLEAN]})
    work = arrow.worker(arrow.check_batch, **CHOICES)
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context(method)) as processes:
        assert processes.submit(work, batch).result(timeout=60) == work(batch)


def test_a_worker_has_one_range_at_a_time(file: Path) -> None:
    cut = arrow.ranges(file, size=10_000)
    assert cut.num_rows > 5
    for function in (arrow.check_ranges, arrow.summary_of_ranges):
        batches = list(arrow.worker(function, **CHOICES)(iter([cut])))
        assert len(batches) == cut.num_rows
        whole = function(cut, **CHOICES)
        assert sum(batch.num_rows for batch in batches) >= whole.num_rows > 5
    found = pa.Table.from_batches(arrow.worker(arrow.check_ranges, **CHOICES)(iter([cut])))
    assert found.column("message").to_pylist() == arrow.check_ranges(cut, **CHOICES).column("message").to_pylist()


def test_a_worker_with_another_version_says_so_at_the_first_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    work = arrow.worker(arrow.check_batch)
    monkeypatch.setattr(arrow, "_VERSION", "0.0.9")
    message = "the driver has instanceview .+, this worker 0.0.9; install the same version on both"
    with pytest.raises(RuntimeError, match=message):
        work(iter([]))
    with pytest.raises(RuntimeError, match=message):
        work(pa.record_batch({"text": ["{}"]}))


def test_every_public_name_is_described_and_each_example_gives_what_it_shows() -> None:
    assert doctest.testmod(arrow).failed == 0
    for name in arrow.__all__:
        function = getattr(arrow, name)
        assert not callable(function) or "Return" in (inspect.getdoc(function) or ""), name
    described = inspect.getsource(schemas)
    for schema in (arrow.FINDINGS, arrow.SUMMARY, arrow.RANGES):
        assert [name for name in schema.names if f"`{name}`" not in described] == []
