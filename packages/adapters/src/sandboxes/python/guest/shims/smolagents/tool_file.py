"""Loads files of tools in the form of smolagents, and calls the tools. For the host: see smolagents-tool.ts."""

from __future__ import annotations

import ast
import contextlib
import linecache
import os
import sys
import types

from .tools import Tool

FILE = "tool.py"

_tool: Tool | None = None
#: The tools of the file by the names that they have in it.
_tools: dict[str, Tool] = {}


class ToolFileError(Exception):
    """The file cannot be loaded, or holds no tool that can be told from others."""


def load(source: str, class_name: str | None = None, settings: dict | None = None) -> dict:
    """Runs the file, makes its tool, and gives its declaration."""
    global _tool
    with _told():
        _tool = _made(_run(source), class_name, settings or {})
    return _declaration(_tool)


def load_all(source: str, environment: dict[str, str]) -> list[dict]:
    """
    Runs the file, makes all tools in it that need no settings, and gives their declarations with their names in the
    file. A class that others derive from may be none that can be made.
    """
    global _tools
    os.environ.update(environment)
    with _told():
        own = _own(_run(source))
        _tools, failure = {}, None
        for name, found in own.items():
            try:
                _tools[name] = _instance(found, {})
            except Exception as error:
                failure = failure or error
        if failure is not None and not _tools:
            raise failure
    if not own:
        raise ToolFileError("the file holds no tool")
    return [{"variable": name, "declaration": _declaration(each)} for name, each in _tools.items()]


def call(inputs: dict) -> object:
    """Calls the tool that was loaded, with its inputs by name."""
    if _tool is None:
        raise ToolFileError("no tool was loaded")
    return _tool(**inputs)


def call_one(variable: str, inputs: dict) -> object:
    """Calls a tool of the file, by its name in the file."""
    if variable not in _tools:
        raise ToolFileError(f"no tool {variable} was loaded")
    return _tools[variable](**inputs)


@contextlib.contextmanager
def _told():
    """What goes wrong in the file is told with its line."""
    try:
        yield
    except ToolFileError:
        raise
    except Exception as error:
        raise ToolFileError(f"{type(error).__name__}: {error}{_line_of(error)}") from error


def _run(source: str) -> types.ModuleType:
    module = types.ModuleType("tool")
    module.__file__ = FILE
    # The file is code like that of the run: it gets the same builtins.
    module.__dict__["__builtins__"] = sys.modules["__main__"].__dict__["__builtins__"]
    sys.modules["tool"] = module
    linecache.cache[FILE] = (len(source), None, source.splitlines(True), FILE)
    exec(compile(source, FILE, "exec"), module.__dict__)
    return module


def _declaration(tool: Tool) -> dict:
    return {
        "name": tool.name,
        "description": tool.description,
        "inputs": tool.inputs,
        "outputType": tool.output_type,
        **({} if tool.output_schema is None else {"outputSchema": tool.output_schema}),
    }


def _own(module: types.ModuleType) -> dict[str, type[Tool] | Tool]:
    return {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, Tool)
        or (isinstance(value, type) and issubclass(value, Tool) and value.__module__ == "tool")
    }


def _made(module: types.ModuleType, class_name: str | None, settings: dict) -> Tool:
    own = _own(module)
    if class_name is None and len(own) != 1:
        names = ", ".join(sorted(own))
        raise ToolFileError(
            f"the file holds several tools, say which one: {names}" if own else "the file holds no tool"
        )
    found = own.get(class_name) if class_name is not None else next(iter(own.values()))
    if found is None:
        raise ToolFileError(f"the file holds no tool {class_name}: its tools are {', '.join(sorted(own)) or 'none'}")
    return _instance(found, settings)


def _instance(found: type[Tool] | Tool, settings: dict) -> Tool:
    if isinstance(found, Tool):
        return found
    for attribute in ("inputs", "output_schema"):
        if isinstance(getattr(found, attribute, None), str):
            # Files of early versions.
            setattr(found, attribute, ast.literal_eval(getattr(found, attribute)))
    return found(**settings)


def _line_of(error: BaseException) -> str:
    line = getattr(error, "lineno", None) if isinstance(error, SyntaxError) else None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == FILE:
            line = trace.tb_lineno
        trace = trace.tb_next
    return "" if line is None else f" ({FILE}, line {line})"
