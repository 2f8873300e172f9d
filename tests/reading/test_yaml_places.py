"""Places of the values of a YAML text: those of JSON where it is JSON."""

from __future__ import annotations

from random import Random

from drawn import Writer
from hypothesis import given, settings
from hypothesis import strategies as st
from yaml_cases import YAML_VALUES, every_loader, node, reading_with

from instanceview.places.source import Source
from instanceview.reading.json_texts.parse import parse

SPANS = """\
a: &x !!map # an object
  'k 1' : |
    block

  # comment
  k2: >-
      folded
b: [ *x, {c: "d" , e: }, ]
? f
: - g
  -
f: 1
f: 2

"""


@every_loader
def test_a_span_is_the_text_of_its_key_and_value_and_nothing_else(loader: str) -> None:
    with reading_with(loader):
        spans = node(SPANS).spans()
    texts = {"/".join(map(str, path)): SPANS[span.start : span.end] for path, span in spans.by_path.items()}
    assert texts.pop("") == SPANS.rstrip()
    block, folded = "|\n    block", ">-\n      folded"
    assert texts == {
        "a": SPANS[SPANS.index("'k 1'") : SPANS.index("\nb:")],
        "a/k 1": block,
        "a/k2": folded,
        "b": '[ *x, {c: "d" , e: }, ]',
        "b/0": "*x",
        "b/0/k 1": block,
        "b/0/k2": folded,
        "b/1": '{c: "d" , e: }',
        "b/1/c": '"d"',
        "b/1/e": "",
        "f": "2",
    }
    keys = [SPANS[span.key : span.key_end] for span in spans.by_path.values() if span.key is not None]
    assert keys == ["a", "'k 1'", "k2", "b", "'k 1'", "k2", "c", "e", "f"]
    first = SPANS.index("f\n: - g")
    assert spans.duplicates == [(("f",), first, SPANS.index("f: 1")), (("f",), first, SPANS.index("f: 2"))]


def test_what_is_wanted_and_not_there_has_no_span() -> None:
    wanted = [("b", 1, "c"), ("b", 2), ("b", "c"), ("a", "k2", "x"), ("g",), ("f", 0)]
    there = {(), ("a",), ("a", "k2"), ("b",), ("b", 1), ("b", 1, "c"), ("f",)}
    spans = node(SPANS).spans()
    assert node(SPANS).spans(wanted).by_path == {path: spans.by_path[path] for path in there}
    assert node(SPANS).spans([]).by_path == {(): spans.by_path[()]}


_WRITERS = st.builds(
    Writer, st.integers(0, 2**32).map(Random), st.sampled_from([("",), ("", " ")]), repeats=st.booleans()
)


@every_loader
@settings(max_examples=200, deadline=None, database=None)
@given(value=YAML_VALUES, writer=_WRITERS)
def test_json_is_yaml_with_the_same_values_at_the_same_places(loader: str, value: object, writer: Writer) -> None:
    text = f"# \U0001f600\n {writer.write(value)}"
    with reading_with(loader):
        root = node(text)
    assert repr(root.value) == repr(parse(text.partition("\n")[2].encode()))
    of_yaml, of_json = root.spans(), Source(text, text.index("\n")).spans()
    assert of_yaml.by_path == of_json.by_path
    assert sorted(of_yaml.duplicates, key=repr) == sorted(of_json.duplicates, key=repr)
