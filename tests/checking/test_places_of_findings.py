"""The place of a finding where the text is not the file itself: its end, and the line that is shown."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from instanceview import check_path, check_text
from instanceview.model.excerpt import Excerpt

if TYPE_CHECKING:
    from pathlib import Path

VIEW = '{"statuses": [{"code": "ProvisioningState/succeeded", "level": "bad"}]}'
CASSETTE = """interactions:
- request:
    method: GET
    uri: https://management.azure.com/subscriptions/0/providers/Microsoft.Compute/virtualMachines/a/instanceView
  response: &a
    status: {code: 404}
- request:
    method: GET
    uri: https://management.azure.com/subscriptions/0/providers/Microsoft.Compute/virtualMachines/a/instanceView
  before: *a
  response:
    status: {code: 200}
    body: {statuses: [{code: ProvisioningState/succeeded, level: bad}]}
"""


def test_a_finding_in_a_packed_text_has_no_end_in_the_file() -> None:
    plain = check_text(f'{{"body": {VIEW}}}', select=["value-not-allowed"]).findings[0]
    assert (plain.origin.inside, plain.end) == (None, (1, plain.origin.column + len('"bad"')))  # type: ignore[operator]
    text = f'{{"body": "{base64.b64encode(VIEW.encode()).decode()}"}}'
    packed = check_text(text, select=["value-not-allowed"]).findings[0]
    assert (packed.origin.inside, packed.end) == ((1, VIEW.index('"bad"') + 1), None)


def test_the_line_of_a_finding_behind_texts_of_anchors_is_shown(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(CASSETTE)
    (finding,) = check_path(tmp_path / "a.yaml").findings
    assert (finding.origin.line, finding.excerpt) == (13, Excerpt("…level: ", "bad", "}]}"))
