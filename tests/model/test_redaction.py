"""Secrets in a text of an input are redacted, before it is cut; nothing else of it is changed."""

from __future__ import annotations

import pytest

from instanceview.model.text import listed, may_hold_secret, plain, quote, redact

# Split, so that nobody who scans this file for secrets finds one.
JWT = "ey" + "JhbGciOiJub25lIn0.eyJzdWIiOiJub2JvZHkifQ."
PEM_BEGIN, PEM_END = "-----BEGIN " + "PRIVATE KEY-----", "-----END " + "PRIVATE KEY-----"

REDACTIONS = {
    "https://a.example/log?sv=1&sig=a%2Bb%3D&se=2": "https://a.example/log?sv=1&sig=[redacted]&se=2",
    "?sig=a": "?sig=[redacted]",
    "x;SIG=a+b/c==;y": "x;SIG=[redacted];y",
    '"https://a.example/?sig=a" and <https://b.example/?sig=b>': (
        '"https://a.example/?sig=[redacted]" and <https://b.example/?sig=[redacted]>'
    ),
    "Authorization: Bearer  abc.def~1": "Authorization: Bearer  [redacted]",
    "bearer\na1, next": "bearer\n[redacted], next",
    "Bearer abcdefghijklmnopqrst": "Bearer [redacted]",
    "AccountName=a;AccountKey=a+b/c==;EndpointSuffix=b": "AccountName=a;AccountKey=[redacted];EndpointSuffix=b",
    "accountkey = a": "accountkey = [redacted]",
    "Endpoint=sb://a.example;SharedAccessKeyName=b;SharedAccessKey=c=": (
        "Endpoint=sb://a.example;SharedAccessKeyName=b;SharedAccessKey=[redacted]"
    ),
    f"token {JWT}c2ln.": "token [redacted]",
    f"'{JWT}'": "'[redacted]'",
    JWT.partition(".")[0]: "[redacted]",
    f"a {PEM_BEGIN}\nMIIE\nvQ==\n{PEM_END}\nb": "a [redacted]\nb",
    f"a {PEM_BEGIN}\\nMIIE\\n{PEM_END} b {PEM_BEGIN}MIIE{PEM_END}": "a [redacted] b [redacted]",
    f"{PEM_BEGIN}\nMIIE\nwithout its end": "[redacted]",
    PEM_BEGIN.replace("PRIV", "RSA PRIV") + "\nMIIE": "[redacted]",
    f"sig=1?sig=2 bearer 3 {JWT}": "sig=1?sig=[redacted] bearer [redacted] [redacted]",
}
HARMLESS = (
    "",
    "ProvisioningState/succeeded",
    "design=1&signature=2&sigma=3",
    "the bearer",
    "bearer authentication failed",
    "AccountKey",
    "eyJ.a",
    "keyJhbGciOiJub25lIn0",
    "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
    "a private key was not found",
    "two\nlines \x1b[31m \ud800",
)


@pytest.mark.parametrize(("text", "expected"), REDACTIONS.items(), ids=map(ascii, REDACTIONS))
def test_a_secret_is_redacted_and_nothing_else_is_changed(text: str, expected: str) -> None:
    assert redact(text) == expected
    assert may_hold_secret(text)
    assert redact(expected) == expected


@pytest.mark.parametrize("text", HARMLESS, ids=ascii)
def test_a_text_without_a_secret_stays_as_it_is(text: str) -> None:
    assert redact(text) == text


SECRET = "Zq7" * 40
CARRIERS = {
    "signature": f"?sig={SECRET}&se=1",
    "bearer": f"Bearer {SECRET}",
    "JSON web token": "ey" + f"J{SECRET}.{SECRET}.{SECRET}",
    "account key": f"AccountKey={SECRET};",
    "private key": f"{PEM_BEGIN}\n{SECRET}\n{SECRET}\n{PEM_END}",
}


@pytest.mark.parametrize("carrier", CARRIERS.values(), ids=CARRIERS)
def test_a_secret_that_is_cut_is_redacted_wherever_it_starts(carrier: str) -> None:
    for before in range(100):
        for filler in ("x", '"', "\n"):
            text = filler * before + " " + carrier
            for shown in (plain(text), quote(text), listed((text,))):
                assert "Zq7" not in shown, shown
