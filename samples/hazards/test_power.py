import pytest

from instanceview import state


def power(view):
    return view["statuses"][1]["code"].removeprefix("PowerState/")


@pytest.mark.instance_views("vm", hazards=True)
def test_power(instance_view):
    assert power(instance_view) == state(instance_view, kind="vm").power.word
