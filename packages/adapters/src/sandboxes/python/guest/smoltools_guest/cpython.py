"""The platform of a process of CPython: threads, signals, and descriptors."""

from __future__ import annotations

import _signal
import _thread
import gc
import os
import select
import signal
import sys
import threading
import time
from collections import deque

from .descriptors import Descriptors
from .guest import Guest, OutOfMemory
from .run_end import EndOfRun, is_interruptible, shielded

#: Status of a process that has no memory to go on with; the host knows it.
OUT_OF_MEMORY = 86
#: Between two looks at what the process does, in seconds.
LOOK = 0.004
#: So long it may take to find out whether code that has to end is at work.
LOOK_MOST = 0.016
#: How long the process is watched when the host asks whether it is at work, in a run and between two. A thread that
#: wants to work may not get to it for a while where many others do.
WATCH_RUN = 0.008
WATCH_REST = 0.024
#: Below this share of processor time it waits.
WORKING_SHARE = 0.06
#: Threads besides the main one that are the guest's own.
OWN_THREADS = 1
#: Between two interruptions.
PRESS = 0.01
#: How long the thread that watches leaves messages to the main thread, when that waits for some.
STEP_ASIDE = 0.002
#: Rounds of an event loop whose tasks are cancelled.
MOST_SPINS = 10
#: Of each thread. Less overflows before CPython 3.13 notices, more is taken from the memory of the code.
STACK = 4 * 1024 * 1024


class Bell:
    """Wakes a thread that waits in `select`."""

    def __init__(self) -> None:
        self.descriptor, self._ring = os.pipe()
        os.set_blocking(self._ring, False)

    def ring(self) -> None:
        try:
            os.write(self._ring, b".")
        except BlockingIOError:
            pass

    def silence(self) -> None:
        os.read(self.descriptor, 4096)


class MainWaiter:
    """What the main thread waits on. It listens to the host itself meanwhile: no other thread has to wake it."""

    def __init__(self, platform: CPython) -> None:
        self._platform = platform
        self._woken = False

    def wait(self) -> None:
        self._platform.listen_until(lambda: self._woken)

    def wake(self) -> None:
        self._woken = True
        self._platform.wake_main()


