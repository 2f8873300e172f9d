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


class Mutant(NamedTuple):
    """A module with one node changed: where it is, the source of the node before and after, and the whole source.

    `function` is the dotted name of the function at the top of the module or of a class, empty outside of them.
    """

    file: str
    line: int
    function: str
    before: str
    after: str
    source: str

    @property
    def name(self) -> str:
        """Return the text that names the mutant in the list of equivalent ones: it has no line, which changes often."""
        return f"{self.file} {self.function or '-'}: {self.before} -> {self.after}"


def mutant(root: Path, file: str, index: int, number: int) -> Mutant:
    """Return a mutant of a file by its site, as `sites` has it."""
    tree = ast.parse((root / file).read_text("utf-8"))
    node, function = list(_nodes(tree))[index]
    new = _changed(node)[number]
    before, after = ast.unparse(node), ast.unparse(ast.fix_missing_locations(new))
    source = ast.unparse(ast.fix_missing_locations(_Swap(node, ast.copy_location(new, node)).visit(tree)))
    return Mutant(file, getattr(node, "lineno", 0), function, _short(before), _short(after), source)


def sites(root: Path, file: str) -> list[tuple[int, int]]:
    """Return the sites of the mutants of a file: the index of a node, and the number of a mutant of it."""
    nodes = _nodes(ast.parse((root / file).read_text("utf-8")))
    return [(index, number) for index, (node, _) in enumerate(nodes) for number in range(len(_changed(node)))]


def _nodes(tree: ast.AST, function: str = "", *, inside: bool = False) -> Iterator[tuple[ast.AST, str]]:
    """Yield the nodes that run, each with its function; annotations, docstrings and imports for types do not run."""
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
            yield node, here
            yield from _nodes(node, here, inside=within)


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
        case ast.Return(value) if value is not None and not _is_none(value):
            return [ast.Return(ast.Constant(None))]
        case ast.Expr(ast.Call() | ast.Yield() | ast.YieldFrom()):
            return [ast.Expr(ast.Constant(None))]
    return []


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


class _Swap(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self._new if node is self._old else super().visit(node)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 100 else f"{line[:97]}..."
