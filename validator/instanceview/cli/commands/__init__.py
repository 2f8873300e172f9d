"""The commands: each in the module of its name, as a function of that name, loaded only when it runs.

`state` is in `machine_state`: a module of its name would hide the function `instanceview.state` of the same name.

`instanceview check` is started in hooks and loops, so it must not pay for the others: the command line knows them by
the names below.
"""

from __future__ import annotations

COMMANDS = {
    "check": "Check every instance view in files, folders, globs and standard input (-).",
    "state": "Print the state of each machine and scale set.",
    "report": "Report what was seen of each element and status code.",
    "extract": "Write each document of recordings to its own file.",
    "explain": "Explain a rule, list all rules, or look up an element.",
    "code": "List status codes, or look up codes and their texts.",
    "tables": "Show the element table of a kind.",
    "schema": "Print a JSON Schema or its path.",
    "api-versions": "List the api-versions and what each changed.",
    "diff": "Show the differences between two api-versions.",
    "config": "Show the settings of check and their sources.",
    "generate": "Generate documents that conform or have exactly one fault.",
}
"""The commands in the order of the help, each with the line that the list of commands has for it."""

MODULES = {"state": "machine_state"}
"""The modules of the commands that have another name than theirs."""
