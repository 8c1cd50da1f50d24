"""What the code may have meant: names and keys like those that were not found."""

from __future__ import annotations

import _ast as ast

#: More names than that are not compared.
MOST_NAMES = 2000
#: So many keys are listed where none is like the one that was asked for.
LISTED_KEYS = 10


def hint(error: BaseException, frame, code: str, line: int) -> str:
    """A sentence for the end of the message, or nothing. Nothing of the code is called to find it."""
    try:
        if type(error) is NameError:
            name = getattr(error, "name", None) or str(error).partition("'")[2].partition("'")[0]
            own = [*dict.fromkeys([*frame.f_locals, *frame.f_globals])]
            return _did_you_mean(name, own) or _did_you_mean(name, [*frame.f_builtins])
        if type(error) is KeyError:
            return _key_hint(error.args[0], frame, code, line)
    except Exception:
        pass
    return ""


def _key_hint(key: object, frame, code: str, line: int) -> str:
    tree = compile(code, "", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    for node in _lookups(tree, line):
        if isinstance(node.slice, ast.Constant) and node.slice.value != key:
            continue
        found = _value(node.value, frame)
        if type(found) is dict and key not in found:
            return _did_you_mean(key, [*found]) or _listed([*found])
    return ""


def _lookups(node: ast.AST, line: int):
    """What is looked up in brackets in a line, what is inside of others first."""
    for field in node._fields:
        value = getattr(node, field, None)
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, ast.AST):
                yield from _lookups(part, line)
    if isinstance(node, ast.Subscript) and node.lineno <= line <= node.end_lineno:
        yield node


def _value(node: ast.expr, frame):
    """What a name, or something in it under fixed keys, stands for."""
    if isinstance(node, ast.Name):
        return frame.f_locals[node.id] if node.id in frame.f_locals else frame.f_globals.get(node.id)
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        outer, key = _value(node.value, frame), node.slice.value
        if type(outer) is dict:
            return outer.get(key)
        if type(outer) in (list, tuple) and type(key) is int and -len(outer) <= key < len(outer):
            return outer[key]
    return None


def _did_you_mean(name: object, names: list) -> str:
    from difflib import get_close_matches

    known = [each for each in names if isinstance(each, str) and not each.startswith("__")]
    if not isinstance(name, str) or len(known) > MOST_NAMES:
        return ""
    close = get_close_matches(name, known, 3)
    return f". Did you mean {' or '.join(map(repr, close))}?" if close else ""


def _listed(keys: list) -> str:
    if not keys:
        return ". The dict is empty"
    return f". The keys are {', '.join(map(repr, keys[:LISTED_KEYS]))}{', …' if len(keys) > LISTED_KEYS else ''}"
