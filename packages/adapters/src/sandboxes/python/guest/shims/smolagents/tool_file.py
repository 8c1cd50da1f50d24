"""Loads a file of a tool in the form of smolagents, and calls the tool. For the host: see smolagents-tool.ts."""

from __future__ import annotations

import ast
import linecache
import sys
import types

from .tools import Tool

FILE = "tool.py"

_tool: Tool | None = None


class ToolFileError(Exception):
    """The file cannot be loaded, or holds no tool that can be told from others."""


def load(source: str, class_name: str | None = None, settings: dict | None = None) -> dict:
    """Runs the file, makes its tool, and gives its declaration."""
    global _tool
    module = types.ModuleType("tool")
    module.__file__ = FILE
    # The file is code like that of the run: it gets the same builtins.
    module.__dict__["__builtins__"] = sys.modules["__main__"].__dict__["__builtins__"]
    sys.modules["tool"] = module
    linecache.cache[FILE] = (len(source), None, source.splitlines(True), FILE)
    try:
        exec(compile(source, FILE, "exec"), module.__dict__)
        _tool = _made(module, class_name, settings or {})
    except ToolFileError:
        raise
    except Exception as error:
        raise ToolFileError(f"{type(error).__name__}: {error}{_line_of(error)}") from error
    return {
        "name": _tool.name,
        "description": _tool.description,
        "inputs": _tool.inputs,
        "outputType": _tool.output_type,
        **({} if _tool.output_schema is None else {"outputSchema": _tool.output_schema}),
    }


def call(inputs: dict) -> object:
    """Calls the tool that was loaded, with its inputs by name."""
    if _tool is None:
        raise ToolFileError("no tool was loaded")
    return _tool(**inputs)


def _made(module: types.ModuleType, class_name: str | None, settings: dict) -> Tool:
    own = {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, Tool)
        or (isinstance(value, type) and issubclass(value, Tool) and value.__module__ == "tool")
    }
    if class_name is None and len(own) != 1:
        names = ", ".join(sorted(own))
        raise ToolFileError(
            f"the file holds several tools, say which one: {names}" if own else "the file holds no tool"
        )
    found = own.get(class_name) if class_name is not None else next(iter(own.values()))
    if found is None:
        raise ToolFileError(f"the file holds no tool {class_name}: its tools are {', '.join(sorted(own)) or 'none'}")
    if isinstance(found, Tool):
        return found
    if isinstance(getattr(found, "inputs", None), str):
        # Files of early versions.
        found.inputs = ast.literal_eval(found.inputs)
    return found(**settings)


def _line_of(error: BaseException) -> str:
    line = getattr(error, "lineno", None) if isinstance(error, SyntaxError) else None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == FILE:
            line = trace.tb_lineno
        trace = trace.tb_next
    return "" if line is None else f" ({FILE}, line {line})"
