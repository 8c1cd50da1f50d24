"""The calls of host functions that a run makes."""

from __future__ import annotations

import threading
from collections import deque

from .run_end import EndOfRun, LimitError, Stopped, shielded


class Call:
    """A call, from its question to its answer."""

    __slots__ = ("id", "run", "message", "wake", "answer", "end")

    def __init__(self, run: int, message: dict, wake) -> None:
        self.id = message["id"]
        #: Counts the runs: calls may outlive theirs.
        self.run = run
        self.message = message
        #: Called once, by any thread, when there is an answer or none will come.
        self.wake = wake
        self.answer: dict | None = None
        #: Why no answer will come, as long as its run is in progress.
        self.end: type[EndOfRun] = Stopped


class Calls:
    """Keeps to the limits of calls: so many in a run, so many at the same time, the others in a queue."""

    def __init__(self, send) -> None:
        self._send = send
        # Code is run when garbage is collected: it may call the host out of a call.
        self._lock = threading.RLock()
        self._open: dict[int, Call] = {}
        self._queue: deque[Call] = deque()
        self._next_id = 1
        self._made = 0
        self._limits: dict = {}
        self._run = 0
        self._running = False
        self._end: type[EndOfRun] | None = None

    def begin_run(self, limits: dict) -> None:
        with self._lock:
            self._run += 1
            self._limits, self._made, self._running, self._end = limits, 0, True, None

    def end_run(self) -> None:
        """No call is answered any more. The host ends those that are open by itself."""
        with self._lock:
            self._running = False
        self.release(Stopped)

    def release(self, end: type[EndOfRun]) -> None:
        """Ends the code that waits for calls, and all that tries to make further ones."""
        with self._lock:
            if self._end is None:
                self._end = end
            calls = [*self._open.values(), *self._queue]
            self._open.clear()
            self._queue.clear()
        for call in calls:
            call.end = end
            call.wake()

    def start(self, name: str, args: str, undefined_at: str, wake) -> Call:
        """Asks the host, or queues the question."""
        return shielded(self._start, name, args, undefined_at, wake)

    def _start(self, name: str, args: str, undefined_at: str, wake) -> Call:
        with self._lock:
            if not self._running:
                raise RuntimeError(f"{name} was not called: no run is in progress")
            if self._end is not None:
                raise self._end
            most = self._limits["maxCalls"]
            if self._made >= most:
                raise LimitError(f"{name} was not called: a run may make {most} calls (maxCalls)", "maxCalls")
            self._made += 1
            message = {"id": self._next_id, "name": name, "args": args}
            if undefined_at:
                message["undefinedAt"] = undefined_at
            self._next_id += 1
            call = Call(self._run, message, wake)
            if len(self._open) >= self._limits["maxCallsInFlight"]:
                self._queue.append(call)
            else:
                self._ask(call)
            return call

    def settle(self, answers: list[dict]) -> None:
        """The host has answered."""
        with self._lock:
            settled = []
            for answer in answers:
                call = self._open.pop(answer["id"], None)
                if call is not None:
                    call.answer = answer
                    settled.append(call)
            self._fill()
        for call in settled:
            call.wake()

    def is_over(self, call: Call) -> bool:
        """Whether the run that made a call is over: whoever still waits for it must not end another run."""
        return not self._running or call.run != self._run

    def cancel(self, call: Call) -> None:
        """Nobody waits for the call any more."""
        shielded(self._cancel, call)

    def _cancel(self, call: Call) -> None:
        with self._lock:
            if self._open.pop(call.id, None) is not None:
                self._send({"type": "cancel", "id": call.id})
                self._fill()
            elif call in self._queue:
                self._queue.remove(call)

    def _fill(self) -> None:
        while self._queue and len(self._open) < self._limits["maxCallsInFlight"]:
            self._ask(self._queue.popleft())

    def _ask(self, call: Call) -> None:
        self._open[call.id] = call
        # One at a time: together they could be longer than a message may be.
        self._send({"type": "calls", "calls": [call.message]})
