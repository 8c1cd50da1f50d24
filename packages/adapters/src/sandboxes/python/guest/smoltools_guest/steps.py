"""Compiles a step, and runs it."""

from __future__ import annotations

import _ast as ast
import types

from .fixed_names import refuse_rebinding

FLAGS = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
#: `inspect.CO_COROUTINE`, which takes long to load.
COROUTINE = 0x80


class Step:
    """The code of a run: its statements, and its last expression, whose value is that of the run."""

    def __init__(self, code: str, file: str, fixed_names) -> None:
        """Raises SyntaxError, ValueError, RecursionError or MemoryError, or Rebinding."""
        tree = compile(code, file, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
        refuse_rebinding(tree, code, fixed_names)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        self._body = compile(tree, file, "exec", FLAGS, dont_inherit=True)
        self._end = last and compile(ast.Expression(body=last.value), file, "eval", FLAGS, dont_inherit=True)

    def run(self, scope: dict, complete) -> object:
        """The value of the last expression. `complete` performs what is awaited."""
        codes = [code for code in (self._body, self._end) if code is not None]
        if any(code.co_flags & COROUTINE for code in codes):
            # All of it inside the event loop, so that what is started early in the code is awaited later.
            return complete(_awaited(codes, scope))
        value = None
        for code in codes:
            value = eval(code, scope)
        return complete(value) if _is_awaitable(value) else value


async def _awaited(codes: list, scope: dict) -> object:
    value = None
    for code in codes:
        value = eval(code, scope)
        if code.co_flags & COROUTINE:
            value = await value
    return await value if _is_awaitable(value) else value


def _is_awaitable(value: object) -> bool:
    """Whether the code forgot to await it: a coroutine, or a future of asyncio."""
    return isinstance(value, types.CoroutineType) or hasattr(type(value), "_asyncio_future_blocking")
