"""A guest: the state of one sandbox, and the runs in it.

A platform gives it the way to the host and the means to wait:

- `send(message)` sends a message to the host, from any thread;
- `waiter()` makes what one thread waits on: `wait()` returns once any thread has called `wake()`;
- `complete(awaitable)` performs an awaitable to its end;
- `is_alone()` tells whether nothing of the code can be at work when no run is in progress;
- `press()` has the code interrupted, again and again, until the run is over: `interruption()` says with what.
"""

from __future__ import annotations

import builtins
import json
import sys
import types

from . import host_fetch, media, urllib_fetch
from .calls import Calls
from .encode import decode, encode, encode_result
from .failures import failure_of, syntax_failure
from .fixed_names import Rebinding
from .host_function import HostFunctions
from .imports import ImportGate, forget_parts
from .output import Lines, text_stream
from .run_end import EndOfRun, FinalAnswer, LimitError, Stopped, inside, shielded
from .steps import Step

#: Let go when the memory is used up, so that this can be told.
RESERVE_BYTES = 1024 * 1024
#: What has to be left after the memory was used up for the sandbox to be of use.
HEADROOM_BYTES = 4 * 1024 * 1024


class OutOfMemory(BaseException):
    """What the code keeps leaves no memory to go on with."""


class Guest:
    def __init__(self, platform, folder: str) -> None:
        self._platform = platform
        self._folder = folder
        self.calls = Calls(platform.send)
        self._functions = HostFunctions(self.calls, platform)
        self._lines = Lines(platform.send)
        self._limits: dict = {}
        #: The functions of the host, by name.
        self._fixed: dict = {}
        #: What is built in, as it has to be, and as the code may have changed it.
        self._builtins: dict = {}
        self._scope_builtins: dict = {}
        self._stream = text_stream(self._lines)
        self._recursion_limit = sys.getrecursionlimit()
        self._module = types.ModuleType("__main__")
        self._reserve: bytearray | None = bytearray(RESERVE_BYTES)
        #: Number of the run in progress.
        self._run: int | None = None
        #: Why the run in progress has to end.
        self._end: type[EndOfRun] | None = None
        self._answered = False
        #: Number of a run that has to end, which may not have begun yet.
        self._to_stop: int | None = None
        self._sources = Sources()

    def set_up(self, setup: dict) -> None:
        """Makes everything that the code finds. Answered by `ready` or `failed`."""
        try:
            self._set_up(setup)
        except Exception as error:
            self._platform.send({"type": "failed", "message": f"{type(error).__name__}: {error}"})
        else:
            self._platform.send({"type": "ready"})

    def _set_up(self, setup: dict) -> None:
        self._limits = self._functions.limits = setup["limits"]
        has_fetch = setup["hasFetch"]
        gate = ImportGate(setup.get("imports", "*"), has_fetch, self._sources.tell)
        media.may_use_pillow = gate.allows("PIL.Image") or gate.allows("PIL")
        sys.path[:0] = [f"{self._folder}/shims", *([f"{self._folder}/shims_fetch"] if has_fetch else [])]
        sys.path.extend(setup.get("path", ()))
        parameters = setup["parameters"]
        fixed = {name: self._functions.make(name, parameters.get(name)) for name in setup["functions"]}
        fixed["final_answer"] = self._final_answer
        if has_fetch:
            host_fetch.use(self._functions.make("host:fetch", ["request"], "fetch"))
            urllib_fetch.install()
        own = {"fetch": fetch, "exit": sys.exit, "quit": sys.exit, "__import__": gate}
        self._fixed = fixed
        # In the builtins, so that code of modules that the guest loads for the code finds them too.
        self._builtins = {**vars(builtins), **own, **fixed}
        self._set_variables(setup["variables"])
        sys.modules["__main__"] = self._module
        self._repair()

    def settle(self, answers: list[dict]) -> None:
        self.calls.settle(answers)

    @property
    def is_running(self) -> bool:
        return self._run is not None

    def stop(self, run: int) -> bool:
        """The run has to end. False when it is not in progress."""
        self._to_stop = run
        if self._run != run:
            return False
        self._end = self._end or Stopped
        return True

    def release(self) -> None:
        """Ends what waits for the host in a run that has to end."""
        if self._end is not None:
            self.calls.release(self._end)

    def interruption(self) -> EndOfRun | None:
        """What is raised in the code of a run that has to end."""
        return self._end() if self._end is not None and self.is_running else None

    def run(self, number: int, step: dict, variables: list) -> None:
        """Runs a step. Answered by `ended`."""
        self._end, self._answered = None, False
        self._repair()
        self._set_variables(variables)
        self.calls.begin_run(self._limits)
        self._lines.begin_run(self._limits["maxOutputBytes"])
        self._run = number
        if self._to_stop == number:
            self._end = Stopped
        try:
            outcome = {} if self._end else self._outcome(step["code"], f"<step-{number}>")
        finally:
            self._run = None
        if self._end:
            forget_parts()
        self.calls.end_run()
        self._lines.end_run()
        message = {"type": "ended", "run": number, **outcome}
        if self._end is Stopped and self._platform.was_busy():
            message["busy"] = True
        if self._platform.is_alone():
            message["atRest"] = True
        self._platform.send(message)

    def _repair(self) -> None:
        """Undoes what the code may have done to the ground it stands on."""
        scope = self._module.__dict__
        for name in self._fixed:
            scope.pop(name, None)
        # The same dict, since functions of earlier runs have it.
        self._scope_builtins.update(self._builtins)
        scope["__builtins__"] = self._scope_builtins
        sys.stdout = sys.stderr = self._stream
        if sys.getrecursionlimit() < self._recursion_limit:
            sys.setrecursionlimit(self._recursion_limit)

    def _outcome(self, code: str, file: str) -> dict:
        try:
            return inside(self._perform, code, file)
        except EndOfRun:
            return {}
        except MemoryError as error:
            # Where even the telling ran out of memory.
            return self._memory_failure(error, code, file)
        except OutOfMemory:
            raise
        except BaseException as error:
            return {"failure": {"name": type(error).__name__, "message": "the error cannot be told"}}

    def _perform(self, code: str, file: str) -> dict:
        try:
            step = Step(code, file, self._fixed.keys())
        except Rebinding as error:
            return {"failure": failure_of(error, code, file, self._limits)}
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            return {"failure": syntax_failure(error)}
        try:
            self._sources.add(file, code)
            value = step.run(self._module.__dict__, self._platform.complete)
            return {} if value is None else {"json": encode_result(value, self._limits)}
        except EndOfRun:
            return {}
        except MemoryError as error:
            return self._memory_failure(error, code, file)
        except BaseException as error:
            return {"failure": failure_of(error, code, file, self._limits)}

    def _memory_failure(self, error: MemoryError, code: str, file: str) -> dict:
        self._reserve = None
        failure = failure_of(error, code, file, self._limits)
        # What the code had in its functions is let go; what it keeps in variables is not.
        error.__traceback__ = None
        try:
            bytearray(HEADROOM_BYTES)
            self._reserve = bytearray(RESERVE_BYTES)
        except MemoryError:
            raise OutOfMemory from None
        return {"failure": failure}

    def _final_answer(self, *args, **kwargs):
        """Gives the final answer and ends the code. The argument may have any name."""
        values = [*args, *kwargs.values()]
        if len(values) > 1:
            raise TypeError(f"final_answer() takes one value but {len(values)} were given")
        if not self._answered:
            text = encode(values[0] if values else None, "final_answer: its value", self._limits, "maxResultBytes")
            shielded(self._tell_answer, text)
        raise FinalAnswer

    def _tell_answer(self, text: str) -> None:
        if self._run is None:
            raise RuntimeError("final_answer: no run is in progress")
        if self._answered or self._end is not None:
            return
        self._answered, self._end = True, FinalAnswer
        self._platform.send({"type": "answer", "json": text})
        self.calls.release(FinalAnswer)
        self._platform.press()

    def _set_variables(self, variables: list) -> None:
        for name, *text in variables:
            self._module.__dict__[name] = decode(text[0]) if text and text[0] is not None else None


def fetch(url, method="GET", headers=None, body=None):
    """Performs a request through the host. Gives a response like those of the library requests."""
    from . import web

    return web.fetch(url, method, headers, body)


class Sources:
    """The code of the steps, for tracebacks that the code prints."""

    def __init__(self) -> None:
        self._untold: dict[str, str] = {}

    def add(self, file: str, code: str) -> None:
        self._untold[file] = code
        self.tell()

    def tell(self) -> None:
        """Tells the module that knows lines of files, once something has loaded it."""
        linecache = sys.modules.get("linecache")
        if linecache is None:
            return
        for file, code in self._untold.items():
            linecache.cache[file] = (len(code), None, code.splitlines(True), file)
        self._untold.clear()


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_encode_ascii = json.JSONEncoder(separators=(",", ":")).encode


def read_message(line: bytes | str) -> dict:
    return json.loads(line)


def write_message(message: dict) -> bytes:
    """A message as a line."""
    try:
        return _encode(message).encode() + b"\n"
    except UnicodeEncodeError:  # Half a surrogate pair.
        return _encode_ascii(message).encode() + b"\n"
