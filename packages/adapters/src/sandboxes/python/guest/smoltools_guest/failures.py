"""Errors of the code, as the host is told them."""

from __future__ import annotations

import itertools
import re

from .encode import shown
from .fixed_names import Rebinding
from .run_end import LimitError

#: Longest name of a class, and longest message, in characters.
MOST_NAME, MOST_MESSAGE = 64, 8000
LINE_END = re.compile("\r\n|\r|\n")


def syntax_failure(error: BaseException) -> dict:
    """What is told of code that does not compile."""
    message = getattr(error, "msg", None) or shown(error)
    failure = {**_described(error), "message": message[:MOST_MESSAGE], "code": "SANDBOX_SYNTAX"}
    return _placed(failure, getattr(error, "lineno", None), getattr(error, "offset", None))


def failure_of(error: BaseException, code: str, file: str, limits: dict) -> dict:
    """What is told of an error that nothing in the code has caught."""
    failure = _described(error)
    if isinstance(error, RecursionError):
        failure["code"] = "SANDBOX_STACK"
    elif isinstance(error, MemoryError):
        failure["code"] = "SANDBOX_MEMORY"
        most = limits["memoryBytes"]
        failure["message"] = failure["message"] or f"the values of the code take more than {most} bytes (memoryBytes)"
    elif isinstance(error, LimitError):
        failure["limit"] = error.limit
    if isinstance(error, Rebinding):
        failure["name"] = "TypeError"
        return _placed(failure, error.line, _column(code, error.line, error.column))
    trace = _innermost(error, file)
    if trace is None:
        return failure
    line = trace.tb_lineno
    if failure.get("code") is None:
        from .hints import hint

        failure["message"] += hint(error, trace.tb_frame, code, line)
    offset = _offset(trace)
    return _placed(failure, line, None if offset is None else _column(code, line, offset))


def _described(error: BaseException) -> dict:
    return {"name": type(error).__name__[:MOST_NAME], "message": shown(error)[:MOST_MESSAGE]}


def _innermost(error: BaseException, file: str):
    """The innermost place in the code of this run."""
    found, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            found = trace
        trace = trace.tb_next
    return found


def _offset(trace) -> int | None:
    """Where in its line an expression begins, in bytes, which Python knows since 3.11."""
    code = trace.tb_frame.f_code
    if not hasattr(code, "co_positions"):
        return None
    line, _, offset, _ = next(itertools.islice(code.co_positions(), trace.tb_lasti // 2, None), (None,) * 4)
    return offset if line == trace.tb_lineno else None


def _column(code: str, line: int, offset: int) -> int:
    text = LINE_END.split(code)[line - 1]
    return len(text.encode("utf-8", "surrogatepass")[:offset].decode("utf-8", "ignore")) + 1


def _placed(failure: dict, line: int | None, column: int | None) -> dict:
    if line:
        failure["line"] = line
        if column and column > 0:
            failure["column"] = column
    return failure
