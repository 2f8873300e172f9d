"""The rule `secret-in-text`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.model.text import SECRET_MARKS, kind_of_secret, may_hold_secret, redact
from instanceview.rules.quiet import Without
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.places.spans import Path
    from instanceview.rules.rule import Site

SENTENCE = "A text contains a secret: a signature, a token or a key."
WHY = "Instance views are saved, shared and committed; anyone who reads one can use its secret until it is revoked."
GOOD = Example('{"bootDiagnostics": {"serialConsoleLogBlobUri": "https://a.example/log?sig=[redacted]"}}')
BAD = Example('{"bootDiagnostics": {"serialConsoleLogBlobUri": "https://a.example/log?sig=bm90LWEtc2VjcmV0"}}')


def check(site: Site) -> Iterator[Found]:
    """Yield every text that outputs redact: values and keys of the document, undocumented ones too."""
    for path, value, is_key in _texts_within(site.path, site.value):
        shown = redact(value)
        if shown != value:
            hint = "remove it before you share this document, and revoke it"
            facts = {"kind": kind_of_secret(value, shown)}
            # The finding keeps the redacted text, never the secret.
            yield Found(
                path, "{value} contains {kind!s}", shown, (), facts, hint, spot="secret-key" if is_key else "secret"
            )


def _texts_within(path: Path, value: object) -> Iterator[tuple[Path, str, bool]]:
    """Yield every text in a value that may hold a secret, with its path and whether it is a key."""
    if isinstance(value, str):
        yield path, value, False
    elif isinstance(value, (dict, list)) and _may_hold_secret(value):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(key, str):
                yield (*path, key), key, True
            yield from _texts_within((*path, key), item)


def _may_hold_secret(value: object) -> bool:
    import orjson  # searching one text is far faster than searching each value

    try:
        return may_hold_secret(orjson.dumps(value).decode())
    except orjson.JSONEncodeError:  # a lone surrogate
        return True


RULE: Rule = Rule(
    "secret-in-text",
    Severity.WARNING,
    SENTENCE,
    WHY,
    ("service",),
    GOOD,
    BAD,
    ("document",),
    check,
    quiet={"document": (Without(SECRET_MARKS),)},
    follows="deallocated-placement-group",
)
