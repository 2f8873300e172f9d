"""Shapes of hostile files: each grows one thing that a stranger can write as often as they like.

A new shape is one line of `SHAPES`: its name, the name of its file, and the function from a number of bytes to a text
of about that size. `of` makes most of them: what is before, the piece that is repeated, and what is after it.
"""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_MACHINE = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/app"
_GET = f"{_MACHINE}/instanceView?api-version=2024-07-01"
_HOST = "https://management.azure.com"
_STATUS = '{"code": "ProvisioningState/succeeded", "level": "Info"}'
_BAD = '{"code": "ProvisioningState/succeeded", "level": "bad"}'
_VIEW = '{"statuses": ['
_MEMBERS = f"{_VIEW}{_STATUS}], "
_AGENT = f'{_MEMBERS}"vmAgent": {{"vmAgentVersion": "2.7", '
_ANSWER = '{"statuses": [{"code": "ProvisioningState/succeeded", "level": "Info", "message": "%d"}]}'
_EXCHANGE = f'"request": {{"method": "GET", "url": "{_HOST}{_GET}"}}, "response": {{"status": 200, "content": '
_MOCK = f'{{"request": {{"url": "{_HOST}{_GET}"}}, "response": {{"status": 404, "body": {{"x": 1}}}}}}'
_ARC = '{"type": "Microsoft.HybridCompute/machines", "resources": ['
_HANDLER = '{"type": "A.B", "typeHandlerVersion": "1.0"}'
_HANDLERS = f'{_MEMBERS}"vmAgent": {{"extensionHandlers": [{_HANDLER}]}}, "extensions": ['
_OTHER_VERSION = '{"name": "e%d", "type": "A.B", "typeHandlerVersion": "2.%d"}'
_HAR = f'{{"log": {{"entries": [{{{_EXCHANGE}{{"mimeType": "application/json", "text": "'
_ASKED = _HAR.split("api-version")
_LISTED = f'{_ASKED[0][: _ASKED[0].rindex("/app/")]}?api-version{_ASKED[1]}{{\\"value\\": ['
_ARRAY = '{"properties": {"instanceView": [{"statuses": [{"code": "PowerState/a", "message": "%s"}]}]}}' % ("x" * 300)
_RECORDED = '{"Get-AzX+[NoContext]+Get+$GET+https://x/a+1": {"Response": {}}'
_END_OF_HAR = '"}}}]}}'
_NOCK = f"nock('{_HOST}').get('{_GET}').reply(200"
_ITEM = f"""\
- request:
    method: GET
    uri: {_HOST}{_GET}
  response:
    status:
      code: 200
    body:
      string: '{_VIEW}{_STATUS}]}}'
"""
_LINKED = _ITEM.replace("response:", "response: &a").replace("    body", "    before: *a\n    body")
_CASSETTE = f"interactions:\n{_ITEM}"


class Shape(NamedTuple):
    """A name, the name of its file, and the content of about so many bytes."""

    name: str
    file: str
    text: Callable[[int], str | bytes]

    def content(self, size: int) -> bytes:
        """Return the content of the file of about so many bytes."""
        content = self.text(size)
        return content if isinstance(content, bytes) else content.encode()


def of(before: str, piece: str, after: str = "", between: str = ", ") -> Callable[[int], str]:
    """Return the function to a text whose piece is repeated, at least once, with its number for `%d`.

    >>> of("[", "a%d", "]")(14)
    '[a0, a1, a2]'
    """

    def text(size: int) -> str:
        pieces: list[str] = []
        left = size - len(before) - len(after)
        while not pieces or left >= len(pieces[-1]):
            pieces.append(piece.replace("%d", str(len(pieces))))
            left -= len(pieces[-1]) + len(between)
        return f"{before}{between.join(pieces)}{after}"

    return text


