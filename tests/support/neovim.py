"""Runs a configuration of Neovim with the few functions of Neovim that it calls."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from checkout import ROOT
from needs import LUPA
from program import run

_VIM = """
local vim = {configured = {}, enabled = {}, json = {}, fn = {}, lsp = {}}
vim.lsp.config = function(name, config) vim.configured[name] = config end
vim.lsp.enable = function(name) table.insert(vim.enabled, name) end
return vim
"""


def configure(code: str) -> tuple[dict[str, Any], list[str]]:
    """Return the language servers that Lua code configures, by name, and the names of those that it enables."""
    lupa = pytest.importorskip("lupa", reason=LUPA)
    runtime = lupa.LuaRuntime(unpack_returned_tuples=True)
    vim = runtime.execute(_VIM)
    vim.trim = str.strip
    vim.uri_from_fname = lambda name: Path(name).as_uri()
    vim.json.decode = lambda text: runtime.table_from(json.loads(text), recursive=True)
    vim.fn.readfile = lambda name: runtime.table_from(Path(name).read_text("utf-8").splitlines())
    vim.fn.system = _system
    vim.fn.fnamemodify = _fnamemodify
    runtime.globals().vim = vim
    runtime.execute(code)
    return _plain(lupa, vim.configured), _plain(lupa, vim.enabled)


def _system(command: Any) -> str:  # noqa: ANN401 (a table of Lua)
    program, *arguments = command.values()
    assert program == "instanceview"
    return run(*arguments, cwd=ROOT).out


def _fnamemodify(name: str, modifiers: str) -> str:
    steps = modifiers.split(":")[1:]
    assert set(steps) == {"h"}
    return str(Path(name).parents[len(steps) - 1])


def _plain(lupa: Any, value: Any) -> Any:  # noqa: ANN401 (a module without types, and a value of Lua)
    """Return a value of Lua as one of Python; a table whose first key is 1 is a list."""
    if lupa.lua_type(value) != "table":
        return value
    items = {key: _plain(lupa, item) for key, item in value.items()}
    return list(items.values()) if 1 in items else items
