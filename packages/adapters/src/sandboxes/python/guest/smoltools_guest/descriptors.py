"""The way to the host over descriptors of the process."""

from __future__ import annotations

import os
import select
import threading
from collections import deque

from .guest import read_message, write_message

#: Small enough for the allocator to keep: larger ones would be mapped and unmapped for each message.
CHUNK = 64 * 1024


class Descriptors:
    """Lines in both directions over two descriptors, which may be one. Reading never waits, writing does."""

    def __init__(self, incoming: int, outgoing: int) -> None:
        self.incoming = incoming
        self._outgoing = outgoing
        self._outbox: deque[bytes] = deque()
        self._sending = threading.Lock()
        self._receiving = threading.Lock()
        self._rest = bytearray()
        os.set_blocking(incoming, False)

    def send(self, message: dict) -> None:
        """Sends a message, from any thread, even out of a sending: code is run when garbage is collected."""
        self._outbox.append(write_message(message))
        # Whoever is sending sends this too.
        while self._outbox and self._sending.acquire(blocking=False):
            try:
                while self._outbox:
                    self._write(memoryview(self._outbox.popleft()))
            finally:
                self._sending.release()

    def _write(self, line: memoryview) -> None:
        while line:
            try:
                line = line[os.write(self._outgoing, line) :]
            except BlockingIOError:
                select.select([], [self._outgoing], [])

    def receive(self, listener) -> None:
        """Hands on the messages that have come. The end of the host is the end of all."""
        with self._receiving:
            try:
                data = os.read(self.incoming, CHUNK)
            except BlockingIOError:
                return
            if not data:
                os._exit(0)
            at = len(self._rest)
            self._rest += data
            if self._rest.find(b"\n", at) < 0:
                return
            *lines, self._rest = self._rest.split(b"\n")
            for line in lines:
                listener(read_message(bytes(line)))
