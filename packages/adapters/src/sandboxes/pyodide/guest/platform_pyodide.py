"""The platform that Pyodide offers: one thread, which the engine can suspend while it waits."""

import os

from smoltools_guest.guest import Guest, OutOfMemory, write_message
from smoltools_guest.run_end import EndOfRun


def _no_processes(_command) -> int:
    """Pyodide's own `os.system` breaks it for good; its other ways to start a program say this."""
    raise OSError(138, "emscripten does not support processes.")


os.system = _no_processes


class Waiter:
    """What the code waits on: a promise, for which the whole stack of Python calls is set aside."""

    def __init__(self, promise) -> None:
        self._promise = promise
        self._woken = False

    def wait(self) -> None:
        from pyodide.ffi import run_sync

        if not self._woken:
            run_sync(self._promise.promise)

    def wake(self) -> None:
        self._woken = True
        self._promise.resolve()


class Pyodide:
    """Runs steps where JavaScript calls for them."""

    def __init__(self, write, new_promise, folder: str) -> None:
        self._write = write
        self._new_promise = new_promise
        self.guest = Guest(self, folder)

    def send(self, message: dict) -> None:
        self._write(write_message(message).decode())

    def waiter(self) -> Waiter:
        return Waiter(self._new_promise())

    def complete(self, awaitable) -> object:
        from pyodide.ffi import run_sync

        value, end = run_sync(_awaited(awaitable))
        if end is not None:
            raise end
        return value

    def press(self) -> None:
        """Nothing can interrupt the one thread there is: code that goes on after its answer is ended by the host."""

    def was_busy(self) -> bool:
        return False

    def is_alone(self) -> bool:
        # The event loop is that of JavaScript: what hangs on it goes on between runs.
        return False

    def set_up(self, setup: str) -> None:
        import json

        self.guest.set_up(json.loads(setup))

    def run(self, message: str) -> bool:
        """False when the memory is used up for good."""
        import json

        parts = json.loads(message)
        try:
            self.guest.run(parts["run"], parts["step"], parts["variables"])
        except (MemoryError, OutOfMemory):
            return False
        return True

    def settle(self, answers: str) -> None:
        import json

        self.guest.settle(json.loads(answers))

    def stop(self, run: int) -> None:
        if self.guest.stop(run):
            self.guest.release()


async def _awaited(awaitable):
    # What ends a run would end the task too, and Pyodide's event loop would print it.
    try:
        return await awaitable, None
    except EndOfRun as end:
        return None, end
