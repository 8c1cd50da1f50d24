"""The functions of the host, as plain functions of Python."""

from __future__ import annotations

import builtins

from .calls import Call, Calls
from .encode import decode, encode
from .run_end import LimitError

MISSING = object()

#: Errors that keep their class. Others of the host become a `RuntimeError` under their own name.
KNOWN_ERRORS = (
    "ArithmeticError AssertionError AttributeError BufferError ConnectionError EOFError FileExistsError "
    "FileNotFoundError IndexError InterruptedError LookupError NotImplementedError OSError OverflowError "
    "PermissionError RuntimeError TimeoutError TypeError ValueError ZeroDivisionError"
).split()


class HostFunctions:
    """Makes functions that call the host."""

    def __init__(self, calls: Calls, platform) -> None:
        self._calls = calls
        self._platform = platform
        self.limits: dict = {}

    def make(self, name: str, parameters: list[str] | None, shown_name: str | None = None):
        """The function of this name. `parameters` are their names in order, where the host has told them."""
        title = shown_name or name

        def start(args: tuple, kwargs: dict, wake) -> Call:
            values, undefined_at = bind(title, parameters, args, kwargs)
            text = encode(values, f"{title}: its argument list", self.limits, "maxArgumentBytes")
            return self._calls.start(name, text, undefined_at, wake)

        def call(*args, **kwargs):
            waiter = self._platform.waiter()
            started = start(args, kwargs, waiter.wake)
            waiter.wait()
            if started.answer is not None:
                return result_of(started.answer)
            if self._calls.is_over(started):
                raise RuntimeError(f"{title} was not answered: the run that called it is over")
            raise started.end

        async def aio(*args, **kwargs):
            import asyncio

            loop = asyncio.get_running_loop()
            future = loop.create_future()

            def settle() -> None:
                if not future.done():
                    future.set_result(None)

            def wake() -> None:
                if not loop.is_closed():
                    loop.call_soon_threadsafe(settle)

            started = start(args, kwargs, wake)
            try:
                await future
            except asyncio.CancelledError:
                self._calls.cancel(started)
                raise
            if started.answer is not None:
                return result_of(started.answer)
            raise asyncio.CancelledError if self._calls.is_over(started) else started.end

        call.__name__ = call.__qualname__ = title
        aio.__name__ = aio.__qualname__ = f"{title}.aio"
        call.aio = aio
        return call


def bind(name: str, parameters: list[str] | None, args: tuple, kwargs: dict) -> tuple[list, str]:
    """The arguments in order, and the indexes of those that were left out before others."""
    if parameters is None:
        if args and kwargs:
            raise TypeError(
                f"{name}: pass all arguments by name or all by position, the host does not know their order"
            )
        return ([kwargs] if kwargs else list(args)), ""
    if len(args) > len(parameters):
        takes = f"takes {len(parameters)} positional argument{'' if len(parameters) == 1 else 's'}"
        raise TypeError(f"{name}() {takes} but {len(args)} {'was' if len(args) == 1 else 'were'} given")
    values = [*args, *[MISSING] * (len(parameters) - len(args))]
    for key, value in kwargs.items():
        if key not in parameters:
            raise TypeError(f"{name}() got an unexpected keyword argument '{key}', it takes {', '.join(parameters)}")
        at = parameters.index(key)
        if values[at] is not MISSING:
            raise TypeError(f"{name}() got multiple values for argument '{key}'")
        values[at] = value
    while values and values[-1] is MISSING:
        values.pop()
    left_out = [str(at) for at, value in enumerate(values) if value is MISSING]
    return [None if value is MISSING else value for value in values], ",".join(left_out)


def result_of(answer: dict) -> object:
    """What the host has answered. Raises its error."""
    text = answer.get("json")
    if answer.get("ok"):
        return None if text is None else decode(text)
    error = decode(text or "{}")
    name, message, limit = error.get("name", "Error"), error.get("message", ""), error.get("limit")
    if limit is not None:
        raise LimitError(message, limit)
    raise error_class(name)(message)


def error_class(name: str) -> type[Exception]:
    """The class for an error of the host."""
    if name in KNOWN_ERRORS:
        return getattr(builtins, name)
    return type(name if name.isidentifier() else "Error", (RuntimeError,), {"__module__": "builtins"})
