"""Passwords in commands and addresses: `curl -u user:password`, `https://user:password@host`, `.netrc`, `.pgpass`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from instanceview.model.secrets.shapes import Secret

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = r"(?:\"(?P<double>[^\"\n]{1,256})\"|'(?P<single>[^'\n]{1,256})'|(?P<bare>[^\s\"'|&;<>`-][^\s\"'|&;<>`]{0,256}))"
_REST = r"(?:[^\n|&;]{0,200}?)"
_OF_USER = rf"\s+(?!/)\S{{1,64}}\s+(?!/){_WORD}"
_PROGRAMS = {
    **{each: each for each in ("login", "sqlcmd", "psexec", "mariadb", "plink", "pscp", "ldapsearch", "twine", "bcp")},
    "mongo": "mongo(?:sh)?",
    "mysql": "mysql(?:dump|admin)?",
}
"""Programs that take a password behind `-p` or `-w`: a text in lower case, and the expression of the names with it."""
_COMMANDS = (
    # An address. Its password may have any character but a space or a quote; digits up to a slash are a port. A program
    # that takes it for a path leaves one slash.
    (
        ":/",
        (
            r"(?:(?<=:)/|//)[^\s:/?#@\"'<>\\]{0,128}:(?P<bare>(?![0-9]{1,5}[/?#])(?:[^\s\"'<>@/]|/(?!/)){1,256}"
            r"(?:@[^\s\"'<>@/?#]{0,128}(?=@))?)@(?=[\w\[.])"
        ),
    ),
    # A token in place of user and password.
    (":/", r"(?:(?<=:)/|//)(?P<bare>(?=[^@\s/]{0,64}[0-9])[\w.~-]{20,256})@(?=[\w\[])"),
    # The same without a scheme; an image, a digest or an address of mail has none.
    (
        "@",
        (
            r"(?<![\w:@.+-])(?!(?:mailto|e-?mail|mail|to|from|cc|user|owner|upn|name|contact|docker|npm|git|sip|acct|image):)"
            r"[\w.+-]{1,64}:(?P<bare>(?=[^\s@]{0,128}[0-9!$%^&*#])(?![0-9]{1,5}@)[^\s\"'<>@/:,;|]{3,128})"
            r"@(?!sha256|sha512)(?=[\w\[]{2})"
        ),
    ),
    ("sshpass", rf"\bsshpass +-p\s*{_WORD}"),
    *((mark, rf"\b{name}\b{_REST} -[pw][ =]*{_WORD}") for mark, name in _PROGRAMS.items()),
    ("redis-cli", rf"\bredis-cli\b{_REST} -a\s+{_WORD}"),
    ("net user", rf"\bnet user{_OF_USER}"),
    ("net.exe user", rf"\bnet\.exe user{_OF_USER}"),
    ("net use ", rf"\bnet use {_REST}\s/user:\S{{1,64}}\s+(?!/){_WORD}"),
    ("net use ", rf"\bnet use (?:\S{{1,8}}\s+)?\\\\\S{{1,256}}\s+(?!/){_WORD}"),
    ("schtasks", rf"\bschtasks\b{_REST} /rp\s+{_WORD}"),
    ("signtool", rf"\bsigntool\b{_REST} /p\s+{_WORD}"),
    ("keypass", rf" -keypass\s+{_WORD}"),
    ("storepass", rf" -(?:src|dest)?storepass\s+{_WORD}"),
    ("secret set", rf"\bsecret set\b{_REST} --value[\s=]+{_WORD}"),
    ("curl", rf"\bcurl\b{_REST} -[a-z]{{1,8}}u\s*[\"']?[^\s:\"'/]{{1,64}}:(?P<bare>[^\s\"'@]{{1,256}})"),
    ("curl", rf"\bcurl\b{_REST} -b\s*[\"']?[\w.-]{{1,64}}=(?P<bare>[^\s\"';]{{1,4096}})"),
    ("http", rf"\bhttps?\b{_REST} -a\s+[\"']?[^\s:\"'/]{{1,64}}:(?P<bare>[^\s\"'@]{{1,256}})"),
    (
        "-u",
        (
            r"(?:^| )(?:-u|--user|--proxy-user)[\s=]*[\"']?(?P<name>[^\s:\"'/]{1,64}):(?!(?P=name)\b|[0-9]{1,6}\b)"
            r"(?P<bare>[^\s\"'@]{1,256})"
        ),
    ),
    # .netrc and .pgpass
    ("login", r"\blogin\s+\S{1,256}\s+(?:account\s+\S{1,256}\s+)?password\s+(?P<bare>\S{1,256})"),
    (":5432:", r"(?<![\w:])[\w.*-]{1,253}:5432:[^\s:]{1,64}:[^\s:]{1,64}:(?P<bare>[^\s\"',]{1,256})"),
    ("oracle:thin:", r"\boracle:thin:[^\s/@:]{1,64}/(?P<bare>[^\s\"'@]{1,256})@"),
    ("sudo", rf"\becho\s+{_WORD}\s*\|\s*sudo\s+-[a-z]{{0,4}}s"),
    ("--stdin", rf"\becho\s+{_WORD}\s*\|\s*(?:sudo\s+)?passwd\s+--stdin"),
    ("securestring", r"\"(?P<double>[^\"\n]{1,256})\"\s*\|\s*convertto-securestring"),
    ("securestring", r"'(?P<single>[^'\n]{1,256})'\s*\|\s*convertto-securestring"),
    ("issecret=true", r"\btask\.setvariable\b[^\]\n]{0,200}issecret=true[^\]\n]{0,200}\](?P<bare>\S{1,4096})"),
    ("type", r"\btype=[\"']?password[\"']?[^<>\n]{0,200}?\bvalue=[\"'](?P<bare>[^\"'\n]{1,256})"),
    ("::add-mask::", r"::add-mask::(?P<bare>\S{1,4096})"),
    ("x-zumo-auth", r"\bx-zumo-auth\\{0,15}[\"']?\s*[:=,]\s*\\{0,15}[\"']?(?P<bare>[^\s\"',;\\]{8,4096})"),
    ("identity", r"\bidentity[_-]header\\{0,15}[\"']?\s*[:=,]\s*\\{0,15}[\"']?(?P<bare>[\w-]{8,256})"),
    ("chpasswd", r"\becho\s+[\"']?[\w.-]{1,64}:(?P<bare>[^\s\"'|]{1,256})[\"']?\s*\|\s*(?:sudo\s+)?chpasswd"),
    ("securestring", rf"\bconvertto-securestring\s+(?:-(?:string|asplaintext|force)\s+){{0,3}}{_WORD}"),
    (
        "networkcredential",
        (
            r"\bnetworkcredential\s*(?:\]::new\s*)?\(\s*[\"'][^\"'\n]{0,64}[\"']\s*,\s*"
            r"(?:\"(?P<double>[^\"\n]{1,256})\"|'(?P<single>[^'\n]{1,256})')"
        ),
    ),
    ("pscredential", r"\bpscredential\s*\(?\s*[\"'][^\"'\n]{1,64}[\"']\s*,\s*[\"'](?P<bare>[^\"'\n]{1,256})"),
    ("identified", r"\bidentified\s+(?:with\s+\S{1,64}\s+)?by\s+(?:password\s+)?[\"'](?P<bare>[^\"'\n]{1,256})"),
)
"""A text in lower case that a command has, and the expression of its password in one in lower case."""
_LONGEST = 200
"""Characters of a user and a password before the sign `@`, at most."""
_BEHIND = 8
"""Characters behind that sign which an expression looks at, and more."""
_ORDINARY = re.compile(r"\[redacted\].{0,2}|[$%]\{?[\w:]+\}?%?|\*+|<[^<>]+>|read-host\b.*|\(.*", re.IGNORECASE)


def commanded_secrets(text: str, folded: str) -> Iterator[Secret]:
    """Yield the passwords of a text that are in a command or in an address; `folded` is the text in lower case."""
    for mark, expression in _COMMANDS:
        if mark not in folded:
            continue
        for match in _before_at(folded, expression) if mark == "@" else _compiled(expression).finditer(folded):
            groups = match.groupdict()
            start, end = match.span(next(each for each in ("bare", "double", "single") if groups.get(each) is not None))
            if not _ORDINARY.fullmatch(text, start, end):
                yield Secret(start, end, "a password")


def _before_at(folded: str, expression: str) -> Iterator[re.Match[str]]:
    """Yield the matches that end at the sign `@`, of which each has one: no other part of the text is searched."""
    search, last = _compiled(expression).search, 0
    for sign in re.finditer("@", folded):
        at = sign.start()
        match = search(folded, max(last, at - _LONGEST), at + _BEHIND)
        if match:
            yield match
        last = at


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)