def halves(first: Callable[[int], str], second: Callable[[int], str]) -> Callable[[int], str]:
    """Return the function to a text that has two others, one after the other."""
    return lambda size: first(size // 2) + second(size // 2)


def packed(pieces: tuple[str, str, str]) -> Callable[[int], bytes]:
    """Return the function to a gzip file of many members: one, many of the second, and one."""
    first, member, last = (gzip.compress(piece.encode(), mtime=0) for piece in pieces)
    return lambda size: first + member * max(1, (size - len(first + last)) // len(member)) + last


def nested(opened: str, inner: str, closed: str) -> Callable[[int], str]:
    """Return the function to a text in brackets, as many as fit."""
    return lambda size: f"{opened * (size // len(opened + closed))}{inner}{closed * (size // len(opened + closed))}"


_KNOWN = '{"version": 1, "findings": ['
_FINDING = '{"file": "f%d", "rule": "wrong-type", "pointer": "/a/%d", "value": "0123456789abcdef"}'
_SETTINGS = ".instanceview.toml"
_BASELINE = ("check", "--baseline", "known.json")
OF_PROJECTS = (
    (("config",), Shape("sections", _SETTINGS, of("", "[[per-file]]\nfiles = ['x%d*']\nkind = 'vm'", "\n", "\n"))),
    (("config",), Shape("patterns", _SETTINGS, of("[[per-file]]\nkind = 'vm'\nfiles = [", "'*%d*'", "]\n"))),
    (("config",), Shape("unknown keys", _SETTINGS, of("", "other%d = 1", "\n", "\n"))),
    (("config",), Shape("empty tables", _SETTINGS, of("", "[kind%d]", "\n", "\n"))),
    (("check", "."), Shape("excluded", _SETTINGS, of("exclude = [", "'x*%d[!a]'", "]\n"))),
    (_BASELINE, Shape("known findings", "known.json", of(_KNOWN, _FINDING, "]}"))),
    (_BASELINE, Shape("known findings that are empty", "known.json", of(_KNOWN, "{}", "]}"))),
    (_BASELINE, Shape("members of a known finding", "known.json", of(_KNOWN + "{", '"a%d": 1', "}]}"))),
    (("report", "--compare", "old.json"), Shape("an old report", "old.json", of('{"statusCodes": [', "1", "]}"))),
)
"""What the author of a commit can write beside the documents: the command that reads it, and the shape of the file."""

SHAPES = (
    # Documents.
    Shape("unknown members", "view.json", of(_AGENT, '"other%d": 1', "}}")),
    Shape("near names", "view.json", of(_AGENT, '"extension%dHandlers": 1', "}}")),
    Shape("near names in items", "view.json", of(_VIEW, '{"code": "a/b", "leve%d": "Info"}', "]}")),
    Shape("near names with a number", "view.json", of(_AGENT, '"statuses%d": 1', "}}")),
    Shape("statuses with one code", "view.json", of(_VIEW, _STATUS, "]}")),
    Shape("statuses with many codes", "view.json", of(_VIEW, '{"code": "Some%d/thing", "level": "Info"}', "]}")),
    Shape("statuses with bad levels", "view.json", of(_VIEW, _BAD, "]}")),
    Shape("statuses with many bad levels", "view.json", of(_VIEW, _BAD.replace("bad", "bad%d"), "]}")),
    Shape("equal extensions", "view.json", of(f'{_MEMBERS}"extensions": [', '{"name": "a"}', "]}")),
    Shape("equal disks", "view.json", of(f'{_MEMBERS}"disks": [', '{"name": "a"}', "]}")),
    Shape("duplicate keys in items", "view.json", of(_VIEW, '{"code": "a/b", "code": "a/c"}', "]}")),
    Shape("duplicate keys of one object", "view.json", of(_MEMBERS, '"disks": []', "}")),
    Shape("items that are not objects", "view.json", of(f"{_VIEW}{_STATUS}, ", "0", "]}")),
    Shape("items without members", "view.json", of(_VIEW, "{}", "]}")),
    Shape("wrong types", "view.json", of(f'{_MEMBERS}"disks": [', '{"name": 1, "statuses": "x"}', "]}")),
    Shape("unknown members of items", "view.json", of(_VIEW, '{"code": "a/b", "some": {"a": 1}, "else": [1]}', "]}")),
    Shape("names in another case", "view.json", of(_VIEW, '{"Code": "PowerState/running", "LEVEL": "Info"}', "]}")),
    Shape("near states", "view.json", of(_VIEW, '{"code": "PowerState/runnin%d", "level": "Info"}', "]}")),
    Shape("times", "view.json", of(_VIEW, '{"code": "PowerState/running", "time": "0001-01-01 %d"}', "]}")),
    Shape("secrets", "view.json", of(_VIEW, '{"code": "a/b", "message": "AccountKey=abcdefgh%dijklmnop=="}', "]}")),
    Shape("replaced values", "view.json", of(_MEMBERS, '"vmAgent": {"statuses": 1, "statuses": 2}', "}")),
    Shape("extensions without a handler", "view.json", of(_HANDLERS, '{"name": "e%d", "type": "X.Y%d"}', "]}")),
    Shape("extensions of other versions", "view.json", of(_HANDLERS, _OTHER_VERSION, "]}")),
    # JSON texts.
    Shape(
        "list answer", "list.json", of('{"value": [', f'{{"properties": {{"instanceView": {_VIEW}{_BAD}]}}}}}}', "]}")
    ),
    Shape("hosts of a group", "group.json", of('{"hosts": [', f'{{"name": "h", "statuses": [{_BAD}]}}', "]}")),
    Shape("statuses of a script", "script.json", of('{"value": [', _BAD.replace("Provisioning", "StdOt%d"), "]}")),
    Shape("machines of Arc", "arc.json", of(_ARC, '{"properties": {"instanceView": {"status": {"code": "x"}}}}', "]}")),
    Shape("answers of a mock", "mock.json", of('{"mocks": [', _MOCK, "]}")),
    Shape("array of documents", "views.json", of("[", f"{_VIEW}{_BAD}]}}", "]")),
    Shape("lines of documents", "views.ndjson", of("", f"{_VIEW}{_BAD}]}}", "\n", "\n")),
    Shape("blank lines", "views.ndjson", of(f"{_VIEW}]}}\n{_VIEW}]}}\n", "\n", "", "")),
    Shape("blank lines before documents", "views.ndjson", of("", "\n", f"{_VIEW}]}}\n{_VIEW}]}}\n", "")),
    Shape("members of gzip", "view.json.gz", packed((_VIEW, " ", "]}"))),
    Shape("nested arrays", "deep.json", nested("[", "", "]")),
    Shape("empty arrays", "empty.json", of("[", "[]", "]")),
    Shape(
        "percent signs of percent signs",
        "view.json",
        of(f'{_VIEW}{{"code": "a/b", "message": "sig=', "%25", '"}]}', ""),
    ),
    Shape("hidden characters", "view.json", of(f'{_VIEW}{{"code": "a/b", "message": "sig=', r"\u202e", '"}]}', "")),
    Shape("short secrets", "view.json", of(f'{_VIEW}{{"code": "a/b", "message": "', "pwd=hunter2 ", '"}]}', "")),
    Shape("blocks in blocks", "view.json", of(f'{_VIEW}{{"code": "a/b", "message": "', r"  psk: |\n", '"}]}', "")),
    Shape("one long string", "long.json", of(f'{_VIEW}{{"code": "a/b", "message": "', "\\\\u00e9", '"}]}', "")),
    Shape("hexadecimal in a value", "held.json", of('{"body": "', "7b0a", '"}', "")),
    # Recordings.
    Shape(
        "body with many findings",
        "browser.har",
        of(_HAR + '{\\"statuses\\": [', _BAD.replace('"', '\\"'), "]}" + _END_OF_HAR),
    ),
    Shape(
        "entries",
        "browser.har",
        of('{"log": {"entries": [', "{" + _EXCHANGE + '{"text": "{\\"statuses\\": []}"}}}', "]}}"),
    ),
    Shape(
        "name of an entry",
        "a.Recording.json",
        of(_RECORDED + ', "a+', "+$G+http:/x", '!": {"Response": {"Content": "instanceView"}}}', ""),
    ),
    Shape(
        "parameters of a request",
        "browser.har",
        of(_ASKED[0], "a%d=b", f"&api-version{_ASKED[1]}{{}}{_END_OF_HAR}", "&"),
    ),
    Shape("chunks of an answer", "nock.js", of(f"{_NOCK}, [", "'1f8b'", "])")),
    Shape("commas in a program", "nock.js", of(f"{_NOCK}, {{", ",", "})", "")),
    Shape("commas and space in a program", "nock.js", of(f"{_NOCK}, {{", ", \n\t", "})", "")),
    Shape("comments in a program", "nock.js", of(f"{_NOCK}, {{", "/**/", "})", " ")),
    Shape("lines of comments in a program", "nock.js", of(f"{_NOCK}, {{", "//", "\n})", "\n")),
    Shape("white space in a program", "nock.js", of(f"{_NOCK}, {{", " ", "})", "")),
    Shape("space between words in a program", "nock.js", of(f"{_NOCK}, [", "null        ", "])", "")),
    Shape("calls in a program", "nock.js", of(f"{_NOCK}, {{}});\n", ".get(  ", "", "")),
    # YAML.
    Shape("anchors", "view.yaml", of("statuses:\n", "- &a%d {code: a/b}", "\n", "\n")),
    Shape("handles of tags", "view.yaml", of("", "%TAG !a%d! b", "\n---\nstatuses: []\n", "\n")),
    Shape("repeated keys of YAML", "view.yaml", of("", "osName: a", "\n", "\n")),
    Shape("comments after an anchor", "view.yaml", of("a: &a ", "#\n ", "b\nstatuses: []\n", "")),
    Shape("aliases", "view.yaml", of(f"a: &a {_STATUS}\nstatuses:\n", "- *a", "\n", "\n")),
    Shape("merge keys", "view.yaml", of(f"a: &a {_STATUS}\nstatuses:\n", "- <<: *a", "\n", "\n")),
    Shape("merge keys in one mapping", "view.yaml", of(f"a: &a {_STATUS}\nstatuses:\n- <<: [", "*a", "]\n")),
    Shape("documents", "views.yaml", of("", "---\nstatuses:\n- code: a/b", "\n", "\n")),
    Shape("empty documents", "views.yaml", of("statuses: []\n", "---", "\n", "\n")),
    Shape("interactions", "vcr.yaml", of(_CASSETTE, _ITEM, "", "")),
    Shape(
        "interactions that are aliases",
        "vcr.yaml",
        of(_CASSETTE.replace("- req", "- &a\n  req"), "- *a", "\n", "\n"),
    ),
    Shape(
        "interactions with anchors",
        "vcr.yaml",
        of("interactions:\n", f"- &a%d\n  {_ITEM[2:]}- *a%d\n", "", ""),
    ),
    Shape(
        "anchors before interactions",
        "vcr.yaml",
        halves(
            of("anchors:\n", "  a%d: &a%d GET", "\n", "\n"), of("interactions:\n", _ITEM.replace("GET", "*a%d"), "", "")
        ),
    ),
    Shape(
        "interactions in one another",
        "vcr.yaml",
        of(_CASSETTE.replace("response:", "response: &a"), _LINKED, "", ""),
    ),
    Shape("quote before interactions", "vcr.yaml", of("interactions:\n- request: 'open\n", _ITEM, "", "")),
    # Other texts.
    Shape(
        "headers of mails", "some.log", of("", "Content-Transfer-Encoding: quoted-printable", "\n\n{PowerState/x", "\n")
    ),
    Shape("arrays for views", "run.har", of(_LISTED, _ARRAY.replace('"', '\\"'), f"]}}{_END_OF_HAR}")),
    Shape("codes of statuses in prose", "some.log", of("", "{code=PowerState/a", "", " ")),
    Shape("ends of statuses", "some.log", of("", '"code": "PowerState/a", "b": 1, [[[[', "", " ")),
    Shape("lines with findings", "build.log", of("build\n", f"12:00 {_VIEW}{_BAD}]}}", "\n", "\n")),
    Shape("text with one view", "build.log", of("build\n" + _VIEW + "\n", f"  {_BAD}", "\n]}\n", ",\n")),
    Shape("open quotes", "build.log", of("build\n", '{"statuses": "a', "\n", "\n")),
    Shape("open brackets", "build.log", of("build\n", '{"statuses": [', "\n", "\n")),
    Shape("pasted members", "build.log", of("build\n", '"statuses": [{"code": "a/b"}],', "\n", "\n")),
    Shape("names in one line", "build.log", of("build ", "statuses: [", "", "")),
    Shape("colours in one line", "build.log", of(f'build {_VIEW}{{"message": "', "\x1b[31m", '"}]}', "")),
    Shape("pairs in one line", "build.log", of(f'build {_VIEW}{{"message": "', "-Credential (a, ", '"}]}', "")),
    Shape("broken views in one line", "build.log", of("build ", '{"statuses": [x ', "", "")),
    Shape("braces in one line", "build.log", of("build ", "{", "", "")),
    Shape("brackets in one line", "build.log", of("build ", "[a ", "", "")),
    Shape("escaped views in one line", "build.log", of("build ", '{\\"statuses\\": [] ', "", "")),
    Shape("values in one another", "build.log", of("build\n", '}\n],\n"query": {\n"version": [\n{\n', "", "")),
    Shape("answers in a log", "curl.http", of("", f"GET {_GET} HTTP/1.1\n\nHTTP/1.1 200 OK\n\n{_ANSWER}\n\n", "", "")),
    Shape("chunks of a body", "curl.http", of("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n", "1\na\n", "", "")),
    Shape(
        "notes after blank lines",
        "curl.txt",
        halves(of("HTTP/1.1 200 OK\na: b\n\n", "\n", "", ""), of("", "* a\n", "", "")),
    ),
    Shape(
        "notes of many answers",
        "curl.txt",
        lambda size: (
            "< HTTP/1.1 200 OK\n< a: b\n< \n"
            + of("", "< HTTP/1.1 201 Created\n< \n", "", "")(size // 3)
            + of("", "< HTTP/1.1 200 OK\n< \n", "", "")(size // 3)
            + of("", "HTTP/1.1 200 OK\n\n{}\n", "", "")(size // 3)
        ),
    ),
    Shape("fences with YAML", "page.md", of("# Page\n", "```yaml\nstatuses:\n- code: a/b\n```\n", "", "")),
)
