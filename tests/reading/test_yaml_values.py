"""Values of a YAML text: those that JSON would make of them."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from yaml_cases import YAML_VALUES, every_loader, node, reading_with

from instanceview.reading.json_texts.plain import from_python

# As 1.1 and 1.2 of YAML agree, or as JSON has it; everything else is text as written.
VALUES: dict[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL", "# nothing", "!!null x"[:6])),
    **dict.fromkeys(("true", "True", "TRUE", "!!bool 'true'"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    "0": 0,
    "-0": 0,
    "12": 12,
    "9223372036854775808": 2**63,
    "18446744073709551616": 2.0**64,
    "1.10": 1.1,
    "-1.5e3": -1500.0,
    "1E+2": 100.0,
    "!!float 1": 1,
    "! 12": 12,
    "!!str 12": "12",
    "!!str": "",
    "!!timestamp 2016-04-30": "2016-04-30",
    "!!int abc": "abc",
    "'12'": "12",
    '"~"': "~",
    '"\\x41\\U0001F600\\/"': "A\U0001f600/",
    "|\n  12\n": "12\n",
    ">-\n  two\n  lines": "two lines",
    "two\n  lines # comment": "two lines",
    "a#b": "a#b",
    "http://x:1/#y": "http://x:1/#y",
    "'it''s'": "it's",
    "[]": [],
    "{a: }": {"a": None},
    "{1: 2, true: 3, ~: 4, 1.0: 5}": {"1": 2, "true": 3, "~": 4, "1.0": 5},
}
TEXTS = [
    *("yes", "no", "on", "off", "y", "Yes", "nO", "TRue", "nuLL", "=", "<<"),
    *("017", "0o17", "0x1F", "0b1", "1_000", "+1", "1.", ".5", "1e", "00", "1:30", "190:20:30", "1,000"),
    *(".inf", "-.inf", ".NaN", "NaN", "Infinity"),
    *("2016-04-30", "2024-07-01T12:00:00Z", "2024-07-01 12:00:00 +1", "1.1.0", "2.7.41491.1095", "١٢"),
]


@every_loader
@pytest.mark.parametrize("text", VALUES)
def test_a_value_is_what_json_makes_of_it(text: str, loader: str) -> None:
    with reading_with(loader):
        # Numbers of another type are equal, their texts are not.
        assert repr(node(f"a:\n- {text}\nb:").value) == repr({"a": [VALUES[text]], "b": None})


@every_loader
@pytest.mark.parametrize("text", TEXTS)
def test_what_the_versions_of_yaml_read_in_different_ways_is_text(text: str, loader: str) -> None:
    with reading_with(loader):
        assert node(f"a: {text}").value == {"a": text}


@every_loader
@settings(max_examples=200, deadline=None, database=None)
@given(value=YAML_VALUES, style=st.sampled_from(['"', "'"]))
def test_block_style_has_the_values_that_were_written(loader: str, value: object, style: str) -> None:
    text = yaml.dump(value, Dumper=_Dumper, default_style=style, default_flow_style=False, sort_keys=False)
    with reading_with(loader):
        assert repr(node(text).value) == repr(from_python(value))


class _Dumper(yaml.SafeDumper):
    """Writes every value out and keeps the order of members."""

    def ignore_aliases(self, _data: object) -> bool:
        return True
