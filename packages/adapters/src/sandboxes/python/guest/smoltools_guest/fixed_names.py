"""Finds code that would give another meaning to a name of the host."""

from __future__ import annotations

# The module `ast` takes long to load, and little of it is of use here.
import _ast as ast


class Rebinding(TypeError):
    """The code binds a name that has to keep its meaning."""

    def __init__(self, name: str, node: ast.AST) -> None:
        super().__init__(f"{name} is a function of the host and cannot be assigned: choose another name")
        self.line = getattr(node, "lineno", 1)
        self.column = getattr(node, "col_offset", 0)


def refuse_rebinding(tree, code: str, names) -> None:
    """Raises Rebinding. Local names of functions and classes may be what they like."""
    present = frozenset(name for name in names if name in code)
    if present:
        _Finder(present).visit(tree)


class _Finder:
    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        #: 0 at the top level, more inside of functions and classes.
        self._inner = 0
        #: Names that comprehensions around here have for themselves.
        self._own: list[str] = []

    def visit(self, node) -> None:
        if isinstance(node, list):
            for item in node:
                self.visit(item)
        elif isinstance(node, ast.AST):
            VISITS.get(type(node), _Finder._visit_parts)(self, node)

    def _visit_parts(self, node: ast.AST) -> None:
        # Handlers and patterns bind names that are no nodes of their own.
        for name in (getattr(node, "name", None), getattr(node, "rest", None)):
            if isinstance(name, str):
                self._bind(name, node)
        for field in node._fields:
            self.visit(getattr(node, field, None))

    def _visit_name(self, node: ast.Name) -> None:
        if not isinstance(node.ctx, ast.Load) and node.id not in self._own:
            self._bind(node.id, node)

    def _visit_alias(self, node: ast.alias) -> None:
        self._bind(node.asname or node.name.split(".")[0], node)

    def _visit_global(self, node: ast.Global) -> None:
        for name in node.names:
            if name in self._names:
                raise Rebinding(name, node)

    def _visit_scope(self, node) -> None:
        """A function or a class: its name is bound here, what is in it is not."""
        self._bind(getattr(node, "name", ""), node)
        for field in node._fields:
            if field != "body":
                self.visit(getattr(node, field, None))
        self._inner += 1
        self.visit(node.body)
        self._inner -= 1

    def _visit_comprehension(self, node) -> None:
        before = len(self._own)
        for each in node.generators:
            self._take_names(each.target)
        self._visit_parts(node)
        del self._own[before:]

    def _take_names(self, target) -> None:
        if isinstance(target, ast.Name):
            self._own.append(target.id)
        for field in target._fields if isinstance(target, ast.AST) else ():
            parts = getattr(target, field, None)
            for part in parts if isinstance(parts, list) else [parts]:
                self._take_names(part)

    def _bind(self, name: str, node: ast.AST) -> None:
        if self._inner == 0 and name in self._names:
            raise Rebinding(name, node)


VISITS = {
    ast.Name: _Finder._visit_name,
    ast.alias: _Finder._visit_alias,
    ast.Global: _Finder._visit_global,
    **dict.fromkeys((ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda), _Finder._visit_scope),
    **dict.fromkeys((ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp), _Finder._visit_comprehension),
}
