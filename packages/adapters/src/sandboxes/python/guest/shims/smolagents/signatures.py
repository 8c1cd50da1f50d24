"""What a function tells of its arguments, by its type hints and its docstring."""

from __future__ import annotations

import inspect
import re
import typing

NAMES = {str: "string", bool: "boolean", int: "integer", float: "number", list: "array", tuple: "array", dict: "object"}
ARGUMENTS = re.compile(r"^\s*Args?:\s*$(.*?)(?=^\s*(?:Returns?|Raises|Yields|Examples?):|\Z)", re.DOTALL | re.MULTILINE)
ARGUMENT = re.compile(r"^\s*(\w+)\s*(?:\([^)]*\))?\s*:\s*(.*)$")


def inputs_of(function) -> tuple[str, dict]:
    """The description of a function and those of its arguments. Raises TypeError or ValueError for what is missing."""
    doc = inspect.getdoc(function) or ""
    found = ARGUMENTS.search(doc)
    description = re.split(r"^\s*(?:Args?|Returns?|Raises|Yields|Examples?):\s*$", doc, flags=re.MULTILINE)[0].strip()
    if not description:
        raise ValueError(f"the tool {function.__name__} needs a docstring that says what it does")
    texts = _texts(found[1] if found else "")
    hints = typing.get_type_hints(function)
    inputs = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if name not in hints:
            raise TypeError(f"the argument {name} of the tool {function.__name__} needs a type hint")
        if name not in texts:
            raise ValueError(f"the docstring of the tool {function.__name__} needs a line for the argument {name}")
        kind, nullable = _kind(hints[name])
        inputs[name] = {"type": kind, "description": texts[name]}
        if nullable or parameter.default is not inspect.Parameter.empty:
            inputs[name]["nullable"] = True
    return description, inputs


def output_type_of(function) -> str:
    hints = typing.get_type_hints(function)
    if "return" not in hints:
        raise TypeError(f"the tool {function.__name__} needs a type hint for what it returns")
    kind, nullable = _kind(hints["return"])
    return "any" if nullable or isinstance(kind, list) else kind


def _texts(section: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    last = None
    indent = None
    for line in filter(str.strip, section.splitlines()):
        own = len(line) - len(line.lstrip())
        indent = own if indent is None else indent
        found = ARGUMENT.match(line) if own <= indent else None
        if found:
            last = found[1]
            texts[last] = found[2].strip()
        elif last:
            texts[last] = f"{texts[last]} {line.strip()}".strip()
    return texts


def _kind(hint) -> tuple[str | list[str], bool]:
    """The JSON type of a hint, and whether it may be None."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if hint is type(None):
        return "null", False
    if origin is typing.Literal:
        return _kind(type(args[0]))
    # `X | Y` has an origin of its own.
    if origin is typing.Union or type(hint).__name__ == "UnionType":
        kinds = sorted({kind for each in args if each is not type(None) for kind in _listed(_kind(each)[0])})
        return kinds[0] if len(kinds) == 1 else kinds, type(None) in args
    kind = NAMES.get(origin or hint)
    if kind is None and getattr(hint, "__module__", "").startswith("PIL."):
        kind = "image"
    return kind or ("any" if hint is typing.Any else "object"), False


def _listed(kind: str | list[str]) -> list[str]:
    return [kind] if isinstance(kind, str) else kind
