"""Configurations that `check` refuses, each with the lines that it prints."""

from __future__ import annotations

from unknown import unknown

from instanceview.tables.kinds import KINDS

ONE = "found an object with 1 member; start each section with a header in double brackets, [[...]]"

# The text of .instanceview.toml, and the lines that complain of it, without the name of the file.
CASES: dict[str, tuple[str, list[str]]] = {
    "misspelt key": ('fail-onn = "note"', ['1:1: unknown key "fail-onn"; did you mean "fail-on"? known: {keys}']),
    "key with an underscore": (
        "\nmax_findings = 1",
        ['2:1: unknown key "max_findings"; did you mean "max-findings"? known: {keys}'],
    ),
    "what is done once": (
        "write-baseline = true",
        ["1:1: write-baseline is an option of the command line only; remove the line"],
    ),
    "far from any key": ("zzz = 1", ['1:1: unknown key "zzz"; known: {keys}']),
    "unknown value": (
        'fail-on = "warnin"',
        ['1:11: fail-on: unknown fail-on "warnin"; did you mean "warning"? known: error, warning, note'],
    ),
    "value of another type": ("quiet = 1", ["1:9: quiet: expected true or false, found 1"]),
    "number for a name": ("kind = 3", ["1:8: kind: expected a kind, found 3"]),
    "unknown rule in place of an array": (
        'ignore = "wrong-typ"',
        ['1:10: ignore: unknown rule "wrong-typ"; did you mean "wrong-type"? `instanceview explain` lists them all'],
    ),
    "unknown format in place of an array": (
        'quiet = true\nformat = "sarf"',
        ['2:10: format: unknown format "sarf"; did you mean "sarif"? known: {formats}'],
    ),
    "name that no system has": (
        'baseline = "a\\u0000b"',
        ['1:12: baseline: "a\\u0000b" has a NUL character, which no name has; remove it'],
    ),
    "share without its sign": (
        'min-coverage = ["50%", "vm=80"]',
        ['1:24: min-coverage: expected a share, such as "80%" or "vmss-vm=80%", found "vm=80"'],
    ),
    "share with a line break": (
        'min-coverage = "50%\\n"',
        ['1:16: min-coverage: expected a share, such as "80%" or "vmss-vm=80%", found "50%\\n"'],
    ),
    "share as a number": (
        "min-coverage = 80",
        ['1:16: min-coverage: expected a share, such as "80%" or "vmss-vm=80%", found 80'],
    ),
    "no share": (
        "min-coverage = []",
        ["1:16: min-coverage: an empty array; write at least one share, or remove the line"],
    ),
    "number in place of an array": ("select = 3", ["1:10: select: expected an array, found 3"]),
    "array of no rule": ("select = []", ["1:10: select: an empty array; write at least one rule, or remove the line"]),
    "array of no format": (
        "format = []",
        ["1:10: format: an empty array; write at least one format, or remove the line"],
    ),
    "array of no file": ("output = []", ["1:10: output: an empty array; write at least one file, or remove the line"]),
    "array of no pattern": (
        "exclude = [ ]",
        ["1:11: exclude: an empty array; write at least one pattern, or remove the line"],
    ),
    "no rule of a section": (
        '[[per-file]]\nfiles = "*"\nignore = []',
        ["3:10: ignore: an empty array; write at least one rule, or remove the line"],
    ),
    "no rule by name": ('ignore = ""', ['1:10: ignore: unknown rule ""; `instanceview explain` lists them all']),
    "unknown rule in an array": (
        'ignore = [\n  "wrong-type", # known\n  "wrong-typ",\n]',
        ['3:3: ignore: unknown rule "wrong-typ"; did you mean "wrong-type"? `instanceview explain` lists them all'],
    ),
    "unknown rule as a key": (
        '[severity]\nwrong-type = "note"\nwrong-typ = "note"',
        ['3:1: unknown rule "wrong-typ"; did you mean "wrong-type"? `instanceview explain` lists them all'],
    ),
    "unknown severity": (
        'severity.wrong-type = "nota"',
        ['1:23: wrong-type: unknown severity "nota"; did you mean "note"? known: error, warning, note'],
    ),
    "unknown api-version": (
        'api-version = "2024-07-02"',
        ['1:15: api-version: unknown api-version "2024-07-02"; did you mean "2024-07-01"? known: {versions}'],
    ),
    "unknown api-version of a kind": (
        'kind = "arc-extension"\napi-version = "2024-07-02"',
        ['2:15: api-version: unknown api-version "2024-07-02"; did you mean "2024-07-10"? known: {of arc-extension}'],
    ),
    "api-version without quotes": (
        "api-version = 2024-07-01",
        ['1:15: api-version: expected a string, found a date or time; put it in quotes: "2024-07-01"'],
    ),
    "no number": ("max-findings = nan", ["1:16: max-findings: expected a whole number, found nan"]),
    "too small": ("max-findings = -1", ["1:16: max-findings: -1 is too small; expected 0 or more"]),
    "empty name": (
        'engine = "reference"\nstdin-filename = ""',
        ['2:18: stdin-filename: ""; expected one character or more'],
    ),
    "section without files": (
        '[[per-file]]\nignore = ["wrong-type"]',
        ['1:1: a section without files; add for example files = ["captures/**"]'],
    ),
    "section with no file": ("[[per-file]]\nfiles = []", ["2:9: files: an empty array; write at least one pattern"]),
    "unknown key of a section": (
        '[[per-file]]\nfiles = ["*"]\nselect = []',
        ['3:1: unknown key "select"; did you mean "element"? known: files, ignore, element, api-version, kind'],
    ),
    "one section": ('per-file = { files = ["*"] }', [f"1:12: per-file: expected an array, {ONE}"]),
    "section in single brackets": ('[per-file]\nfiles = ["*"]', [f"1:1: per-file: expected an array, {ONE}"]),
    "no pattern": ('[[per-file]]\nfiles = ["*", "!"]', ['2:15: files: "!" is not a valid .gitignore pattern']),
    "no set": ('[[per-file]]\nfiles = ["[p-f"]', ['2:10: files: "[p-f" is not a valid .gitignore pattern']),
    "longer than a path": (
        f'[[per-file]]\nfiles = ["{"*a" * 2049}"]',
        [f'2:10: files: "{"*a" * 39}*…" is not a valid .gitignore pattern'],
    ),
    "misspelt element": (
        '[[per-file]]\nfiles = ["*"]\nelement = "vmAgent.statuses.levl"',
        ['3:11: element: unknown element "vmAgent.statuses.levl"; did you mean "vmAgent.statuses.level"? {elements}'],
    ),
    "several, in the order of the text": (
        'kind = "vmms"\n[[per-file]]\nfiles = [1]\nkin = 2',
        [
            f"1:8: kind: {unknown('kind', 'vmms', KINDS)}",
            "3:10: files: expected a string, found 1",
            '4:1: unknown key "kin"; did you mean "kind"? known: files, ignore, element, api-version, kind',
        ],
    ),
    "hostile key": ('"a\\u001b[31m\\nb" = 1', ['1:1: unknown key "a\\u001b[31m\\nb"; known: {keys}']),
}
NO_TOML: dict[str, tuple[str, list[str]]] = {
    "no value": ("a =\n", ["1:4: not TOML: invalid value; write a value after ="]),
    "word without quotes": (
        "fail-on = warning # from there on",
        ['1:11: not TOML: invalid value, found "warning"; put a string in double quotes'],
    ),
    "rule without quotes": (
        "ignore = [unset-time]",
        ['1:11: not TOML: invalid value, found "unset-time"; put a string in double quotes'],
    ),
    "version without quotes": (
        "api-version = 2016-04-30-preview",
        [
            "1:25: not TOML: expected newline or end of document after a statement; put a string in double quotes",
        ],
    ),
    "true of Python": ("quiet = True", ['1:9: not TOML: invalid value, found "True"; use true']),
    "false of Python": ("quiet = False", ['1:9: not TOML: invalid value, found "False"; use false']),
    "YAML": ("quiet: true", ["1:6: not TOML: expected '=' after a key in a key/value pair; write KEY = VALUE"]),
    "JSON": ('{"quiet": true}', ["1:1: not TOML: invalid statement; write KEY = VALUE"]),
    "array cut off": (
        'ignore = ["unset-time"',
        ["1:23: not TOML: unclosed array; end it with ], and put commas between its items"],
    ),
    "cut off": ('a = "b\n', ["1:7: not TOML: illegal character '\\n'; close the quotes"]),
    "cut off in single quotes": ("a = 'b", ['1:7: not TOML: expected "\'"; close the quotes']),
    "path of Windows": (
        'baseline = "C:\\x"',
        ["1:17: not TOML: unescaped '\\' in a string; put a string with backslashes in single quotes"],
    ),
    "key twice": (
        "quiet = true\nquiet = true\n",
        ["2:13: not TOML: cannot overwrite a value; use each key once"],
    ),
    "nested beyond reason": (
        "a = " + "[" * 100_000,
        ["1:1: nested too deeply; a configuration has at most three levels"],
    ),
    "a key in tables beyond reason": (
        'a . "b".' * 50_000 + "a = 1",
        ["1:1: nested too deeply; a configuration has at most three levels"],
    ),
    "number beyond reason": ("jobs = " + "9" * 4301, [" not TOML: a number has more than 4,300 digits"]),
}
