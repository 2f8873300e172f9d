"""The mutants of a module: its source with one condition, operator, constant or statement changed."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLED = {"any": "all", "all": "any", "min": "max", "max": "min", "startswith": "endswith", "lstrip": "rstrip"}


class Site(NamedTuple):
    """A mutant before its source is made: the index of a node in its module, and the number of a mutant of this node.

    `name` names the mutant in the list of equivalent ones: it has no line, which changes often.
    """

    file: str
    name: str
    node: int
    number: int


class Mutant(NamedTuple):
    """A module with one node changed: its site, the lines of the statement, and the whole source.

    There are no lines outside of functions: what is there runs at import.
    """

    site: Site
    lines: range
    source: str


class _Node(NamedTuple):
    node: ast.AST
    function: str
    """The dotted name of the function at the top of the module or of a class; empty outside of them."""
    lines: range


def sites(root: Path, file: str) -> list[Site]:
    """Return the sites of the mutants of a file."""
    return [
        Site(file, f"{file} {each.function or '-'}: {_short(each.node)} -> {_short(new)}", index, number)
        for index, each in enumerate(_nodes(_parsed(root, file)))
        for number, new in enumerate(_changed(each.node))
    ]


def mutant(root: Path, site: Site) -> Mutant:
    """Return the mutant of a site."""
    tree = _parsed(root, site.file)
    node, _, lines = list(_nodes(tree))[site.node]
    new = ast.copy_location(_changed(node)[site.number], node)
    return Mutant(site, lines, ast.unparse(ast.fix_missing_locations(_Swap(node, new).visit(tree))))


def _parsed(root: Path, file: str) -> ast.Module:
    return ast.parse((root / file).read_text("utf-8"))


def _nodes(tree: ast.AST, function: str = "", lines: range = range(0), *, inside: bool = False) -> Iterator[_Node]:
    """Yield the nodes that run; annotations, docstrings and imports for types do not run."""
    for field, value in ast.iter_fields(tree):
        if field in {"annotation", "returns", "decorator_list", "type_params", "bases"}:
            continue
        for node in value if isinstance(value, list) else [value]:
            if not isinstance(node, ast.AST) or _is_only_for_readers(node):
                continue
            here, within = function, inside
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not inside:
                here = f"{function}.{node.name}".removeprefix(".")
                within = isinstance(node, ast.FunctionDef)
            of_node = _lines(node) if inside and isinstance(node, ast.stmt) else lines
            yield _Node(node, here, of_node)
            yield from _nodes(node, here, of_node, inside=within)


def _lines(statement: ast.stmt) -> range:
    """Return the lines of a statement without those of its body."""
    body = [first.lineno for first in getattr(statement, "body", [])[:1] if first.lineno > statement.lineno]
    return range(statement.lineno, min([*body, (statement.end_lineno or 0) + 1]))


def _is_only_for_readers(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return ast.unparse(node.test) == "TYPE_CHECKING"
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _changed(node: ast.AST) -> list[ast.AST]:
    """Return the nodes that take the place of a node in its mutants."""
    return [*_conditions(node), *_values(node), *_statements(node)]


def _conditions(node: ast.AST) -> list[ast.AST]:
    match node:
        case ast.Compare(left, [operator], right) if type(operator) in _COMPARED:
            return [ast.Compare(left, [_COMPARED[type(operator)]()], right)]
        case ast.BoolOp(operator, values):
            other = ast.Or() if isinstance(operator, ast.And) else ast.And()
            return [ast.BoolOp(other, values), *values[:2]]
        case ast.UnaryOp(ast.Not(), operand):
            return [operand]
        case ast.If(_, body, orelse):
            return [ast.If(ast.Constant(value), body, orelse) for value in (True, False)]
        case ast.IfExp(_, body, orelse):
            return [body, orelse]
    return []


def _values(node: ast.AST) -> list[ast.AST]:
    match node:
        case ast.BinOp(left, operator, right) if type(operator) in _COMPUTED:
            return [ast.BinOp(left, _COMPUTED[type(operator)](), right)]
        case ast.Constant(bool() as value):
            return [ast.Constant(not value)]
        case ast.Constant(int() as value):
            return [ast.Constant(value + 1)]
        case ast.Call(ast.Name(name), arguments, keywords) if name in _CALLED:
            return [ast.Call(ast.Name(_CALLED[name], ast.Load()), arguments, keywords)]
        case ast.Call(ast.Attribute(value, name), arguments, keywords) if name in _CALLED:
            return [ast.Call(ast.Attribute(value, _CALLED[name], ast.Load()), arguments, keywords)]
    return []


def _statements(node: ast.AST) -> list[ast.AST]:
    match node:
        case ast.Continue():
            return [ast.Break()]
        case ast.Break():
            return [ast.Continue()]
        case ast.Return(value) if value is not None and not _is_false(value):
            return [ast.Return(ast.Constant(None))]
        case ast.Expr(ast.Call() | ast.Yield() | ast.YieldFrom()):
            return [ast.Expr(ast.Constant(None))]
    return []


def _is_false(node: ast.expr) -> bool:
    """Return True for None, and for False, which callers take for the same: it becomes True in another mutant."""
    return isinstance(node, ast.Constant) and (node.value is None or node.value is False)


class _Swap(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self._new if node is self._old else super().visit(node)


def _short(node: ast.AST) -> str:
    line = " ".join(ast.unparse(ast.fix_missing_locations(node)).split())
    return line if len(line) <= 100 else f"{line[:97]}..."
