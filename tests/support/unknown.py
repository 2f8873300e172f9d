"""The message for an unknown name, whose list of known names changes with the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from instanceview.model.names import UnknownNameError, known

if TYPE_CHECKING:
    from collections.abc import Sequence


def unknown(what: str, name: str, names: Sequence[str]) -> str:
    """Return the message for a name that is not among these names."""
    with pytest.raises(UnknownNameError) as caught:
        known(what, name, names)
    return str(caught.value)