class ThreadWaiter:
    """What any other thread waits on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lock.acquire()

    def wait(self) -> None:
        self._lock.acquire()

    def wake(self) -> None:
        self._lock.release()


class CPython:
    """Runs steps on the main thread. Another one listens to the host and watches over the run meanwhile."""

    def __init__(self, descriptors: Descriptors, folder: str) -> None:
        self.send = descriptors.send
        self._descriptors = descriptors
        self._main_thread = threading.get_ident()
        self._main_bell = Bell()
        self._watch_bell = Bell()
        #: Tells the processor time of the thread that watches.
        self._watch_clock: int | None = None
        #: Whether the main thread waits for the host.
        self._waits = False
        self._inbox: deque[dict] = deque()
        self._loop = None
        self._pings: deque[int] = deque()
        #: When the process was last looked at for a ping, and the processor time that it had taken.
        self._last_look = (0.0, 0.0)
        #: When the run has to be looked at or interrupted next.
        self._press_at: float | None = None
        self._pressing = False
        #: Until when it is found out whether the code is at work, and the processor time at the beginning.
        self._looking: tuple[float, float] | None = None
        self._busy = False
        self._handler = self._on_signal
        self._guest = Guest(self, folder)

    def main(self) -> None:
        """Never returns."""
        threading.excepthook = _tell_thread_error
        watch = threading.Thread(target=self._watch_on, name="host", daemon=True)
        watch.start()
        self._watch_clock = time.pthread_getcpuclockid(watch.ident)
        signal.signal(signal.SIGINT, self._handler)
        self._guest.set_up(self._next_message()["setup"])
        while True:
            message = self._next_message()
            # Code may have set it otherwise. Without the detour over `signal`, which takes long to look.
            if _signal.getsignal(signal.SIGINT) is not self._handler:
                signal.signal(signal.SIGINT, self._handler)
            try:
                self._guest.run(message["run"], message["step"], message["variables"])
            except (MemoryError, OutOfMemory):
                os._exit(OUT_OF_MEMORY)
            self._press_at, self._pressing, self._looking = None, False, None
            del message

    def waiter(self) -> MainWaiter | ThreadWaiter:
        return MainWaiter(self) if threading.get_ident() == self._main_thread else ThreadWaiter()

    def complete(self, awaitable) -> object:
        """Performs an awaitable on the event loop of the sandbox."""
        import asyncio

        if self._loop is None or self._loop.is_closed():
            self._loop = self._new_loop()
        loop = self._loop
        asyncio.set_event_loop(loop)
        try:
            return loop.run_until_complete(awaitable)
        except EndOfRun:
            for task in asyncio.all_tasks(loop):
                task.cancel()
            _spin(loop)
            raise

    def _new_loop(self):
        """An event loop of which is known when it waits."""
        import asyncio
        import selectors

        platform = self

        class Selector(selectors.DefaultSelector):
            def select(self, timeout=None):
                platform._waits = timeout is None or timeout > 0
                try:
                    return super().select(timeout)
                finally:
                    platform._waits = False

        loop = asyncio.SelectorEventLoop(Selector())
        loop.set_exception_handler(_tell_loop_error)
        return loop

    def press(self) -> None:
        """The code has given its answer: it is interrupted if it goes on."""
        self._press_at, self._pressing = time.monotonic() + PRESS, True
        self._watch_bell.ring()

    def was_busy(self) -> bool:
        return self._busy

    def is_alone(self) -> bool:
        return _thread._count() <= OWN_THREADS

    def listen_until(self, done) -> None:
        """Listens to the host, on the main thread."""
        self._waits = True
        try:
            while not done():
                ready, _, _ = select.select([self._descriptors.incoming, self._main_bell.descriptor], [], [])
                shielded(self._hear, ready)
        finally:
            self._waits = False

    def wake_main(self) -> None:
        """What the main thread waits for may have come."""
        if threading.get_ident() != self._main_thread:
            self._main_bell.ring()

    def _next_message(self) -> dict:
        self.listen_until(lambda: self._inbox)
        return self._inbox.popleft()

    def _hear(self, ready: list[int]) -> None:
        if self._main_bell.descriptor in ready:
            self._main_bell.silence()
        if self._descriptors.incoming in ready:
            self._receive_all()

    def _receive_all(self) -> None:
        try:
            self._descriptors.receive(self._receive)
        except MemoryError:
            # Part of a message may be lost.
            os._exit(OUT_OF_MEMORY)

    def _receive(self, message: dict) -> None:
        kind = message["type"]
        if kind == "settle":
            self._guest.settle(message["answers"])
        elif kind in ("setup", "run"):
            self._inbox.append(message)
            self.wake_main()
        elif kind == "stop":
            self._stop(message["run"])
        elif kind == "ping":
            self._ping(message["id"], message.get("atRest", False))

    def _ping(self, number: int, at_rest: bool) -> None:
        if at_rest and self._guest.is_running:
            return
        if self.is_alone() and (self._waits or not self._guest.is_running):
            # There is nothing that could be at work.
            self._pong(number)
            return
        self._last_look = (time.monotonic(), self._worked())
        self._pings.append(number)
        self._watch_bell.ring()

    def _stop(self, run: int) -> None:
        if not self._guest.stop(run):
            return
        self._busy = self._pressing = False
        now = time.monotonic()
        if not self._waits:
            self._looking = (now + LOOK_MOST, self._worked())
        self._press_at = now
        self._watch_bell.ring()

    def _worked(self) -> float:
        """Processor time, without that of watching."""
        watched = 0.0 if self._watch_clock is None else time.clock_gettime(self._watch_clock)
        return time.process_time() - watched

    def _watch_on(self) -> None:
        while True:
            timeout = None if self._press_at is None and not self._pings else LOOK
            ready, _, _ = select.select([self._descriptors.incoming, self._watch_bell.descriptor], [], [], timeout)
            if self._watch_bell.descriptor in ready:
                self._watch_bell.silence()
            if self._descriptors.incoming in ready:
                if self._waits:
                    time.sleep(STEP_ASIDE)
                self._receive_all()
            self._watch(time.monotonic(), self._worked())

    def _watch(self, now: float, worked: float) -> None:
        if self._pings:
            self._answer_pings(now, worked)
        press_at = self._press_at
        if press_at is not None and now >= press_at:
            self._press_on(now, worked)

    def _answer_pings(self, now: float, worked: float) -> None:
        """Answers once the process is found waiting, in a run or between two."""
        since, worked_before = self._last_look
        if now - since < (WATCH_RUN if self._guest.is_running else WATCH_REST):
            return
        self._last_look = (now, worked)
        if worked - worked_before > WORKING_SHARE * (now - since):
            return
        while self._pings:
            self._pong(self._pings.popleft())

    def _pong(self, number: int) -> None:
        self.send({"type": "pong", "id": number, "busyMs": self._worked() * 1000})

    def _press_on(self, now: float, worked: float) -> None:
        """Interrupts the code; first finds out whether it is at work, where that is not known."""
        if self._guest.interruption() is None:
            # It has just come to its end.
            self._press_at = None
            return
        if self._looking is not None:
            until, worked_before = self._looking
            self._busy = worked - worked_before > LOOK / 3
            if not self._busy and now < until:
                return
            self._looking = None
        self._pressing = True
        self._press_at = now + PRESS
        self._guest.release()
        signal.pthread_kill(self._main_thread, signal.SIGINT)

    def _on_signal(self, _number: int, frame) -> None:
        if self._pressing and is_interruptible(frame):
            end = self._guest.interruption()
            if end is not None:
                raise end


def _spin(loop) -> None:
    """Lets cancelled tasks come to their ends, as far as they do so at once."""
    rounds = 0
    for _ in range(MOST_SPINS):
        try:
            loop.call_soon(loop.stop)
            loop.run_forever()
            rounds += 1
        except EndOfRun:
            # Of a task that waited for the one that was ended. The order to stop is still to be carried out.
            continue
        if rounds == 2:
            return


def _tell_thread_error(args) -> None:
    if not issubclass(args.exc_type, EndOfRun):
        threading.__excepthook__(args)


def _tell_loop_error(loop, context: dict) -> None:
    if not isinstance(context.get("exception"), EndOfRun):
        loop.default_exception_handler(context)


def main(folder: str, stdio: bool) -> None:
    """Never returns."""
    if stdio:
        descriptors = Descriptors(os.dup(0), os.dup(1))
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)
    else:
        os.set_inheritable(3, False)
        descriptors = Descriptors(3, 3)
    sys.argv = [""]
    threading.stack_size(STACK)
    gc.freeze()
    CPython(descriptors, folder).main()
