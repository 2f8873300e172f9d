"""The guide to what is not read has each command and option that the program's own next steps name."""

from __future__ import annotations

import re

import yaml
from checkout import DATA
from documentation import page

CASES = yaml.safe_load((DATA / "others.yaml").read_text("utf-8"))
STEPS = {
    str(case["is"]).partition("; ")[2]
    for group in ("values", "texts", "bytes", "arguments")
    for case in CASES.get(group, [])
    if case["is"]
}
COMMAND = re.compile(
    r'"((?:az|instanceview) [^"]+?)(?: --[^"]*)?"'  # a command in quotes
    r'|(?<![\w"])((?:--?|\$)[a-zA-Z][\w-]+=?\w*|[a-z]+\.dumps)'  # an option, a query parameter, a function
)


def test_each_command_of_a_next_step_is_in_the_guide() -> None:
    guide = page("not-read")
    named = {first or second for step in STEPS for first, second in COMMAND.findall(step)}
    assert len(named) > 8
    assert sorted(name for name in named if name not in guide) == []
