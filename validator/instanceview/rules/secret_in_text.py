"""The rule `secret-in-text`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.model.text import SECRET_MARKS, kind_of_secret, may_hold_secret, redact, redact_member
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
    for path, value, name in _texts_within(site.path, site.value, ""):
        shown = redact(value) if name is None else redact_member(name, value)
        if shown != value:
            hint = "remove it before you share this document, and revoke it"
            facts = {"kind": kind_of_secret(value, name)}
            # The finding keeps the redacted text, never the secret.
            yield Found(
                path,
                "{value} contains {kind!s}",
                shown,
                (),
                facts,
                hint,
                spot="secret-key" if name is None else "secret",
            )


def _texts_within(path: Path, value: object, name: str) -> Iterator[tuple[Path, str, str | None]]:
    """Yield every text in a value that may hold a secret, with its path and the name of its member; None for a key."""
    if isinstance(value, str):
        yield path, value, name
    elif isinstance(value, dict) and _may_hold_secret(value):
        for key, item in value.items():
            yield (*path, key), key, None
            yield from _texts_within((*path, key), item, _meant(value, key, name))
    elif isinstance(value, list) and _may_hold_secret(value):
        for index, item in enumerate(value):
            yield from _texts_within((*path, index), item, name)


def _meant(holder: dict[str, object], key: str, name: str) -> str:
    """Return the name that says what a member is: its own, or of `{"name": …, "value": …}` the name in it."""
    if key != "value":
        return key
    named = holder.get("name", holder.get("key"))
    return named if isinstance(named, str) else name


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
